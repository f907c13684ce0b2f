/** Which IANA zone keeps the clock that a VTIMEZONE describes: the one with the same changes in the years around the event. */
import { timelineOf, zoneNames, zonePopulation } from './time.ts';
import { changesWithin, offsetIn, sameChanges, type Timeline } from './timeline.ts';

/** Names that people know, for clocks that many zones share. */
const KNOWN = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Halifax',
  'America/Mexico_City',
  'America/Bogota',
  'America/Sao_Paulo',
  'America/Argentina/Buenos_Aires',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Paris',
  'Europe/Athens',
  'Europe/Istanbul',
  'Europe/Moscow',
  'Africa/Lagos',
  'Africa/Johannesburg',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Australia/Brisbane',
  'Pacific/Auckland',
  'Etc/UTC',
];

let ranked: readonly string[] | undefined;

/** Then the zone that most people live by. */
function byRank(): readonly string[] {
  ranked ??= [
    ...KNOWN,
    ...zoneNames()
      .filter(name => !KNOWN.includes(name))
      .map(name => ({ name, people: zonePopulation(name) }))
      .sort((a, b) => b.people - a.people)
      .map(({ name }) => name),
  ];
  return ranked;
}

/** `hints` are tried first; null where no zone fits. */
export function matchZone(
  timeline: Timeline,
  from: number,
  to: number,
  hints: readonly (string | null | undefined)[],
): string | null {
  const wanted = changesWithin(timeline, from, to);
  const offset = offsetIn(timeline, from);
  const fits = (name: string) => {
    const candidate = timelineOf(name);
    return offsetIn(candidate, from) === offset && sameChanges(wanted, changesWithin(candidate, from, to));
  };
  for (const hint of hints) {
    if (hint !== null && hint !== undefined && fits(hint)) return hint;
  }
  return byRank().find(fits) ?? null;
}
