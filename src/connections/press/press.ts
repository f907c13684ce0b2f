/**
 * A press on a button's page: one row under the nonce's id, and a job that does the rest (D9). The row `PS#` of (event, connection, contact) says
 * which press stands, so that answers that contradict each other end alike in any order. Rows: PR#, PS#.
 */
import { SERIES } from '../../calendar/state.ts';
import { type EventRecord, statusAt } from '../../events/event.ts';
import { loadEvent } from '../../events/store.ts';
import type { Invite } from '../../invites/invite.ts';
import { type RequestOutcome, requestInvite } from '../../invites/request.ts';
import { inviteOf } from '../../invites/store.ts';
import type { JobResult, Key, NewJob, Ports, Row } from '../../kernel/ports.ts';
import { answer } from '../../rsvp/answer.ts';
import type { Language } from '../../texts/languages.ts';
import { askContact, type ContactState } from '../contacts/contacts.ts';
import type { Judgement } from './clicks.ts';
import { type Place, placeHash } from './visit.ts';

export type PressAnswer = 'yes' | 'no' | 'maybe';

/** How a press ended; null while the job has not. */
export type PressOutcome =
  | 'sent'
  | 'already'
  | 'confirm'
  | 'declined'
  | 'stopped'
  | 'invalid'
  | 'cancelled'
  | 'ended'
  | 'no_contact'
  | 'unreachable'
  | 'overtaken'
  | 'conflict'
  | 'provisional'
  | 'other_address';

/** What a press without an outcome waits for. */
export type PressWait = 'contact' | 'connection' | 'limited';

export interface Press extends Place {
  readonly id: string;
  readonly audience: string | null;
  readonly hash: string;
  /** `none`: two answers contradicted each other, and what was recorded is taken back. */
  readonly answer: PressAnswer | 'none';
  /** RFC 3339. */
  readonly at: string;
  /** The event's revision that the page showed. */
  readonly revision: number;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly outcome: PressOutcome | null;
  readonly waits: PressWait | null;
  readonly language?: Language | null;
}

export interface PressInput extends Place {
  /** The nonce's. */
  readonly id: string;
  readonly audience: string | null;
  readonly answer: PressAnswer;
  readonly revision: number;
  readonly judgement: Judgement;
  /** The visitor's own, where he has one of ours. */
  readonly language?: Language | null;
  /** He was shown what he had answered, or that his answers contradict each other: this one is meant. */
  readonly settles: boolean;
}

export const ORIGIN = 'Campaign button';

type PressPorts = Pick<
  Ports,
  'table' | 'blobs' | 'clock' | 'keys' | 'settings' | 'random' | 'jobs' | 'log' | 'wrap' | 'fetch'
>;

const DAY = 86_400;
const TRIES = 8;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 60_000;

/** `repeated`: this page was answered before; its first answer stands. */
export async function recordPress(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  input: PressInput,
): Promise<'recorded' | 'provisional' | 'conflict' | 'repeated'> {
  if ((await pressOf(ports, input.id)) !== undefined) return 'repeated';
  if (input.judgement.verdict !== 'commit') {
    return (await putPress(ports, input, 'provisional', [])) ? 'provisional' : 'repeated';
  }
  const standing = await stand(ports, input);
  const job: NewJob = { lane: 'fast', kind: 'press', body: { press: input.id } };
  const kept = await putPress(ports, standing === 'conflict' ? { ...input, answer: 'none' } : input, null, [
    job,
  ]);
  return kept ? standing : 'repeated';
}

/** A page that was answered with an address instead: used up, and nothing of the link's contact is touched. */
export async function usePage(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  input: Omit<PressInput, 'settles'>,
): Promise<boolean> {
  return putPress(ports, input, 'other_address', []);
}

export async function pressOf(ports: Pick<Ports, 'table'>, id: string): Promise<Press | undefined> {
  const row = await ports.table.get(pressKey(id));
  return row === undefined ? undefined : pressFrom(row);
}

/** The job. May run twice, late, and beside the job of a newer press. */
export async function runPress(
  ports: PressPorts,
  { press: id }: { readonly press: string },
): Promise<JobResult> {
  const press = await pressOf(ports, id);
  if (press === undefined || press.outcome !== null) return { done: true };
  const standing = await ports.table.get(standingKey(press.hash));
  if (standing?.press !== id) return end(ports, press, 'overtaken');
  const event = await loadEvent(ports, press.event);
  const status = event === undefined ? 'ended' : statusAt(event, ports.clock.now());
  if (event === undefined || status === 'ended' || status === 'draft') return end(ports, press, 'ended');
  if (status === 'cancelled') return end(ports, press, 'cancelled');
  const contact = await contactFor(ports, press);
  switch (contact.state) {
    case 'known':
      return press.answer === 'none'
        ? takeBack(ports, press, event, contact.address)
        : apply(ports, press, press.answer, event, contact);
    case 'absent':
      return end(ports, press, press.answer === 'none' ? 'conflict' : 'no_contact');
    case 'unavailable':
      return later(ports, press, 'connection');
    default:
      return later(ports, press, 'contact');
  }
}

function contactFor(ports: PressPorts, press: Press): Promise<ContactState> {
  const { connection, audience, reference } = press;
  if (connection === null || reference === null) return Promise.resolve({ state: 'absent' });
  return askContact(ports, { connection, audience, reference });
}

async function apply(
  ports: PressPorts,
  press: Press,
  said: PressAnswer,
  event: EventRecord,
  contact: Extract<ContactState, { state: 'known' }>,
): Promise<JobResult> {
  const asked = await requestInvite(ports, {
    event,
    email: contact.address,
    name: contact.name,
    door: 'button',
    language: press.language ?? null,
    ...(said === 'no' ? { silent: true } : {}),
  });
  if (asked.outcome === 'limited') return later(ports, press, 'limited', asked.retryAfterSeconds);
  if (asked.invite !== null) await record(ports, press, said, event, asked.invite);
  return end(ports, press, said === 'no' && asked.invite !== null ? 'declined' : outcomeOf(asked));
}

function outcomeOf({ outcome, reason }: RequestOutcome): PressOutcome {
  switch (outcome) {
    case 'planned':
    case 'again':
      return 'sent';
    case 'already':
      return 'already';
    case 'unconfirmed':
      return 'confirm';
    case 'skipped':
      return 'stopped';
    case 'closed':
      return reason === 'cancelled' ? 'cancelled' : 'ended';
    default:
      return 'invalid';
  }
}

/** Only what he has an invite for can have been recorded. */
async function takeBack(
  ports: PressPorts,
  press: Press,
  event: EventRecord,
  address: string,
): Promise<JobResult> {
  const invite = await inviteOf(ports, event.id, address.toLowerCase());
  if (invite !== undefined) await record(ports, press, 'none', event, invite);
  return end(ports, press, 'conflict');
}

async function record(
  ports: PressPorts,
  press: Press,
  said: PressAnswer | 'none',
  event: EventRecord,
  invite: Invite,
): Promise<void> {
  await answer(ports, {
    event,
    invite,
    component: SERIES,
    answer: said,
    at: press.at,
    receivedAt: press.at,
    toRevision: press.revision,
    evidence: 'verified',
    origin: ORIGIN,
    prodId: null,
    note: null,
    guests: 0,
  });
}

/** Waiting is no failure; after a day of it somebody should know. */
async function later(
  ports: PressPorts,
  press: Press,
  waits: PressWait,
  seconds?: number,
): Promise<JobResult> {
  const age = ports.clock.now() - Date.parse(press.at);
  const patience = ports.settings.limits.PRESS_PATIENCE_SECONDS * 1000;
  if (age > patience) return end(ports, press, press.answer === 'none' ? 'conflict' : 'unreachable');
  if (press.waits !== waits) {
    await ports.table.update(
      pressKey(press.id),
      { set: { waits } },
      { if: { attribute: 'outcome', is: null } },
    );
  }
  const pause = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, age / 4));
  return { retryAfterMs: seconds === undefined ? pause : seconds * 1000, reason: waits };
}

async function end(
  ports: Pick<Ports, 'table'>,
  press: Press,
  outcome: PressOutcome,
): Promise<{ readonly done: true }> {
  const still = { attribute: 'outcome', is: null } as const;
  await ports.table.update(pressKey(press.id), { set: { outcome, waits: null } }, { if: still });
  return { done: true };
}

/** Decides between presses of one contact: the newest stands, unless it contradicts one of the last minute. */
async function stand(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  input: PressInput,
): Promise<'recorded' | 'conflict'> {
  const key = standingKey(placeHash(input));
  for (let tries = 0; tries < TRIES; tries += 1) {
    const row = await ports.table.get(key);
    if (row?.press === input.id) return row.answer === null ? 'conflict' : 'recorded';
    const now = ports.clock.now();
    const recent = ports.settings.limits.PRESS_CONFLICT_SECONDS * 1000;
    const contradicts =
      !input.settles &&
      typeof row?.answer === 'string' &&
      row.answer !== input.answer &&
      now - Number(row.at) < recent;
    const next: Row = {
      ...key,
      workspace: input.workspace,
      press: input.id,
      answer: contradicts ? null : input.answer,
      at: now,
      version: Number(row?.version ?? 0) + 1,
      expires: expiry(ports),
    };
    const written = await ports.table.put(next, {
      if: row === undefined ? { row: 'absent' } : { attribute: 'version', is: row.version ?? null },
    });
    if (written) return contradicts ? 'conflict' : 'recorded';
  }
  throw new Error('one contact is answering too often at once');
}

async function putPress(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  input: Omit<PressInput, 'settles' | 'answer'> & { readonly answer: Press['answer'] },
  outcome: PressOutcome | null,
  jobs: readonly NewJob[],
): Promise<boolean> {
  const { id, workspace, event, connection, audience, reference, revision, judgement } = input;
  const row: Row = {
    ...pressKey(id),
    workspace,
    event,
    connection,
    audience,
    reference,
    hash: placeHash(input),
    answer: input.answer,
    at: new Date(ports.clock.now()).toISOString(),
    revision,
    score: judgement.score,
    reasons: judgement.reasons,
    outcome,
    waits: null,
    language: input.language ?? null,
    expires: expiry(ports),
  };
  return ports.table.put(row, { if: { row: 'absent' }, jobs });
}

function expiry(ports: Pick<Ports, 'clock' | 'settings'>): number {
  return Math.floor(ports.clock.now() / 1000) + ports.settings.limits.KEEP_PRESSES_DAYS * DAY;
}

function pressKey(id: string): Key {
  return { pk: `PR#${id}`, sk: 'PR' };
}

function standingKey(hash: string): Key {
  return { pk: `PS#${hash}`, sk: 'PS' };
}

function pressFrom(row: Row): Press {
  const { pk, sk: _sk, expires: _expires, ...rest } = row;
  return { id: pk.slice('PR#'.length), ...(rest as unknown as Omit<Press, 'id'>) };
}
