/**
 * Sign-in by a mailed link: single use, short-lived, bound to the browser that asked. Opened elsewhere, the link yields a code to type
 * there. Looking never acts, so a scanner may open every link. Rows `SI#<token hash>`, listed by browser behind `SB#<browser hash>`.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { addressHash, domainOf, maskAddress, parseAddress } from '../kernel/address.ts';
import { randomText } from '../kernel/ids.ts';
import type { Key, Ports, Row } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';
import type { Language } from '../texts/languages.ts';
import { audit } from './audit.ts';
import { placeFor } from './members.ts';
import { openSession } from './session.ts';
import { planSignInMail } from './sign-in-mail.ts';

export type Asked =
  | { readonly kind: 'asked' /** Value of the asking browser's cookie. */; readonly browser: string }
  | { readonly kind: 'invalid'; readonly problem: 'empty' | 'too_long' | 'no_at' | 'local_part' | 'domain' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** `over`: used or too old. `unknown`: no link of ours. */
export type Looked =
  | { readonly kind: 'here' /** Null: the operator. */; readonly masked: string | null }
  | { readonly kind: 'elsewhere'; readonly code: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'unknown' };

export type SignedIn =
  | { readonly kind: 'signed_in'; readonly cookie: string; readonly next: string; readonly session: string }
  | Exclude<Looked, { kind: 'here' }>;

export type CodeTried =
  | Extract<SignedIn, { kind: 'signed_in' }>
  | { readonly kind: 'wrong' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

type AskPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>;
type LookPorts = Pick<Ports, 'table' | 'clock' | 'keys'>;
type EnterPorts = Pick<Ports, 'table' | 'clock' | 'random' | 'settings' | 'keys'>;

const TOKEN_CHARS = 52;
const TOKEN = /^[a-z2-7]{52}$/;
const NEXT_CHARS = 500;
const QUARTER = 900;
const DAY = 86_400;
const MINUTE = 60;
/** A used or old link is still known for a day, so that it can be told from a forged one. */
const REMEMBERED_SECONDS = DAY;
const BROWSERS_LINKS = 20;

/** Whatever we know of the address, the answer is the same; only the network's limit is told (T26). */
export async function askSignIn(
  ports: AskPorts,
  input: {
    readonly email: string;
    readonly next: string | null;
    /** The asking browser's cookie, where it has one already. */
    readonly browser: string | null;
    readonly network: string | null;
    /** Of the page where it was asked for. */
    readonly language: Language;
  },
): Promise<Asked> {
  const parsed = parseAddress(input.email);
  if (!parsed.ok) return { kind: 'invalid', problem: parsed.problem };
  const wait = await overNetworkLimit(ports, input.network);
  if (wait !== null) return { kind: 'limited', retryAfterSeconds: wait };
  const known = input.browser !== null && TOKEN.test(input.browser);
  const browser = known ? String(input.browser) : randomText(ports.random, TOKEN_CHARS);
  const { normal, typed } = parsed.address;
  const { language } = input;
  // Our own mailboxes read no sign-in mail: such a mail would go around in circles.
  const ours = domainOf(normal) === ports.settings.mailDomain;
  if (!ours && (await mayMail(ports, normal)))
    await mailLink(ports, { address: normal, typed, browser, next: safeNext(input.next), language });
  return { kind: 'asked', browser };
}

/** For the console of one machine: whoever can read it runs the installation. */
export async function makeOperatorLink(
  ports: Pick<Ports, 'table' | 'clock' | 'random' | 'settings'>,
): Promise<string> {
  const token = randomText(ports.random, TOKEN_CHARS);
  const until = seconds(ports) + ports.settings.limits.SIGNIN_CONSOLE_SECONDS;
  const row = { address: null, browser: null, next: '/', until, used: false };
  await ports.table.put({ ...linkKey(hashOf(token)), ...row, expires: until + REMEMBERED_SECONDS });
  return linkOf(ports, token);
}

/** Changes nothing: mail scanners open every link (threats-and-faults 4). */
export async function lookAtSignIn(
  ports: LookPorts,
  input: { readonly token: string; readonly browser: string | null },
): Promise<Looked> {
  const row = await linkRow(ports, input.token);
  if (row === undefined) return { kind: 'unknown' };
  if (row.used === true || Number(row.until) <= seconds(ports)) return { kind: 'over' };
  const { address, browser } = row;
  if (typeof browser === 'string' && (input.browser === null || hashOf(input.browser) !== browser))
    return { kind: 'elsewhere', code: codeOf(ports, hashOf(input.token)) };
  return { kind: 'here', masked: typeof address === 'string' ? maskAddress(address) : null };
}

/** The press on the link's page. */
export async function signIn(
  ports: EnterPorts,
  input: { readonly token: string; readonly browser: string | null; readonly agent: string | undefined },
): Promise<SignedIn> {
  const looked = await lookAtSignIn(ports, input);
  if (looked.kind !== 'here') return looked;
  return (await enter(ports, hashOf(input.token), input.agent)) ?? { kind: 'over' };
}

/** The code that the link showed in another browser, typed in the one that asked. */
export async function signInByCode(
  ports: EnterPorts,
  input: { readonly code: string; readonly browser: string | null; readonly agent: string | undefined },
): Promise<CodeTried> {
  const { browser } = input;
  if (browser === null || !TOKEN.test(browser)) return { kind: 'wrong' };
  const links = await linksOf(ports, hashOf(browser));
  const wait = await overCodeLimit(ports, hashOf(browser), links);
  if (wait !== null) return { kind: 'limited', retryAfterSeconds: wait };
  const typed = input.code.replace(/\D/g, '');
  const match = links.find(({ hash }) => same(codeOf(ports, hash), typed));
  const entered = match === undefined ? undefined : await enter(ports, match.hash, input.agent);
  return entered ?? { kind: 'wrong' };
}

/** A path on this site, or the start: a link must not lead elsewhere (open redirect). */
export function safeNext(next: string | null): string {
  if (next === null || next.length > NEXT_CHARS || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return '/';
  const url = URL.parse(next, 'http://localhost');
  return url?.origin === 'http://localhost' && !url.pathname.startsWith('//')
    ? url.pathname + url.search
    : '/';
}

/** The link is used up first: of two presses only one gets in. */
async function enter(
  ports: EnterPorts,
  hash: string,
  agent: string | undefined,
): Promise<Extract<SignedIn, { kind: 'signed_in' }> | undefined> {
  const row = await ports.table.get(linkKey(hash));
  if (row === undefined) return undefined;
  const address = typeof row.address === 'string' ? row.address : null;
  const place = address === null ? null : await placeFor(ports, address);
  const taken = await ports.table.update(
    linkKey(hash),
    { set: { used: true } },
    { if: { attribute: 'used', is: false } },
  );
  if (taken === undefined) return undefined;
  const { id, cookie } = await openSession(ports, {
    address,
    workspace: place?.workspace ?? null,
    role: place?.role ?? 'operator',
    agent: agentWords(agent),
  });
  const evidence = address === null ? 'console' : 'mailed_link';
  await audit(ports, {
    workspace: place?.workspace ?? null,
    what: 'signed_in',
    who: id,
    evidence,
    about: {},
  });
  return { kind: 'signed_in', cookie, next: safeNext(String(row.next)), session: id };
}

async function mailLink(
  ports: AskPorts,
  asked: {
    readonly address: string;
    readonly typed: string;
    readonly browser: string;
    readonly next: string;
    readonly language: Language;
  },
): Promise<void> {
  const token = randomText(ports.random, TOKEN_CHARS);
  const hash = hashOf(token);
  const browser = hashOf(asked.browser);
  const until = seconds(ports) + ports.settings.limits.SIGNIN_SECONDS;
  const { address, next, language } = asked;
  await ports.table.put({
    ...linkKey(hash),
    address,
    browser,
    next,
    until,
    used: false,
    expires: until + REMEMBERED_SECONDS,
  });
  await ports.table.put({ pk: `SB#${browser}`, sk: hash, address, expires: until });
  const link = linkOf(ports, token);
  await planSignInMail(ports, { key: `signin#${hash}`, to: asked.typed, link, language });
}

interface BrowsersLink {
  readonly hash: string;
  readonly address: string;
}

async function linksOf(ports: Pick<Ports, 'table'>, browser: string): Promise<readonly BrowsersLink[]> {
  const { items } = await ports.table.query({ pk: `SB#${browser}`, limit: BROWSERS_LINKS });
  return items.map(row => ({ hash: row.sk, address: String(row.address) }));
}

async function overNetworkLimit(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  network: string | null,
): Promise<number | null> {
  if (network === null) return null;
  const { SIGNINS_PER_NETWORK_MINUTE, SIGNINS_PER_NETWORK_DAY } = ports.settings.limits;
  const key = `signin:${hashOf(network).slice(0, 32)}`;
  const counted = await countAgainst(ports, [
    { key, seconds: MINUTE, limit: SIGNINS_PER_NETWORK_MINUTE },
    { key, seconds: DAY, limit: SIGNINS_PER_NETWORK_DAY },
  ]);
  return counted.ok ? null : counted.retryAfterSeconds;
}

async function mayMail(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  address: string,
): Promise<boolean> {
  const { SIGNIN_MAILS_PER_ADDRESS_QUARTER, SIGNIN_MAILS_PER_ADDRESS_DAY } = ports.settings.limits;
  const key = `signin-mail:${addressHash(address)}`;
  const counted = await countAgainst(ports, [
    { key, seconds: QUARTER, limit: SIGNIN_MAILS_PER_ADDRESS_QUARTER },
    { key, seconds: DAY, limit: SIGNIN_MAILS_PER_ADDRESS_DAY },
  ]);
  return counted.ok;
}

/** Six digits can be guessed by trying: few tries for a browser, and few a day for an address whatever the browser. */
async function overCodeLimit(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  browser: string,
  links: readonly BrowsersLink[],
): Promise<number | null> {
  const { SIGNIN_CODE_TRIES, SIGNIN_CODES_PER_ADDRESS_DAY } = ports.settings.limits;
  const key = `signin-code:${browser.slice(0, 32)}`;
  const here = await countAgainst(ports, [{ key, seconds: QUARTER, limit: SIGNIN_CODE_TRIES }]);
  if (!here.ok) return here.retryAfterSeconds;
  const addresses = [...new Set(links.map(({ address }) => addressHash(address)))];
  const counted = await countAgainst(
    ports,
    addresses.map(hash => ({
      key: `signin-code-of:${hash}`,
      seconds: DAY,
      limit: SIGNIN_CODES_PER_ADDRESS_DAY,
    })),
  );
  return counted.ok ? null : counted.retryAfterSeconds;
}

/** Follows from the link, so that showing it writes nothing. */
function codeOf(ports: Pick<Ports, 'keys'>, hash: string): string {
  const digest = createHmac('sha256', ports.keys.derive('signin-code')).update(hash).digest();
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

async function linkRow(ports: Pick<Ports, 'table'>, token: string): Promise<Row | undefined> {
  return TOKEN.test(token) ? ports.table.get(linkKey(hashOf(token))) : undefined;
}

function linkKey(hash: string): Key {
  return { pk: `SI#${hash}`, sk: 'SI' };
}

function linkOf(ports: Pick<Ports, 'settings'>, token: string): string {
  return `${ports.settings.baseUrl}/signin/${token}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function seconds(ports: Pick<Ports, 'clock'>): number {
  return Math.floor(ports.clock.now() / 1000);
}

/** `Chrome, Android`: enough to know one's own browser by. The header itself is not kept. */
export function agentWords(header: string | undefined): string {
  const first = (names: readonly (readonly [RegExp, string])[]): string | undefined =>
    names.find(([pattern]) => pattern.test(header ?? ''))?.[1];
  const program = first([
    [/\bEdg/, 'Edge'],
    [/\bFirefox\/|FxiOS/, 'Firefox'],
    [/\bChrom(?:e|ium)\/|CriOS/, 'Chrome'],
    [/\bSafari\//, 'Safari'],
  ]);
  const system = first([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return [program ?? 'Browser', system].filter(Boolean).join(', ');
}
