/**
 * Who may work in a workspace: its organizers own it, its members were added by an owner. A row of the workspace decides; the
 * person's own list of workspaces only says where to look.
 */
import { addressHash, parseAddress } from '../kernel/address.ts';
import { ConflictError, InputError, MissingError } from '../kernel/errors.ts';
import type { Ports } from '../kernel/ports.ts';
import { audit } from './audit.ts';
import { isMember, memberKey, placeKey } from './member-rows.ts';
import { openOrganizer, organizerByAddress, organizersOf, workspaceById } from './store.ts';

export interface Member {
  /** Stands for the address in calls. */
  readonly id: string;
  readonly email: string;
  readonly role: 'owner' | 'member';
  readonly since: string;
}

export interface Place {
  readonly workspace: string;
  readonly role: 'owner' | 'member';
}

type Writes = Pick<Ports, 'table' | 'clock' | 'settings'>;

export async function listMembers(
  ports: Pick<Ports, 'table'>,
  workspace: string,
): Promise<readonly Member[]> {
  const owners = (await organizersOf(ports, workspace)).map(({ address, createdAt }) => {
    return { id: addressHash(address), email: address, role: 'owner', since: createdAt } as const;
  });
  const { items } = await ports.table.query({ pk: `W#${workspace}`, begins: 'M#' });
  const members = items.map(row => {
    const id = row.sk.slice('M#'.length);
    return { id, email: String(row.address), role: 'member', since: String(row.addedAt) } as const;
  });
  return [...owners, ...members];
}

/** `by` is the id of who adds: an owner's session, or `operator`. */
export async function addMember(
  ports: Writes,
  input: { readonly workspace: string; readonly email: string; readonly by: string },
): Promise<Member> {
  const parsed = parseAddress(input.email);
  if (!parsed.ok)
    throw new InputError('bad_address', 'This is no email address we can write to.', { field: 'email' });
  const { normal: address } = parsed.address;
  const { workspace, by } = input;
  const members = await listMembers(ports, workspace);
  const known = members.find(({ id }) => id === addressHash(address));
  if (known !== undefined) return known;
  const most = ports.settings.limits.MEMBERS_PER_WORKSPACE;
  if (members.length >= most)
    throw new ConflictError('too_many_members', `A workspace has at most ${most} people. Remove one first.`);
  const id = addressHash(address);
  const addedAt = new Date(ports.clock.now()).toISOString();
  await ports.table.put({ ...memberKey(workspace, id), workspace, address, addedAt, addedBy: by });
  await ports.table.put({ ...placeKey(workspace, id), workspace, addedAt });
  await noteInAudit(ports, 'member_added', { workspace, by, member: id });
  return { id, email: address, role: 'member', since: addedAt };
}

/** His sessions in this workspace end with the row: each request looks at it. */
export async function removeMember(
  ports: Writes,
  input: { readonly workspace: string; readonly id: string; readonly by: string },
): Promise<void> {
  const { workspace, id, by } = input;
  const owners = await organizersOf(ports, workspace);
  if (owners.some(({ address }) => addressHash(address) === id))
    throw new ConflictError('owner_stays', 'The owner of a workspace cannot be removed from it.');
  if (!(await ports.table.remove(memberKey(workspace, id), { if: { row: 'present' } })))
    throw new MissingError('unknown_member', 'Nobody like that is in this workspace.');
  await ports.table.remove(placeKey(workspace, id));
  await noteInAudit(ports, 'member_removed', { workspace, by, member: id });
}

/** Where this address may work: its own workspace first. */
export async function placesOf(ports: Pick<Ports, 'table'>, address: string): Promise<readonly Place[]> {
  const own = await organizerByAddress(ports, address);
  const { items } = await ports.table.query({ pk: `PERSON#${addressHash(address)}`, begins: 'W#' });
  const named = items.map(row => String(row.workspace)).filter(workspace => workspace !== own?.workspace);
  const still = await Promise.all(named.map(workspace => isMember(ports, workspace, address)));
  const places = named.filter((_, index) => still[index]);
  return [
    ...(own === undefined ? [] : [{ workspace: own.workspace, role: 'owner' } as const]),
    ...places.map(workspace => ({ workspace, role: 'member' }) as const),
  ];
}

/** Where somebody who has just proven his address begins: where he was last, else his own; with none a workspace is opened for him. */
export async function placeFor(
  ports: Pick<Ports, 'table' | 'clock' | 'random' | 'settings'>,
  address: string,
): Promise<Place> {
  const places = await placesOf(ports, address);
  const last = await ports.table.get(lastKey(address));
  const place = places.find(({ workspace }) => workspace === last?.workspace) ?? places[0];
  if (place !== undefined && place.role === 'member') return place;
  const tier = ports.settings.trustLoopback ? 1 : 0;
  // Also where he has one: weak mail may have opened it, and the address is proven only now.
  const { workspace } = await openOrganizer(ports, { address, name: '', tier });
  return { workspace, role: 'owner' };
}

export async function rememberPlace(
  ports: Pick<Ports, 'table'>,
  address: string,
  workspace: string,
): Promise<void> {
  await ports.table.put({ ...lastKey(address), workspace });
}

/** What a workspace is called where several are listed: its name, else its owner's address. */
export async function workspaceName(ports: Pick<Ports, 'table'>, workspace: string): Promise<string> {
  const record = await workspaceById(ports, workspace);
  if (record !== undefined && record.name !== '') return record.name;
  const [owner] = await organizersOf(ports, workspace);
  return owner?.address ?? workspace;
}

function lastKey(address: string) {
  return { pk: `PERSON#${addressHash(address)}`, sk: 'LAST' };
}

async function noteInAudit(
  ports: Writes,
  what: 'member_added' | 'member_removed',
  { workspace, by, member }: { readonly workspace: string; readonly by: string; readonly member: string },
): Promise<void> {
  await audit(ports, { workspace, what, who: by, evidence: 'session', about: { member } });
}
