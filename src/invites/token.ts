/**
 * The names of an invite and of its mails. The token is the UID's local part and the key of a reply (D2): 128 bits that nobody can work out,
 * yet the same whenever it is made. A send id tells its row without any look-up table (D6).
 */
import { createHmac } from 'node:crypto';
import { type ComponentKey, SERIES } from '../calendar/state.ts';
import { idOf, tokenOf } from '../kernel/ids.ts';
import type { Keys, Settings } from '../kernel/ports.ts';
import type { MailKey } from './plan.ts';

export interface InviteName {
  readonly event: string;
  /** Hash of the folded address. */
  readonly person: string;
}

const TOKEN = '[a-z2-7]{26}';

export function inviteToken(keys: Keys, { event, person }: InviteName, generation: number): string {
  return tokenOf(mac(keys, 'invite-token', `${event}\n${person}\n${generation}`));
}

export function inviteId(keys: Keys, { event, person }: InviteName): string {
  return idOf('inv', mac(keys, 'invite-id', `${event}\n${person}`));
}

export function uidOf(token: string, settings: Pick<Settings, 'mailDomain'>): string {
  return `${token}@${settings.mailDomain}`;
}

/** The token in a UID, a plus tag or a Message-ID of ours, however a client spelled it; undefined where there is none. */
export function tokenIn(text: string): string | undefined {
  const folded = decoded(text).toLowerCase();
  return new RegExp(`(?:^|[^a-z0-9])(${TOKEN})(?=$|[@_.])`).exec(folded)?.[1] ?? tokenInHex(folded);
}

/** Kind, revision, personal step and component, behind the token of the generation; `[a-z0-9_-]` only. */
export function sendId(token: string, key: MailKey): string {
  const component = key.component === SERIES ? SERIES : Buffer.from(key.component).toString('hex');
  return [
    token,
    key.revision,
    key.kind === 'cancel' ? 'c' : 'r',
    key.personal,
    key.generation,
    component,
  ].join('_');
}

export interface ReadSendId extends MailKey {
  readonly token: string;
}

const SEND_ID = new RegExp(
  `^(${TOKEN})_(\\d{1,10})_([rc])_(\\d{1,10})_(\\d{1,10})_(series|(?:[0-9a-f]{2}){1,80})$`,
);

export function readSendId(id: string): ReadSendId | undefined {
  const [, token, revision, kind, personal, generation, component] = SEND_ID.exec(id) ?? [];
  if (token === undefined || component === undefined) return undefined;
  return {
    token,
    revision: Number(revision),
    kind: kind === 'c' ? 'cancel' : 'request',
    personal: Number(personal),
    generation: Number(generation),
    component: componentIn(component),
  };
}

/** A Message-ID that we wrote names its send. */
export function sendIdIn(messageId: string): string | undefined {
  const local = messageId.replace(/^<|>$/g, '').split('@')[0] ?? '';
  return readSendId(local) === undefined ? undefined : local;
}

function componentIn(text: string): ComponentKey {
  return text === SERIES ? SERIES : Buffer.from(text, 'hex').toString('utf8');
}

function decoded(text: string): string {
  return text
    .slice(0, 1024)
    .replace(/%40/g, '@')
    .replace(/%2b|\+2b/gi, '+')
    .replace(/%5f/gi, '_');
}

/** Exchange ActiveSync wraps a foreign UID into the hex of a GlobalObjectId (`vCal-Uid`). */
function tokenInHex(folded: string): string | undefined {
  if (!/^(?:[0-9a-f]{2}){40,}$/.test(folded)) return undefined;
  const text = Buffer.from(folded, 'hex').toString('latin1').toLowerCase();
  return new RegExp(`(?:^|[^a-z2-7])(${TOKEN})@`).exec(text)?.[1];
}

function mac(keys: Keys, purpose: string, text: string): Uint8Array {
  return createHmac('sha256', keys.derive(purpose)).update(text).digest();
}
