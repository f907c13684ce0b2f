/**
 * Proof of work (docs/adr/0012): a sum that a browser does in a moment and a flood can't afford. Somebody's number below a known most, whose
 * SHA-256 behind a salt is told; all of it signed, bound to a page, short-lived, and good once. Row `PW#<salt>` / `PW` for one that was used.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { randomText } from '../kernel/ids.ts';
import type { Ports } from '../kernel/ports.ts';

export interface Challenge {
  readonly salt: string;
  /** SHA-256 of the salt and the number behind it, in hex. */
  readonly hash: string;
  /** The number is at most this. */
  readonly most: number;
  /** What the form brings back with the number. */
  readonly sealed: string;
}

const PURPOSE = 'challenge';
const SALT_CHARS = 26;
const FORM = /^([a-z2-7]{26})\.([0-9a-f]{64})\.([0-9a-z]{6,10})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/;

export function newChallenge(
  ports: Pick<Ports, 'keys' | 'clock' | 'random' | 'settings'>,
  page: string,
): Challenge {
  const { CHALLENGE_MOST: most, CHALLENGE_SECONDS } = ports.settings.limits;
  const salt = randomText(ports.random, SALT_CHARS);
  const [a = 0, b = 0, c = 0, d = 0] = ports.random.bytes(4);
  const number = (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % (most + 1);
  const hash = hashOf(salt, number);
  const expires = Math.ceil(ports.clock.now() / 1000) + CHALLENGE_SECONDS;
  const signed = [salt, hash, expires.toString(36), most].join('.');
  return { salt, hash, most, sealed: `${signed}.${mac(ports, page, signed)}` };
}

/** `solved` once only. The cost of an answer is two hashes and, where they hold, one write. */
export async function takeSolution(
  ports: Pick<Ports, 'table' | 'keys' | 'clock'>,
  page: string,
  given: { readonly sealed: string; readonly solution: string },
): Promise<'solved' | 'unsolved'> {
  const opened = openChallenge(ports, page, given.sealed);
  if (opened === null || !/^\d{1,9}$/.test(given.solution)) return 'unsolved';
  const number = Number(given.solution);
  if (number > opened.most || !same(hashOf(opened.salt, number), opened.hash)) return 'unsolved';
  return (await useOnce(ports, opened)) ? 'solved' : 'unsolved';
}

/** The way without a script: the challenge is ours and of now, and counts as used. */
export async function giveUpChallenge(
  ports: Pick<Ports, 'table' | 'keys' | 'clock'>,
  page: string,
  sealed: string,
): Promise<boolean> {
  const opened = openChallenge(ports, page, sealed);
  return opened !== null && useOnce(ports, opened);
}

interface OpenedChallenge {
  readonly salt: string;
  readonly hash: string;
  readonly most: number;
  /** Epoch seconds. */
  readonly expires: number;
}

function openChallenge(
  ports: Pick<Ports, 'keys' | 'clock'>,
  page: string,
  sealed: string,
): OpenedChallenge | null {
  const [, salt = '', hash = '', until = '', most = '', signature = ''] = FORM.exec(sealed) ?? [];
  if (salt === '') return null;
  if (!same(signature, mac(ports, page, [salt, hash, until, most].join('.')))) return null;
  const expires = Number.parseInt(until, 36);
  return expires * 1000 <= ports.clock.now() ? null : { salt, hash, most: Number(most), expires };
}

function useOnce(ports: Pick<Ports, 'table'>, { salt, expires }: OpenedChallenge): Promise<boolean> {
  return ports.table.put({ pk: `PW#${salt}`, sk: 'PW', expires }, { if: { row: 'absent' } });
}

function hashOf(salt: string, number: number): string {
  return createHash('sha256').update(`${salt}${number}`).digest('hex');
}

function mac(ports: Pick<Ports, 'keys'>, page: string, signed: string): string {
  return createHmac('sha256', ports.keys.derive(PURPOSE)).update(`${page}\n${signed}`).digest('base64url');
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
