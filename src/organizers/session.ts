/**
 * Sessions of signed-in browsers. The cookie is `<id>.<secret>`; the row holds the secret's hash. Rows `SES#<id>`, and behind
 * `PERSON#<address hash>` a list of a person's own, so that he sees them all and can end them all.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { addressHash } from '../kernel/address.ts';
import { newId, randomText } from '../kernel/ids.ts';
import type { Key, Ports, Row } from '../kernel/ports.ts';
import { cookieIn, SESSION_COOKIE } from './cookie.ts';
import { isMember } from './member-rows.ts';

export interface Session {
  readonly id: string;
  /** Null: the operator, who sees all workspaces and has entered none. */
  readonly workspace: string | null;
  /** Null: the operator. */
  readonly address: string | null;
  readonly role: 'owner' | 'member' | 'operator';
  /** Stands for this browser, for binding what it begins (an OAuth state) to it; no secret of the session's. */
  readonly browser: string;
  /** `Firefox, Linux`: so that a person knows his sessions apart. */
  readonly agent: string;
  readonly createdAt: string;
  readonly seenAt: string;
}

export interface NewSession {
  readonly workspace: string | null;
  readonly address: string | null;
  readonly role: Session['role'];
  readonly agent: string;
}

type Reads = Pick<Ports, 'table' | 'clock' | 'settings'>;

const SECRET_CHARS = 52;
const COOKIE = /^(ses_[0-9a-hjkmnp-tv-z]{26})\.([a-z2-7]{52})$/;
/** How often a visit is written down: each one would be a write for every read. */
const SEEN_EVERY_MS = 300_000;
const OPERATOR = 'operator';

/** Answers the value of the cookie. The list comes first: a session that is not listed could not be ended. */
export async function openSession(
  ports: Reads & Pick<Ports, 'random'>,
  session: NewSession,
): Promise<{ readonly id: string; readonly cookie: string }> {
  const id = newId(ports.random, 'ses');
  const secret = randomText(ports.random, SECRET_CHARS);
  const now = ports.clock.now();
  const { SESSION_IDLE_SECONDS, SESSION_SECONDS } = ports.settings.limits;
  const until = Math.floor(now / 1000) + SESSION_SECONDS;
  const at = new Date(now).toISOString();
  await ports.table.put({
    ...listKey(session.address, id),
    session: id,
    expires: until,
  });
  await ports.table.put({
    ...sessionKey(id),
    ...session,
    secret: hashOf(secret),
    browser: hashOf(`browser\n${secret}`).slice(0, 32),
    createdAt: at,
    seenAt: at,
    until,
    expires: Math.min(until, Math.floor(now / 1000) + SESSION_IDLE_SECONDS),
  });
  return { id, cookie: `${id}.${secret}` };
}

/** Who a request's cookie stands for; null for none, an unknown, an expired or an ended one. */
export async function sessionOf(ports: Reads, cookieHeader: string | undefined): Promise<Session | null> {
  const [, id, secret] = COOKIE.exec(cookieIn(cookieHeader, SESSION_COOKIE) ?? '') ?? [];
  if (id === undefined || secret === undefined) return null;
  const row = await ports.table.get(sessionKey(id));
  if (row === undefined || !same(String(row.secret), hashOf(secret))) return null;
  const session = sessionFrom(row);
  if (!(await mayStay(ports, session))) return null;
  await noteSeen(ports, row);
  return session;
}

export async function sessionById(ports: Pick<Ports, 'table'>, id: string): Promise<Session | null> {
  const row = await ports.table.get(sessionKey(id));
  return row === undefined ? null : sessionFrom(row);
}

/** `address` null: the operator's. Newest first. */
export async function listSessions(
  ports: Pick<Ports, 'table' | 'settings'>,
  address: string | null,
): Promise<readonly Session[]> {
  const { items } = await ports.table.query({
    pk: listKey(address, '').pk,
    begins: 'S#',
    limit: ports.settings.limits.SESSIONS_PER_PERSON,
  });
  const found = await Promise.all(items.map(row => sessionById(ports, String(row.session))));
  return found
    .filter(session => session !== null)
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
}

export async function endSession(
  ports: Pick<Ports, 'table'>,
  session: Pick<Session, 'id' | 'address'>,
): Promise<void> {
  await ports.table.remove(sessionKey(session.id));
  await ports.table.remove(listKey(session.address, session.id));
}

/** Sign-out everywhere; answers how many were ended. */
export async function endSessions(ports: Pick<Ports, 'table'>, address: string | null): Promise<number> {
  let ended = 0;
  for (;;) {
    const { items } = await ports.table.query({ pk: listKey(address, '').pk, begins: 'S#', limit: 100 });
    if (items.length === 0) return ended;
    for (const row of items) await endSession(ports, { id: String(row.session), address });
    ended += items.length;
  }
}

/** The workspace a session acts in. Whether it may is its caller's business. */
export async function moveSession(
  ports: Pick<Ports, 'table'>,
  id: string,
  to: { readonly workspace: string | null; readonly role: Session['role'] },
): Promise<void> {
  await ports.table.update(sessionKey(id), { set: { ...to } }, { if: { row: 'present' } });
}

/** A member who was removed is out at his next request, whatever sessions he still has. */
async function mayStay(ports: Pick<Ports, 'table'>, session: Session): Promise<boolean> {
  const { role, workspace, address } = session;
  if (role !== 'member') return true;
  return workspace !== null && address !== null && isMember(ports, workspace, address);
}

async function noteSeen(ports: Reads, row: Row): Promise<void> {
  const now = ports.clock.now();
  if (now - Date.parse(String(row.seenAt)) < SEEN_EVERY_MS) return;
  const idle = Math.floor(now / 1000) + ports.settings.limits.SESSION_IDLE_SECONDS;
  await ports.table.update(
    { pk: row.pk, sk: row.sk },
    { set: { seenAt: new Date(now).toISOString(), expires: Math.min(Number(row.until), idle) } },
    { if: { row: 'present' } },
  );
}

function sessionKey(id: string): Key {
  return { pk: `SES#${id}`, sk: 'SES' };
}

function listKey(address: string | null, id: string): Key {
  return { pk: `PERSON#${address === null ? OPERATOR : addressHash(address)}`, sk: `S#${id}` };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function sessionFrom(row: Row): Session {
  return {
    id: row.pk.slice('SES#'.length),
    workspace: typeof row.workspace === 'string' ? row.workspace : null,
    address: typeof row.address === 'string' ? row.address : null,
    role: row.role as Session['role'],
    browser: String(row.browser),
    agent: String(row.agent),
    createdAt: String(row.createdAt),
    seenAt: String(row.seenAt),
  };
}
