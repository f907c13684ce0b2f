/**
 * The page nonce: what a press must bring back from the page it was made on. Signed, bound to link and reference, good for half an hour;
 * single use follows from the press row, whose key it is. Says also what was shown, so that an answer is an answer to that.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { randomText } from '../../kernel/ids.ts';
import type { Ports } from '../../kernel/ports.ts';

/**
 * `first`: the page as the link opens it. `again`: asked once more, for want of a script or of a reason to believe.
 * `settle`: after two answers that contradict each other. `change`: from the page that shows what was answered. `settle-again`: both.
 * `doubted`: asked once more after a press that looked like a machine's.
 */
export type Stage = 'first' | 'again' | 'settle' | 'change' | 'settle-again' | 'doubted';

export interface Nonce {
  /** Also the id of the press. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly stage: Stage;
  /** The event's significant revision that the page showed. */
  readonly revision: number;
}

export type OpenedNonce =
  | { readonly ok: true; readonly nonce: Nonce }
  | { readonly ok: false; readonly reason: 'damaged' | 'old' };

/** The link, and whom its reader is said to be. */
export interface NoncePlace {
  readonly token: string;
  readonly reference: string | null;
}

const PURPOSE = 'press-nonce';
const MAC_BYTES = 16;
const STAGES: readonly Stage[] = ['first', 'again', 'settle', 'change', 'settle-again', 'doubted'];
const FORM = /^([a-z2-7]{26})\.([0-9a-z]{6,10})\.([0-5])\.(\d{1,10})\.([A-Za-z0-9_-]{22})$/;

export function newNonce(ports: Pick<Ports, 'random' | 'clock'>, stage: Stage, revision: number): Nonce {
  return { id: randomText(ports.random, 26), issuedAt: ports.clock.now(), stage, revision };
}

export function sealNonce(ports: Pick<Ports, 'keys'>, place: NoncePlace, nonce: Nonce): string {
  const text = [nonce.id, nonce.issuedAt.toString(36), STAGES.indexOf(nonce.stage), nonce.revision].join('.');
  return `${text}.${mac(ports, place, text).toString('base64url')}`;
}

export function openNonce(
  ports: Pick<Ports, 'keys' | 'clock' | 'settings'>,
  place: NoncePlace,
  sealed: string,
): OpenedNonce {
  const [, id = '', issued = '', stage = '', revision = '', signature = ''] = FORM.exec(sealed) ?? [];
  if (id === '') return { ok: false, reason: 'damaged' };
  const expected = mac(ports, place, [id, issued, stage, revision].join('.'));
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return { ok: false, reason: 'damaged' };
  const issuedAt = Number.parseInt(issued, 36);
  const age = ports.clock.now() - issuedAt;
  if (age > ports.settings.limits.PRESS_NONCE_SECONDS * 1000) return { ok: false, reason: 'old' };
  return {
    ok: true,
    nonce: { id, issuedAt, stage: STAGES[Number(stage)] ?? 'first', revision: Number(revision) },
  };
}

function mac(ports: Pick<Ports, 'keys'>, { token, reference }: NoncePlace, text: string): Buffer {
  return createHmac('sha256', ports.keys.derive(PURPOSE))
    .update(`${text}\n${token}\n${reference ?? ''}`)
    .digest()
    .subarray(0, MAC_BYTES);
}
