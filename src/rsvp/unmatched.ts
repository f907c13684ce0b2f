/**
 * Replies that fit no invite, for the organizer to see and decide: `answered as B: the same person?`. Accepting one books it and remembers the
 * address. Rows `UM#<id>`; index 1 lists a workspace's, index 2 the operator's.
 */
import { createHash } from 'node:crypto';
import type { ComponentKey } from '../calendar/state.ts';
import { loadEvent } from '../events/store.ts';
import type { Answer, Invite } from '../invites/invite.ts';
import { changeInvite, inviteById, nameOf } from '../invites/store.ts';
import { normalAddress } from '../kernel/address.ts';
import { ConflictError, MissingError } from '../kernel/errors.ts';
import { idOf } from '../kernel/ids.ts';
import type { Json, Key, Page, Ports, Row } from '../kernel/ports.ts';
import { audit } from '../organizers/audit.ts';
import { answer } from './answer.ts';
import type { UnmatchedReason } from './match.ts';

export interface Unmatched {
  readonly id: string;
  readonly at: string;
  readonly event: string | null;
  readonly title: string | null;
  readonly from: string | null;
  readonly answeredAs: string | null;
  readonly answer: Answer | null;
  readonly reason: string;
  readonly candidate: string | null;
}

export interface NewUnmatched {
  readonly arrival: string;
  /** Which VEVENT of it. */
  readonly index: number;
  readonly at: string;
  readonly receivedAt: string;
  readonly workspace: string;
  readonly title: string | null;
  readonly from: string | null;
  readonly answeredAs: string | null;
  readonly reason: UnmatchedReason;
  readonly candidate: Invite | null;
  readonly component: ComponentKey;
  readonly answer: Answer | null;
  readonly sequence: number | null;
  readonly origin: string | null;
  readonly prodId: string | null;
  readonly note: string | null;
  readonly guests: number;
}

const EVERYBODY = 'UNMATCHED';
const DAY_SECONDS = 86_400;

/** The same reply read twice is one row. */
export async function noteUnmatched(
  ports: Pick<Ports, 'table' | 'settings'>,
  reply: NewUnmatched,
): Promise<void> {
  const { arrival, index, workspace, candidate, receivedAt, ...rest } = reply;
  const id = idOf('unm', createHash('sha256').update(`${arrival}\n${index}`).digest());
  const sk = `${receivedAt}#${id}`;
  const row: Row = {
    ...keyOf(id),
    i1pk: listOf(workspace),
    i1sk: sk,
    i2pk: EVERYBODY,
    i2sk: sk,
    ...(rest as { readonly [name: string]: Json }),
    receivedAt,
    workspace,
    arrival,
    event: candidate?.event ?? null,
    candidate: candidate?.id ?? null,
    accepted: null,
    expires:
      Math.floor(Date.parse(receivedAt) / 1000) + ports.settings.limits.KEEP_UNMATCHED_DAYS * DAY_SECONDS,
  };
  await ports.table.put(row, { if: { row: 'absent' } });
}

/** Newest first; `workspace` null: the operator, who sees all. */
export async function listUnmatched(
  ports: Pick<Ports, 'table' | 'settings'>,
  workspace: string | null,
  cursor?: string,
): Promise<Page<Unmatched>> {
  const page = await ports.table.query({
    ...(workspace === null ? { index: 2, pk: EVERYBODY } : { index: 1, pk: listOf(workspace) }),
    newestFirst: true,
    limit: ports.settings.limits.PAGE_SIZE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { ...page, items: page.items.map(unmatchedOf) };
}

/** The organizer says whose it is. Pressed twice it is booked once. */
export async function acceptUnmatched(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings'>,
  asked: { readonly workspace: string | null; readonly id: string; readonly invite: string },
): Promise<{ readonly outcome: 'accepted' | 'already'; readonly invite: string }> {
  const row = await ports.table.get(keyOf(asked.id));
  if (row === undefined || (asked.workspace !== null && row.workspace !== asked.workspace)) {
    throw new MissingError('unknown_reply', 'There is no such reply.');
  }
  const invite = await inviteById(ports, asked.invite);
  const event = invite === undefined ? undefined : await loadEvent(ports, invite.event);
  if (invite === undefined || event === undefined || invite.workspace !== row.workspace) {
    throw new MissingError('unknown_invite', 'There is no such invite.');
  }
  if (row.accepted !== null && row.accepted !== invite.id) {
    throw new ConflictError('already_accepted', 'This reply was booked on another invite.');
  }
  await rememberAlias(ports, invite, textOf(row.answeredAs) ?? textOf(row.from));
  if (row.answer !== null) {
    await answer(ports, {
      event,
      invite,
      component: String(row.component),
      answer: row.answer as Answer,
      at: String(row.at),
      receivedAt: String(row.receivedAt),
      toSequence: typeof row.sequence === 'number' ? row.sequence : null,
      evidence: 'verified',
      origin: textOf(row.origin),
      prodId: textOf(row.prodId),
      note: textOf(row.note),
      guests: Number(row.guests),
    });
  }
  const accepted = await ports.table.update(
    keyOf(asked.id),
    { set: { accepted: invite.id }, remove: ['i1pk', 'i1sk', 'i2pk', 'i2sk'] },
    { if: { attribute: 'accepted', is: null } },
  );
  if (accepted === undefined) return { outcome: 'already', invite: invite.id };
  await audit(ports, {
    workspace: invite.workspace,
    what: 'reply_accepted',
    who: asked.workspace === null ? 'operator' : 'workspace',
    evidence: 'api',
    about: { invite: invite.id, event: invite.event, reply: asked.id },
  });
  return { outcome: 'accepted', invite: invite.id };
}

/** From now on this address answers for the invite's person. */
export async function rememberAlias(
  ports: Pick<Ports, 'table' | 'clock'>,
  invite: Invite,
  address: string | null,
): Promise<void> {
  const normal = address === null ? undefined : normalAddress(address);
  if (normal === undefined || normal === invite.address) return;
  await changeInvite(ports, nameOf(invite), before =>
    before.aliases.includes(normal)
      ? undefined
      : { invite: { ...before, aliases: [...before.aliases, normal] } },
  );
}

function unmatchedOf(row: Row): Unmatched {
  return {
    id: row.pk.slice('UM#'.length),
    at: String(row.at),
    event: textOf(row.event),
    title: textOf(row.title),
    from: textOf(row.from),
    answeredAs: textOf(row.answeredAs),
    answer: (row.answer ?? null) as Answer | null,
    reason: String(row.reason),
    candidate: textOf(row.candidate),
  };
}

function textOf(value: Row[string]): string | null {
  return typeof value === 'string' ? value : null;
}

function keyOf(id: string): Key {
  return { pk: `UM#${id}`, sk: 'UM' };
}

function listOf(workspace: string): string {
  return `W#${workspace}#UM`;
}
