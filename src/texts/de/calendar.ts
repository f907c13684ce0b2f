/** German texts: calendar. Days, months and times come in as finished words, named by Intl in German. */
import type { Translation } from '../shape.ts';

type Frequency = Parameters<Translation['calendar']['rule']['every']>[0];

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} und ${items.at(-1)}`;
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** As they stand behind “am”. */
const ORDINALS: Readonly<Record<number, string>> = {
  1: 'ersten',
  2: 'zweiten',
  3: 'dritten',
  4: 'vierten',
  5: 'fünften',
  [-1]: 'letzten',
  [-2]: 'vorletzten',
};

const UNITS: Readonly<Record<Frequency, readonly [string, string]>> = {
  SECONDLY: ['jede Sekunde', 'Sekunden'],
  MINUTELY: ['jede Minute', 'Minuten'],
  HOURLY: ['jede Stunde', 'Stunden'],
  DAILY: ['jeden Tag', 'Tage'],
  WEEKLY: ['jede Woche', 'Wochen'],
  MONTHLY: ['jeden Monat', 'Monate'],
  YEARLY: ['jedes Jahr', 'Jahre'],
};

const change = (): Translation['calendar']['change'] => ({
  created: 'neuer Termin',
  createdDate: day => `neuer Termin: ${day}`,
  cancelled: 'abgesagt',
  cancelledDate: day => `abgesagt: ${day}`,
  revived: 'findet doch statt',
  revivedDate: day => `findet doch statt: ${day}`,
  moved: (from, to, zone) => `verlegt von ${from} auf ${to}${zone === null ? '' : ` (${zone})`}`,
  lasts: (after, before) => `dauert ${after} statt ${before}`,
  rule: after => `wiederholt sich jetzt ${after}`,
  repeatsNoMore: 'wiederholt sich nicht mehr',
  extraDates: 'die zusätzlichen Termine haben sich geändert',
  times: 'Zeiten geändert',
  zone: (before, after) => `Zeitzone geändert von ${before} auf ${after}`,
  restored: days => `${days.length === 1 ? 'findet' : 'finden'} doch statt: ${list(days)}`,
  reset: count =>
    count === 1
      ? 'ein einzeln geänderter Termin folgt wieder der Serie'
      : `${count} einzeln geänderte Termine folgen wieder der Serie`,
  confirmed: 'ist jetzt fest zugesagt',
  tentative: 'steht jetzt unter Vorbehalt',
  title: (before, after) => `Titel geändert von „${before}“ in „${after}“`,
  titleNow: after => `Titel ist jetzt „${after}“`,
  titleGone: 'Titel entfernt',
  place: (before, after) => `Ort geändert von „${before}“ in „${after}“`,
  placeNow: after => `Ort ist jetzt „${after}“`,
  placeGone: 'Ort entfernt',
  join: 'Link zur Teilnahme geändert',
  joinNow: 'Link zur Teilnahme hinzugefügt',
  joinGone: 'Link zur Teilnahme entfernt',
  description: 'Beschreibung geändert',
  link: 'Link geändert',
  ofDate: (day, words) => `${day}: ${words}`,
});

const rule = (): Translation['calendar']['rule'] => ({
  every: (frequency, interval) =>
    interval === 1 ? UNITS[frequency][0] : `alle ${interval} ${UNITS[frequency][1]}`,
  weekdays: 'montags bis freitags',
  onDays: days => `am ${list(days)}`,
  nth: (n, day) => (ORDINALS[n] === undefined ? null : `${ORDINALS[n]} ${day}`),
  onNth: days => `am ${list(days)}`,
  dayOrWorkday: { workday: 'Arbeitstag', weekendDay: 'Wochenendtag', any: 'Tag' },
  onMonthDays: days => `am ${list(days.map(day => `${day}.`))}`,
  onLastDay: 'am letzten Tag',
  inMonths: months => `im ${list(months)}`,
  onDate: date => `am ${date}`,
  until: day => `bis ${day}`,
  times: count => (count === 1 ? 'einmal' : `${count}-mal`),
  special: every => `${every}, nach einer eigenen Regel`,
  dates: count => (count === 1 ? 'an einem Tag' : `an ${count} Tagen`),
  whole: (every, on, months, end) =>
    [[every, on, months].filter(part => part !== null).join(' '), end]
      .filter(part => part !== null)
      .join(', '),
});

const warning = (): Translation['calendar']['warning'] => ({
  severalMonthDays: 'wiederholt sich an mehreren Tagen im Monat',
  severalOrdinals: 'wiederholt sich an mehreren Wochentagen im Monat',
  datesWithoutRule: 'zählt ihre Termine einzeln auf, statt einer Regel zu folgen',
  lastDay: 'wiederholt sich am letzten Tag des Monats',
  setPosition: 'wiederholt sich am letzten von mehreren Tagen im Monat',
  subDaily: 'wiederholt sich häufiger als täglich',
  yearDays: 'wiederholt sich nach dem Tag des Jahres',
  weekNumbers: 'wiederholt sich nach der Kalenderwoche',
  severalTimes: 'wiederholt sich zu mehreren Uhrzeiten am Tag',
  severalMonths: 'wiederholt sich in mehreren Monaten des Jahres',
  severalRules: 'hat mehr als eine Regel',
  outlook: reasons =>
    `Outlook zeigt diese Serie manchen Gästen möglicherweise nicht an: Sie ${list(reasons)}.`,
  zone: zone =>
    `In ${zone} werden die Uhren nicht nach einer jährlichen Regel umgestellt. In manchen Kalendern können einzelne Termine um eine Stunde verschoben erscheinen.`,
  customZone:
    'Diese Serie verwendet eine eigene Zeitzone. In manchen Kalendern können einzelne Termine um eine Stunde verschoben erscheinen.',
  shortened: 'Die Beschreibung ist länger, als eine Einladung sein darf, und wurde gekürzt.',
});

export const calendar = (): Translation['calendar'] => ({
  untitled: 'Termin ohne Titel',
  list,
  at: (day, time) => `${day}, ${time} Uhr`,
  hours: (day, from, to) => `${day}, ${from} bis ${to} Uhr`,
  moments: (from, to) => `${from} bis ${to}`,
  days: (first, last) => `${first} bis ${last}`,
  inZone: (words, zone) => `${words} (${zone})`,
  zoneAndOffset: (zone, offset) => `${zone}, ${offset}`,
  allDay: days => `${days}, ganztägig`,
  floating: 'Ortszeit jedes Gastes',
  duration: (days, hours, minutes) =>
    list(
      [
        counted(days, 'Tag', 'Tage'),
        counted(hours, 'Stunde', 'Stunden'),
        counted(minutes, 'Minute', 'Minuten'),
      ].filter(part => !part.startsWith('0 ')),
    ) || '0 Minuten',
  change: change(),
  rule: rule(),
  warning: warning(),
  write: {
    join: url => `Teilnehmen: ${url}`,
    more: url => `Mehr: ${url}`,
    cut: '…',
  },
});
