/** Which VEVENTs an object of ours holds: the master, its changed dates, or one date alone. */
import { HOUR } from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { positionOf } from './frame.ts';
import { instanceAt, lengthOf, type Series, seriesOf } from './series.ts';
import { type ComponentKey, type EventState, SERIES } from './state.ts';
import type { Part } from './write-sheet.ts';

/** The master's content, live or cancelled: it says in which clock dates are addressed. */
export function masterOf(state: EventState): Series | null {
  const event = state.components[SERIES]?.event ?? null;
  return event === null ? null : seriesOf(event, state.customZones);
}

/** Master first, then the changed dates in order. */
export function liveParts(state: EventState, series: Series | null): Part[] {
  const component = state.components[SERIES];
  const isLive = component !== undefined && component.kind === 'request' && series !== null;
  const master: Part[] = isLive ? [{ key: SERIES, event: series.event, component }] : [];
  const dates = Object.keys(state.components)
    .filter(key => key !== SERIES && state.components[key]?.kind === 'request')
    .sort()
    .map(key => datePart(state, key, series));
  return [...master, ...dates.filter(part => part !== null)];
}

/** A date with its own content, or as the series has it; null where nothing is known of it. */
export function datePart(state: EventState, key: ComponentKey, series: Series | null): Part | null {
  const component = state.components[key];
  const event = component?.event ?? (series === null ? null : instanceAt(series, key));
  return event === null ? null : { key, event, component };
}

/** What a CANCEL says of the thing it cancels: its last content, else anything known of the event. */
export function lastContent(
  state: EventState,
  key: ComponentKey,
  series: Series | null,
): Omit<Part, 'event'> & { readonly event: CalendarEvent | null } {
  const known = key === SERIES ? series?.event : datePart(state, key, series)?.event;
  const any = Object.values(state.components).find(component => component.event !== null)?.event;
  return { key, event: known ?? any ?? null, component: state.components[key] };
}

/** A day is over when it is over everywhere on earth. */
export function endsAfter(event: CalendarEvent, at: number): boolean {
  if (event.start === null) return true;
  const slack = event.start.kind === 'date' ? 12 * HOUR : 0;
  return positionOf(event.start) + lengthOf(event) + slack > at;
}
