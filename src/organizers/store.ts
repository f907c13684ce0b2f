/**
 * Workspaces and organizers (D13). `O#<address hash>` decides whose an address is; every other row follows from it, so that
 * opening may break off anywhere and be run again. Rows: O# (claim), ORG# (organizer), OS# (slug, also of an upcoming page), W# (workspace).
 */
import { addressHash } from '../kernel/address.ts';
import { ConflictError } from '../kernel/errors.ts';
import { idOf, newId } from '../kernel/ids.ts';
import type { Key, Page, Ports, Row } from '../kernel/ports.ts';
import { monthPartition, newestFirst } from './by-month.ts';
import type { Organizer, TrustTier, Workspace } from './organizer.ts';
import { nthSlug, slugFor } from './slug.ts';

type TablePort = Pick<Ports, 'table'>;

const SLUG_TRIES = 1000;
/** How far back the list of workspaces is read, month by month. */
const LISTED_DAYS = 3_660;

export async function organizerById(ports: TablePort, id: string): Promise<Organizer | undefined> {
  const row = await ports.table.get(organizerKey(id));
  return row === undefined ? undefined : organizerOf(row);
}

/** `address` folded. */
export async function organizerByAddress(ports: TablePort, address: string): Promise<Organizer | undefined> {
  const claim = await ports.table.get(claimKey(address));
  return claim?.opened === true ? organizerById(ports, String(claim.organizer)) : undefined;
}

export async function organizerBySlug(ports: TablePort, slug: string): Promise<Organizer | undefined> {
  const row = await ports.table.get(slugKey(slug.toLowerCase()));
  return row?.organizer === undefined ? undefined : organizerById(ports, String(row.organizer));
}

/** Of an upcoming page that got a name of its own: no mailbox has it. */
export async function workspaceOfPageName(ports: TablePort, slug: string): Promise<string | undefined> {
  const row = await ports.table.get(slugKey(slug.toLowerCase()));
  return typeof row?.page === 'string' ? row.page : undefined;
}

/** Once a page's, a name stays with it. False: an organizer or another page has it. */
export async function keepPageName(ports: TablePort, slug: string, workspace: string): Promise<boolean> {
  const row = { ...slugKey(slug), page: workspace };
  if (await ports.table.put(row, { if: { row: 'absent' } })) return true;
  return (await workspaceOfPageName(ports, slug)) === workspace;
}

export async function workspaceById(ports: TablePort, id: string): Promise<Workspace | undefined> {
  const row = await ports.table.get(workspaceKey(id));
  if (row === undefined) return undefined;
  const { name, tier, createdAt } = row;
  return { id, name: String(name), tier: tier as TrustTier, createdAt: String(createdAt) };
}

/**
 * The organizer of an address; the first time a workspace, an organizer and his slug are made.
 * `proven` false: only weak evidence speaks for him, and the first proven mail sets the tier.
 */
export async function openOrganizer(
  ports: Pick<Ports, 'table' | 'clock' | 'random'>,
  input: {
    readonly address: string;
    readonly name: string;
    readonly tier: TrustTier;
    readonly proven?: boolean;
  },
): Promise<Organizer> {
  const claim = await claimAddress(ports, input);
  const id = String(claim.organizer);
  const workspace = String(claim.workspace);
  if (claim.opened !== true) await open(ports, claim, input.address);
  if (claim.proven !== true && input.proven !== false) {
    // Whatever weak mail said of him may be a stranger's words: his own name and tier begin here.
    await ports.table.update(workspaceKey(workspace), { set: { tier: input.tier, name: input.name } });
    await ports.table.update(organizerKey(id), { set: { name: input.name } });
    await ports.table.update(claimKey(input.address), { set: { proven: true } });
  }
  const organizer = await organizerById(ports, id);
  if (organizer === undefined)
    throw new ConflictError('organizer_gone', 'The organizer was removed meanwhile.');
  return organizer.name === '' && input.name !== '' && input.proven !== false
    ? named(ports, organizer, input.name)
    : organizer;
}

/** Newest first: for the operator, who chooses one. */
export async function listWorkspaces(
  ports: Pick<Ports, 'table' | 'clock'>,
  list: { readonly limit: number; readonly cursor?: string },
): Promise<Page<Workspace>> {
  const page = await newestFirst(ports, { prefix: 'WORKSPACES', keepDays: LISTED_DAYS, ...list });
  const found = await Promise.all(page.items.map(row => workspaceById(ports, String(row.workspace))));
  return { ...page, items: found.filter(workspace => workspace !== undefined) };
}

/** The zone of his last zoned event, or the one he named (design 4, "organizer's zone"). */
export async function noteZone(ports: TablePort, organizer: Organizer, zone: string): Promise<void> {
  if (organizer.zone === zone) return;
  await ports.table.update(organizerKey(organizer.id), { set: { zone } });
}

/** Who came by the sign-in has no name yet: his calendar's first proven mail brings it. */
async function named(ports: TablePort, organizer: Organizer, name: string): Promise<Organizer> {
  await ports.table.update(workspaceKey(organizer.workspace), { set: { name } });
  await ports.table.update(organizerKey(organizer.id), { set: { name } });
  return { ...organizer, name };
}

/** The organizers of a workspace: they own it. */
export async function organizersOf(ports: TablePort, workspace: string): Promise<readonly Organizer[]> {
  const page = await ports.table.query({ pk: `W#${workspace}`, begins: 'O#' });
  const found = await Promise.all(page.items.map(row => organizerById(ports, row.sk.slice('O#'.length))));
  return found.filter(organizer => organizer !== undefined);
}

async function claimAddress(
  ports: Pick<Ports, 'table' | 'clock' | 'random'>,
  input: {
    readonly address: string;
    readonly name: string;
    readonly tier: TrustTier;
    readonly proven?: boolean;
  },
): Promise<Row> {
  const key = claimKey(input.address);
  const standing = await ports.table.get(key);
  if (standing !== undefined) return standing;
  const fresh: Row = {
    ...key,
    organizer: newId(ports.random, 'org'),
    workspace: newId(ports.random, 'ws'),
    name: input.name,
    tier: input.tier,
    proven: input.proven !== false,
    opened: false,
    createdAt: new Date(ports.clock.now()).toISOString(),
  };
  if (await ports.table.put(fresh, { if: { row: 'absent' } })) return fresh;
  const theirs = await ports.table.get(key);
  if (theirs === undefined) throw new ConflictError('organizer_gone', 'The organizer was removed meanwhile.');
  return theirs;
}

async function open(ports: TablePort, claim: Row, address: string): Promise<void> {
  const id = String(claim.organizer);
  const workspace = String(claim.workspace);
  const slug = await claimSlug(ports, id, slugFor(address));
  const common = { workspace, name: String(claim.name), createdAt: String(claim.createdAt) };
  await ports.table.putAll([
    {
      row: { ...workspaceKey(workspace), ...common, tier: Number(claim.tier) },
      if: { row: 'absent' },
    },
    {
      row: { ...organizerKey(id), ...common, address, slug, zone: null },
      if: { row: 'absent' },
    },
    { row: { pk: `W#${workspace}`, sk: `O#${id}`, workspace }, if: { row: 'absent' } },
    {
      row: {
        pk: monthPartition('WORKSPACES', common.createdAt),
        sk: `${common.createdAt}#${workspace}`,
        workspace,
      },
      if: { row: 'absent' },
    },
  ]);
  await ports.table.update(claimKey(address), { set: { opened: true } });
}

/** The first of `jane`, `jane-2`, … that is free or already his. */
async function claimSlug(ports: TablePort, organizer: string, wanted: string): Promise<string> {
  for (let n = 1; n <= SLUG_TRIES; n += 1) {
    const slug = nthSlug(wanted, n);
    const key = slugKey(slug);
    if (await ports.table.put({ ...key, organizer }, { if: { row: 'absent' } })) return slug;
    if ((await ports.table.get(key))?.organizer === organizer) return slug;
  }
  // So many namesakes: the id's own characters are readable enough.
  const last = nthSlug(wanted, 1).slice(0, 27) + idOf('org', Buffer.from(organizer)).slice(3, 15);
  await ports.table.put({ ...slugKey(last), organizer }, { if: { row: 'absent' } });
  return last;
}

function claimKey(address: string): Key {
  return { pk: `O#${addressHash(address)}`, sk: 'O' };
}

function organizerKey(id: string): Key {
  return { pk: `ORG#${id}`, sk: 'ORG' };
}

function slugKey(slug: string): Key {
  return { pk: `OS#${slug}`, sk: 'OS' };
}

function workspaceKey(id: string): Key {
  return { pk: `W#${id}`, sk: 'W' };
}

function organizerOf(row: Row): Organizer {
  return {
    id: row.pk.slice('ORG#'.length),
    workspace: String(row.workspace),
    address: String(row.address),
    name: String(row.name),
    slug: String(row.slug),
    zone: typeof row.zone === 'string' ? row.zone : null,
    createdAt: String(row.createdAt),
  };
}
