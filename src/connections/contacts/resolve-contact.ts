/** Asks the platform who a reference stands for. Loads the connector: jobs only, never the page. */
import { type Contact, PlatformError } from '../../../connectors/contract.ts';
import { normalAddress } from '../../kernel/address.ts';
import type { JobResult, Key, Ports, Row } from '../../kernel/ports.ts';
import { texts } from '../../texts/catalogue.ts';
import { type ClientPorts, withClient } from '../account/client.ts';
import { type Connection, TITLES } from '../account/connection.ts';
import { connectionById } from '../account/store.ts';
import {
  type ContactAt,
  type ContactState,
  contactKey,
  keptUntil,
  keyOfRowId,
  knownRow,
  stateFrom,
} from './contact-rows.ts';
import { rememberContact } from './contacts.ts';

const RETRY_MS = 2_000;

/** The job `contact`. A platform that is away is asked a few times; then the page says so, and the next visitor asks anew. */
export async function resolveContact(
  ports: ClientPorts,
  { contact: id }: { readonly contact: string },
): Promise<JobResult> {
  const key = keyOfRowId(id);
  const row = key === undefined ? undefined : await ports.table.get(key);
  if (key === undefined || row === undefined || row.state === 'known') return { done: true };
  const at = atOf(row);
  try {
    await lookUpContact(ports, at, key);
    return { done: true };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const tries = Number(row.tries ?? 0) + 1;
    if (tries >= ports.settings.limits.CONTACT_TRIES) {
      await noteAway(ports, key, await connectionById(ports, at.connection));
      return { done: true };
    }
    await ports.table.update(
      key,
      { set: { tries, at: ports.clock.now(), state: 'asked' } },
      { if: { row: 'present' } },
    );
    return { retryAfterMs: error.retryAfterMs ?? RETRY_MS * tries, reason: error.code };
  }
}

/**
 * Who it is now. Asks the platform unless the answer is fresh. Rejects (`PlatformError` of kind `again` or `unknown`) where only later can
 * tell. `key`: the row that led here, where an older reference did.
 */
export async function lookUpContact(
  ports: ClientPorts,
  at: ContactAt,
  key: Key = contactKey(at),
): Promise<ContactState> {
  const row = await ports.table.get(key);
  const known = stateFrom(row, ports.clock.now(), ports.settings.limits);
  if (known.state === 'known' || known.state === 'absent') return known;
  const connection = await connectionById(ports, at.connection);
  if (connection === null) return { state: 'absent' };
  // A merged or renamed contact is asked for by what it is called now.
  const reference = typeof row?.reference === 'string' ? row.reference : at.reference;
  const found: Found = { connection, audience: at.audience, reference, key, row };
  try {
    const contact = await withClient(ports, connection, client =>
      client.contactByReference(at.audience, reference),
    );
    return await note(ports, found, contact);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.kind === 'absent') return note(ports, found, null);
    if (error.kind === 'again' || error.kind === 'unknown') throw error;
    return noteAway(ports, key, connection);
  }
}

interface Found {
  readonly connection: Connection;
  readonly audience: string | null;
  readonly reference: string;
  readonly key: Key;
  readonly row: Row | undefined;
}

/** An address that no mail can go to is as good as none. */
async function note(ports: ClientPorts, found: Found, contact: Contact | null): Promise<ContactState> {
  const { connection, audience, reference, key, row } = found;
  const { workspace, id } = connection;
  if (contact === null || normalAddress(contact.address) === undefined) {
    await putNegative(ports, key, row, { workspace, audience, reference, state: 'absent' });
    return { state: 'absent' };
  }
  await rememberContact(ports, { connection: id, audience, contact });
  const known = knownRow(ports, key, workspace, audience, contact, row);
  await ports.table.put(known);
  return stateFrom(known, ports.clock.now(), ports.settings.limits);
}

async function noteAway(ports: ClientPorts, key: Key, connection: Connection | null): Promise<ContactState> {
  const sentence = texts().connections.contact.away(connection === null ? '' : TITLES[connection.platform]);
  const row = await ports.table.get(key);
  if (row !== undefined) {
    const { workspace, audience, reference } = row;
    await putNegative(ports, key, row, { workspace, audience, reference, state: 'unavailable', sentence });
  }
  return { state: 'unavailable', sentence };
}

async function putNegative(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  key: Key,
  before: Row | undefined,
  attributes: Omit<Row, 'pk' | 'sk'>,
): Promise<void> {
  await ports.table.put({ ...attributes, ...key, at: ports.clock.now(), expires: keptUntil(ports, before) });
}

function atOf(row: Row): ContactAt {
  return {
    connection: row.pk.slice('C#'.length),
    audience: typeof row.audience === 'string' ? row.audience : null,
    reference: String(row.reference),
  };
}
