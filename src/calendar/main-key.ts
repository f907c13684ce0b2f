/** Which component stands for the event as a whole. */
import { type ComponentKey, type EventState, SERIES } from './state.ts';

/**
 * The series; where only single dates of one are known, the first of them that takes place, else any. `create@` may have been
 * invited to one date of a series alone, and then that date is the event.
 */
export function mainKey(state: EventState): ComponentKey {
  const series = state.components[SERIES];
  const dates = Object.keys(state.components)
    .filter(key => key !== SERIES)
    .sort();
  const live = dates.find(key => state.components[key]?.kind === 'request');
  if (series !== undefined && (series.kind === 'request' || live === undefined)) return SERIES;
  return live ?? dates[0] ?? SERIES;
}
