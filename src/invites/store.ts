/** Reading and writing invites. Writes go over `version`, so that whoever changes one has seen its newest form. */
import { ConflictError } from '../kernel/errors.ts';
import type { NewJob, Page, Ports, Row } from '../kernel/ports.ts';
import type { Invite, InviteWithSends, Send } from './invite.ts';
import { changeReportJobs, firstReportJobs } from './report-job.ts';
import {
  inviteFrom,
  inviteKey,
  inviteRow,
  isSendRow,
  partition,
  personIn,
  personOf,
  SHARDS,
  sendFrom,
  tokenKey,
} from './rows.ts';
import type { InviteName } from './token.ts';

export { effectiveAnswer } from './answers.ts';
export { stateOf } from './state-of.ts';

type TablePort = Pick<Ports, 'table'>;
type WritePorts = Pick<Ports, 'table' | 'clock'>;

const ROWS_A_QUERY = 500;
const WRITE_TRIES = 20;

export function nameOf(invite: Pick<Invite, 'event' | 'address'>): InviteName {
  return { event: invite.event, person: personOf(invite.address) };
}

/** `address` folded. */
export async function inviteOf(
  ports: TablePort,
  event: string,
  address: string,
): Promise<Invite | undefined> {
  return inviteNamed(ports, { event, person: personOf(address) });
}

export async function inviteNamed(ports: TablePort, name: InviteName): Promise<Invite | undefined> {
  const row = await ports.table.get(inviteKey(name));
  return row === undefined ? undefined : inviteFrom(row);
}

/** `token` of any generation, folded. */
export async function inviteByToken(ports: TablePort, token: string): Promise<Invite | undefined> {
  const row = await ports.table.get(tokenKey(token));
  if (row === undefined) return undefined;
  return inviteNamed(ports, { event: String(row.event), person: String(row.person) });
}

export async function inviteById(ports: TablePort, id: string): Promise<Invite | undefined> {
  const page = await ports.table.query({ index: 1, pk: `IV#${id}`, limit: 1 });
  const [found] = page.items;
  return found === undefined
    ? undefined
    : inviteNamed(ports, { event: String(found.event), person: personIn(found.sk) });
}

export async function loadInvite(ports: TablePort, name: InviteName): Promise<InviteWithSends | undefined> {
  const { pk, sk } = inviteKey(name);
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.table.query({ pk, begins: sk, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return grouped(rows)[0];
}

/** Writes a new invite and its token; false: there is one already. */
export async function createInvite(
  ports: WritePorts,
  invite: Invite,
  jobs: readonly NewJob[],
): Promise<boolean> {
  await noteToken(ports, invite);
  const reports = await firstReportJobs(ports, invite);
  return ports.table.put(inviteRow(invite), { if: { row: 'absent' }, jobs: [...jobs, ...reports] });
}

/** Before a token is used anywhere: a reply must find its invite. */
export async function noteToken(ports: TablePort, invite: Invite): Promise<void> {
  const { event, person } = nameOf(invite);
  const { token, workspace } = invite;
  await ports.table.put({ ...tokenKey(token), event, person, workspace }, { if: { row: 'absent' } });
}

export interface Changed {
  readonly invite: Invite;
  readonly jobs?: readonly NewJob[];
}

/** Reads, changes, writes; again where somebody was first. `change` answering undefined leaves the invite as it is. */
export async function changeInvite(
  ports: WritePorts,
  name: InviteName,
  change: (invite: Invite) => Changed | undefined,
): Promise<Invite | undefined> {
  for (let tries = 0; tries < WRITE_TRIES; tries += 1) {
    const before = await inviteNamed(ports, name);
    if (before === undefined) return undefined;
    const changed = change(before);
    if (changed === undefined) return before;
    const after = { ...changed.invite, version: before.version + 1 };
    if (after.token !== before.token) await noteToken(ports, after);
    const jobs = [...(changed.jobs ?? []), ...(await changeReportJobs(ports, before, after))];
    const written = await ports.table.put(inviteRow(after), {
      if: { attribute: 'version', is: before.version },
      ...(jobs.length === 0 ? {} : { jobs }),
    });
    if (written) return after;
  }
  throw new ConflictError('invite_busy', 'The invite is being changed by too many at once.');
}

/** Everybody of an event, shard by shard; the order is fixed but means nothing. */
export async function listInvites(
  ports: TablePort,
  event: string,
  options: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<InviteWithSends>> {
  let [shard, from] = openCursor(options.cursor);
  const items: InviteWithSends[] = [];
  while (shard < SHARDS) {
    const people = await peopleFrom(ports, event, shard, from);
    for (const person of people.items) {
      if (items.length === options.limit) {
        return { items, cursor: `${shard}~${inviteKey(nameOf(person.invite)).sk}` };
      }
      items.push(person);
    }
    if (people.next === undefined) {
      shard += 1;
      from = 'I#';
    } else from = people.next;
  }
  return { items };
}

/** A stretch of one partition, never cutting a person's rows apart. */
async function peopleFrom(
  ports: TablePort,
  event: string,
  shard: number,
  from: string,
): Promise<{ readonly items: readonly InviteWithSends[]; readonly next?: string }> {
  const pk = partition(event, shard);
  const page = await ports.table.query({ pk, from, before: 'I$', limit: ROWS_A_QUERY });
  const rows = [...page.items];
  if (page.cursor === undefined) return { items: grouped(rows) };
  const last = rows.at(-1);
  if (last === undefined) return { items: [] };
  const next = `I#${personIn(last.sk)}`;
  const complete = rows.filter(row => personIn(row.sk) !== personIn(last.sk));
  if (complete.length > 0) return { items: grouped(complete), next };
  // One person fills the page: read him to the end.
  const whole = await loadInvite(ports, { event, person: personIn(last.sk) });
  return { items: whole === undefined ? [] : [whole], next: `${next}$` };
}

function grouped(rows: readonly Row[]): InviteWithSends[] {
  const people: { invite: Invite; sends: Send[] }[] = [];
  for (const row of rows) {
    if (!isSendRow(row)) people.push({ invite: inviteFrom(row), sends: [] });
    else people.at(-1)?.sends.push(sendFrom(row));
  }
  return people;
}

function openCursor(cursor: string | undefined): [number, string] {
  const [, shard, from] = /^(\d{1,2})~(I#[0-9a-f]{32}\$?)$/.exec(cursor ?? '') ?? [];
  return shard === undefined || from === undefined ? [0, 'I#'] : [Number(shard), from];
}
