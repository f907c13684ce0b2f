/**
 * Who is to be looked at for a connection, and when. Rows `WBQ#<connection>#<0-15>` / `<event>#<person>`; a person is always on the same
 * one, and one slot at a time works on it (`WB-SLOT#n`): that is both the limit of calls in flight and the one writer per contact.
 */
import type { PlatformName } from '../../../connectors/contract.ts';
import { ConflictError } from '../../kernel/errors.ts';
import type { Limits } from '../../kernel/limits.ts';
import type { Condition, Key, NewJob, Ports, Row } from '../../kernel/ports.ts';
import { pauseOf } from './report-pause.ts';

export interface Waiting {
  readonly event: string;
  readonly person: string;
  /** How often it was asked for: what is asked for while it is worked on stays. */
  readonly marks: number;
  /** Something happened since the connection stands; else it is from before, and starts no automation. */
  readonly live: boolean;
  /** Epoch milliseconds. */
  readonly notBefore: number;
  readonly tries: number;
  readonly since: number;
}

export type QueuePorts = Pick<Ports, 'table' | 'clock' | 'settings'>;

interface Account {
  readonly id: string;
  readonly workspace: string;
  readonly platform: PlatformName;
}

const LISTS = 16;
const DAY_SECONDS = 86_400;
/** A job that was lost for good must not leave a queue asleep. */
const WAKE_STALE_MS = 900_000;
const RING_TRIES = 20;

export function slotsOf(limits: Limits, platform: PlatformName): number {
  const wanted = { mailchimp: limits.REPORTS_AT_ONCE_MAILCHIMP, klaviyo: limits.REPORTS_AT_ONCE_KLAVIYO };
  return Math.min(LISTS, Math.max(1, Math.floor(wanted[platform])));
}

/** First the rows, then the job that will find them. */
export async function enqueue(
  ports: QueuePorts,
  account: Account,
  event: string,
  people: readonly string[],
  live: boolean,
): Promise<void> {
  const now = ports.clock.now();
  const expires = Math.floor(now / 1000) + ports.settings.limits.KEEP_REPORTS_WAITING_DAYS * DAY_SECONDS;
  await Promise.all(
    people.map(person =>
      ports.table.update(
        placeOf(account.id, { event, person }),
        {
          set: { workspace: account.workspace, event, person, expires, ...(live ? { live } : {}) },
          add: { marks: 1 },
        },
        { orCreate: true },
      ),
    ),
  );
  const slots = new Set(
    people.map(person => listOf(person) % slotsOf(ports.settings.limits, account.platform)),
  );
  for (const slot of slots) await wake(ports, account.id, slot, now);
}

export async function wakeAll(ports: QueuePorts, account: Account): Promise<void> {
  const slots = slotsOf(ports.settings.limits, account.platform);
  for (let slot = 0; slot < slots; slot += 1) await wake(ports, account.id, slot, ports.clock.now());
}

/** At most one job stands for a slot: whoever finds one coming in time adds none. */
export async function wake(ports: QueuePorts, connection: string, slot: number, at: number): Promise<void> {
  const after = Math.max(at, (await pauseOf(ports, connection)).until);
  await ring(ports, slotKey(connection, slot), after, {
    lane: 'bulk',
    kind: 'write-back',
    body: { connection, slot },
  });
}

/** Plans a job unless one stands that comes no later. */
export async function ring(
  ports: Pick<Ports, 'table' | 'clock'>,
  key: Key,
  at: number,
  job: NewJob,
): Promise<void> {
  for (let tries = 0; tries < RING_TRIES; tries += 1) {
    const known = (await ports.table.get(key))?.wake;
    const coming = typeof known === 'number' && known <= at && known >= ports.clock.now() - WAKE_STALE_MS;
    if (coming) return;
    const unseen: Condition =
      known === undefined ? { attribute: 'wake', missing: true } : { attribute: 'wake', is: known };
    const jobs = [{ ...job, after: at }];
    if (await ports.table.update(key, { set: { wake: at } }, { orCreate: true, if: unseen, jobs })) return;
  }
  throw new ConflictError('bell_busy', 'Too many want the same work to begin.');
}

export interface Slot {
  readonly connection: string;
  readonly slot: number;
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Undefined: another worker has it, until the moment given. */
export async function takeSlot(
  ports: QueuePorts,
  place: { readonly connection: string; readonly slot: number; readonly holder: string },
): Promise<Slot | { readonly busyUntil: number }> {
  const now = ports.clock.now();
  const until = now + ports.settings.limits.LEASE_SECONDS * 1000;
  const key = slotKey(place.connection, place.slot);
  const taken = await ports.table.update(
    key,
    { set: { until, holder: place.holder }, remove: ['wake'] },
    {
      orCreate: true,
      if: {
        any: [
          { attribute: 'until', missing: true },
          { attribute: 'until', atMost: now },
        ],
      },
    },
  );
  if (taken !== undefined) return { ...place, until };
  const busy = (await ports.table.get(key))?.until;
  return { busyUntil: typeof busy === 'number' ? busy : now };
}

export async function leaveSlot(ports: Pick<Ports, 'table'>, slot: Slot): Promise<void> {
  const key = slotKey(slot.connection, slot.slot);
  const mine: Condition = { attribute: 'holder', is: slot.holder };
  await ports.table.update(key, { remove: ['until', 'holder'] }, { if: mine });
}

/** Less than half of the lease has passed: a worker that slept must not write any more (F22). */
export function stillHolds(ports: QueuePorts, slot: Slot): boolean {
  return ports.clock.now() < slot.until - (ports.settings.limits.LEASE_SECONDS * 1000) / 2;
}

/** What is due on a slot's lists, and when the next of the others will be. */
export async function dueOf(
  ports: QueuePorts,
  account: Account,
  slot: number,
): Promise<{ readonly due: readonly Waiting[]; readonly next: number | null }> {
  const { limits } = ports.settings;
  const now = ports.clock.now();
  const due: Waiting[] = [];
  let next: number | null = null;
  for (const list of listsOf(slot, slotsOf(limits, account.platform), now)) {
    let cursor: string | undefined;
    do {
      const page = await ports.table.query({
        pk: listKey(account.id, list),
        limit: limits.PAGE_SIZE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const waiting of page.items.map(waitingOf)) {
        if (waiting.notBefore <= now) due.push(waiting);
        else next = Math.min(next ?? waiting.notBefore, waiting.notBefore);
      }
      cursor = page.cursor;
    } while (cursor !== undefined && due.length < limits.REPORTS_A_RUN);
    if (due.length >= limits.REPORTS_A_RUN) return { due, next: now };
  }
  return { due, next };
}

/** Nothing more to say of him, unless somebody asked meanwhile. */
export async function dequeue(
  ports: Pick<Ports, 'table'>,
  connection: string,
  waiting: Waiting,
): Promise<void> {
  await ports.table.remove(placeOf(connection, waiting), { if: { attribute: 'marks', is: waiting.marks } });
}

export async function postpone(
  ports: Pick<Ports, 'table'>,
  connection: string,
  waiting: Waiting,
  later: { readonly notBefore: number; readonly tries: number; readonly since: number },
): Promise<void> {
  await ports.table.update(placeOf(connection, waiting), { set: { ...later } });
}

export async function isWaiting(
  ports: Pick<Ports, 'table'>,
  connection: string,
  name: { readonly event: string; readonly person: string },
): Promise<boolean> {
  return (await ports.table.get(placeOf(connection, name))) !== undefined;
}

function waitingOf(row: Row): Waiting {
  return {
    event: String(row.event),
    person: String(row.person),
    marks: Number(row.marks),
    live: row.live === true,
    notBefore: Number(row.notBefore ?? 0),
    tries: Number(row.tries ?? 0),
    since: Number(row.since ?? 0),
  };
}

/** Each time another one first, so that none waits behind a busy one. */
function listsOf(slot: number, slots: number, now: number): readonly number[] {
  const lists: number[] = [];
  for (let list = slot; list < LISTS; list += slots) lists.push(list);
  const first = Math.floor(now / 1000) % lists.length;
  return [...lists.slice(first), ...lists.slice(0, first)];
}

function listOf(person: string): number {
  return Number.parseInt(person.slice(0, 1), 16) % LISTS;
}

function listKey(connection: string, list: number): string {
  return `WBQ#${connection}#${list}`;
}

function placeOf(connection: string, name: { readonly event: string; readonly person: string }): Key {
  return { pk: listKey(connection, listOf(name.person)), sk: `${name.event}#${name.person}` };
}

function slotKey(connection: string, slot: number): Key {
  return { pk: `C#${connection}`, sk: `WB-SLOT#${slot}` };
}
