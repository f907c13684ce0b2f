/** Italian texts: calendar. Days, months and times come in as finished words, named by Intl in the same language. */
import type { Translation } from '../shape.ts';

type Calendar = Translation['calendar'];
type Frequency = Parameters<Calendar['rule']['every']>[0];

/** Of a masculine day, and of `domenica`. */
const ORDINALS: Readonly<Record<number, readonly [string, string]>> = {
  1: ['il primo', 'la prima'],
  2: ['il secondo', 'la seconda'],
  3: ['il terzo', 'la terza'],
  4: ['il quarto', 'la quarta'],
  5: ['il quinto', 'la quinta'],
  [-1]: ['l’ultimo', 'l’ultima'],
  [-2]: ['il penultimo', 'la penultima'],
};
const SUNDAY = 0;

const UNITS: Readonly<Record<Frequency, readonly [string, string]>> = {
  SECONDLY: ['secondo', 'secondi'],
  MINUTELY: ['minuto', 'minuti'],
  HOURLY: ['ora', 'ore'],
  DAILY: ['giorno', 'giorni'],
  WEEKLY: ['settimana', 'settimane'],
  MONTHLY: ['mese', 'mesi'],
  YEARLY: ['anno', 'anni'],
};

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} e ${items.at(-1)}`;
}

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const calendar = (): Calendar => ({
  untitled: 'Evento senza titolo',
  list,
  at: (day, time) => `${day}, ore ${time}`,
  hours: (day, from, to) => `${day}, dalle ${from} alle ${to}`,
  moments: (from, to) => `da ${from} a ${to}`,
  days: (first, last) => `da ${first} a ${last}`,
  inZone: (words, zone) => `${words} (${zone})`,
  zoneAndOffset: (zone, offset) => `${zone}, ${offset}`,
  allDay: days => `${days}, tutto il giorno`,
  floating: 'ora locale di ciascun invitato',
  duration: (days, hours, minutes) =>
    [[days, UNITS.DAILY] as const, [hours, UNITS.HOURLY] as const, [minutes, UNITS.MINUTELY] as const]
      .filter(([count]) => count > 0)
      .map(([count, unit]) => counted(count, unit))
      .join(' ') || '0 minuti',

  change: change(),
  rule: rule(),
  warning: warning(),

  write: {
    join: url => `Link per partecipare: ${url}`,
    more: url => `Maggiori informazioni: ${url}`,
    cut: '…',
  },
});

function change(): Calendar['change'] {
  return {
    created: 'nuovo evento',
    createdDate: day => `nuova data: ${day}`,
    cancelled: 'annullato',
    cancelledDate: day => `data annullata: ${day}`,
    revived: 'si svolge comunque, non è più annullato',
    revivedDate: day => `data non più annullata: ${day}`,
    moved: (from, to, zone) => `spostato da ${from} a ${to}${zone === null ? '' : ` (${zone})`}`,
    lasts: (after, before) => `dura ${after} invece di ${before}`,
    rule: after => `ora si ripete ${after}`,
    repeatsNoMore: 'non si ripete più',
    extraDates: 'le date aggiuntive sono cambiate',
    times: 'gli orari sono cambiati',
    zone: (before, after) => `fuso orario cambiato da ${before} a ${after}`,
    restored: days =>
      days.length === 1 ? `data non più annullata: ${list(days)}` : `date non più annullate: ${list(days)}`,
    reset: count =>
      count === 1
        ? 'una data modificata segue di nuovo la serie'
        : `${count} date modificate seguono di nuovo la serie`,
    confirmed: 'ora è confermato',
    tentative: 'ora è provvisorio',
    title: (before, after) => `titolo cambiato da «${before}» a «${after}»`,
    titleNow: after => `il titolo ora è «${after}»`,
    titleGone: 'titolo rimosso',
    place: (before, after) => `luogo cambiato da «${before}» a «${after}»`,
    placeNow: after => `il luogo ora è «${after}»`,
    placeGone: 'luogo rimosso',
    join: 'link per partecipare cambiato',
    joinNow: 'link per partecipare aggiunto',
    joinGone: 'link per partecipare rimosso',
    description: 'descrizione cambiata',
    link: 'link cambiato',
    ofDate: (day, words) => `${day}: ${words}`,
  };
}

function rule(): Calendar['rule'] {
  return {
    every: (frequency, interval) =>
      interval === 1 ? `ogni ${UNITS[frequency][0]}` : `ogni ${interval} ${UNITS[frequency][1]}`,
    weekdays: 'ogni giorno dal lunedì al venerdì',
    onDays: days => `di ${list(days)}`,
    nth: (n, day, weekday) => {
      const ordinal = ORDINALS[n];
      return ordinal === undefined ? null : `${ordinal[weekday === SUNDAY ? 1 : 0]} ${day}`;
    },
    onNth: list,
    dayOrWorkday: {
      workday: 'giorno dal lunedì al venerdì',
      weekendDay: 'giorno del fine settimana',
      any: 'giorno',
    },
    onMonthDays: days => `${days.length === 1 ? 'il giorno' : 'i giorni'} ${list(days)}`,
    onLastDay: 'l’ultimo giorno',
    inMonths: months => `di ${list(months)}`,
    // Before a number that is said with a vowel first.
    onDate: date => (/^(?:8|11)\b/.test(date) ? `l’${date}` : `il ${date}`),
    until: day => `fino a ${day}`,
    times: count => (count === 1 ? 'una sola volta' : `${count} volte`),
    special: every => `${every}, con una regola particolare`,
    dates: count => (count === 1 ? 'in una sola data' : `in ${count} date`),
    whole: (every, on, months, end) =>
      [[every, on, months].filter(part => part !== null).join(' '), end]
        .filter(part => part !== null)
        .join(', '),
  };
}

function warning(): Calendar['warning'] {
  return {
    severalMonthDays: 'si ripete in più giorni del mese',
    severalOrdinals: 'si ripete in più giorni della settimana nello stesso mese',
    datesWithoutRule: 'elenca le date una per una invece di seguire una regola',
    lastDay: 'si ripete l’ultimo giorno del mese',
    setPosition: 'si ripete nell’ultimo tra più giorni del mese',
    subDaily: 'si ripete più di una volta al giorno',
    yearDays: 'si ripete in base al giorno dell’anno',
    weekNumbers: 'si ripete in base al numero della settimana',
    severalTimes: 'si ripete a più orari nello stesso giorno',
    severalMonths: 'si ripete in più mesi dell’anno',
    severalRules: 'ha più di una regola',
    outlook: reasons => `Outlook potrebbe non mostrare questa serie ad alcuni invitati: ${list(reasons)}.`,
    zone: zone =>
      `Nel fuso orario ${zone} l’ora non cambia secondo una regola annuale. In alcuni calendari certe date possono apparire spostate di un’ora.`,
    customZone:
      'Il fuso orario di questa serie è personalizzato. In alcuni calendari certe date possono apparire spostate di un’ora.',
    shortened: 'La descrizione è più lunga di quanto un invito consenta ed è stata abbreviata.',
  };
}
