/**
 * Instants, wall clocks and IANA zones. The only reader of `zone-data.ts`: that tz data is the one zone truth of the
 * service, never Intl, whose data is older and differs by an hour in places. Throws RangeError for a zone or text that is none.
 */
import { formatLocal, MINUTE, parseLocal, SECOND } from './civil.ts';
import { changesWithin, firstWhere, instantIn, offsetIn, type Timeline, wallClockIn } from './timeline.ts';
import { dataVersion, linkOfZone, nameOfZone, placeNames, zoneData } from './zone-data.ts';

const UTC_NAMES = /^(?:etc\/)?(?:utc|uct|universal|zulu|gmt|gmt[+-]?0|greenwich)$/;
/** Old names whose link in the data leads to a place on another continent with the same clock. */
const RENAMED: Readonly<Record<string, string>> = {
  iceland: 'Atlantic/Reykjavik',
  'america/coral_harbour': 'America/Atikokan',
  'america/virgin': 'America/St_Thomas',
  'america/montreal': 'America/Toronto',
  'antarctica/south_pole': 'Antarctica/McMurdo',
  'africa/timbuktu': 'Africa/Bamako',
  'africa/asmera': 'Africa/Asmara',
  'asia/istanbul': 'Europe/Istanbul',
  'europe/nicosia': 'Asia/Nicosia',
  'europe/belfast': 'Europe/London',
  'atlantic/jan_mayen': 'Europe/Oslo',
  'pacific/johnston': 'Pacific/Honolulu',
  'pacific/truk': 'Pacific/Chuuk',
  'pacific/yap': 'Pacific/Chuuk',
  'pacific/ponape': 'Pacific/Pohnpei',
  'pacific/samoa': 'Pacific/Pago_Pago',
  'us/samoa': 'Pacific/Pago_Pago',
  jamaica: 'America/Jamaica',
  singapore: 'Asia/Singapore',
  'asia/rangoon': 'Asia/Yangon',
  'europe/kiev': 'Europe/Kyiv',
  'europe/uzhgorod': 'Europe/Kyiv',
  'europe/zaporozhye': 'Europe/Kyiv',
  'america/indianapolis': 'America/Indiana/Indianapolis',
  'america/fort_wayne': 'America/Indiana/Indianapolis',
  'us/east-indiana': 'America/Indiana/Indianapolis',
  est5edt: 'America/New_York',
  cst6cdt: 'America/Chicago',
  mst7mdt: 'America/Denver',
  pst8pdt: 'America/Los_Angeles',
};
const timelines = new Map<string, Timeline>();

/** Any spelling of case and any old name counts. */
export function isZone(name: string): boolean {
  return nameOfZone(name) !== undefined;
}

/** Today's name of a zone (`US/Pacific` is `America/Los_Angeles`, `GMT` is `Etc/UTC`), or null where it is none. */
export function canonicalZone(name: string): string | null {
  const lower = name.toLowerCase();
  const known = nameOfZone(name);
  if (known === undefined) return null;
  if (UTC_NAMES.test(lower)) return 'Etc/UTC';
  if (placeNames().has(known) || known.startsWith('Etc/')) return known;
  return RENAMED[lower] ?? linkOfZone(name) ?? known;
}

export function zoneDataVersion(): string {
  return dataVersion;
}

/** Today's names, `Etc/UTC` among them, in alphabetical order. */
export function zoneNames(): string[] {
  return [...placeNames(), 'Etc/UTC'].sort();
}

/** How many people live by it, by the tz data; 0 where nobody counted. */
export function zonePopulation(name: string): number {
  return zoneData(name)?.population ?? 0;
}

export function timelineOf(name: string): Timeline {
  const known = timelines.get(name);
  if (known !== undefined) return known;
  const zone = zoneData(name);
  if (zone === undefined) throw new RangeError('unknown time zone');
  // The data counts minutes to the west, fractions of local mean time included.
  const offsets = zone.offsets.map(west => -Math.round(west * 60) || 0);
  const timeline = { offsets, untils: zone.untils };
  timelines.set(name, timeline);
  return timeline;
}

/** Wall clock (`2026-03-03T16:00:00`) in a zone to its instant in UTC. */
export function instantOf(local: string, zone: string): string {
  return formatInstant(instantIn(timelineOf(zone), checked(parseLocal(local))));
}

/** Instant in UTC to the wall clock of a zone. */
export function wallClock(instantUtc: string, zone: string): string {
  return formatLocal(wallClockIn(timelineOf(zone), parseInstant(instantUtc)));
}

/** Minutes east of UTC. */
export function offsetAt(instantUtc: string, zone: string): number {
  return (offsetIn(timelineOf(zone), parseInstant(instantUtc)) * SECOND) / MINUTE;
}

/** Epoch milliseconds of `2026-03-03T15:00:00Z`. */
export function parseInstant(utc: string): number {
  const fraction = /\.(\d{1,3})\d*Z$/i.exec(utc)?.[1] ?? '0';
  return (
    checked(/Z$/i.test(utc) ? parseLocal(utc.slice(0, -1)) : Number.NaN) + Number(fraction.padEnd(3, '0'))
  );
}

/** `…Z` to the second; what is below a second is cut off. */
export function formatInstant(ms: number): string {
  return `${formatLocal(Math.floor(checked(ms) / SECOND) * SECOND)}Z`;
}

function checked(ms: number): number {
  if (!Number.isFinite(ms)) throw new RangeError('not a time');
  return ms;
}

export interface Transition {
  /** The instant from which it holds. */
  readonly at: string;
  /** Minutes east. */
  readonly offset: number;
  /** What clocks are called then: `CEST`, `+03`. */
  readonly name: string;
}

/** What holds at `fromUtc`, then every real change of the offset up to `toUtc`. */
export function transitionsOf(zone: string, fromUtc: string, toUtc: string): Transition[] {
  const data = zoneData(zone);
  if (data === undefined) throw new RangeError('unknown time zone');
  const { untils, abbreviations } = data;
  const nameAt = (at: number) => abbreviations[firstWhere(untils.length, i => at < (untils[i] ?? Infinity))];
  return changesWithin(timelineOf(zone), parseInstant(fromUtc), parseInstant(toUtc)).map(change => ({
    at: formatInstant(change.at),
    offset: (change.offset * SECOND) / MINUTE,
    name: nameAt(change.at) ?? '',
  }));
}
