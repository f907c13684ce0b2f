/**
 * The organizer's side of one event (RFC 5546 3.2, imip 4): a message is learned, what stands is worked out anew, and the difference
 * to what stood is what people are told. Pure; every order of delivery of the same messages ends in the same content.
 * Refuses RANGE, several UIDs, an event without a start, and methods that don't announce one.
 */
import type { CalAddress, CalendarEvent, Refusal } from './event.ts';
import { type Claim, type Facts, learn, memoryOf, type Novelty, pruned, remember } from './facts.ts';
import type { CustomZones } from './frame.ts';
import { compareOrder, compareStamps, stampOf } from './ordering.ts';
import { reconcile } from './reconcile.ts';
import { refusal } from './refusal.ts';
import {
  type Applied,
  type EventChange,
  type EventState,
  type Order,
  type OrganizerMessage,
  SERIES,
  type Stamp,
} from './state.ts';
import { uidKey } from './uid.ts';
import { type View, viewOf } from './view.ts';

/** METHOD to what it does here; a missing one was decided upon before the message came here. */
const METHODS: ReadonlyMap<string, Stamp['method']> = new Map([
  ['REQUEST', 'request'],
  ['PUBLISH', 'request'],
  ['CANCEL', 'cancel'],
]);
const NOBODY: CalAddress = { email: null, value: '', name: null, sentBy: null, mailto: false };

export function applyMessage(state: EventState | null, message: OrganizerMessage, now: string): Applied {
  const refused = refusalFor(message);
  if (refused !== null) return { outcome: 'refused', refusal: refused };
  const repeated = repeatOf(state, message);
  if (repeated !== null) return repeated;
  const claims = claimsOf(message, state);
  const customZones = zonesAfter(state, message, claims);
  const { facts, novelties } = learnAll(remember(state), claims, customZones);
  const view = viewOf(facts, customZones);
  const { components, changes, revision } = reconcile(state, view, customZones, now);
  const kind = outcomeOf(state, view, revision, changes, claims, novelties);
  if (kind === 'duplicate') return { outcome: kind };
  const last =
    kind === 'stale' && state?.memory !== undefined
      ? state.memory.last
      : { arrival: message.arrival, changes };
  const next: EventState = {
    uid: state?.uid ?? message.calendar.events[0]?.uid ?? '',
    organizer: organizerOf(view) ?? state?.organizer ?? NOBODY,
    revision,
    components,
    customZones,
    ambiguousOrder: [...view.components.values()].some(component => component.tied),
    memory: memoryOf(pruned(facts), components, last),
  };
  return kind === 'applied' ? { outcome: kind, state: next, changes } : { outcome: kind, state: next };
}

function refusalFor({ calendar }: OrganizerMessage): Refusal | null {
  const [head] = calendar.events;
  if (head === undefined) return refusal('no_event', calendar.line);
  const method = METHODS.get(calendar.method ?? 'REQUEST');
  if (method === undefined) return refusal('unknown_method', calendar.methodLine, calendar.method ?? '');
  for (const event of calendar.events) {
    if (uidKey(event.uid) !== uidKey(head.uid)) return refusal('two_events', event.line);
    // Nobody of the big clients writes RANGE; taken for a single date it would change the wrong ones.
    if (event.recurrenceId !== null && event.recurrenceId.range !== null) {
      return refusal('range_not_supported', event.line);
    }
    if (event.start === null && methodOf(event, method) === 'request') return refusal('no_start', event.line);
  }
  return null;
}

/** Some servers cancel with a REQUEST of STATUS:CANCELLED; some cancel without any STATUS (imip 4.5). */
function methodOf(event: CalendarEvent, method: Stamp['method']): Stamp['method'] {
  return event.status === 'CANCELLED' ? 'cancel' : method;
}

/** The very arrival that was applied before, as after a crash between saving and answering. */
function repeatOf(state: EventState | null, { arrival }: OrganizerMessage): Applied | null {
  if (state === null) return null;
  const last = state.memory?.last;
  if (last !== undefined && last.arrival === arrival) {
    return state.revision === 0
      ? { outcome: 'tombstone', state }
      : { outcome: 'applied', state, changes: last.changes };
  }
  const changes = Object.entries(state.components)
    .filter(([, component]) => component.arrival === arrival && component.revision > 0)
    .map(([component, { kind, revision, significantRevision }]): EventChange => {
      const significant = significantRevision === revision;
      return {
        component,
        revision,
        kind: kind === 'cancel' ? 'cancelled' : 'updated',
        significant,
        words: [],
      };
    });
  return changes.length === 0 ? null : { outcome: 'applied', state, changes };
}

function claimsOf({ calendar, arrival, receivedAt }: OrganizerMessage, state: EventState | null): Claim[] {
  const method = METHODS.get(calendar.method ?? 'REQUEST') ?? 'request';
  // Where a line stood is the file's business: equal events have equal states.
  const claims = calendar.events.map(({ source: _, ...written }) => {
    const event = withoutPrefix(written, calendar.prodId, state);
    return { event, stamp: stampOf(event, methodOf(event, method), receivedAt), arrival, besides: null };
  });
  const masters = claims.filter(
    claim => claim.event.recurrenceId === null && claim.stamp.method === 'request',
  );
  const besides = masters.map(({ stamp }): Order => ({ sequence: stamp.sequence, dtstamp: stamp.dtstamp }));
  const newest = besides.sort(compareOrder).at(-1) ?? null;
  return claims.map(claim => (claim.event.recurrenceId === null ? claim : { ...claim, besides: newest }));
}

/** Old Exchange writes its localised "Updated:" before the title of an update. */
function withoutPrefix(event: CalendarEvent, prodId: string | null, state: EventState | null): CalendarEvent {
  const title = state?.components[SERIES]?.event?.summary ?? null;
  if (title === null || title === '' || !/microsoft cdo/i.test(prodId ?? '')) return event;
  const prefix = event.summary?.endsWith(title) === true ? event.summary.slice(0, -title.length) : '';
  return /^[^:]{2,30}:\s*$/.test(prefix) ? { ...event, summary: title } : event;
}

/** A name like `Customized Time Zone` may mean another clock tomorrow: the newest message says what it means. */
function zonesAfter(
  state: EventState | null,
  { calendar }: OrganizerMessage,
  claims: readonly Claim[],
): CustomZones {
  const before = state?.customZones ?? {};
  const stamps = Object.values(state?.components ?? {}).map(component => component.stamp);
  const newest = claims.some(claim => stamps.every(stamp => compareOrder(claim.stamp, stamp) >= 0));
  return newest ? { ...before, ...calendar.customZones } : { ...calendar.customZones, ...before };
}

function learnAll(
  before: Facts,
  claims: readonly Claim[],
  zones: CustomZones,
): { readonly facts: Facts; readonly novelties: readonly Novelty[] } {
  const novelties: Novelty[] = [];
  let facts = before;
  for (const claim of claims) {
    const learned = learn(facts, claim, zones);
    facts = learned.facts;
    novelties.push(learned.novelty);
  }
  return { facts, novelties };
}

function outcomeOf(
  state: EventState | null,
  view: View,
  revision: number,
  changes: readonly EventChange[],
  claims: readonly Claim[],
  novelties: readonly Novelty[],
): Exclude<Applied['outcome'], 'refused'> {
  if (changes.length > 0) return 'applied';
  if (novelties.every(novelty => novelty === 'same')) return 'duplicate';
  const standing = [...view.components.values()].map(component => component.stamp);
  const told = claims.some(
    ({ stamp }, index) =>
      novelties[index] === 'newer' && standing.some(known => compareStamps(known, stamp) === 0),
  );
  if (revision === 0) return told ? 'tombstone' : 'stale';
  return told || state === null ? 'applied' : 'stale';
}

/** iCloud's ORGANIZER is another token in every message: the newest one is the one to answer to. */
function organizerOf(view: View): CalAddress | null {
  let newest: { readonly stamp: Stamp; readonly organizer: CalAddress } | null = null;
  for (const { event, stamp } of view.components.values()) {
    const organizer = event?.organizer ?? null;
    if (organizer === null || (newest !== null && compareStamps(stamp, newest.stamp) <= 0)) continue;
    newest = { stamp, organizer };
  }
  return newest?.organizer ?? null;
}
