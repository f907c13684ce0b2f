/** Compares what was read with what the manifest expects, by the manifest's own rules. Every difference is one line. */
import { canonicalZone } from '../../calendar/time.ts';
import type { FileFacts } from './corpus-facts.ts';
import type { EventFacts, FileRecord, MomentFacts } from './corpus-manifest.ts';

export interface Verdict {
  readonly passed: boolean;
  readonly differences: readonly string[];
}

export function judge(record: FileRecord, facts: FileFacts): Verdict {
  const found = record.expect === 'reject' ? rejection(record, facts) : reading(record, facts);
  return { passed: found.length === 0, differences: found };
}

/** The manifest's reasons, and the codes that say the same. */
const REASONS: readonly (readonly [reason: RegExp, codes: readonly string[]])[] = [
  [/^no VEVENT \(only V(?:TODO|JOURNAL)/, ['task_only']],
  [/^no VEVENT/, ['no_event']],
  [/^no usable DTSTART \(value is malformed\)/, ['bad_start']],
  [/^no usable DTSTART/, ['no_start', 'bad_start']],
  [/^not iCalendar/, ['not_icalendar']],
  [/^no calendar part/, ['no_calendar', 'tnef', 'bounce']],
  [/^delivery status notification/, ['bounce']],
];

function rejection(record: FileRecord, facts: FileFacts): string[] {
  if (facts.outcome === 'read') return [`read, though: ${record.reason ?? 'no reason'}`];
  const codes = REASONS.find(([reason]) => reason.test(record.reason ?? ''))?.[1];
  return codes?.includes(facts.reason ?? '')
    ? []
    : [`refused for ${facts.reason ?? 'nothing'}, not for: ${record.reason ?? 'no reason'}`];
}

function reading(record: FileRecord, facts: FileFacts): string[] {
  if (facts.outcome === 'refused') {
    return record.expect === 'either' ? [] : [`refused: ${facts.reason ?? 'without a reason'}`];
  }
  const undecided = new Set(record.undecided ?? []);
  const differences: string[] = [];
  const compare = (name: string, expected: unknown, actual: unknown) => {
    if (expected === undefined || undecided.has(name) || same(expected, actual)) return;
    differences.push(`${name}: expected ${show(expected)}, read ${show(actual)}`);
  };
  compare('prodid', trimmed(record.prodid), trimmed(facts.prodid));
  compare('method', record.method, facts.method);
  compare('method in force', record.method ?? record.calendar_part?.method, facts.method_in_force);
  compare('calendars', record.calendars, facts.calendars);
  compare('event_count', record.event_count, facts.event_count);
  compare('other_components', record.other_components, facts.other_components);
  for (const [index, expected] of (record.events ?? []).entries()) {
    // What the file gives for an event without a readable start is nobody's to require.
    if (expected.dtstart?.type === 'invalid') continue;
    const actual = facts.events[index];
    if (actual === undefined) differences.push(`event ${index}: not read`);
    else compareEvent(expected, actual, (name, one, other) => comparePart(compare, index, name, one, other));
  }
  compareMail(record, facts, compare);
  return differences;

  function comparePart(
    compareOne: typeof compare,
    index: number,
    name: string,
    expected: unknown,
    actual: unknown,
  ): void {
    if (undecided.has(name.split('.')[0] ?? name)) return;
    compareOne(`event ${index} ${name}`, expected, actual);
  }
}

type Compare = (name: string, expected: unknown, actual: unknown) => void;

function compareEvent(expected: EventFacts, actual: EventFacts, compare: Compare): void {
  compare('uid', trimmed(expected.uid), trimmed(actual.uid));
  for (const name of ['sequence', 'dtstamp', 'status', 'exdates', 'rdates', 'calendar', 'method'] as const) {
    compare(name, expected[name], actual[name]);
  }
  compare('exdate', expected.exdate, actual.exdate);
  compare('rdate', expected.rdate, actual.rdate);
  compare('summary', trimmed(expected.summary), trimmed(actual.summary));
  compare('location', trimmed(expected.location), trimmed(actual.location));
  compare('rrule', trimmed(expected.rrule), trimmed(actual.rrule));
  compare('rrule_all', expected.rrule_all, actual.rrule_all);
  compare('organizer', folded(expected.organizer), folded(actual.organizer));
  compare('attendees', guests(expected), guests(actual));
  compareMoment('dtstart', expected.dtstart, actual.dtstart, compare);
  compareMoment('end', expected.end, actual.end, compare);
  compareMoment('recurrence_id', expected.recurrence_id, actual.recurrence_id, compare);
}

function compareMoment(
  name: string,
  expected: MomentFacts | null,
  actual: MomentFacts | null,
  compare: Compare,
): void {
  if (expected === null || actual === null) {
    compare(name, expected, actual);
    return;
  }
  if (expected.type === 'invalid' || expected.invalid === true) return;
  // For an implied end the manifest gives the moment alone.
  const given =
    expected.source === 'implied' ? (['source'] as const) : (['source', 'value', 'type', 'form'] as const);
  for (const field of given) compare(`${name}.${field}`, expected[field], actual[field]);
  for (const field of ['tzid', 'local', 'date', 'range'] as const) {
    compare(`${name}.${field}`, expected[field], actual[field]);
  }
  if (expected.tz_unresolved === true) return;
  if (expected.utc_accept?.includes(actual.utc ?? '') !== true)
    compare(`${name}.utc`, expected.utc, actual.utc);
  if (expected.iana !== undefined) {
    compare(`${name}.iana`, canonicalZone(expected.iana), canonicalZone(actual.iana ?? ''));
  }
}

function compareMail(record: FileRecord, facts: FileFacts, compare: Compare): void {
  const { envelope, calendar_part: part } = record;
  if (envelope !== undefined) {
    for (const name of ['from', 'to', 'cc'] as const) {
      compare(`envelope.${name}`, asSet(envelope[name]), asSet(facts.envelope?.[name] ?? []));
    }
    for (const name of ['subject', 'message_id', 'in_reply_to', 'top_type'] as const) {
      compare(`envelope.${name}`, spaced(envelope[name]), spaced(facts.envelope?.[name] ?? null));
    }
  }
  if (part === undefined || part === null) return;
  for (const name of ['path', 'types', 'filename', 'body_sha1'] as const) {
    compare(`calendar_part.${name}`, part[name], facts.calendar_part?.[name] ?? null);
  }
  for (const name of ['method', 'charset', 'encoding', 'disposition'] as const) {
    compare(`calendar_part.${name}`, folded(part[name]), folded(facts.calendar_part?.[name] ?? null));
  }
}

function guests({ attendees }: EventFacts): string[] {
  return attendees.map(({ email, partstat }) => `${email.trim().toLowerCase()} ${partstat ?? 'none'}`);
}

function trimmed(text: string | null | undefined): string | null | undefined {
  return text?.trim() ?? text;
}

function folded(text: string | null | undefined): string | null | undefined {
  return text?.trim().toLowerCase() ?? text;
}

function spaced(text: string | null): string | null {
  return text?.replace(/\s+/g, ' ').trim() ?? null;
}

function asSet(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map(address => address.trim().toLowerCase()))].sort();
}

/** Equal by value; keys of objects in any order. */
function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) && one.length === other.length && one.every((item, i) => same(item, other[i]))
    );
  }
  if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
    const left = Object.entries(one);
    const right = new Map(Object.entries(other));
    return left.length === right.size && left.every(([name, value]) => same(value, right.get(name)));
  }
  return one === other;
}

function show(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 300);
}
