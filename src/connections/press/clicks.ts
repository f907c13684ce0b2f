/**
 * A person or a machine: what speaks against a press, weighed. Pure. No sign is a proof, so a high score refuses nobody: the press is kept as
 * provisional, sends nothing, and the page asks once more (threats-and-faults.md 4).
 */
export type Reason =
  | 'too_fast'
  | 'honeypot'
  | 'decoy'
  | 'no_gesture'
  | 'automated'
  | 'scanner_agent'
  | 'all_choices'
  | 'two_choices'
  | 'not_user_activated'
  | 'unlike_a_browser'
  | 'head_before'
  | 'instant_press'
  | 'unseen_page'
  | 'no_script';

const WEIGHTS: Readonly<Record<Reason, number>> = {
  too_fast: 100,
  honeypot: 100,
  decoy: 100,
  no_gesture: 100,
  automated: 100,
  scanner_agent: 100,
  all_choices: 100,
  not_user_activated: 100,
  unlike_a_browser: 60,
  unseen_page: 60,
  instant_press: 40,
  two_choices: 40,
  no_script: 40,
  head_before: 30,
};
const HIGH = 100;

/** What the page's script saw; all of it is what the visitor's side says of itself. */
export interface Seen {
  /** The script ran at all. */
  readonly script: boolean;
  /** A trusted event before the press; `click` alone is how assistive technology presses. */
  readonly gesture: 'pointer' | 'key' | 'click' | null;
  /** Between pointer down and up. */
  readonly heldMs: number | null;
  /** `navigator.webdriver`. */
  readonly automated: boolean;
  /** The page was not in view. */
  readonly hidden: boolean;
}

export interface Headers {
  readonly [name: string]: string | undefined;
}

/** When this contact's links of this event were last opened, epoch milliseconds. */
export interface Opened {
  readonly yes: number | null;
  readonly no: number | null;
  readonly maybe: number | null;
  readonly ask: number | null;
  readonly head: number | null;
  readonly decoy: number | null;
}

export interface PressSigns {
  readonly issuedAt: number;
  readonly now: number;
  readonly leastMs: number;
  readonly choicesMs: number;
  /** The answer of the link that was opened. */
  readonly link: 'yes' | 'no' | 'maybe' | 'ask';
  readonly honeypot: boolean;
  /** The page was asked for a second time already. */
  readonly again: boolean;
  readonly seen: Seen;
  readonly headers: Headers;
  /** Browsers tell Fetch Metadata only to https and loopback origins. */
  readonly secureOrigin: boolean;
  readonly opened: Opened;
}

export interface Judgement {
  /** `again`: nothing speaks against it, only no script could speak for it: a second plain press commits. */
  readonly verdict: 'commit' | 'again' | 'provisional';
  readonly score: number;
  readonly reasons: readonly Reason[];
}

const TWO_CHOICES_MS = 3_000;
const HEAD_MS = 600_000;
const DECOY_MS = 60_000;
const INSTANT_MS = 12;

export function judgePress(signs: PressSigns): Judgement {
  const reasons = REASONS.filter(([, holds]) => holds(signs)).map(([reason]) => reason);
  const score = reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0);
  if (score >= HIGH) return { verdict: 'provisional', score, reasons };
  return { verdict: signs.seen.script || signs.again ? 'commit' : 'again', score, reasons };
}

const REASONS: readonly (readonly [Reason, (signs: PressSigns) => boolean])[] = [
  ['too_fast', ({ now, issuedAt, leastMs }) => now - issuedAt < leastMs],
  ['honeypot', ({ honeypot }) => honeypot],
  ['decoy', ({ opened, issuedAt }) => opened.decoy !== null && opened.decoy >= issuedAt - DECOY_MS],
  ['no_gesture', ({ seen }) => seen.script && seen.gesture === null],
  ['automated', ({ seen }) => seen.automated],
  ['scanner_agent', ({ headers }) => isScannerAgent(headers['user-agent'])],
  ['all_choices', signs => others(signs, signs.choicesMs) > 1 || others(signs, TWO_CHOICES_MS) > 0],
  ['two_choices', signs => others(signs, TWO_CHOICES_MS) === 0 && others(signs, signs.choicesMs) === 1],
  ['not_user_activated', ({ headers }) => isNavigation(headers) && headers['sec-fetch-user'] !== '?1'],
  ['unlike_a_browser', signs => signs.secureOrigin && isUnlikeItsAgent(signs.headers)],
  ['unseen_page', ({ seen }) => seen.hidden],
  [
    'instant_press',
    ({ seen }) => seen.gesture === 'pointer' && seen.heldMs !== null && seen.heldMs < INSTANT_MS,
  ],
  ['no_script', ({ seen }) => !seen.script],
  [
    'head_before',
    ({ opened, issuedAt }) =>
      opened.head !== null && opened.head <= issuedAt && issuedAt - opened.head < HEAD_MS,
  ],
];

/** Other choices of the same mail that were opened about when this page was. */
function others({ opened, link, issuedAt }: PressSigns, withinMs: number): number {
  const choices = ['yes', 'no', 'maybe', 'ask'] as const;
  return choices.filter(choice => {
    const at = opened[choice];
    return choice !== link && at !== null && Math.abs(at - issuedAt) <= withinMs;
  }).length;
}

const SCANNER =
  /bot\b|crawl|spider|scan|preview|headless|phantom|selenium|puppeteer|playwright|python|curl|wget|libwww|lwp-|java\/|okhttp|go-http|httpclient|http-client|axios|node-fetch|undici|guzzle|ruby|perl|facebookexternalhit|slack|whatsapp|telegram|skypeuri|barracuda|mimecast|proofpoint|safelinks|ironport|fireeye|trendmicro|zscaler|symantec|sophos|monitor|uptime|validator/i;

/** A machine that says so, or one that says nothing. */
export function isScannerAgent(agent: string | undefined): boolean {
  return agent === undefined || agent.trim() === '' || SCANNER.test(agent);
}

const TELLS_USER = /(?:Chrome|Firefox)\/\d/;

function isNavigation(headers: Headers): boolean {
  return headers['sec-fetch-site'] !== undefined && TELLS_USER.test(headers['user-agent'] ?? '');
}

/** It names itself a browser that sends Fetch Metadata and a language, and sends none. */
function isUnlikeItsAgent(headers: Headers): boolean {
  const agent = headers['user-agent'] ?? '';
  const modern = Number(/(?:Chrome|Firefox)\/(\d+)/.exec(agent)?.[1] ?? 0) >= 90;
  return (modern && headers['sec-fetch-site'] === undefined) || headers['accept-language'] === undefined;
}

/** How a page was asked for: what is no person's look is counted as a machine's. */
export type VisitKind = 'open' | 'head' | 'prefetch' | 'scanner' | 'decoy';

export function visitKind(method: string, headers: Headers): Exclude<VisitKind, 'decoy'> {
  if (method === 'HEAD') return 'head';
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers.purpose ?? ''} ${headers['x-purpose'] ?? ''} ${headers['x-moz'] ?? ''}`;
  if (/prefetch|preview|prerender/i.test(purpose)) return 'prefetch';
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined && mode !== 'navigate') return 'prefetch';
  return isScannerAgent(headers['user-agent']) ? 'scanner' : 'open';
}
