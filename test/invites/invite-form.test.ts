/** D5: a mail that is filled into a form has the very bytes that the reference composition gives for the same person. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyMessage } from '../../src/calendar/apply.ts';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import { type EventState, SERIES } from '../../src/calendar/state.ts';
import { writeInvite } from '../../src/calendar/write.ts';
import type { RegisteredEvent } from '../../src/events/event.ts';
import { PAGE_DEFAULTS } from '../../src/events/page-options.ts';
import type { Invite, Partstat, Send } from '../../src/invites/invite.ts';
import { calendarShared, type InviteForm, mailShared, type Shared } from '../../src/invites/invite-form.ts';
import { composeInvite, type InviteMail } from '../../src/invites/invite-mail.ts';
import { inviteToken, sendId } from '../../src/invites/token.ts';
import { addressHash } from '../../src/kernel/address.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/kernel/limits.ts';
import type { Settings } from '../../src/kernel/ports.ts';
import { composeMail } from '../../src/mail/compose.ts';
import { wholeMail } from '../../src/mail/shared-mail.ts';
import { keysFrom } from '../../src/platform/keys.ts';
import type { Language } from '../../src/texts/languages.ts';
import { event, message } from '../support/events.ts';
import '../support/runs.ts';

const NOW = '2026-02-02T09:00:00Z';
const keys = keysFrom('a secret of the tests, never used elsewhere');

interface TestPorts {
  readonly keys: typeof keys;
  readonly settings: Settings;
}

function portsWith(limits: Partial<Limits> = {}, mailDomain = 'sis.localhost'): TestPorts {
  return {
    keys,
    settings: {
      baseUrl: 'https://sis.example.com',
      mailDomain,
      trustLoopback: true,
      trustProxy: false,
      local: true,
      limits: { ...DEFAULT_LIMITS, ...limits },
      platforms: { mailchimp: null, klaviyo: null },
    },
  };
}

/** Our writer and MailComposer, for one person alone. */
async function reference(ports: TestPorts, shared: Shared): Promise<InviteForm> {
  return ({ person, mail }) => {
    const { ics } = writeInvite({ ...calendarShared(ports, shared), ...person });
    return composeMail(wholeMail(mailShared(ports, shared), { ...mail, ics: { start: '', rest: ics } }));
  };
}

function stateOf(events: readonly CalendarEvent[]): EventState {
  const applied = applyMessage(null, message('REQUEST', [...events]), NOW);
  if (applied.outcome !== 'applied') throw new Error(applied.outcome);
  return applied.state;
}

let events = 0;

function registered(state: EventState, words: readonly string[] = []): RegisteredEvent {
  events += 1;
  return {
    id: `evt_${events}`,
    workspace: 'ws_1',
    organizer: 'org_1',
    slug: 'spring-webinar-0123456789',
    page: PAGE_DEFAULTS,
    status: 'live',
    state,
    draftReason: null,
    guests: [],
    version: 3,
    createdAt: NOW,
    updatedAt: NOW,
    createdBy: 'arr_1',
    tombstone: false,
    base: null,
    editors: [],
    history: [
      {
        arrival: 'arr_2',
        at: NOW,
        changes: [{ component: SERIES, revision: 2, kind: 'updated', significant: true, words }],
      },
    ],
  };
}

interface Person {
  readonly name: string | null;
  readonly email: string;
  readonly own: boolean;
  readonly partstat: Partstat;
  readonly sequence: number;
  readonly generation: number;
  readonly kind: Send['kind'];
  readonly date: boolean;
  readonly language: Language | null;
  /** Ends of the Message-ID he has; null: it is his first mail. */
  readonly parent: string | null;
  readonly at: number;
}

function mailTo(record: RegisteredEvent, organizerName: string, person: Person): InviteMail {
  const name = { event: record.id, person: addressHash(person.email.toLowerCase()) };
  const [, otherKey] = Object.keys(record.state.components);
  const component = person.date && otherKey !== undefined ? otherKey : SERIES;
  const key = { kind: person.kind, component, revision: 2, personal: 0, generation: person.generation };
  const token = inviteToken(keys, name, person.generation);
  const send: Send = {
    ...key,
    id: sendId(token, key),
    state: 'CLAIMED',
    reason: null,
    attempt: 1,
    sequence: person.sequence,
    dtstamp: new Date(person.at).toISOString().replace(/\.\d+Z/, 'Z'),
    partstat: person.partstat,
    composedAt: person.at,
    until: null,
    notBefore: null,
    maybeDuplicate: false,
    messageId: null,
    sentAt: null,
    feedback: null,
    ...(person.language === null ? {} : { language: person.language }),
  };
  const earlier: Send = {
    ...send,
    id: `${send.id}x`,
    kind: 'request',
    revision: 1,
    state: 'SENT',
    dtstamp: '2026-01-01T00:00:00Z',
    messageId: `<${person.parent}@mailer.example>`,
  };
  const invite: Invite = {
    id: 'inv_1',
    event: record.id,
    workspace: 'ws_1',
    email: person.email,
    address: person.email.toLowerCase(),
    name: person.name,
    token,
    generation: person.generation,
    doors: [person.own ? 'page' : 'list'],
    createdAt: NOW,
    standing: 'open',
    reason: null,
    personal: 0,
    stopped: null,
    askedAt: NOW,
    answers: {},
    staleAnswers: {},
    delegatedTo: [],
    proposals: [],
    aliases: [],
    version: 1,
  };
  return {
    event: record,
    organizer: {
      id: 'org_1',
      workspace: 'ws_1',
      address: 'jane@example.com',
      name: organizerName,
      slug: 'jane',
      zone: null,
      createdAt: NOW,
    },
    invite,
    sends: person.parent === null ? [send] : [earlier, send],
    send,
  };
}

async function expectSame(ports: TestPorts, mail: InviteMail): Promise<string> {
  const filled = Buffer.from(await composeInvite(ports, mail)).toString('latin1');
  expect(filled).toBe(Buffer.from(await composeInvite(ports, mail, reference)).toString('latin1'));
  return filled;
}

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '👩‍👩‍👧‍👦🎉',
    '日本語の予定についてのとても長い説明',
    'مرحبا بالعالم',
    'O\'Neil, "Bob" <b@example.org>',
    'Żółć',
    '\r\nATTENDEE:mailto:evil@example.org',
    '\r\n.\r\nBcc: evil@example.org\r\n\r\n',
    '\0To\0',
    'text',
    'aWNz',
    '$1 $& $`',
    '=?UTF-8?Q?x?=',
    'https://example.org/?a=1&b=2',
    'x'.repeat(90),
    'trailing   ',
  ),
);
const text = fc.array(word, { maxLength: 8 }).map(words => words.join(' '));
const local = fc.stringMatching(/^[A-Za-z0-9!#$&'*+=_-]{1,60}$/);
const domain = fc.constantFrom(
  'example.org',
  `${'long-label-of-a-domain.'.repeat(6)}example.com`,
  'EXAMPLE.net',
);

const people = fc.record({
  name: fc.option(text, { nil: null }),
  email: fc.tuple(local, domain).map(parts => parts.join('@')),
  own: fc.boolean(),
  partstat: fc.constantFrom<Partstat>('NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE'),
  sequence: fc.integer({ min: 0, max: 99_999 }),
  generation: fc.integer({ min: 1, max: 12 }),
  kind: fc.constantFrom<Send['kind']>('request', 'request', 'cancel'),
  date: fc.boolean(),
  language: fc.constantFrom<Language | null>(null, 'en', 'de', 'ar', 'ja'),
  parent: fc.option(fc.stringMatching(/^[a-z0-9.$-]{1,200}$/), { nil: null }),
  at: fc.integer({ min: Date.UTC(2026, 1, 3), max: Date.UTC(2026, 4, 3) }),
});

const contents = fc
  .record({
    form: fc.constantFrom('one', 'day', 'series', 'changed', 'utc'),
    summary: text,
    description: fc.oneof(
      text,
      text.map(words => `${words}\n\n`.repeat(40)),
    ),
    location: text,
    html: text,
    url: fc.constantFrom(null, 'https://example.org/a?b=c&d=e'),
  })
  .map(({ form, ...words }): CalendarEvent[] => {
    if (form === 'one') return [event({ ...words, rrule: null })];
    if (form === 'utc') return [event({ ...words, start: '2026-04-07T15:00Z', end: '2026-04-07T16:00Z' })];
    if (form === 'day') return [event({ ...words, start: '2026-04-07', end: '2026-04-09', rrule: null })];
    const series = event({ ...words, rrule: 'FREQ=WEEKLY;COUNT=12', exdates: ['2026-03-17T16:00'] });
    if (form === 'series') return [series];
    return [
      series,
      event({
        ...words,
        recurrenceId: '2026-03-24T16:00',
        start: '2026-03-24T18:00',
        end: '2026-03-24T19:00',
      }),
      event({
        ...words,
        recurrenceId: '2026-04-14T16:00',
        start: '2026-04-15T16:00',
        end: '2026-04-15T17:00',
      }),
    ];
  });

describe('a mail filled into its form', () => {
  test('has the bytes of the reference composition, whoever reads it and whatever the organizer wrote', async () => {
    const ports = portsWith();
    await fc.assert(
      fc.asyncProperty(
        contents,
        text,
        text,
        fc.array(people, { minLength: 1, maxLength: 5 }),
        async (given, name, words, all) => {
          const record = registered(stateOf(given), [words]);
          for (const person of all) await expectSame(ports, mailTo(record, name, person));
        },
      ),
      { numRuns: 120 },
    );
  }, 120_000);

  const sam: Person = {
    name: 'Sam Poe',
    email: 'Sam.Poe@example.org',
    own: true,
    partstat: 'NEEDS-ACTION',
    sequence: 0,
    generation: 1,
    kind: 'request',
    date: false,
    language: null,
    parent: null,
    at: Date.UTC(2026, 1, 3, 10, 0, 30),
  };

  test('has them where a field fills its line to the last character', async () => {
    const ports = portsWith();
    const record = registered(stateOf([event()]));
    for (const email of ['a@example.org', 'A*0#@example.org', 'A*0#a@example.org', 'A*0#ab@example.org'])
      await expectSame(ports, mailTo(record, 'Jane Roe', { ...sam, name: '👩‍👩‍👧‍👦🎉', email }));
  });

  test('has them under a mail domain so long that UIDs and ids are folded', async () => {
    const ports = portsWith({}, `${'events.of.a.department.'.repeat(5)}example.com`);
    const record = registered(stateOf([event()]));
    const raw = await expectSame(ports, mailTo(record, 'Jane Roe', { ...sam, name: '山田太郎'.repeat(30) }));
    expect(raw).toContain('Message-ID:\r\n <');
  });

  test('has them where the size limit cuts the description for one person and not for the next', async () => {
    const html = '<p>Programme</p>'.repeat(300);
    const record = registered(stateOf([event({ description: 'A long programme. '.repeat(400), html })]));
    const sizes = new Set<number>();
    for (let limit = 38_000; limit < 40_000; limit += 97) {
      const ports = portsWith({ OUTBOUND_BYTES: limit });
      for (const email of ['s@example.org', `${'s'.repeat(60)}@${'label.'.repeat(20)}example.org`])
        sizes.add(
          Math.round((await expectSame(ports, mailTo(record, 'Jane', { ...sam, email }))).length / 2_000),
        );
    }
    expect(sizes.size).toBeGreaterThan(1);
  });

  test('has them where the body is longer than what the composer encodes at once', async () => {
    const record = registered(stateOf([event({ description: 'é x\n\n'.repeat(1_500) })]));
    const raw = await expectSame(portsWith(), mailTo(record, 'Jane Roe', sam));
    expect(raw.length).toBeGreaterThan(65_536);
  });

  test('says what the event is now, not what it was when others were written to', async () => {
    const ports = portsWith();
    const before = registered(stateOf([event({ summary: 'Spring webinar' })]));
    const after = { ...before, version: 4, state: stateOf([event({ summary: 'Summer webinar' })]) };
    const other = registered(stateOf([event({ summary: 'Autumn webinar' })]));
    const subjects: string[] = [];
    for (const record of [before, after, other, before]) {
      const raw = await expectSame(ports, mailTo(record, 'Jane Roe', sam));
      subjects.push(/Subject: Invitation: (\w+)/.exec(raw)?.[1] ?? '');
    }
    expect(subjects).toEqual(['Spring', 'Summer', 'Autumn', 'Spring']);
    expect(await expectSame(ports, mailTo(after, 'Jane Roe-Miller', sam))).toContain(
      'From: "Jane Roe-Miller" <',
    );
  });

  test('holds nothing of the person before', async () => {
    const ports = portsWith();
    const record = registered(stateOf([event()]));
    await expectSame(ports, mailTo(record, 'Jane', { ...sam, parent: 'first' }));
    const raw = await expectSame(
      ports,
      mailTo(record, 'Jane', { ...sam, name: null, email: 'kim@example.net' }),
    );
    expect(raw).not.toMatch(/sam|first@|In-Reply-To|References|nobody|form\.invalid/i);
  });
});
