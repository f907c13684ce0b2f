/**
 * A calendar message becomes, changes or ends an event of its organizer. Key: (organizer, UID), never UID alone (D1).
 * Weak evidence only ever makes a draft; whatever it said counts for nothing once proven mail arrives.
 * May run twice and beside itself: the record is written under its version, the fan-out job in the same commit.
 */
import { applyMessage } from '../calendar/apply.ts';
import { lastEnd } from '../calendar/describe.ts';
import type { CalendarObject, Refusal } from '../calendar/event.ts';
import { checkForRegister } from '../calendar/read.ts';
import { furtherReach } from '../calendar/split.ts';
import { type EventChange, type EventState, SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { ConflictError } from '../kernel/errors.ts';
import type { NewJob, Ports } from '../kernel/ports.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { noteZone } from '../organizers/store.ts';
import { type EventRecord, type HistoryEntry, type RegisteredEvent, statusAt } from './event.ts';
import { PAGE_DEFAULTS } from './page-options.ts';
import { claimEvent, type EventClaim, findClaim, loadRegistered, saveEvent } from './store.ts';

const TRIES = 50;
const HISTORY_KEPT = 30;
const CHANGES_KEPT = 20;
const DAY_SECONDS = 86_400;

export const UNCONFIRMED = 'unconfirmed';
export const ZONE_ASKED = 'zone';

type RegisterPorts = Pick<Ports, 'table' | 'blobs' | 'random' | 'clock' | 'settings'>;

export interface RegisterInput {
  readonly organizer: Organizer;
  readonly calendar: CalendarObject;
  readonly arrival: string;
  readonly receivedAt: string;
  /** Null: proven. Else why it can only be a draft. */
  readonly draft: string | null;
  readonly guests: readonly string[];
  /** Address hash of a proven delegate in whose name it came (SENT-BY). */
  readonly editor?: string;
  /** The organizer gave his word for this very mail: a revision number far ahead is his, too (L12). */
  readonly confirmed?: boolean;
}

export interface RegisterOutcome {
  readonly outcome: 'applied' | 'duplicate' | 'stale' | 'tombstone' | 'rejected' | 'draft';
  readonly event: EventRecord | null;
  readonly changes: readonly EventChange[];
  /** This arrival is the one that made the event. */
  readonly fresh: boolean;
  readonly refusal: Refusal | null;
  /** What the organizer should be told about how his event was read. */
  readonly notes: readonly string[];
  /** The event stands as it was: a change that waits for a confirmation. */
  readonly held: boolean;
}

export async function register(ports: RegisterPorts, input: RegisterInput): Promise<RegisterOutcome> {
  const ready = prepare(ports, input);
  if ('refusal' in ready) return refused(ready.refusal);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const outcome = await registerOnce(ports, ready);
    if (outcome !== 'again') return outcome;
  }
  throw new ConflictError('event_busy', 'The event changed too often while a change was applied.');
}

interface Ready {
  readonly input: RegisterInput;
  readonly uid: string;
  readonly calendar: CalendarObject;
  readonly draft: string | null;
  readonly notes: readonly string[];
  readonly now: number;
}

function prepare(ports: RegisterPorts, input: RegisterInput): Ready | { readonly refusal: Refusal } {
  const { limits } = ports.settings;
  const checked = checkForRegister(input.calendar, limits, { organizerZone: input.organizer.zone });
  const asksZone = !checked.ok && checked.refusal.code === 'floating_time';
  if (!checked.ok && !asksZone) return { refusal: checked.refusal };
  const calendar = checked.ok ? checked.calendar : input.calendar;
  const uid = calendar.events[0]?.uid;
  if (uid === undefined) return { refusal: { code: 'no_event', sentence: '', line: null } };
  // A cancellation needs no zone: it names what it ends by UID.
  const zoneDraft = asksZone && calendar.method !== 'CANCEL' ? ZONE_ASKED : null;
  return {
    input,
    uid,
    calendar: withoutAttendees(calendar),
    draft: input.draft ?? zoneDraft,
    notes: checked.ok ? checked.notes : [],
    now: ports.clock.now(),
  };
}

/** The organizer's guest list never enters the state (L16, T16). */
function withoutAttendees(calendar: CalendarObject): CalendarObject {
  return { ...calendar, events: calendar.events.map(event => ({ ...event, attendees: [] })) };
}

async function registerOnce(ports: RegisterPorts, ready: Ready): Promise<RegisterOutcome | 'again'> {
  const { input } = ready;
  const claim = await findClaim(ports, input.organizer.id, ready.uid);
  const stored = claim === undefined ? undefined : await loadRegistered(ports, claim.event);
  const again = stored === undefined ? null : answeredBefore(ready, stored);
  if (again !== null) return settled(ports, ready, again);

  const base = baseOf(ready, stored);
  const applied = applyMessage(
    base,
    {
      calendar: ready.calendar,
      arrival: input.arrival,
      receivedAt: formatInstant(Date.parse(input.receivedAt)),
    },
    formatInstant(ready.now),
  );
  switch (applied.outcome) {
    case 'refused':
      return refused(applied.refusal);
    case 'duplicate':
      return unchanged('duplicate', stored);
    case 'stale':
      return learn(ports, ready, stored, applied.state);
    case 'tombstone':
      return save(ports, ready, stored, claim, { state: applied.state, changes: [], tombstone: true });
    case 'applied':
      return save(ports, ready, stored, claim, {
        state: applied.state,
        changes: applied.changes,
        tombstone: false,
      });
  }
}

/** Proven mail starts from what was proven; a draft's own words are thrown away. */
function baseOf(ready: Ready, stored: RegisteredEvent | undefined): EventState | null {
  if (stored === undefined) return null;
  return overrules(ready, stored) ? stored.base : stored.state;
}

function overrules(ready: Ready, stored: RegisteredEvent): boolean {
  if (stored.draftReason === null) return false;
  return ready.draft === null || (ready.draft === ZONE_ASKED && stored.draftReason === UNCONFIRMED);
}

/** A draft may not touch what better evidence said. */
function mustWait(ready: Ready, stored: RegisteredEvent | undefined): boolean {
  if (ready.draft === null || stored === undefined || stored.tombstone) return false;
  if (stored.draftReason === null) return true;
  return stored.draftReason === ZONE_ASKED && ready.draft === UNCONFIRMED;
}

/** It would lock out every later change that counts on in small steps: no calendar counts so, a forger may. */
function jumps(ready: Ready, stored: RegisteredEvent | undefined, most: number): boolean {
  if (stored === undefined || stored.tombstone || ready.input.confirmed === true) return false;
  const known = Object.values(stored.state.components).map(({ stamp }) => stamp.sequence);
  const told = ready.calendar.events.map(event => Math.max(event.sequence ?? 0, event.apptSequence ?? 0));
  return Math.max(...told) - Math.max(0, ...known) > most;
}

function answeredBefore(ready: Ready, stored: RegisteredEvent): RegisterOutcome | null {
  if (overrules(ready, stored)) return null;
  const entry = stored.history.find(({ arrival }) => arrival === ready.input.arrival);
  return entry === undefined ? null : outcomeOf(ready, stored, entry.changes);
}

/** An older message may complete what is known (which date an override meant): kept without a word to anybody. */
async function learn(
  ports: RegisterPorts,
  ready: Ready,
  stored: RegisteredEvent | undefined,
  state: EventState,
): Promise<RegisterOutcome | 'again'> {
  if (stored === undefined || mustWait(ready, stored) || overrules(ready, stored))
    return unchanged('stale', stored);
  const saved = await saveEvent(ports, { ...stored, state }, endOf(ports, ready, stored));
  return saved === undefined ? 'again' : unchanged('stale', saved);
}

interface Result {
  readonly state: EventState;
  readonly changes: readonly EventChange[];
  readonly tombstone: boolean;
}

async function save(
  ports: RegisterPorts,
  ready: Ready,
  stored: RegisteredEvent | undefined,
  claim: EventClaim | undefined,
  result: Result,
): Promise<RegisterOutcome | 'again'> {
  // Weak evidence leaves no tombstone: it would keep the organizer's own event from coming to life.
  const waits =
    mustWait(ready, stored) ||
    (result.tombstone && ready.draft !== null) ||
    jumps(ready, stored, ports.settings.limits.SEQUENCE_JUMP);
  if (waits) return { ...unchanged('draft', stored), changes: result.changes, held: true };
  const place = claim ?? (await claimEvent(ports, claimWanted(ready)));
  const record = nextRecord(ready, stored, place, result);
  const saved = await saveEvent(ports, record, {
    jobs: jobsFor(ports, ready, stored, record, result.changes),
    ...endOf(ports, ready, record),
  });
  if (saved === undefined) return 'again';
  return settled(ports, ready, outcomeOf(ready, saved, result.changes));
}

function claimWanted(ready: Ready) {
  const title = ready.calendar.events[0]?.summary ?? null;
  return { organizer: ready.input.organizer.id, uid: ready.uid, title };
}

function nextRecord(
  ready: Ready,
  stored: RegisteredEvent | undefined,
  claim: EventClaim,
  result: Result,
): RegisteredEvent {
  const { input, draft } = ready;
  const born = stored === undefined || stored.tombstone || overrules(ready, stored);
  const kept = born ? [] : stored.history;
  const entry: HistoryEntry = {
    arrival: input.arrival,
    at: new Date(ready.now).toISOString(),
    changes: result.changes.slice(0, CHANGES_KEPT),
  };
  return {
    id: claim.event,
    workspace: input.organizer.workspace,
    organizer: input.organizer.id,
    slug: stored?.slug ?? claim.slug,
    page: stored?.page ?? PAGE_DEFAULTS,
    status: isCancelled(result.state) ? 'cancelled' : draft === null ? 'live' : 'draft',
    draftReason: draft,
    state: result.state,
    guests: guestsAfter(ready, born ? [] : stored.guests),
    version: stored?.version ?? 0,
    createdAt: claim.createdAt,
    updatedAt: entry.at,
    createdBy: born ? input.arrival : stored.createdBy,
    history: [...kept, entry].slice(-HISTORY_KEPT),
    tombstone: result.tombstone,
    base: draft === null ? null : baseBeneath(stored),
    editors: editorsAfter(input, born ? [] : stored.editors, born),
    reach: furtherReach(result.state, born ? undefined : reachOf(stored)),
  };
}

/** Rows from before it was noted say what their content says. */
function reachOf(stored: RegisteredEvent): string | null {
  return stored.reach === undefined ? lastEnd(stored.state) : stored.reach;
}

/** What a draft hides: the proven tombstone it stands on, if any. */
function baseBeneath(stored: RegisteredEvent | undefined): EventState | null {
  if (stored === undefined) return null;
  return stored.draftReason === null ? stored.state : stored.base;
}

function editorsAfter(input: RegisterInput, known: readonly string[], born: boolean): readonly string[] {
  return born && input.editor !== undefined ? [input.editor] : known;
}

/** A REQUEST of the series names all guests; one of a single date may only add some. */
function guestsAfter(ready: Ready, known: readonly string[]): readonly string[] {
  if (ready.calendar.method === 'CANCEL') return known;
  const wholeSeries = ready.calendar.events.some(event => event.recurrenceId === null);
  return wholeSeries ? ready.input.guests : [...new Set([...known, ...ready.input.guests])];
}

function isCancelled(state: EventState): boolean {
  const series = state.components[SERIES];
  if (series !== undefined) return series.kind === 'cancel';
  return Object.values(state.components).every(component => component.kind === 'cancel');
}

/** Nobody can hold an entry of an event that was not live yet, and of one that is over nobody is told. */
function jobsFor(
  ports: RegisterPorts,
  ready: Ready,
  stored: RegisteredEvent | undefined,
  record: RegisteredEvent,
  changes: readonly EventChange[],
): readonly NewJob[] {
  if (stored === undefined || stored.tombstone || stored.draftReason !== null || record.draftReason !== null)
    return [];
  if (changes.length === 0 || (isOver(stored, ready.now) && isOver(record, ready.now))) return [];
  const atOnce = changes.some(change => change.kind === 'cancelled');
  const after = ready.now + (atOnce ? 0 : ports.settings.limits.COALESCE_SECONDS * 1000);
  return [{ lane: 'bulk', kind: 'fan-out', body: { event: record.id }, after }];
}

function isOver(record: EventRecord, now: number): boolean {
  return statusAt({ status: 'live', state: record.state }, now) === 'ended';
}

/** A tombstone, and a draft whose organizer never gave his word, are forgotten in time. */
function endOf(ports: RegisterPorts, ready: Ready, record: RegisteredEvent): { readonly expires?: number } {
  const { KEEP_TOMBSTONE_DAYS, CONFIRM_DAYS } = ports.settings.limits;
  const days = record.tombstone ? KEEP_TOMBSTONE_DAYS : CONFIRM_DAYS;
  if (!record.tombstone && record.draftReason !== UNCONFIRMED) return {};
  return { expires: Math.floor(ready.now / 1000) + days * DAY_SECONDS };
}

function outcomeOf(ready: Ready, record: RegisteredEvent, changes: readonly EventChange[]): RegisterOutcome {
  const common = { changes, refusal: null, notes: ready.notes, held: false };
  if (record.tombstone) return { ...common, outcome: 'tombstone', event: null, fresh: false };
  const outcome = record.draftReason === null ? 'applied' : 'draft';
  return { ...common, outcome, event: record, fresh: record.createdBy === ready.input.arrival };
}

/** The zone of his last zoned event is the organizer's; noted after the commit, again on every repeat. */
async function settled(
  ports: RegisterPorts,
  ready: Ready,
  outcome: RegisterOutcome,
): Promise<RegisterOutcome> {
  const zone = ready.calendar.events.find(event => event.start?.kind === 'zoned')?.start?.zone ?? null;
  if (outcome.outcome === 'applied' && zone !== null && ready.calendar.method !== 'CANCEL')
    await noteZone(ports, ready.input.organizer, zone);
  return outcome;
}

function unchanged(
  outcome: 'duplicate' | 'stale' | 'draft',
  stored: RegisteredEvent | undefined,
): RegisterOutcome {
  const event = stored === undefined || stored.tombstone ? null : stored;
  return { outcome, event, changes: [], fresh: false, refusal: null, notes: [], held: false };
}

function refused(refusal: Refusal): RegisterOutcome {
  return { outcome: 'rejected', event: null, changes: [], fresh: false, refusal, notes: [], held: false };
}
