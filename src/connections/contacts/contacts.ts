/** Contacts of a connection as the click page needs them: read from rows, asked for by a job. No connector and no SDK is loaded here. */
import type { Contact } from '../../../connectors/contract.ts';
import { isPlaceholder } from '../../../connectors/merge-tags.ts';
import { normalAddress } from '../../kernel/address.ts';
import type { Condition, Ports, Row } from '../../kernel/ports.ts';
import { countAgainst } from '../../kernel/rate.ts';
import { texts } from '../../texts/catalogue.ts';
import { TITLES } from '../account/connection.ts';
import { connectionById } from '../account/store.ts';
import {
  addressKey,
  addressRow,
  type ContactAt,
  type ContactState,
  contactKey,
  contactRowId,
  keptUntil,
  knownRow,
  prefixOf,
  stateFrom,
} from './contact-rows.ts';

export { type ContactAt, type ContactState, contactRowId } from './contact-rows.ts';

type Reads = Pick<Ports, 'table' | 'clock' | 'settings'>;

export interface KnownReference {
  readonly id: string;
  readonly audience: string | null;
  readonly reference: string;
}

/** Reads one row and changes nothing. */
export async function contactOf(ports: Reads, at: ContactAt): Promise<ContactState> {
  if (!isReference(ports, at.reference)) return { state: 'absent' };
  return stateFrom(await ports.table.get(contactKey(at)), ports.clock.now(), ports.settings.limits);
}

/** As `contactOf`; what is unknown or too old is asked for, by one job at a time. */
export async function askContact(ports: Reads, at: ContactAt): Promise<ContactState> {
  const known = await contactOf(ports, at);
  if (known.state !== 'unknown') return known;
  const connection = await connectionById(ports, at.connection);
  if (connection === null) return { state: 'absent' };
  if (connection.state !== 'connected') {
    return { state: 'unavailable', sentence: texts().connections.contact.away(TITLES[connection.platform]) };
  }
  const { CONTACT_ASKS_PER_CONNECTION_MINUTE: limit } = ports.settings.limits;
  const counted = await countAgainst(ports, [{ key: `contact:${at.connection}`, seconds: 60, limit }]);
  if (!counted.ok) return { state: 'unavailable', sentence: texts().connections.contact.busy };
  await planLookUp(ports, at, connection.workspace);
  return contactOf(ports, at);
}

async function planLookUp(ports: Reads, at: ContactAt, workspace: string): Promise<void> {
  const now = ports.clock.now();
  const key = contactKey(at);
  const before = await ports.table.get(key);
  // Somebody else may have asked meanwhile: then what stands is younger than what was read.
  const unchanged: Condition =
    before === undefined ? { row: 'absent' } : { attribute: 'at', is: Number(before.at) };
  await ports.table.update(
    key,
    {
      set: {
        workspace,
        audience: at.audience,
        reference: typeof before?.reference === 'string' ? before.reference : at.reference,
        state: 'asked',
        at: now,
        expires: keptUntil(ports, before),
      },
      remove: ['contact', 'address', 'name', 'consent', 'sentence', 'tries'],
    },
    {
      if: unchanged,
      orCreate: true,
      jobs: [{ lane: 'fast', kind: 'contact', body: { contact: contactRowId(at) } }],
    },
  );
}

/** Also under its address, and under the reference that a link may still carry from before. */
export async function rememberContact(
  ports: Reads,
  input: { readonly connection: string; readonly audience: string | null; readonly contact: Contact },
): Promise<void> {
  const { connection, audience, contact } = input;
  const account = await connectionById(ports, connection);
  if (account === null || account.state === 'disconnected') return;
  const at = { connection, audience, reference: contact.reference };
  const rows: (Row | undefined)[] = [
    isReference(ports, contact.reference)
      ? knownRow(ports, contactKey(at), account.workspace, audience, contact)
      : undefined,
    addressRow(ports, connection, account.workspace, audience, contact),
  ];
  await ports.table.putAll(rows.filter(row => row !== undefined).map(row => ({ row })));
}

export async function contactByAddressOf(
  ports: Pick<Ports, 'table'>,
  at: { readonly connection: string; readonly address: string },
): Promise<KnownReference | null> {
  const normal = normalAddress(at.address);
  const row = normal === undefined ? undefined : await ports.table.get(addressKey(at.connection, normal));
  if (row === undefined) return null;
  return {
    id: String(row.contact),
    audience: typeof row.audience === 'string' ? row.audience : null,
    reference: String(row.reference),
  };
}

/** What a notice says of whom: at least one is known. */
export interface Named {
  readonly id: string | null;
  readonly reference: string | null;
  readonly address: string | null;
}

/** Every row that stands for this contact, in whatever audience it was asked for. */
export async function rowsOf(
  ports: Pick<Ports, 'table'>,
  connection: string,
  named: Named,
): Promise<readonly Row[]> {
  const byAddress =
    named.address === null ? null : await contactByAddressOf(ports, { connection, address: named.address });
  // At Klaviyo the id is the reference.
  const references = new Set([named.reference, named.id, byAddress?.reference ?? null]);
  const found: Row[] = [];
  for (const reference of references) {
    if (reference === null || reference === '') continue;
    const page = await ports.table.query({ pk: `C#${connection}`, begins: prefixOf(reference) });
    found.push(...page.items);
  }
  return found;
}

/** Something of him has changed: nothing that was known counts until the next look-up. His address still leads to him. */
export async function forgetContact(ports: Reads, connection: string, named: Named): Promise<void> {
  await forgetRows(ports, await rowsOf(ports, connection, named), {});
}

/**
 * Another address, or another id after a merge. Rows that old links lead to stay where they are and name the new reference, so that the
 * next look-up finds who the contact is now.
 */
export async function rekeyContact(
  ports: Reads,
  connection: string,
  change: { readonly from: Named; readonly to: Named },
): Promise<void> {
  const rows = await rowsOf(ports, connection, change.from);
  await dropAddresses(ports, connection, change.from, rows);
  const reference = change.to.reference ?? change.to.id;
  // As long as the links that lead here.
  const expires = Math.floor(ports.clock.now() / 1000) + ports.settings.limits.LINK_DAYS * 86_400;
  await forgetRows(ports, rows, reference === null ? {} : { reference, expires });
}

async function forgetRows(
  ports: Reads,
  rows: readonly Row[],
  more: { readonly [attribute: string]: string | number },
): Promise<void> {
  for (const { pk, sk } of rows) {
    await ports.table.update(
      { pk, sk },
      {
        set: { state: 'changed', at: ports.clock.now(), ...more },
        remove: ['contact', 'address', 'name', 'consent', 'sentence', 'tries'],
      },
      { if: { row: 'present' } },
    );
  }
}

async function dropAddresses(
  ports: Pick<Ports, 'table'>,
  connection: string,
  from: Named,
  rows: readonly Row[],
): Promise<void> {
  for (const address of [from.address, ...rows.map(row => row.address)]) {
    const normal = typeof address === 'string' ? normalAddress(address) : undefined;
    if (normal !== undefined) await ports.table.remove(addressKey(connection, normal));
  }
}

/** A merge tag that was never filled in, or what no platform ever made. */
function isReference(ports: Pick<Ports, 'settings'>, reference: string): boolean {
  return !isPlaceholder(reference) && reference.length <= ports.settings.limits.CONTACT_REFERENCE_CHARS;
}
