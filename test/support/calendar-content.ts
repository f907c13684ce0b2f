/** What a guest would see of a state, without the numbers that depend on the order of arrival. */
import { liveSeries, occurrences } from '../../src/calendar/occurrences.ts';
import { type EventState, SERIES } from '../../src/calendar/state.ts';

export function contentOf(state: EventState): unknown {
  const master = state.components[SERIES];
  return {
    uid: state.uid,
    organizer: state.organizer.email,
    series: master === undefined ? null : { kind: master.kind, hash: master.event?.hash ?? null },
    endless: liveSeries(state) !== null,
    dates: occurrences(state, { limit: 500 }).map(found => [
      found.start.utc ?? found.start.local,
      found.end.utc ?? found.end.local,
      found.event.summary,
      found.event.location,
      found.event.status,
    ]),
  };
}
