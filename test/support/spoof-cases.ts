/**
 * The sender battery as data: honest mails and forgeries, each with what its proof must come to. `honest: false` also covers mails whose
 * sender is who he says but who speaks for somebody else: whatever their level, they must never move that other person's event.
 * All come from 127.0.0.1 with HELO mail.example (see spoof-zone.ts); `build` takes another calendar object for update, cancel and reply.
 */
import type { Evidence, ProofLevel } from '../../src/mail/sender.ts';
import { SIGNED_HEADERS, type SignOptions, signMail } from './dkim.ts';
import { type LetterOptions, letter, type SpoofMessage } from './spoof-letter.ts';
import { ATTACKER_KEY, ED_KEY, KEY, WEAK_KEY } from './spoof-zone.ts';

export interface BuiltMail {
  readonly raw: Buffer;
  readonly mailFrom: string;
}

export interface SpoofCase {
  readonly name: string;
  build(message?: SpoofMessage): Promise<BuiltMail>;
  readonly honest: boolean;
  readonly expect: ProofLevel;
  readonly evidence: Evidence;
  /** Whom the proof may name; null unless strong or weak. */
  readonly identity: string | null;
  readonly policy: 'none' | 'quarantine' | 'reject' | null;
}

type Build = (message: SpoofMessage) => Promise<{ raw: string; mailFrom: string }>;
type Expectation = readonly [ProofLevel, Evidence, SpoofCase['policy'], string?];

const JANE = 'Jane Roe <jane@reject.example>';
const MALLORY = 'Mallory <mallory@attacker.example>';
const FROM_MALLORY = 'mallory@attacker.example';
const FAILED: Expectation = ['failed', 'dmarc-fail', 'reject'];
const NO_SENDER: Expectation = ['failed', 'from', null];
const PARTIAL: Expectation = ['failed', 'dkim-partial', 'reject'];
const AS_MALLORY: Expectation = ['strong', 'dkim+dmarc', 'reject', FROM_MALLORY];

function honest(name: string, [expect, evidence, policy, identity]: Expectation, build: Build): SpoofCase {
  return spoofCase(name, true, expect, evidence, policy, identity ?? null, build);
}

function forged(name: string, [expect, evidence, policy, identity]: Expectation, build: Build): SpoofCase {
  return spoofCase(name, false, expect, evidence, policy, identity ?? null, build);
}

function spoofCase(
  name: string,
  isHonest: boolean,
  expect: ProofLevel,
  evidence: Evidence,
  policy: SpoofCase['policy'],
  identity: string | null,
  build: Build,
): SpoofCase {
  return {
    name,
    honest: isHonest,
    expect,
    evidence,
    policy,
    identity,
    build: async (message = {}) => {
      const { raw, mailFrom } = await build(message);
      return { raw: Buffer.from(raw, 'latin1'), mailFrom };
    },
  };
}

/** Written by From's own domain and signed with its key. */
function signed(
  domain: string,
  options: Partial<SignOptions> = {},
  from: Partial<LetterOptions> = {},
  mailFrom = 'bounce@elsewhere.example',
): Build {
  return async message => {
    const raw = letter(message, {
      from: `Jane Roe <jane@${domain}>`,
      organizer: `mailto:jane@${domain}`,
      ...from,
    });
    return { raw: await signMail(raw, { domain, key: KEY, ...options }), mailFrom };
  };
}

/** Signed by the attacker as himself, whatever From says. */
function byMallory(from: LetterOptions['from'], more: Partial<LetterOptions> = {}): Build {
  return signed('attacker.example', { key: ATTACKER_KEY }, { from, ...more }, FROM_MALLORY);
}

function unsigned(options: LetterOptions, mailFrom = FROM_MALLORY): Build {
  return async message => ({ raw: letter(message, options), mailFrom });
}

/** A well-signed mail, changed on its way. */
function changed(build: Build, change: (raw: string) => string): Build {
  return async message => {
    const { raw, mailFrom } = await build(message);
    const altered = change(raw);
    if (altered === raw) throw new Error('the change changed nothing');
    return { raw: altered, mailFrom };
  };
}

const without = (...names: string[]) => SIGNED_HEADERS.filter(name => !names.includes(name));
const GENUINE = signed('reject.example');
const APPENDED =
  '--b1\r\nContent-Type: text/calendar; method=CANCEL\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';

const HONEST: readonly SpoofCase[] = [
  honest('aligned DKIM, p=reject', ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'], GENUINE),
  honest(
    'aligned DKIM, p=quarantine',
    ['strong', 'dkim+dmarc', 'quarantine', 'jane@quarantine.example'],
    signed('quarantine.example'),
  ),
  honest(
    'aligned DKIM, p=none',
    ['strong', 'dkim+dmarc', 'none', 'jane@monitor.example'],
    signed('monitor.example'),
  ),
  honest(
    'relaxed alignment: a subdomain signs for the domain',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', { domain: 'mail.reject.example' }),
  ),
  honest(
    'relaxed alignment: the domain signs for a subdomain',
    ['strong', 'dkim+dmarc', 'reject', 'jane@news.reject.example'],
    signed('reject.example', {}, { from: 'Jane <jane@news.reject.example>' }),
  ),
  honest(
    'strict alignment, the very domain signs',
    ['strong', 'dkim+dmarc', 'reject', 'jane@strict.example'],
    signed('strict.example'),
  ),
  honest(
    'a subdomain under sp=none, signed by the domain',
    ['strong', 'dkim+dmarc', 'none', 'jane@team.parent.example'],
    signed('parent.example', {}, { from: 'Jane <jane@team.parent.example>' }),
  ),
  honest(
    'an Ed25519 signature',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', { key: ED_KEY, selector: 'ed' }),
  ),
  honest(
    'simple canonicalization',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', { canonicalization: 'simple/simple' }),
  ),
  honest(
    'Content-Type left out of the signature, as large providers do',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', { headers: without('Content-Type', 'MIME-Version') }),
  ),
  honest(
    'a signature that expires later',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', { expires: '2049-01-01T00:00:00Z' }),
  ),
  honest(
    'a broken signature of a list beside the good one',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    async message => {
      const { raw, mailFrom } = await GENUINE(message);
      const bogus =
        'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=list.example; s=x; h=from:date:subject;\r\n bh=AAAA; b=AAAA\r\n';
      return { raw: bogus + raw, mailFrom };
    },
  ),
  honest(
    'forwarded by a filter: other return path, signature whole',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    async message => {
      const { raw } = await GENUINE(message);
      return {
        raw: `Received: from mx.example by other.example\r\n${raw}`,
        mailFrom: 'jane+caf_=x@forward.example',
      };
    },
  ),
  honest(
    'an upper-case From',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', {}, { from: 'JANE@Reject.EXAMPLE' }),
  ),
  honest(
    'a folded From with an encoded name',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', {}, { from: '=?UTF-8?Q?J=C3=A4ne_R=C3=B6e?=\r\n <jane@reject.example>' }),
  ),
  honest(
    'a quoted name with a comma and a comment',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', {}, { from: '"Roe, Jane" (Events) <jane@reject.example>' }),
  ),
  honest(
    'the address as its own name',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', {}, { from: 'jane@reject.example <jane@reject.example>' }),
  ),
  honest(
    'aligned DKIM, no DMARC record',
    ['weak', 'dkim', null, 'jane@bare.example'],
    signed('bare.example'),
  ),
  honest(
    'two DMARC records count as none',
    ['weak', 'dkim', null, 'jane@twopolicies.example'],
    signed('twopolicies.example'),
  ),
  honest(
    'a DMARC policy nobody knows counts as none',
    ['strong', 'dkim+dmarc', 'none', 'jane@oddpolicy.example'],
    signed('oddpolicy.example'),
  ),
  honest(
    'aligned SPF alone, no DMARC record',
    ['weak', 'spf', null, 'jane@spfonly.example'],
    unsigned(
      { from: 'jane@spfonly.example', organizer: 'mailto:jane@spfonly.example' },
      'jane@spfonly.example',
    ),
  ),
  honest(
    'DMARC passed by SPF alone',
    ['weak', 'spf', 'reject', 'jane@spfreject.example'],
    unsigned(
      { from: 'jane@spfreject.example', organizer: 'mailto:jane@spfreject.example' },
      'jane@mail.spfreject.example',
    ),
  ),
  honest(
    'SPF passes, the own signature was broken on the way',
    ['weak', 'spf', 'reject', 'jane@spfreject.example'],
    changed(signed('spfreject.example', {}, {}, 'jane@spfreject.example'), raw =>
      raw.replace('You are', 'You were'),
    ),
  ),
  honest('the policy cannot be looked up', ['none', 'dns-unavailable', null], signed('down.example')),
  honest('the key cannot be looked up', ['none', 'dns-unavailable', 'reject'], signed('keydown.example')),
];

const UNAUTHENTICATED: readonly SpoofCase[] = [
  forged('nothing, p=reject', FAILED, unsigned({ from: JANE })),
  forged(
    'nothing, p=quarantine',
    ['failed', 'dmarc-fail', 'quarantine'],
    unsigned({ from: 'jane@quarantine.example' }),
  ),
  forged('nothing, p=none', ['failed', 'dmarc-fail', 'none'], unsigned({ from: 'jane@monitor.example' })),
  forged('nothing, no DMARC record', ['none', 'none', null], unsigned({ from: 'jane@bare.example' })),
  forged(
    'no DMARC record, the domain forbids this sender',
    ['failed', 'spf-fail', null],
    unsigned({ from: 'jane@bare.example' }, 'jane@bare.example'),
  ),
  forged('null return path', ['none', 'none', null], unsigned({ from: 'jane@bare.example' }, '')),
  forged('a made-up subdomain of p=reject', FAILED, unsigned({ from: 'jane@anything.reject.example' })),
  forged(
    'a made-up subdomain under sp=none',
    ['failed', 'dmarc-fail', 'none'],
    unsigned({ from: 'jane@anything.parent.example' }),
  ),
  forged('the domain of DMARC with SPF of another', FAILED, unsigned({ from: JANE }, FROM_MALLORY)),
  forged(
    'strict SPF alignment, a subdomain in the return path',
    FAILED,
    unsigned({ from: 'jane@strict.example' }, 'jane@mail.strict.example'),
  ),
  ...(['reject', 'quarantine', 'monitor'] as const).map(name =>
    forged(
      `DKIM of another domain, ${name}.example`,
      ['failed', 'dmarc-fail', name === 'monitor' ? 'none' : name],
      byMallory(`Jane <jane@${name}.example>`),
    ),
  ),
  forged('DKIM of another domain, no DMARC record', ['none', 'none', null], byMallory('jane@bare.example')),
  forged(
    'DKIM of a domain that only starts like it',
    FAILED,
    signed('reject.example', { key: ATTACKER_KEY, domain: 'reject.example.attacker.example' }),
  ),
  forged(
    'strict alignment, a subdomain signs',
    FAILED,
    signed('strict.example', { domain: 'mail.strict.example' }),
  ),
];

const BROKEN_SIGNATURES: readonly SpoofCase[] = [
  forged(
    'body changed',
    FAILED,
    changed(GENUINE, raw => raw.replace('20260610T140000Z', '20260611T140000Z')),
  ),
  forged(
    'body changed, no DMARC record',
    ['failed', 'dkim-fail', null],
    changed(signed('bare.example'), raw => raw.replace('You are', 'You were')),
  ),
  forged(
    'Subject changed',
    FAILED,
    changed(GENUINE, raw => raw.replace('Subject: ', 'Subject: Cancelled: ')),
  ),
  forged(
    'Date changed',
    FAILED,
    changed(GENUINE, raw => raw.replace('Date: Sun, 01', 'Date: Mon, 02')),
  ),
  forged(
    'From changed to a colleague',
    FAILED,
    changed(GENUINE, raw => raw.replace('<jane@reject', '<boss@reject')),
  ),
  forged('signed with a stranger’s key', FAILED, signed('reject.example', { key: ATTACKER_KEY })),
  forged('a selector that has no key', FAILED, signed('reject.example', { selector: 'nothing' })),
  forged(
    'a selector that has no key, no DMARC record',
    ['none', 'none', null],
    signed('bare.example', { selector: 'nothing' }),
  ),
  forged('a revoked key', FAILED, signed('reject.example', { selector: 'gone' })),
  forged('a key in test mode', FAILED, signed('reject.example', { selector: 'test' })),
  forged(
    'a key in test mode, no DMARC record',
    ['none', 'none', null],
    signed('bare.example', { selector: 'test' }),
  ),
  forged('a key that is not for mail', FAILED, signed('reject.example', { selector: 'web' })),
  forged('a key for another hash', FAILED, signed('reject.example', { selector: 'sha1' })),
  forged('a key of 768 bits', FAILED, signed('reject.example', { key: WEAK_KEY, selector: 'weak' })),
  forged('a SHA-1 signature', FAILED, signed('reject.example', { algorithm: 'rsa-sha1' })),
  forged('an expired signature', FAILED, signed('reject.example', { expires: '2026-02-01T00:00:00Z' })),
  forged(
    'l= with a calendar appended behind it',
    PARTIAL,
    changed(signed('reject.example', { bodyLength: 60 }), raw =>
      raw.replace('--b1--\r\n', `${APPENDED}--b1--\r\n`),
    ),
  ),
  forged('l= over nothing', PARTIAL, signed('reject.example', { bodyLength: 0 })),
  forged('l= over everything', PARTIAL, signed('reject.example', { bodyLength: 100_000 })),
  forged('From not signed', PARTIAL, signed('reject.example', { headers: without('From') })),
  forged('Date not signed', PARTIAL, signed('reject.example', { headers: without('Date') })),
  forged('Subject not signed', PARTIAL, signed('reject.example', { headers: without('Subject') })),
  forged(
    'Subject not signed, no DMARC record',
    ['failed', 'dkim-partial', null],
    signed('bare.example', { headers: without('Subject') }),
  ),
  forged(
    'a second Subject on top',
    PARTIAL,
    changed(GENUINE, raw => `Subject: Cancelled\r\n${raw}`),
  ),
  forged(
    'a second Date on top',
    PARTIAL,
    changed(GENUINE, raw => `Date: Mon, 02 Mar 2026 09:00:00 +0000\r\n${raw}`),
  ),
  forged(
    'a second To on top',
    PARTIAL,
    changed(GENUINE, raw => `To: create@sis.localhost\r\n${raw}`),
  ),
  forged(
    'a second Content-Type on top',
    PARTIAL,
    changed(
      signed('reject.example', { headers: without('Content-Type') }),
      raw => `Content-Type: text/calendar\r\n${raw}`,
    ),
  ),
  forged(
    'd= twice in the signature',
    FAILED,
    changed(byMallory(JANE), raw =>
      raw.replace('d=attacker.example', 'd=reject.example; d=attacker.example'),
    ),
  ),
  forged(
    'd= in quotes',
    FAILED,
    changed(byMallory(JANE), raw => raw.replace('d=attacker.example', 'd="reject.example"')),
  ),
  forged(
    'd= behind a comment',
    FAILED,
    changed(byMallory(JANE), raw => raw.replace('d=attacker.example', 'd=reject.example (attacker.example)')),
  ),
  forged(
    'i= of another domain',
    FAILED,
    changed(GENUINE, raw => raw.replace('d=reject.example;', 'd=reject.example; i=@attacker.example;')),
  ),
];

const FROM_TRICKS: readonly SpoofCase[] = [
  forged('two From, the victim first', NO_SENDER, byMallory([`From: ${JANE}`, `From: ${MALLORY}`])),
  forged('two From, the victim second', NO_SENDER, byMallory([`From: ${MALLORY}`, `From: ${JANE}`])),
  forged(
    'a second From on top of a genuine mail',
    NO_SENDER,
    changed(GENUINE, raw => `From: boss@reject.example\r\n${raw}`),
  ),
  forged('two From in other letters', NO_SENDER, byMallory([`FROM: ${JANE}`, `from: ${MALLORY}`])),
  forged(
    'a From with a blank before its colon',
    NO_SENDER,
    byMallory([`From : ${JANE}`, `From: ${MALLORY}`]),
  ),
  forged('two mailboxes in one From', NO_SENDER, byMallory(`${JANE}, ${MALLORY}`)),
  forged(
    'two mailboxes without brackets',
    NO_SENDER,
    byMallory('jane@reject.example,mallory@attacker.example'),
  ),
  forged('a group', NO_SENDER, byMallory('Team: jane@reject.example;')),
  forged('a group of two', NO_SENDER, byMallory('Team: jane@reject.example, mallory@attacker.example;')),
  forged(
    'an encoded word in the place of the address',
    NO_SENDER,
    byMallory('=?UTF-8?Q?jane=40reject.example?='),
  ),
  forged(
    'an encoded word that hides a bracket',
    AS_MALLORY,
    byMallory('=?UTF-8?Q?=3Cjane=40reject.example=3E=2C?= <mallory@attacker.example>'),
  ),
  forged(
    'a bare address as the name',
    NO_SENDER,
    byMallory('jane@reject.example <mallory@attacker.example>'),
  ),
  forged('two pairs of brackets', NO_SENDER, byMallory('<jane@reject.example> <mallory@attacker.example>')),
  forged('brackets within brackets', NO_SENDER, byMallory('<jane@reject.example<mallory@attacker.example>>')),
  forged(
    'an address behind the brackets',
    NO_SENDER,
    byMallory('<mallory@attacker.example> jane@reject.example'),
  ),
  forged(
    'a quoted address as the name',
    AS_MALLORY,
    byMallory('"jane@reject.example" <mallory@attacker.example>'),
  ),
  forged('an address in a comment', AS_MALLORY, byMallory('mallory@attacker.example (jane@reject.example)')),
  forged(
    'a comment that never ends',
    NO_SENDER,
    byMallory('(jane@reject.example <mallory@attacker.example>'),
  ),
  forged('a quoted local part', NO_SENDER, byMallory('"jane@reject.example"@attacker.example')),
  forged('a source route', NO_SENDER, byMallory('<@reject.example:mallory@attacker.example>')),
  forged('a NUL in the address', NO_SENDER, byMallory('jane@reject.example\0@attacker.example')),
  forged('a NUL in the name of the field', NO_SENDER, byMallory([`From\0: ${JANE}`, `From: ${MALLORY}`])),
  forged('a bare CR in From', NO_SENDER, byMallory('jane@reject.example\rX: <mallory@attacker.example>')),
  forged('a From behind a no-break space', NO_SENDER, byMallory([`\u00a0From: ${JANE}`, `From: ${MALLORY}`])),
  forged(
    'a From behind a vertical tab',
    NO_SENDER,
    byMallory(['X-First: 1', `\vFrom: ${JANE}`, `From: ${MALLORY}`]),
  ),
  forged(
    'a From behind a byte-order mark',
    NO_SENDER,
    byMallory([`\ufeffFrom: ${JANE}`, `From: ${MALLORY}`]),
  ),
  forged('no From, a Sender', NO_SENDER, byMallory([`Sender: ${JANE}`])),
  forged('an empty From', NO_SENDER, byMallory(['From: '])),
  forged('a From of 20,000 characters', NO_SENDER, byMallory(`${'x'.repeat(20_000)} ${JANE}`)),
  forged('Resent-From the victim', AS_MALLORY, byMallory([`Resent-From: ${JANE}`, `From: ${MALLORY}`])),
  forged('Reply-To the victim', AS_MALLORY, byMallory([`From: ${MALLORY}`, `Reply-To: ${JANE}`])),
  forged(
    'a look-alike domain with everything in order',
    ['strong', 'dkim+dmarc', 'reject', 'jane@xn--rejct-1we.example'],
    signed('xn--rejct-1we.example', { key: ATTACKER_KEY }, { from: 'Jane <jane@rej\u0435ct.example>' }),
  ),
];

/** Headers that claim a check was passed; nobody reads them. */
const CLAIMS: readonly (readonly [string, readonly string[], string])[] = [
  [
    'of the receiving service',
    [
      'Authentication-Results: amazonses.com; spf=pass; dkim=pass header.i=@reject.example; dmarc=pass header.from=reject.example;',
    ],
    FROM_MALLORY,
  ],
  [
    'of our own name',
    ['Authentication-Results: sis.localhost; dkim=pass header.d=reject.example; dmarc=pass'],
    FROM_MALLORY,
  ],
  [
    'smuggled through a quoted envelope sender',
    ['Authentication-Results: amazonses.com; spf=none smtp.mailfrom="a; dmarc=pass (b"@attacker.example'],
    '"a; dmarc=pass (b"@attacker.example',
  ],
  [
    'smuggled through a comment',
    ['Authentication-Results: amazonses.com (x; dmarc=pass); spf=fail (dkim=pass header.d=reject.example)'],
    FROM_MALLORY,
  ],
  [
    'smuggled through helo',
    [
      'Authentication-Results: amazonses.com; spf=fail smtp.helo="x; dkim=pass header.d=reject.example; dmarc=pass"',
    ],
    FROM_MALLORY,
  ],
  [
    'folded over lines',
    ['Authentication-Results: amazonses.com;\r\n\tspf=fail;\r\n\tdmarc=pass header.from=reject.example'],
    FROM_MALLORY,
  ],
  [
    'given twice',
    ['Authentication-Results: a.example; dmarc=fail', 'Authentication-Results: amazonses.com; dmarc=pass'],
    FROM_MALLORY,
  ],
  [
    'with a version and no service',
    ['Authentication-Results: 1; dmarc=pass action=none header.from=reject.example'],
    FROM_MALLORY,
  ],
  [
    'by ARC',
    [
      'ARC-Seal: i=1; a=rsa-sha256; cv=pass; d=reject.example; s=s1; t=1; b=AAAA',
      'ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=reject.example; s=s1; h=from; bh=AAAA; b=AAAA',
      'ARC-Authentication-Results: i=1; reject.example; dmarc=pass; dkim=pass',
    ],
    FROM_MALLORY,
  ],
  [
    'by Received-SPF',
    ['Received-SPF: pass (amazonses.com: domain of jane@reject.example designates 127.0.0.1)'],
    'jane@reject.example',
  ],
  [
    'by verdict headers',
    ['X-SES-Spam-Verdict: PASS', 'X-SES-DKIM-Verdict: PASS', 'X-SES-DMARC-Verdict: PASS'],
    FROM_MALLORY,
  ],
  [
    'by a signature of another name',
    [
      'X-Google-DKIM-Signature: v=1; a=rsa-sha256; d=reject.example; s=s1; h=from:date:subject; bh=AAAA; b=AAAA',
    ],
    FROM_MALLORY,
  ],
  ['by Return-Path', ['Return-Path: <jane@reject.example>'], FROM_MALLORY],
];

const FORGED_RESULTS: readonly SpoofCase[] = CLAIMS.map(([name, top, mailFrom]) =>
  forged(`forged results ${name}`, FAILED, unsigned({ from: JANE, top }, mailFrom)),
);

const GOOGLE_SENDER = 'Sender: Google Calendar <calendar-notification@google.com>';
const HOSTED = { from: 'Jane <jane@hosted.example>', organizer: 'mailto:jane@hosted.example' };
const WITH_SENDER = [...SIGNED_HEADERS, 'Sender'];
const ICLOUD_FROM = 'iCloud Calendar <noreply@insideicloud.icloud.com>';
const ICLOUD_ORGANIZER = ';CN="Jane Roe";EMAIL=jane@reject.example:mailto:2_abcdef@imip.me.com';
const BY_ICLOUD: Expectation = ['weak', 'relay:icloud', 'quarantine', 'jane@reject.example'];

const RELAYED: readonly SpoofCase[] = [
  honest(
    'Google Calendar for a domain of its own',
    ['weak', 'relay:google', 'reject', 'jane@hosted.example'],
    signed('google.com', { headers: WITH_SENDER }, { ...HOSTED, extra: [GOOGLE_SENDER] }),
  ),
  honest(
    'Google Calendar, where the domain signs too',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    async message => {
      const raw = letter(message, { from: JANE, extra: [GOOGLE_SENDER] });
      const one = await signMail(raw, { domain: 'google.com', key: KEY, headers: WITH_SENDER });
      return {
        raw: await signMail(one, { domain: 'reject.example', key: KEY }),
        mailFrom: 'x@calendar-server.bounces.google.com',
      };
    },
  ),
  forged('Google’s Sender without a signature', FAILED, unsigned({ ...HOSTED, extra: [GOOGLE_SENDER] })),
  forged(
    'Google’s Sender added behind the signature',
    FAILED,
    changed(signed('google.com', {}, HOSTED), raw => `${GOOGLE_SENDER}\r\n${raw}`),
  ),
  forged(
    'Google’s Sender signed by a customer domain of Google',
    FAILED,
    signed('gmail.com', { headers: WITH_SENDER }, { ...HOSTED, extra: [GOOGLE_SENDER] }),
  ),
  forged(
    'Google’s Sender signed by the attacker',
    FAILED,
    signed(
      'attacker.example',
      { key: ATTACKER_KEY, headers: WITH_SENDER },
      { ...HOSTED, extra: [GOOGLE_SENDER] },
    ),
  ),
  forged(
    'a Sender that only starts like Google’s',
    FAILED,
    signed(
      'attacker.example',
      { key: ATTACKER_KEY, headers: WITH_SENDER },
      { ...HOSTED, extra: ['Sender: calendar-notification@google.com.attacker.example'] },
    ),
  ),
  forged(
    'Google’s Sender as a name only',
    FAILED,
    signed(
      'google.com',
      { headers: WITH_SENDER },
      { ...HOSTED, extra: ['Sender: "calendar-notification@google.com" <mallory@attacker.example>'] },
    ),
  ),
  honest(
    'iCloud for its user',
    BY_ICLOUD,
    signed('insideicloud.icloud.com', {}, { from: ICLOUD_FROM, organizer: ICLOUD_ORGANIZER }),
  ),
  honest(
    'iCloud for its user, signed by the parent domain',
    BY_ICLOUD,
    signed('icloud.com', {}, { from: ICLOUD_FROM, organizer: ICLOUD_ORGANIZER }),
  ),
  forged(
    'iCloud’s mailbox without a signature',
    ['failed', 'dmarc-fail', 'quarantine'],
    unsigned({ from: ICLOUD_FROM, organizer: ICLOUD_ORGANIZER }),
  ),
  forged(
    'an iCloud user who names another organizer',
    ['strong', 'dkim+dmarc', 'quarantine', 'mallory@icloud.com'],
    signed('icloud.com', {}, { from: 'mallory@icloud.com', organizer: ICLOUD_ORGANIZER }),
  ),
  forged(
    'iCloud’s mailbox with two organizers in the calendar',
    ['strong', 'dkim+dmarc', 'quarantine', 'noreply@insideicloud.icloud.com'],
    signed(
      'icloud.com',
      {},
      {
        from: ICLOUD_FROM,
        organizer: `${ICLOUD_ORGANIZER}\r\nORGANIZER;EMAIL=boss@reject.example:mailto:x@imip.me.com`,
      },
    ),
  ),
];

const SPEAKING_FOR_ANOTHER: readonly SpoofCase[] = [
  forged(
    'forwarded: the organizer is somebody else',
    AS_MALLORY,
    byMallory(MALLORY, { organizer: 'mailto:jane@reject.example' }),
  ),
  forged(
    'SENT-BY names the sender',
    AS_MALLORY,
    byMallory(MALLORY, {
      organizer: ';SENT-BY="mailto:mallory@attacker.example":mailto:jane@reject.example',
    }),
  ),
  forged(
    'EMAIL names the sender, the organizer is somebody else',
    AS_MALLORY,
    byMallory(MALLORY, { organizer: ';EMAIL=mallory@attacker.example:mailto:jane@reject.example' }),
  ),
  forged(
    'no organizer at all in the calendar',
    AS_MALLORY,
    byMallory(MALLORY, { organizer: ';CN=Nobody:urn:uuid:0' }),
  ),
  // The signature is genuine: that nothing happens is for whoever keeps the set of signatures seen, and for the order of revisions.
  forged(
    'a genuine mail sent once more by somebody else',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', {}, {}, FROM_MALLORY),
  ),
  // Neither To nor ATTENDEE, both signed, name us: only the envelope does, which anybody writes.
  forged(
    'a private invitation that its guest sends on to us unchanged',
    ['strong', 'dkim+dmarc', 'reject', 'jane@reject.example'],
    signed('reject.example', {}, { guest: FROM_MALLORY }, FROM_MALLORY),
  ),
];

/** Mails whose sender is proven rightly, and that must come to nothing all the same: what they say was not said to us, or was said before. */
export const GENUINE_BUT_REPLAYED = [
  'a genuine mail sent once more by somebody else',
  'a private invitation that its guest sends on to us unchanged',
];

export const SPOOF_CASES: readonly SpoofCase[] = [
  ...HONEST,
  ...UNAUTHENTICATED,
  ...BROKEN_SIGNATURES,
  ...FROM_TRICKS,
  ...FORGED_RESULTS,
  ...RELAYED,
  ...SPEAKING_FOR_ANOTHER,
];
