/**
 * What becomes of a platform's notices. Each is taken once however often it is delivered (rows `HK#<connection>` / `N#<hash>`), and an
 * older one never undoes a newer: unsubscribes carry their time.
 */
import { createHash } from 'node:crypto';
import type { Notice } from '../../../connectors/contract.ts';
import { notePlatformWord, type PlatformWord, platformWordOf } from '../../invites/platform-stop.ts';
import type { JobResult, Key, Row } from '../../kernel/ports.ts';
import { forgetContact, rekeyContact, rowsOf } from '../contacts/contacts.ts';
import { lookUpContact } from '../contacts/resolve-contact.ts';
import { contactAppeared } from '../report/report-back.ts';
import type { ClientPorts } from './client.ts';
import type { Connection } from './connection.ts';
import { connectionById } from './store.ts';

const DAY_SECONDS = 86_400;

/** The job `notices`. */
export async function applyNotices(
  ports: ClientPorts,
  { connection: id, batch }: { readonly connection: string; readonly batch: string },
): Promise<JobResult> {
  const key = { pk: `HK#${id}`, sk: `B#${batch}` };
  const [connection, row] = await Promise.all([connectionById(ports, id), ports.table.get(key)]);
  if (row === undefined) return { done: true };
  if (connection !== null && connection.state !== 'disconnected') {
    for (const notice of noticesIn(row)) await once(ports, connection, notice);
  }
  await ports.table.remove(key);
  return { done: true };
}

/** Marked when it is done, not before: a notice that was begun by a process that died is taken again. */
async function once(ports: ClientPorts, connection: Connection, notice: Notice): Promise<void> {
  const key = seenKey(connection.id, notice.id);
  if ((await ports.table.get(key)) !== undefined) return;
  await apply(ports, connection, notice);
  await contactAppeared(ports, connection, [notice.contact.address, notice.becomes?.address ?? null]);
  const days = ports.settings.limits.KEEP_HOOK_DAYS;
  await ports.table.put(
    {
      ...key,
      workspace: connection.workspace,
      expires: Math.floor(ports.clock.now() / 1000) + days * DAY_SECONDS,
    },
    { if: { row: 'absent' } },
  );
}

async function apply(ports: ClientPorts, connection: Connection, notice: Notice): Promise<void> {
  const { id } = connection;
  switch (notice.kind) {
    case 'unsubscribed':
    case 'bounced':
    case 'complained':
    case 'subscribed':
      await heed(ports, connection, notice, notice.kind);
      return forgetContact(ports, id, notice.contact);
    case 'address':
      await carryWord(ports, connection, notice);
      return rekey(ports, id, notice);
    case 'merged':
      return rekey(ports, id, notice);
    case 'profile':
      return forgetContact(ports, id, notice.contact);
  }
}

async function rekey(ports: ClientPorts, id: string, notice: Notice): Promise<void> {
  const { contact, becomes } = notice;
  if (becomes === null) return forgetContact(ports, id, contact);
  await rekeyContact(ports, id, { from: contact, to: becomes });
}

async function heed(
  ports: ClientPorts,
  connection: Connection,
  notice: Notice,
  word: PlatformWord,
): Promise<void> {
  const address = await addressOf(ports, connection, notice);
  if (address === null) return;
  const { workspace, id } = connection;
  const { audience, at } = notice;
  await notePlatformWord(ports, { workspace, connection: id, audience, address, word, at });
}

/** Some notices name only an id. */
async function addressOf(
  ports: ClientPorts,
  connection: Connection,
  { contact, audience }: Notice,
): Promise<string | null> {
  if (contact.address !== null) return contact.address;
  const known = (await rowsOf(ports, connection.id, contact)).find(row => typeof row.address === 'string');
  if (known !== undefined) return String(known.address);
  const reference = contact.reference ?? contact.id;
  if (reference === null) return null;
  const found = await lookUpContact(ports, { connection: connection.id, audience, reference });
  return found.state === 'known' ? found.address : null;
}

/** Who has unsubscribed stays so under his new address. */
async function carryWord(ports: ClientPorts, connection: Connection, notice: Notice): Promise<void> {
  const { contact, becomes, audience, at } = notice;
  if (contact.address === null || becomes === null || becomes.address === null) return;
  const place = { workspace: connection.workspace, connection: connection.id, audience };
  const word = await platformWordOf(ports, { ...place, address: contact.address });
  if (word !== null) await notePlatformWord(ports, { ...place, address: becomes.address, word, at });
}

function noticesIn(row: Row): readonly Notice[] {
  return Array.isArray(row.notices) ? (row.notices as unknown as Notice[]) : [];
}

function seenKey(connection: string, notice: string): Key {
  const hash = createHash('sha256').update(notice).digest('hex').slice(0, 32);
  return { pk: `HK#${connection}`, sk: `N#${hash}` };
}
