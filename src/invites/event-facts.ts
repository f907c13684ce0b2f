/** What a mail says of the event: as a whole, or of the one date that it is about. */
import { describeEvent, type EventFacts } from '../calendar/describe.ts';
import type { CalendarEvent } from '../calendar/event.ts';
import { sayingWords } from '../calendar/saying-words.ts';
import { instanceAt, seriesOf } from '../calendar/series.ts';
import { type ComponentKey, type EventState, SERIES } from '../calendar/state.ts';
import type { RegisteredEvent } from '../events/event.ts';
import { type Language, texts } from '../texts/catalogue.ts';

export function factsOf(
  state: EventState,
  component: ComponentKey,
  now: string,
  language: Language,
): EventFacts {
  const known = state.components[component];
  const date = component === SERIES || known === undefined ? null : dateOf(state, component);
  if (known === undefined || date === null) return describeEvent(state, { now, language });
  const alone: CalendarEvent = {
    ...date,
    recurrenceId: null,
    rrule: null,
    rrules: [],
    rdates: [],
    exdates: [],
  };
  return describeEvent({ ...state, components: { [SERIES]: { ...known, event: alone } } }, { now, language });
}

export function titleOf(facts: EventFacts, language: Language): string {
  return facts.title === null || facts.title.trim() === '' ? texts(language).invites.untitled : facts.title;
}

const WORDS_SHOWN = 12;

/** What changed since a revision, in words, each once. */
export function changesSince(
  event: Pick<RegisteredEvent, 'history'>,
  revision: number,
  component: ComponentKey,
  language: Language,
): readonly string[] {
  const words = event.history
    .flatMap(entry => entry.changes)
    .filter(change => change.revision > revision && (component === SERIES || change.component === component))
    .flatMap(({ said, words }) => said?.map(saying => sayingWords(saying, language)) ?? words);
  return [...new Set(words)].slice(-WORDS_SHOWN);
}

function dateOf(state: EventState, component: ComponentKey): CalendarEvent | null {
  const own = state.components[component]?.event ?? null;
  if (own !== null) return own;
  const master = state.components[SERIES]?.event ?? null;
  const series = master === null ? null : seriesOf(master, state.customZones);
  return series === null ? null : instanceAt(series, component);
}
