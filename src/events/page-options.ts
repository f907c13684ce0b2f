/** What an organizer chose for an event's page: a part of the event's own row, so that it is read with it and written under its version. */
import type { CalendarEvent } from '../calendar/event.ts';
import type { ComponentState, EventState } from '../calendar/state.ts';
import type { Json } from '../kernel/ports.ts';
import { VISIBILITIES, type Visibility } from './visibility.ts';

export const TOGGLES = [
  'location',
  'description',
  'counts',
  'seats',
  'copies',
  'follow',
  'joinLink',
  'noIndex',
] as const;
export type Toggle = (typeof TOGGLES)[number];

export interface PageOptions extends Readonly<Record<Toggle, boolean>> {
  readonly visibility: Visibility;
  /** What the link to a private page ends in; kept while it is not private, so that turning back brings the same link. */
  readonly key: string | null;
  /** The words of the button, and a sentence above the form; null: ours. */
  readonly label: string | null;
  readonly intro: string | null;
}

export const PAGE_DEFAULTS: PageOptions = {
  visibility: 'public',
  key: null,
  location: true,
  description: true,
  counts: false,
  seats: false,
  copies: true,
  follow: false,
  joinLink: false,
  noIndex: false,
  label: null,
  intro: null,
};

/** Whatever a row holds, or lacks, becomes whole options. */
export function pageOptionsIn(stored: Json | undefined): PageOptions {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return PAGE_DEFAULTS;
  const row = stored as Readonly<Record<string, Json>>;
  const flag = (name: Toggle): boolean => {
    const value = row[name];
    return typeof value === 'boolean' ? value : PAGE_DEFAULTS[name];
  };
  const text = (name: 'key' | 'label' | 'intro'): string | null => {
    const value = row[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    visibility: VISIBILITIES.find(name => name === row.visibility) ?? 'public',
    key: text('key'),
    location: flag('location'),
    description: flag('description'),
    counts: flag('counts'),
    seats: flag('seats'),
    copies: flag('copies'),
    follow: flag('follow'),
    joinLink: flag('joinLink'),
    noIndex: flag('noIndex'),
    label: text('label'),
    intro: text('intro'),
  };
}

/** The event as everybody may see it: what the organizer keeps for those who are invited is not in it. */
export function publicState(state: EventState, { location, description }: PageOptions): EventState {
  if (location && description) return state;
  const components = Object.entries(state.components).map(
    ([key, component]) => [key, without(component, { location, description })] as const,
  );
  return { ...state, components: Object.fromEntries(components) };
}

function without(
  component: ComponentState,
  shown: { readonly location: boolean; readonly description: boolean },
): ComponentState {
  if (component.event === null) return component;
  const event: CalendarEvent = {
    ...component.event,
    ...(shown.location ? {} : { location: null, geo: null }),
    ...(shown.description ? {} : { description: null, html: null }),
  };
  return { ...component, event };
}
