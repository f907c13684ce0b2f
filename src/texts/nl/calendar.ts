/** Dutch texts: calendar. Days, months and times come in as finished words, named by Intl in the same language. */
import type { Translation } from '../shape.ts';

type Calendar = Translation['calendar'];
type Frequency = Parameters<Calendar['rule']['every']>[0];

const ORDINALS: Readonly<Record<number, string>> = {
  1: 'eerste',
  2: 'tweede',
  3: 'derde',
  4: 'vierde',
  5: 'vijfde',
  [-1]: 'laatste',
  [-2]: 'op een na laatste',
};

/** Every one, and of several. */
const UNITS: Readonly<Record<Frequency, readonly [string, string]>> = {
  SECONDLY: ['elke seconde', 'seconden'],
  MINUTELY: ['elke minuut', 'minuten'],
  HOURLY: ['elk uur', 'uur'],
  DAILY: ['elke dag', 'dagen'],
  WEEKLY: ['elke week', 'weken'],
  MONTHLY: ['elke maand', 'maanden'],
  YEARLY: ['elk jaar', 'jaar'],
};

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} en ${items.at(-1)}`;
}

export const calendar = (): Calendar => ({
  untitled: 'Evenement zonder titel',
  list,
  at: (day, time) => `${day}, ${time}`,
  hours: (day, from, to) => `${day}, ${from} tot ${to}`,
  moments: (from, to) => `${from} tot ${to}`,
  days: (first, last) => `${first} tot en met ${last}`,
  inZone: (words, zone) => `${words} (${zone})`,
  zoneAndOffset: (zone, offset) => `${zone}, ${offset}`,
  allDay: days => `${days}, hele dag`,
  floating: 'lokale tijd van elke gast',
  duration: (days, hours, minutes) =>
    [
      [days, days === 1 ? 'dag' : 'dagen'] as const,
      [hours, 'uur'] as const,
      [minutes, minutes === 1 ? 'minuut' : 'minuten'] as const,
    ]
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ') || '0 minuten',

  change: change(),
  rule: rule(),
  warning: warning(),

  write: {
    join: url => `Deelnemen: ${url}`,
    more: url => `Meer: ${url}`,
    cut: '…',
  },
});

function change(): Calendar['change'] {
  return {
    created: 'nieuw evenement',
    createdDate: day => `nieuwe datum ${day}`,
    cancelled: 'geannuleerd',
    cancelledDate: day => `${day} is geannuleerd`,
    revived: 'gaat toch door',
    revivedDate: day => `${day} gaat toch door`,
    moved: (from, to, zone) => `verplaatst van ${from} naar ${to}${zone === null ? '' : ` (${zone})`}`,
    lasts: (after, before) => `duurt ${after} in plaats van ${before}`,
    rule: after => `herhaling is nu: ${after}`,
    repeatsNoMore: 'wordt niet meer herhaald',
    extraDates: 'de extra data zijn gewijzigd',
    times: 'tijden gewijzigd',
    zone: (before, after) => `tijdzone gewijzigd van ${before} in ${after}`,
    restored: days => `${list(days)} ${days.length === 1 ? 'gaat' : 'gaan'} toch door`,
    reset: count =>
      count === 1
        ? 'één gewijzigde datum volgt de reeks weer'
        : `${count} gewijzigde data volgen de reeks weer`,
    confirmed: 'is nu bevestigd',
    tentative: 'is nu voorlopig',
    title: (before, after) => `titel gewijzigd van ‘${before}’ in ‘${after}’`,
    titleNow: after => `de titel is nu ‘${after}’`,
    titleGone: 'titel verwijderd',
    place: (before, after) => `plaats gewijzigd van ‘${before}’ in ‘${after}’`,
    placeNow: after => `de plaats is nu ‘${after}’`,
    placeGone: 'plaats verwijderd',
    join: 'link om deel te nemen gewijzigd',
    joinNow: 'link om deel te nemen toegevoegd',
    joinGone: 'link om deel te nemen verwijderd',
    description: 'beschrijving gewijzigd',
    link: 'link gewijzigd',
    ofDate: (day, words) => `${day}: ${words}`,
  };
}

function rule(): Calendar['rule'] {
  return {
    every: (frequency, interval) =>
      interval === 1 ? UNITS[frequency][0] : `elke ${interval} ${UNITS[frequency][1]}`,
    weekdays: 'elke werkdag',
    onDays: days => `op ${list(days)}`,
    nth: (n, day) => (ORDINALS[n] === undefined ? null : `de ${ORDINALS[n]} ${day}`),
    onNth: days => `op ${list(days)}`,
    dayOrWorkday: { workday: 'werkdag', weekendDay: 'weekenddag', any: 'dag' },
    onMonthDays: days => `op dag ${list(days)}`,
    onLastDay: 'op de laatste dag',
    inMonths: months => `in ${list(months)}`,
    onDate: date => `op ${date}`,
    until: day => `tot en met ${day}`,
    times: count => `${count} keer`,
    special: every => `${every}, volgens een eigen regel`,
    dates: count => (count === 1 ? 'op één datum' : `op ${count} data`),
    whole: (every, on, months, end) =>
      [[every, on, months].filter(part => part !== null).join(' '), end]
        .filter(part => part !== null)
        .join(', '),
  };
}

function warning(): Calendar['warning'] {
  return {
    severalMonthDays: 'herhaling op meerdere dagen van een maand',
    severalOrdinals: 'herhaling op meerdere weekdagen van een maand',
    datesWithoutRule: 'losse data in plaats van een regel',
    lastDay: 'herhaling op de laatste dag van een maand',
    setPosition: 'herhaling op de laatste van meerdere dagen van een maand',
    subDaily: 'herhaling vaker dan eens per dag',
    yearDays: 'herhaling volgens de dag van het jaar',
    weekNumbers: 'herhaling volgens het weeknummer',
    severalTimes: 'herhaling op meerdere tijden van een dag',
    severalMonths: 'herhaling in meerdere maanden van een jaar',
    severalRules: 'meer dan één regel',
    outlook: reasons =>
      `Outlook toont deze reeks mogelijk niet aan sommige gasten. De oorzaak: ${list(reasons)}.`,
    zone: zone =>
      `In ${zone} verandert de klok niet volgens een jaarlijkse regel. Sommige data kunnen in sommige agenda’s een uur afwijken.`,
    customZone:
      'De tijdzone van deze reeks is een aangepaste tijdzone. Sommige data kunnen in sommige agenda’s een uur afwijken.',
    shortened: 'De beschrijving is langer dan in een uitnodiging past en is ingekort.',
  };
}
