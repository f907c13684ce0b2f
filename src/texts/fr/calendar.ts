/** French texts: calendar. Days, months and times come in as finished words, named by Intl in French. */
import type { Translation } from '../shape.ts';

type Frequency = Parameters<Translation['calendar']['rule']['every']>[0];

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} et ${items.at(-1)}`;
}

/** “de mai”, “d’août” */
const of = (month: string) => (/^[aeiou]/.test(month) ? `d’${month}` : `de ${month}`);

const counted = (count: number, one: string, many: string) => `${count} ${count < 2 ? one : many}`;

const ORDINALS: Readonly<Record<number, string>> = {
  1: 'le premier',
  2: 'le deuxième',
  3: 'le troisième',
  4: 'le quatrième',
  5: 'le cinquième',
  [-1]: 'le dernier',
  [-2]: 'l’avant-dernier',
};

/** For each one, and for every so many. */
const UNITS: Readonly<Record<Frequency, readonly [string, (count: number) => string]>> = {
  SECONDLY: ['chaque seconde', count => `toutes les ${count} secondes`],
  MINUTELY: ['chaque minute', count => `toutes les ${count} minutes`],
  HOURLY: ['chaque heure', count => `toutes les ${count} heures`],
  DAILY: ['chaque jour', count => `tous les ${count} jours`],
  WEEKLY: ['chaque semaine', count => `toutes les ${count} semaines`],
  MONTHLY: ['chaque mois', count => `tous les ${count} mois`],
  YEARLY: ['chaque année', count => `tous les ${count} ans`],
};

const change = (): Translation['calendar']['change'] => ({
  created: 'nouvel événement',
  createdDate: day => `nouvelle date : ${day}`,
  cancelled: 'annulé',
  cancelledDate: day => `date annulée : ${day}`,
  revived: 'a finalement lieu',
  revivedDate: day => `date finalement maintenue : ${day}`,
  moved: (from, to, zone) => `déplacé du ${from} au ${to}${zone === null ? '' : ` (${zone})`}`,
  lasts: (after, before) => `dure ${after} au lieu de ${before}`,
  rule: after => `se répète désormais ${after}`,
  repeatsNoMore: 'ne se répète plus',
  extraDates: 'ses dates supplémentaires ont changé',
  times: 'horaires modifiés',
  zone: (before, after) => `fuseau horaire modifié : ${after} au lieu de ${before}`,
  restored: days =>
    `${days.length === 1 ? 'date finalement maintenue' : 'dates finalement maintenues'} : ${list(days)}`,
  reset: count =>
    count === 1
      ? 'une date modifiée suit de nouveau la série'
      : `${count} dates modifiées suivent de nouveau la série`,
  confirmed: 'est maintenant confirmé',
  tentative: 'est maintenant provisoire',
  title: (before, after) => `titre modifié : « ${after} » au lieu de « ${before} »`,
  titleNow: after => `nouveau titre : « ${after} »`,
  titleGone: 'titre supprimé',
  place: (before, after) => `lieu modifié : « ${after} » au lieu de « ${before} »`,
  placeNow: after => `nouveau lieu : « ${after} »`,
  placeGone: 'lieu supprimé',
  join: 'lien pour participer modifié',
  joinNow: 'lien pour participer ajouté',
  joinGone: 'lien pour participer supprimé',
  description: 'description modifiée',
  link: 'lien modifié',
  ofDate: (day, words) => `${day} : ${words}`,
});

const rule = (): Translation['calendar']['rule'] => ({
  every: (frequency, interval) => (interval === 1 ? UNITS[frequency][0] : UNITS[frequency][1](interval)),
  weekdays: 'du lundi au vendredi',
  onDays: days => list(days.map(day => `le ${day}`)),
  nth: (n, day) => (ORDINALS[n] === undefined ? null : `${ORDINALS[n]} ${day}`),
  onNth: list,
  dayOrWorkday: { workday: 'jour ouvré', weekendDay: 'jour de week-end', any: 'jour' },
  onMonthDays: days => list(days.map(day => `le ${day === '1' ? '1er' : day}`)),
  onLastDay: 'le dernier jour',
  inMonths: months => `${months.length === 1 ? 'du mois' : 'des mois'} ${of(list(months))}`,
  onDate: date => `le ${date}`,
  until: day => `jusqu’au ${day}`,
  times: count => `${count} fois`,
  special: every => `${every}, selon une règle particulière`,
  dates: count => `à ${count} ${count < 2 ? 'date' : 'dates'}`,
  whole: (every, on, months, end) =>
    [[every, on, months].filter(part => part !== null).join(' '), end]
      .filter(part => part !== null)
      .join(', '),
});

const warning = (): Translation['calendar']['warning'] => ({
  severalMonthDays: 'se répète plusieurs jours par mois',
  severalOrdinals: 'se répète plusieurs jours de semaine donnés par mois',
  datesWithoutRule: 'énumère ses dates une à une au lieu de suivre une règle',
  lastDay: 'se répète le dernier jour du mois',
  setPosition: 'se répète le dernier de plusieurs jours du mois',
  subDaily: 'se répète plus d’une fois par jour',
  yearDays: 'se répète selon le jour de l’année',
  weekNumbers: 'se répète selon le numéro de la semaine',
  severalTimes: 'se répète à plusieurs heures de la journée',
  severalMonths: 'se répète plusieurs mois par an',
  severalRules: 'a plus d’une règle',
  outlook: reasons =>
    `Il se peut qu’Outlook n’affiche pas cette série chez certains invités : elle ${list(reasons)}.`,
  zone: zone =>
    `Dans le fuseau ${zone}, les changements d’heure ne suivent pas de règle annuelle. Certaines dates peuvent apparaître décalées d’une heure dans certains agendas.`,
  customZone:
    'Cette série utilise un fuseau horaire personnalisé. Certaines dates peuvent apparaître décalées d’une heure dans certains agendas.',
  shortened: 'La description est plus longue que ce qu’une invitation peut contenir, elle a été raccourcie.',
});

export const calendar = (): Translation['calendar'] => ({
  untitled: 'Événement sans titre',
  list,
  at: (day, time) => `${day} à ${time}`,
  hours: (day, from, to) => `${day}, de ${from} à ${to}`,
  moments: (from, to) => `du ${from} au ${to}`,
  days: (first, last) => `du ${first} au ${last}`,
  inZone: (words, zone) => `${words} (${zone})`,
  zoneAndOffset: (zone, offset) => `${zone}, ${offset}`,
  allDay: days => `${days}, toute la journée`,
  floating: 'heure locale de chaque invité',
  duration: (days, hours, minutes) =>
    list(
      [
        counted(days, 'jour', 'jours'),
        counted(hours, 'heure', 'heures'),
        counted(minutes, 'minute', 'minutes'),
      ].filter(part => !part.startsWith('0 ')),
    ) || '0 minute',
  change: change(),
  rule: rule(),
  warning: warning(),
  write: {
    join: url => `Participer : ${url}`,
    more: url => `En savoir plus : ${url}`,
    cut: '…',
  },
});
