/** Which IANA zone keeps the clock that a VTIMEZONE describes: the one with the same changes in the years around the event. */
import { timelineOf, zoneNames, zonePopulation } from './time.ts';
import { changesWithin, offsetIn, sameChanges, type Timeline } from './timeline.ts';

let crowded: readonly string[] | undefined;

/** The zone that most people live by comes first. */
function byPopulation(): readonly string[] {
  crowded ??= zoneNames()
    .map(name => ({ name, people: zonePopulation(name) }))
    .sort((a, b) => b.people - a.people)
    .map(({ name }) => name);
  return crowded;
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
  return byPopulation().find(fits) ?? null;
}
