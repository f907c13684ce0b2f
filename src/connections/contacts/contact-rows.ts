/**
 * What a reference in a link stands for, as last heard. Rows `C#<connection>` / `CT#<reference hash>#<audience or ->`, and
 * `CA#<address hash>`, which leads from an address to it. A cache: after a day nothing of it counts, after a month it is gone.
 */
import { createHash } from 'node:crypto';
import type { Contact } from '../../../connectors/contract.ts';
import { addressHash, normalAddress } from '../../kernel/address.ts';
import type { Key, Ports, Row } from '../../kernel/ports.ts';

export type Consent = Contact['consent'];

export interface ContactAt {
  readonly connection: string;
  readonly audience: string | null;
  readonly reference: string;
}

export type ContactState =
  | { readonly state: 'unknown' }
  | { readonly state: 'asked' }
  | {
      readonly state: 'known';
      /** The platform's lasting id. */
      readonly contact: string;
      readonly address: string;
      readonly name: string | null;
      readonly consent: Consent;
    }
  | { readonly state: 'absent' }
  | { readonly state: 'unavailable'; readonly sentence: string };

const DAY_SECONDS = 86_400;
const PAGE = 100;

/** Names a contact's row in a job, without the reference itself. */
export function contactRowId({ connection, audience, reference }: ContactAt): string {
  return `${connection}/${hashOf(reference)}/${audience ?? '-'}`;
}

export function contactKey(at: ContactAt): Key {
  return { pk: `C#${at.connection}`, sk: `${prefixOf(at.reference)}${at.audience ?? '-'}` };
}

/** Undefined: that is no such name. */
export function keyOfRowId(id: string): Key | undefined {
  const [, connection, hash, audience] =
    /^(con_[0-9a-hjkmnp-tv-z]{26})\/([0-9a-f]{32})\/(.{1,200})$/.exec(id) ?? [];
  if (connection === undefined) return undefined;
  return { pk: `C#${connection}`, sk: `CT#${hash}#${audience}` };
}

/** Where the reference is the same in whatever audience. */
export function prefixOf(reference: string): string {
  return `CT#${hashOf(reference)}#`;
}

export function addressKey(connection: string, normal: string): Key {
  return { pk: `C#${connection}`, sk: `CA#${addressHash(normal)}` };
}

/** `now` in epoch milliseconds. What is too old to count is unknown. */
export function stateFrom(
  row: Row | undefined,
  now: number,
  limits: Ports['settings']['limits'],
): ContactState {
  if (row === undefined) return { state: 'unknown' };
  const age = (now - Number(row.at)) / 1000;
  switch (row.state) {
    case 'asked':
      return age < limits.CONTACT_ASK_SECONDS ? { state: 'asked' } : { state: 'unknown' };
    case 'absent':
      return age < limits.CONTACT_ABSENT_SECONDS ? { state: 'absent' } : { state: 'unknown' };
    case 'unavailable':
      return age < limits.CONTACT_ASK_SECONDS
        ? { state: 'unavailable', sentence: String(row.sentence) }
        : { state: 'unknown' };
    case 'known':
      return age < limits.CONTACT_FRESH_SECONDS ? knownFrom(row) : { state: 'unknown' };
    default:
      return { state: 'unknown' };
  }
}

function knownFrom(row: Row): ContactState {
  return {
    state: 'known',
    contact: String(row.contact),
    address: String(row.address),
    name: typeof row.name === 'string' ? row.name : null,
    consent: row.consent as Consent,
  };
}

/** Epoch seconds. A row that an old link leads to keeps its longer life. */
export function keptUntil(ports: Pick<Ports, 'clock' | 'settings'>, before?: Row): number {
  const days = ports.settings.limits.KEEP_CONTACT_DAYS;
  const usual = Math.floor(ports.clock.now() / 1000) + days * DAY_SECONDS;
  return typeof before?.expires === 'number' ? Math.max(usual, before.expires) : usual;
}

/** The attributes of a known contact. `reference` is the newest one, also in a row that an older one leads to. */
export function knownRow(
  ports: Pick<Ports, 'clock' | 'settings'>,
  key: Key,
  workspace: string,
  audience: string | null,
  contact: Contact,
  before?: Row,
): Row {
  return {
    ...key,
    workspace,
    audience,
    reference: contact.reference,
    state: 'known',
    contact: contact.id,
    address: contact.address,
    name: contact.name,
    consent: contact.consent,
    at: ports.clock.now(),
    expires: keptUntil(ports, before),
  };
}

export function addressRow(
  ports: Pick<Ports, 'clock' | 'settings'>,
  connection: string,
  workspace: string,
  audience: string | null,
  contact: Contact,
): Row | undefined {
  const normal = normalAddress(contact.address);
  if (normal === undefined) return undefined;
  return {
    ...addressKey(connection, normal),
    workspace,
    contact: contact.id,
    audience,
    reference: contact.reference,
    expires: keptUntil(ports),
  };
}

/** Whom we knew at an account. */
export async function forgetContacts(ports: Pick<Ports, 'table'>, connection: string): Promise<void> {
  for (const begins of ['CT#', 'CA#']) {
    for (;;) {
      const { items } = await ports.table.query({ pk: `C#${connection}`, begins, limit: PAGE });
      if (items.length === 0) break;
      for (const row of items) await ports.table.remove({ pk: row.pk, sk: row.sk });
    }
  }
}

function hashOf(reference: string): string {
  return createHash('sha256').update(reference).digest('hex').slice(0, 32);
}
