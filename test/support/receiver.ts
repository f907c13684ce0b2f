/**
 * Two guests' calendars, built on ical.js and not on our reader. The strict one judges each component by SEQUENCE, then DTSTAMP
 * (RFC 5546 2.1.5), and keeps what is newer than the series beside it. The Microsoft-like one has one recurrence for the whole: a
 * series that comes anew replaces all its changed and cancelled dates by those in its object (MS-OXCICAL).
 */
import ICAL from 'ical.js';

interface Entry {
  readonly sequence: number;
  readonly dtstamp: string;
  readonly cancelled: boolean;
  /** Wall clocks. */
  readonly start: string | null;
  readonly end: string | null;
  readonly title: string;
  readonly rule: string | null;
  readonly excluded: readonly string[];
}

interface Calendar {
  series: Entry | null;
  readonly dates: Map<string, Entry>;
}

export interface Receiver {
  take(ics: string): void;
  /** `2026-03-03T10:00:00/2026-03-03T10:45:00 Title` of each date that stands, sorted. */
  holds(): string[];
  /** Objects that changed nothing: older than what is there, or the same. */
  readonly ignored: () => number;
}

export function strictReceiver(): Receiver {
  return receiver((calendar, series, dates) => {
    const before = calendar.series;
    if (series !== null && isNewer(series, before)) {
      calendar.series = series;
      // What is older than the whole object and not in it is not in the event any more.
      for (const [key, entry] of calendar.dates) if (!isNewer(entry, series)) calendar.dates.delete(key);
    }
    return take(calendar, dates) || calendar.series !== before;
  });
}

export function microsoftReceiver(): Receiver {
  return receiver((calendar, series, dates) => {
    const before = calendar.series;
    if (series !== null && isNewer(series, before)) {
      calendar.dates.clear();
      calendar.series = series;
    }
    return take(calendar, dates) || calendar.series !== before;
  });
}

type Take = (calendar: Calendar, series: Entry | null, dates: ReadonlyMap<string, Entry>) => boolean;

function receiver(judge: Take): Receiver {
  const calendars = new Map<string, Calendar>();
  let ignored = 0;
  return {
    take(ics) {
      const { uid, series, dates } = read(ics);
      const calendar = calendars.get(uid) ?? { series: null, dates: new Map() };
      calendars.set(uid, calendar);
      if (!judge(calendar, series, dates)) ignored += 1;
    },
    holds: () => [...calendars.values()].flatMap(standing).sort(),
    ignored: () => ignored,
  };
}

function take(calendar: Calendar, dates: ReadonlyMap<string, Entry>): boolean {
  let changed = false;
  for (const [key, entry] of dates) {
    const { series } = calendar;
    if (!isNewer(entry, calendar.dates.get(key) ?? null)) continue;
    if (series !== null && entry.sequence < series.sequence) continue;
    calendar.dates.set(key, entry);
    changed = true;
  }
  return changed;
}

function isNewer(one: Entry, other: Entry | null): boolean {
  if (other === null || one.sequence > other.sequence) return true;
  return one.sequence === other.sequence && one.dtstamp > other.dtstamp;
}

function standing({ series, dates }: Calendar): string[] {
  const shown = ({ start, end, title }: Entry) => `${start}/${end} ${title}`;
  const alone = [...dates.values()].filter(({ cancelled }) => !cancelled).map(shown);
  if (series === null) return alone;
  if (series.cancelled || series.start === null || series.end === null) return [];
  const length = Date.parse(`${series.end}Z`) - Date.parse(`${series.start}Z`);
  // A date that was excluded and comes again by itself takes place again.
  return startsOf(series.start, series.rule)
    .filter(start => !series.excluded.includes(start) || dates.has(start))
    .flatMap(start => {
      const own = dates.get(start);
      if (own !== undefined) return own.cancelled ? [] : [shown(own)];
      const end = new Date(Date.parse(`${start}Z`) + length).toISOString().slice(0, 19);
      return [`${start}/${end} ${series.title}`];
    });
}

function startsOf(start: string, rule: string | null): string[] {
  if (rule === null) return [start];
  const found: string[] = [];
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateTimeString(start));
  for (let next = iterator.next(); next !== null && found.length < 100; next = iterator.next()) {
    found.push(clockOf(next));
  }
  return found;
}

function read(ics: string): { uid: string; series: Entry | null; dates: Map<string, Entry> } {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const method = String(calendar.getFirstPropertyValue('method'));
  const dates = new Map<string, Entry>();
  let series: Entry | null = null;
  let uid = '';
  for (const event of calendar.getAllSubcomponents('vevent')) {
    uid = String(event.getFirstPropertyValue('uid'));
    const date = event.getFirstPropertyValue('recurrence-id');
    if (date instanceof ICAL.Time) dates.set(clockOf(date), entryOf(event, method));
    else series = entryOf(event, method);
  }
  return { uid, series, dates };
}

function entryOf(event: ICAL.Component, method: string): Entry {
  const time = (name: string) => {
    const value = event.getFirstPropertyValue(name);
    return value instanceof ICAL.Time ? clockOf(value) : null;
  };
  const rule = event.getFirstPropertyValue('rrule');
  return {
    sequence: Number(event.getFirstPropertyValue('sequence') ?? 0),
    dtstamp: time('dtstamp') ?? '',
    cancelled: method === 'CANCEL' || event.getFirstPropertyValue('status') === 'CANCELLED',
    start: time('dtstart'),
    end: time('dtend'),
    title: String(event.getFirstPropertyValue('summary') ?? ''),
    rule: rule === null ? null : String(rule),
    excluded: event
      .getAllProperties('exdate')
      .flatMap(property => property.getValues())
      .flatMap(value => (value instanceof ICAL.Time ? [clockOf(value)] : [])),
  };
}

function clockOf(time: ICAL.Time): string {
  return time.toString().replace('Z', '');
}
