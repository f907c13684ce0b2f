/** RFC 5546 3.2: which properties a VEVENT of each METHOD must, may and must not have, as data; read by ical.js, not by our reader. */
import ICAL from 'ical.js';

/** `1`: exactly once; `0`: never; `0+`, `0/1`, `1+` likewise. What is not listed may not occur: our own lists are narrower than the RFC's. */
type Count = '0' | '0/1' | '1' | '1+' | '0+';
type Table = Readonly<Record<string, Count>>;

const COMMON: Table = { UID: '1', DTSTAMP: '1', SEQUENCE: '1', ORGANIZER: '1', 'RECURRENCE-ID': '0/1' };
const CONTENT: Table = {
  ...COMMON,
  DTSTART: '1',
  DTEND: '0/1',
  SUMMARY: '1',
  DESCRIPTION: '0/1',
  LOCATION: '0/1',
  GEO: '0/1',
  URL: '0/1',
  CATEGORIES: '0+',
  PRIORITY: '0/1',
  CLASS: '0/1',
  STATUS: '0/1',
  TRANSP: '0/1',
  CREATED: '0/1',
  'LAST-MODIFIED': '0/1',
  RRULE: '0/1',
  RDATE: '0+',
  EXDATE: '0+',
  'X-ALT-DESC': '0/1',
  'X-MICROSOFT-CDO-BUSYSTATUS': '0/1',
  'X-MICROSOFT-CDO-INTENDEDSTATUS': '0/1',
  'X-MICROSOFT-CDO-ALLDAYEVENT': '0/1',
  'X-MICROSOFT-DISALLOW-COUNTER': '0/1',
};

const TABLES: Readonly<Record<string, Table>> = {
  REQUEST: { ...CONTENT, ATTENDEE: '1+' },
  PUBLISH: { ...CONTENT, ATTENDEE: '0' },
  CANCEL: {
    ...COMMON,
    ATTENDEE: '1+',
    STATUS: '1',
    DTSTART: '0/1',
    DTEND: '0/1',
    SUMMARY: '0/1',
    TRANSP: '0/1',
  },
  REPLY: { ...COMMON, ATTENDEE: '1', DTSTART: '0/1', DTEND: '0/1', SUMMARY: '0/1', COMMENT: '0+' },
  DECLINECOUNTER: { ...COMMON, ATTENDEE: '1', DTSTART: '0/1', DTEND: '0/1', SUMMARY: '0/1', COMMENT: '0+' },
};

const RANGES: Readonly<Record<Count, readonly [number, number]>> = {
  '0': [0, 0],
  '0/1': [0, 1],
  '1': [1, 1],
  '1+': [1, Number.POSITIVE_INFINITY],
  '0+': [0, Number.POSITIVE_INFINITY],
};

/** Empty: a valid scheduling object. */
export function itipProblems(ics: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const method = String(calendar.getFirstPropertyValue('method'));
  const table = TABLES[method];
  if (table === undefined) return [`unknown method ${method}`];
  const events = calendar.getAllSubcomponents('vevent');
  const problems = events.flatMap((event, index) =>
    eventProblems(event, table).map(text => `${index}: ${text}`),
  );
  return [...problems, ...objectProblems(calendar, events)];
}

function eventProblems(event: ICAL.Component, table: Table): string[] {
  const counts = new Map(Object.keys(table).map(name => [name, 0]));
  for (const property of event.getAllProperties()) {
    const name = property.name.toUpperCase();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].flatMap(([name, count]) => {
    const [low, high] = RANGES[table[name] ?? '0'];
    return count < low || count > high ? [`${name} ${count} times`] : [];
  });
}

function objectProblems(calendar: ICAL.Component, events: readonly ICAL.Component[]): string[] {
  const uids = new Set(events.map(event => event.getFirstPropertyValue('uid')));
  const masters = events.filter(event => event.getFirstProperty('recurrence-id') === null);
  const ruled = events.filter(event => event.getFirstProperty('rrule') !== null);
  const zones = calendar
    .getAllSubcomponents('vtimezone')
    .map(zone => String(zone.getFirstPropertyValue('tzid')));
  const used = new Set(
    events.flatMap(event =>
      event.getAllProperties().flatMap(property => String(property.getFirstParameter('tzid') ?? '')),
    ),
  );
  used.delete('');
  return [
    ...(events.length === 0 ? ['no event'] : []),
    ...(uids.size > 1 ? ['several UIDs'] : []),
    ...(masters.length > 1 ? ['several masters'] : []),
    ...(ruled.some(event => !masters.includes(event)) ? ['RRULE in an override'] : []),
    ...(zones.length === used.size && zones.every(zone => used.has(zone)) ? [] : ['VTIMEZONE not as used']),
  ];
}
