/**
 * Seats of an event with a capacity. Rows below `SEATS#<event>`: `SEATS` the capacity, `N#<number>` a seat taken by one conditional put,
 * `P#<person>` his number, `L#<since>#<person>` the waitlist. Whoever has no seat is `waitlisted`; `fillSeats` alone gives seats away.
 */
import { type EventRecord, statusAt } from '../events/event.ts';
import { loadEvent } from '../events/store.ts';
import type { JobResult, Key, NewJob, Ports, Row } from '../kernel/ports.ts';
import { effectiveAnswer } from './answers.ts';
import type { Invite } from './invite.ts';
import { deliverJob } from './ledger.ts';
import { personOf } from './rows.ts';
import { changeInvite, inviteNamed, listInvites } from './store.ts';

export interface Seating {
  readonly capacity: number;
  readonly taken: number;
}

type SeatPorts = Pick<Ports, 'table' | 'blobs' | 'clock'>;

const LOCK_MS = 30_000;
const BUSY_MS = 250;
const PEOPLE_A_PAGE = 500;
const WAITING_A_PAGE = 20;

/** Null: anybody may come. `taken` as of the last seat given or freed. */
export async function seatingOf(ports: Pick<Ports, 'table'>, event: string): Promise<Seating | null> {
  const row = await ports.table.get(seatsKey(event));
  if (row === undefined || row.active !== true || typeof row.capacity !== 'number') return null;
  return { capacity: row.capacity, taken: Number(row.taken) };
}

export async function waitingFor(ports: Pick<Ports, 'table'>, event: string): Promise<number> {
  return (await allOf(ports, event, 'L#')).length;
}

export function seatJob(event: string, person: string | null): NewJob {
  return { lane: 'fast', kind: 'seat', body: person === null ? { event } : { event, person } };
}

/** For whoever changes an answer: empty where the event has no capacity. */
export async function seatJobs(
  ports: Pick<Ports, 'table'>,
  { event, address }: Pick<Invite, 'event' | 'address'>,
): Promise<readonly NewJob[]> {
  return (await seatingOf(ports, event)) === null ? [] : [seatJob(event, personOf(address))];
}

/** Before a REQUEST leaves: false puts him on the waitlist, from which a seat may already have taken him again. */
export async function hasSeat(
  ports: SeatPorts,
  { event, invite }: { readonly event: EventRecord; readonly invite: Invite },
): Promise<boolean> {
  if ((await seatingOf(ports, event.id)) === null) return true;
  const person = personOf(invite.address);
  // He who said no needs none.
  if (effectiveAnswer(invite, event.state).answer === 'no') return true;
  if ((await ports.table.get(placeKey(event.id, person))) !== undefined) return true;
  await changeInvite(ports, { event: event.id, person }, before =>
    before.standing === 'open'
      ? { invite: { ...before, standing: 'waitlisted' }, jobs: [seatJob(event.id, person)] }
      : undefined,
  );
  await fillSeats(ports, { event: event.id, person });
  return false;
}

/** Who holds an invite when the capacity is set keeps it, even where that is more than fit. Null takes the capacity away. */
export async function setCapacity(
  ports: SeatPorts,
  event: EventRecord,
  capacity: number | null,
): Promise<void> {
  const key = seatsKey(event.id);
  const standing = await ports.table.get(key);
  if (standing === undefined) {
    const fresh = { ...key, workspace: event.workspace, capacity, taken: 0, active: false, lockedUntil: 0 };
    await ports.table.put(fresh, { if: { row: 'absent' } });
  }
  if (standing?.active !== true || standing.capacity === null) {
    await seatHolders(ports, event);
    await ports.table.update(key, { set: { active: true, capacity } }, { jobs: [seatJob(event.id, null)] });
    // Whoever slipped in meanwhile.
    await seatHolders(ports, event);
  }
  await ports.table.update(key, { set: { capacity } }, { jobs: [seatJob(event.id, null)] });
  await fillSeats(ports, { event: event.id });
}

/** The job `seat`: a person whose answer or standing changed gives his seat back or joins the waitlist; then free seats go to its head. */
export async function fillSeats(
  ports: SeatPorts,
  { event: id, person }: { readonly event: string; readonly person?: string },
): Promise<JobResult> {
  const event = await loadEvent(ports, id);
  const now = ports.clock.now();
  if (event === undefined || statusAt(event, now) !== 'live') return { done: true };
  const locked = await ports.table.update(
    seatsKey(id),
    { set: { lockedUntil: now + LOCK_MS } },
    { if: { attribute: 'lockedUntil', atMost: now } },
  );
  if (locked === undefined) {
    return (await ports.table.get(seatsKey(id))) === undefined
      ? { done: true }
      : { retryAfterMs: BUSY_MS, reason: 'seats_busy' };
  }
  let taken = Number(locked.taken);
  try {
    if (person !== undefined) await look(ports, event, person);
    taken = await giveAway(ports, event, typeof locked.capacity === 'number' ? locked.capacity : null);
  } finally {
    await ports.table.update(seatsKey(id), { set: { lockedUntil: 0, taken } });
  }
  return { done: true };
}

async function look(ports: SeatPorts, event: EventRecord, person: string): Promise<void> {
  const name = { event: event.id, person };
  const invite = await inviteNamed(ports, name);
  if (invite === undefined) return;
  const place = await ports.table.get(placeKey(event.id, person));
  const saysNo = effectiveAnswer(invite, event.state).answer === 'no';
  if ((invite.standing === 'withdrawn' || saysNo) && place !== undefined) {
    await ports.table.remove(numberKey(event.id, Number(place.number)), {
      if: { attribute: 'person', is: person },
    });
    await ports.table.remove(placeKey(event.id, person));
  }
  if (invite.standing === 'waitlisted') return joinWaitlist(ports, event, invite);
  if (invite.standing !== 'open' || saysNo || place !== undefined) return;
  // He took his No back after his seat had gone.
  const waits = await changeInvite(ports, name, before =>
    before.standing === 'open'
      ? { invite: { ...before, standing: 'waitlisted' }, jobs: [deliverJob(before, 'fast')] }
      : undefined,
  );
  if (waits?.standing === 'waitlisted') await joinWaitlist(ports, event, waits);
}

async function joinWaitlist(ports: SeatPorts, event: EventRecord, invite: Invite): Promise<void> {
  const key = waitKey(event.id, invite.askedAt, personOf(invite.address));
  await ports.table.put({ ...key, workspace: event.workspace }, { if: { row: 'absent' } });
}

/** Answers how many seats are taken. `capacity` null: there is room for all. */
async function giveAway(ports: SeatPorts, event: EventRecord, capacity: number | null): Promise<number> {
  const seats = new Map((await allOf(ports, event.id, 'N#')).map(row => [row.sk, String(row.person)]));
  for (;;) {
    const { items } = await ports.table.query({
      pk: `SEATS#${event.id}`,
      begins: 'L#',
      limit: WAITING_A_PAGE,
    });
    if (items.length === 0) return seats.size;
    for (const waiting of items) {
      const person = waiting.sk.slice(waiting.sk.lastIndexOf('#') + 1);
      const mayCome = await stillWaits(ports, event.id, person);
      if (mayCome && capacity !== null && !(await takeSeat(ports, event, seats, capacity, person)))
        return seats.size;
      if (mayCome) await letIn(ports, event.id, person);
      await ports.table.remove({ pk: waiting.pk, sk: waiting.sk });
    }
  }
}

async function stillWaits(ports: SeatPorts, event: string, person: string): Promise<boolean> {
  const invite = await inviteNamed(ports, { event, person });
  return invite?.standing === 'waitlisted' && invite.stopped === null;
}

/** False: no seat is free. The conditional put decides, whoever else believes to hold the lock. */
async function takeSeat(
  ports: SeatPorts,
  event: EventRecord,
  seats: Map<string, string>,
  capacity: number,
  person: string,
): Promise<boolean> {
  const own = [...seats].find(([, holder]) => holder === person)?.[0];
  if (own === undefined && seats.size >= capacity) return false;
  for (let number = 1; number <= capacity; number += 1) {
    const key = numberKey(event.id, number);
    if (own !== undefined && own !== key.sk) continue;
    if (own === undefined && seats.has(key.sk)) continue;
    const row = { ...key, person, workspace: event.workspace };
    const won = own !== undefined || (await ports.table.put(row, { if: { row: 'absent' } }));
    seats.set(key.sk, won ? person : 'somebody');
    if (!won) continue;
    await ports.table.put({ ...placeKey(event.id, person), number, workspace: event.workspace });
    return true;
  }
  return own !== undefined;
}

async function letIn(ports: SeatPorts, event: string, person: string): Promise<void> {
  await changeInvite(ports, { event, person }, before =>
    before.standing === 'waitlisted'
      ? {
          invite: { ...before, standing: 'open', personal: before.personal + 1 },
          jobs: [deliverJob(before, 'fast')],
        }
      : undefined,
  );
}

async function seatHolders(ports: SeatPorts, event: EventRecord): Promise<void> {
  const seated = new Set((await allOf(ports, event.id, 'P#')).map(({ sk }) => sk.slice(2)));
  let number = (await allOf(ports, event.id, 'N#')).length;
  let cursor: string | undefined;
  do {
    const page = await listInvites(ports, event.id, { limit: PEOPLE_A_PAGE, cursor });
    for (const { invite } of page.items) {
      const person = personOf(invite.address);
      const comes = invite.standing === 'open' && effectiveAnswer(invite, event.state).answer !== 'no';
      if (!comes || seated.has(person)) continue;
      do number += 1;
      while (
        !(await ports.table.put(
          { ...numberKey(event.id, number), person, workspace: event.workspace },
          { if: { row: 'absent' } },
        ))
      );
      await ports.table.put({ ...placeKey(event.id, person), number, workspace: event.workspace });
      seated.add(person);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
}

async function allOf(ports: Pick<Ports, 'table'>, event: string, begins: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? {} : { cursor };
    const page = await ports.table.query({ pk: `SEATS#${event}`, begins, ...more });
    rows.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}

function seatsKey(event: string): Key {
  return { pk: `SEATS#${event}`, sk: 'SEATS' };
}

function numberKey(event: string, number: number): Key {
  return { pk: `SEATS#${event}`, sk: `N#${String(number).padStart(6, '0')}` };
}

function placeKey(event: string, person: string): Key {
  return { pk: `SEATS#${event}`, sk: `P#${person}` };
}

function waitKey(event: string, since: string, person: string): Key {
  return { pk: `SEATS#${event}`, sk: `L#${since}#${person}` };
}
