/**
 * What a campaign button's link carries (D10): a JWT, HS256, audience `button`, its key named `<workspace>.<n>` in the header. Who pressed it is
 * not in it: the platform appends the contact's reference after signing.
 */
import type { Keys, Ports, Settings } from '../../kernel/ports.ts';
import { recentOf } from '../../kernel/recent.ts';
import { isOver, keyIdIn, type Read, readWith, signWith } from '../../kernel/signing.ts';

export { revokeButtonKey, rotateButtonKey } from './button-keys.ts';

import { buttonKey, currentButtonKey, isLiveKey, type KeyName, readKeyName } from './button-keys.ts';

export type EnvelopeAnswer = 'yes' | 'no' | 'maybe' | 'ask';

export interface Envelope {
  readonly workspace: string;
  /** Null: a link for any mail tool, without a contact. */
  readonly connection: string | null;
  readonly audience: string | null;
  readonly event: string;
  readonly answer: EnvelopeAnswer;
  /** Opening it with a contact's own token is held, and then counts without a press. */
  readonly instant?: true;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export type OpenedEnvelope =
  | { readonly ok: true; readonly envelope: Envelope }
  | { readonly ok: false; readonly reason: 'damaged' }
  /** Ours, only too old: the page may still say what it was for. */
  | { readonly ok: false; readonly reason: 'expired'; readonly envelope: Envelope };

const PURPOSE = 'button';
/** A campaign sends the same few tokens to everybody: what one says is worked out once. Whether its key still stands is asked each time. */
const provenOf = recentOf<Keys, string, Envelope>();
const PROVEN_KEPT = 1_000;
const ANSWERS: ReadonlySet<string> = new Set<EnvelopeAnswer>(['yes', 'no', 'maybe', 'ask']);
/** Later than this in seconds is a moment in milliseconds. */
const LATEST_SECONDS = 100_000_000_000;

export async function sealEnvelope(
  ports: Pick<Ports, 'keys' | 'table'>,
  envelope: Envelope,
): Promise<string> {
  const { workspace, connection, audience, event, answer, expiresAt } = envelope;
  if (expiresAt > LATEST_SECONDS) throw new RangeError('expiresAt of a button is in seconds');
  const name = await currentButtonKey(ports, workspace);
  const claims = {
    w: workspace,
    ...(connection === null ? {} : { c: connection }),
    ...(audience === null ? {} : { a: audience }),
    e: event,
    ans: answer,
    ...(envelope.instant === true ? { i: 1 } : {}),
  };
  const key = { key: buttonKey(ports, name), id: `${name.workspace}.${name.number}` };
  return signWith(key, PURPOSE, claims, expiresAt);
}

export async function openEnvelope(
  ports: Pick<Ports, 'keys' | 'clock' | 'table'>,
  token: string,
): Promise<OpenedEnvelope> {
  const name = readKeyName(keyIdIn(token));
  if (name === undefined || !(await isLiveKey(ports, name))) return { ok: false, reason: 'damaged' };
  const known = provenOf(ports.keys, PROVEN_KEPT);
  const envelope = known.get(token) ?? provenIn(ports, name, token);
  if (envelope === undefined) return { ok: false, reason: 'damaged' };
  known.set(token, envelope);
  return isOver(envelope, ports.clock.now())
    ? { ok: false, reason: 'expired', envelope }
    : { ok: true, envelope };
}

function provenIn(ports: Pick<Ports, 'keys'>, name: KeyName, token: string): Envelope | undefined {
  const read = readWith(buttonKey(ports, name), PURPOSE, token);
  return read === undefined ? undefined : envelopeOf(read, name);
}

/** The tag stands unencoded and last: platforms fill it in as it is written (mailchimp.md 2.1). */
export function buttonUrl(
  settings: Pick<Settings, 'baseUrl'>,
  token: string,
  mergeTag: string | null,
  /** `t`: the tag prints the contact's own token (instant mode). */
  parameter: 'c' | 't' = 'c',
): string {
  const link = `${settings.baseUrl}/r/${token}`;
  return mergeTag === null ? link : `${link}?${parameter}=${mergeTag}`;
}

function envelopeOf({ claims, expiresAt }: Read, name: KeyName): Envelope | undefined {
  const {
    w: workspace,
    c: connection = null,
    a: audience = null,
    e: event,
    ans: answer,
    i: instant,
  } = claims;
  // A workspace's key speaks for that workspace alone.
  if (workspace !== name.workspace || typeof event !== 'string' || !isAnswer(answer)) return undefined;
  if (!isTextOrNull(connection) || !isTextOrNull(audience)) return undefined;
  const fixed = { workspace: name.workspace, connection, audience, event, answer, expiresAt };
  return instant === 1 ? { ...fixed, instant: true } : fixed;
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isAnswer(value: unknown): value is EnvelopeAnswer {
  return typeof value === 'string' && ANSWERS.has(value);
}
