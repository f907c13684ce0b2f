/** English texts: calendar. Days, months and times come in as finished words, named by Intl in the same language. */

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

const ORDINALS: Readonly<Record<number, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
  [-2]: 'second to last',
};

const UNITS = {
  SECONDLY: ['second', 'seconds'],
  MINUTELY: ['minute', 'minutes'],
  HOURLY: ['hour', 'hours'],
  DAILY: ['day', 'days'],
  WEEKLY: ['week', 'weeks'],
  MONTHLY: ['month', 'months'],
  YEARLY: ['year', 'years'],
} as const;

export const calendar = {
  untitled: 'Untitled event',
  list,
  /** A day and a time of day (`16:00`) on it. */
  at: (day: string, time: string) => `${day}, ${time}`,
  /** Within one day. */
  hours: (day: string, from: string, to: string) => `${day}, ${from} to ${to}`,
  /** Between two moments of different days, each said by `at`. */
  moments: (from: string, to: string) => `${from} to ${to}`,
  /** Between two days, both included. */
  days: (first: string, last: string) => `${first} to ${last}`,
  inZone: (words: string, zone: string) => `${words} (${zone})`,
  zoneAndOffset: (zone: string, offset: string) => `${zone}, ${offset}`,
  allDay: (days: string) => `${days}, all day`,
  floating: 'local time of each guest',
  duration: (days: number, hours: number, minutes: number) =>
    [[days, 'day'] as const, [hours, 'hour'] as const, [minutes, 'minute'] as const]
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
      .join(' ') || '0 minutes',

  change: {
    created: 'new event',
    createdDate: (day: string) => `new date ${day}`,
    cancelled: 'cancelled',
    cancelledDate: (day: string) => `${day} is cancelled`,
    revived: 'takes place after all',
    revivedDate: (day: string) => `${day} takes place after all`,
    moved: (from: string, to: string, zone: string | null) =>
      `moved from ${from} to ${to}${zone === null ? '' : ` (${zone})`}`,
    lasts: (after: string, before: string) => `lasts ${after} instead of ${before}`,
    rule: (after: string) => `now repeats ${after}`,
    repeatsNoMore: 'no longer repeats',
    extraDates: 'its extra dates have changed',
    times: 'times changed',
    zone: (before: string, after: string) => `time zone changed from ${before} to ${after}`,
    restored: (days: readonly string[]) =>
      `${list(days)} ${days.length === 1 ? 'takes' : 'take'} place after all`,
    reset: (count: number) =>
      count === 1
        ? 'one changed date follows the series again'
        : `${count} changed dates follow the series again`,
    confirmed: 'is now confirmed',
    tentative: 'is now tentative',
    title: (before: string, after: string) => `title changed from "${before}" to "${after}"`,
    titleNow: (after: string) => `title is now "${after}"`,
    titleGone: 'title removed',
    place: (before: string, after: string) => `place changed from "${before}" to "${after}"`,
    placeNow: (after: string) => `place is now "${after}"`,
    placeGone: 'place removed',
    join: 'link to join changed',
    joinNow: 'link to join added',
    joinGone: 'link to join removed',
    description: 'description changed',
    link: 'link changed',
    /** One date of a series stands before what changed on it. */
    ofDate: (day: string, words: string) => `${day}: ${words}`,
  },

  rule: {
    every: (frequency: keyof typeof UNITS, interval: number) =>
      interval === 1 ? `every ${UNITS[frequency][0]}` : `every ${interval} ${UNITS[frequency][1]}`,
    weekdays: 'every weekday',
    onDays: (days: readonly string[]) => `on ${list(days)}`,
    /** The nth (1 to 5, -1: last, -2: second to last) of a month. `weekday` is 0 (Sunday) to 6, null for the three kinds of days below. Null: no words. */
    nth: (n: number, day: string, _weekday: number | null): string | null =>
      ORDINALS[n] === undefined ? null : `the ${ORDINALS[n]} ${day}`,
    onNth: (days: readonly string[]) => `on ${list(days)}`,
    dayOrWorkday: { workday: 'weekday', weekendDay: 'weekend day', any: 'day' },
    onMonthDays: (days: readonly string[]) => `on day ${list(days)}`,
    onLastDay: 'on the last day',
    inMonths: (months: readonly string[]) => `in ${list(months)}`,
    onDate: (date: string) => `on ${date}`,
    until: (day: string) => `until ${day}`,
    times: (count: number) => (count === 1 ? 'once' : `${count} times`),
    special: (every: string) => `${every}, by a rule of its own`,
    dates: (count: number) => `on ${count} dates`,
    /** The whole from the pieces above, in the order of the language. */
    whole: (every: string, on: string | null, months: string | null, end: string | null) =>
      [[every, on, months].filter(part => part !== null).join(' '), end]
        .filter(part => part !== null)
        .join(', '),
  },

  /** What a calendar program of some guests may not take; the organizer reads these. */
  warning: {
    severalMonthDays: 'repeats on several days of a month',
    severalOrdinals: 'repeats on several weekdays of a month',
    datesWithoutRule: 'lists its dates one by one instead of by a rule',
    lastDay: 'repeats on the last day of a month',
    setPosition: 'repeats on the last of several days of a month',
    subDaily: 'repeats more often than daily',
    yearDays: 'repeats by the day of the year',
    weekNumbers: 'repeats by the number of the week',
    severalTimes: 'repeats at several times of a day',
    severalMonths: 'repeats in several months of a year',
    severalRules: 'has more than one rule',
    outlook: (reasons: readonly string[]) =>
      `Outlook may not show this series to some guests: it ${list(reasons)}.`,
    zone: (zone: string) =>
      `Clocks in ${zone} do not change by a yearly rule. Some dates may be shown an hour off in some calendars.`,
    customZone:
      'The time zone of this series is a custom one. Some dates may be shown an hour off in some calendars.',
    shortened: 'The description is longer than an invite may be and was shortened.',
  },

  write: {
    join: (url: string) => `Join: ${url}`,
    more: (url: string) => `More: ${url}`,
    cut: '…',
  },
} as const;
