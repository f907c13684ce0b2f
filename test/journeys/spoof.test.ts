/**
 * The sender battery end to end: every mail of it, four times (create, update, cancel, reply), over SMTP against the real service with real
 * DNS. Nothing a forger sends may change what anybody sees or make us write to a stranger; everything honest arrives.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BatchMail } from '../support/smtp-batch.ts';
import { SPOOF_CASES, type SpoofCase } from '../support/spoof-cases.ts';
import type { Departed } from './runtime.ts';
import { type Expected, expectedOf, isReplay, personOf, STEPS, type Step, stepsOf } from './spoof-plan.ts';
import {
  type Arrival,
  CREATE,
  calendarText,
  type EventView,
  GUEST,
  HOST,
  honestMail,
  linkIn,
  PATIENCE_MS,
  Stage,
  textOf,
} from './spoof-stage.ts';

const TEST_MS = PATIENCE_MS + 10_000;
const EARLIER = '20260301T080000Z';
const LATER = '20260301T090400Z';
const BEFORE = '2026-06-09T14:00:00Z';
const AFTER = '2026-06-10T14:00:00Z';

/** One mail of the battery on its way: `tag` finds its arrival again. */
interface Attempt {
  readonly spoof: SpoofCase;
  readonly step: Step;
  readonly tag: string;
  readonly person: string;
  readonly expected: Expected;
  /** The event it is about. */
  readonly uid: string;
}

const ATTEMPTS: readonly Attempt[] = SPOOF_CASES.flatMap((spoof, index) =>
  stepsOf(spoof).map(step => {
    const person = personOf(spoof);
    const uid = `${sharesEvent(spoof, step) ? `of-${person.replace('@', '.')}` : `case-${index}`}-${step}@calendar.example`;
    return { spoof, step, tag: `c${index}-${step}`, person, expected: expectedOf(spoof, step), uid };
  }),
);

const withEffect = (effect: Expected['effect']) =>
  ATTEMPTS.filter(({ expected }) => expected.effect === effect);
const LATE = withEffect('later');

/** All forgers go for one event of their victim: whichever of them came through, it would show. */
function sharesEvent(spoof: SpoofCase, step: Step): boolean {
  return !spoof.honest && !isReplay(spoof) && step !== 'create';
}

type Ended = Pick<Arrival, 'outcome' | 'reason'> & { readonly id?: string };

let stage: Stage;
/** By event and person: the UID of the invite to answer to. */
const invited = new Map<string, string>();
let hostAddress = '';
/** How things stood for those whose domain could not be asked. */
let meanwhile: Record<string, string> = {};
const seen = new Map<string, Ended>();
const applied = new Set<string>();
let forgedApplied: readonly string[] = [];

beforeAll(async () => {
  stage = await Stage.open();
  await genuineEvents();
  // First, for what waits for DNS waits half a minute.
  await genuineAnswers(LATE);
  await stage.sendInVain(await mailsOf(LATE));
  meanwhile = named(LATE, await stateOf(LATE));
  await genuineAnswers(ATTEMPTS.filter(attempt => !LATE.includes(attempt)));
  stage.curtain();
}, TEST_MS);

afterAll(async () => {
  await stage?.close();
  print();
});

async function genuineEvents(): Promise<void> {
  const wanted = new Map<string, string>();
  for (const { step, uid, person } of ATTEMPTS) {
    if (step === 'create') continue;
    wanted.set(uid, step === 'reply' ? HOST : person);
  }
  const mails = await Promise.all(
    [...wanted].map(([uid, organizer]) =>
      honestMail({ from: organizer, method: 'REQUEST', ics: genuine(uid, organizer) }),
    ),
  );
  await stage.send(mails);
  await stage.settled();
}

function genuine(uid: string, organizer: string, sequence = 0): string {
  const lines = [`ORGANIZER:mailto:${organizer}`, `ATTENDEE;RSVP=TRUE:mailto:${CREATE}`];
  return calendarText({
    method: 'REQUEST',
    uid,
    sequence,
    dtstamp: EARLIER,
    start: '20260609T140000Z',
    lines,
  });
}

async function genuineAnswers(attempts: readonly Attempt[]): Promise<void> {
  const events = await stage.events();
  const people = new Map<string, { event: EventView; email: string }>();
  for (const { step, uid, person, spoof } of attempts) {
    if (step === 'create') continue;
    const event = events.get(`${step === 'reply' ? HOST : person} ${uid}`);
    if (event === undefined) throw new Error(`no genuine event ${uid}`);
    if (step === 'reply') hostAddress = event.organizer.address;
    // Whoever is invited to a victim's event would hear of a change.
    const email = step === 'reply' ? person : GUEST;
    if (step === 'reply' || !spoof.honest) people.set(`${uid} ${email}`, { event, email });
  }
  await Promise.all(
    [...people].map(async ([key, { event, email }]) =>
      invited.set(key, await stage.answersYes(event, email)),
    ),
  );
  await stage.settled();
}

/** The header names the door alone: a mail and its replay are the same octets, only the envelope tells them apart. */
async function mailOf(attempt: Attempt): Promise<BatchMail> {
  const { spoof, step, tag } = attempt;
  const to = step === 'reply' ? hostAddress : CREATE;
  const method = { create: 'REQUEST', update: 'REQUEST', cancel: 'CANCEL', reply: 'REPLY' }[step];
  const ics = await textFor(attempt, method);
  // A subject of its own: two forgeries must not be the same octets signed twice.
  const subject = `${step}: ${spoof.name}`;
  const { raw, mailFrom } = await spoof.build({ to, method, ics, subject });
  return { raw, from: mailFrom, to: tagged(to, tag) };
}

/** One by one: the name server of this very process must go on answering while hundreds are signed. */
async function mailsOf(attempts: readonly Attempt[]): Promise<readonly BatchMail[]> {
  const mails: BatchMail[] = [];
  for (const attempt of attempts) {
    mails.push(await mailOf(attempt));
    await new Promise(resolve => setImmediate(resolve));
  }
  return mails;
}

function tagged(address: string, tag: string): string {
  return address.replace('@', `+${tag}@`);
}

async function textFor({ spoof, step, person, uid }: Attempt, method: string): Promise<string> {
  const own = await ownLetter(spoof);
  // The case's own ORGANIZER where its trick is in there.
  const tricks: readonly string[] = own.match(/^ORGANIZER;[^\r\n]*/gm) ?? [];
  const organizer = step === 'reply' ? hostAddress : person;
  const lines = tricks.length > 0 ? tricks : [`ORGANIZER:mailto:${organizer}`];
  if (step === 'reply') {
    const invite = invited.get(`${uid} ${person}`) ?? '';
    const attendee = `ATTENDEE;PARTSTAT=DECLINED:mailto:${person}`;
    return calendarText({ method, uid: invite, sequence: 0, dtstamp: LATER, lines: [...lines, attendee] });
  }
  const guests = own.match(/^ATTENDEE;[^\r\n]*/gm) ?? [];
  const more = step === 'cancel' ? [...guests, 'STATUS:CANCELLED'] : guests;
  const sequence = step === 'create' ? 0 : 1;
  const title = step === 'update' ? 'Moved webinar' : 'Spring webinar';
  return calendarText({ method, uid, sequence, dtstamp: LATER, title, lines: [...lines, ...more] });
}

const letters = new Map<SpoofCase, Promise<string>>();

function ownLetter(spoof: SpoofCase): Promise<string> {
  const letter = letters.get(spoof) ?? spoof.build().then(({ raw }) => raw.toString('latin1'));
  letters.set(spoof, letter);
  return letter;
}

async function play(attempts: readonly Attempt[]): Promise<readonly Departed[]> {
  const before = stage.runtime.departed().length;
  const replies = await stage.offer(await mailsOf(attempts));
  await stage.settled();
  for (const [tag, arrival] of await stage.arrivals()) seen.set(tag, arrival);
  for (const [index, { tag }] of attempts.entries()) {
    const reply = replies[index] ?? '';
    if (!reply.startsWith('250')) seen.set(tag, { outcome: 'refused', reason: reply.slice(0, 3) });
  }
  return departedSince(before);
}

/** Without the mails of those who waited for DNS: theirs may leave at any time. */
function departedSince(before: number): readonly Departed[] {
  const waited = new Set(LATE.map(({ person }) => person));
  return stage.runtime
    .departed()
    .slice(before)
    .filter(({ to }) => !waited.has(to));
}

/** What stands there for the person in question: `yes`, or the event in a word. */
async function stateOf(attempts: readonly Attempt[]): Promise<ReadonlyMap<string, string>> {
  const events = await stage.events();
  const states = new Map<string, string>();
  for (const attempt of attempts) {
    const { tag, step, person, uid } = attempt;
    const event = events.get(`${step === 'reply' ? HOST : person} ${uid}`);
    if (event === undefined) states.set(tag, 'nothing');
    else if (step !== 'reply')
      states.set(tag, `${event.status} ${event.title} ${event.start} r${event.revision}`);
    else
      states.set(tag, (await stage.people(event)).find(({ email }) => email === person)?.answer ?? 'nobody');
  }
  return states;
}

const STANDING: Readonly<Record<Step, string>> = {
  create: 'nothing',
  update: `live Spring webinar ${BEFORE} r1`,
  cancel: `live Spring webinar ${BEFORE} r1`,
  reply: 'yes',
};
const DONE: Readonly<Record<Step, string>> = {
  create: `live Spring webinar ${AFTER} r1`,
  update: `live Moved webinar ${AFTER} r2`,
  cancel: `cancelled Spring webinar ${BEFORE} r2`,
  reply: 'no',
};

function outcomes(attempts: readonly Attempt[]): Record<string, string> {
  return Object.fromEntries(
    attempts.map(({ spoof, step, tag }) => [`${step}: ${spoof.name}`, wordOf(seen.get(tag))]),
  );
}

function expectedOutcomes(attempts: readonly Attempt[]): Record<string, string> {
  return Object.fromEntries(
    attempts.map(({ spoof, step, expected, tag }) => {
      const { outcome } = expected;
      const reason = expected.reason === '*' ? (seen.get(tag)?.reason ?? null) : expected.reason;
      return [`${step}: ${spoof.name}`, wordOf({ outcome, reason })];
    }),
  );
}

function wordOf(arrival: Ended | undefined): string {
  if (arrival === undefined) return 'never arrived';
  return arrival.reason === null ? String(arrival.outcome) : `${arrival.outcome}(${arrival.reason})`;
}

function named(attempts: readonly Attempt[], states: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    attempts.map(({ spoof, step, tag }) => [`${step}: ${spoof.name}`, states.get(tag) ?? 'unknown']),
  );
}

function all(attempts: readonly Attempt[], states: Readonly<Record<Step, string>>): Record<string, string> {
  return Object.fromEntries(attempts.map(({ spoof, step }) => [`${step}: ${spoof.name}`, states[step]]));
}

/** One explanation to each who is proven to be himself, whatever he forged; and the organizer is asked whether his delegate speaks for him. */
const TOLD = [
  'confirm jane@reject.example',
  'confirm jane@reject.example',
  'confirm jane@reject.example',
  // The relay spells xn--rejct-1we.
  'organizer jane@rej\u0435ct.example',
  'organizer mallory@attacker.example',
  'organizer mallory@icloud.com',
  'organizer noreply@insideicloud.icloud.com',
];

describe('over SMTP, with DKIM, DMARC and SPF of real DNS', () => {
  test('the battery sends at least 60 mails, and each sets out from the same standing', async () => {
    expect(ATTEMPTS.length).toBeGreaterThanOrEqual(60);
    const others = ATTEMPTS.filter(attempt => !LATE.includes(attempt));
    expect(named(others, await stateOf(others))).toEqual(all(others, STANDING));
  });

  test('mail whose domain cannot be asked waits, and nothing is decided', () => {
    expect(meanwhile).toEqual(all(LATE, STANDING));
  });

  test(
    'an honest mail with a strong proof is applied at once',
    async () => {
      const honest = withEffect('applied');
      await play(honest);
      expect(outcomes(honest)).toEqual(expectedOutcomes(honest));
      expect(named(honest, await stateOf(honest))).toEqual(all(honest, DONE));
      for (const { tag } of honest) applied.add(tag);
    },
    TEST_MS,
  );

  test(
    'an honest mail with a weak proof waits for a press by the person it names, and looking is no press',
    async () => {
      const held = withEffect('held');
      const departed = await play(held);
      expect(outcomes(held)).toEqual(expectedOutcomes(held));
      expect(departed.map(({ kind, to }) => [kind, to]).sort()).toEqual(
        held.map(({ person }) => ['confirm', person]).sort(),
      );
      const waiting = named(held, await stateOf(held));
      expect(waiting).toEqual(all(held, { ...STANDING, create: `draft Spring webinar ${AFTER} r1` }));

      const texts = await Promise.all(departed.map(textOf));
      const links = new Map(
        held.map(({ tag }) => {
          const id = seen.get(tag)?.id ?? '';
          return [tag, { id, path: linkIn(texts.find(text => text.includes(id)) ?? '', 'c') }];
        }),
      );
      for (const { id, path } of links.values()) {
        const page = await stage.get(path);
        expect(page.status).toBe(200);
        expect(page.body).toContain(`value="${id}"`);
      }
      await stage.settled();
      expect(named(held, await stateOf(held))).toEqual(waiting);

      for (const { id, path } of links.values())
        expect((await stage.press(path, `shown=${id}`)).status).toBe(200);
      await stage.settled();
      expect(named(held, await stateOf(held))).toEqual(all(held, DONE));
      for (const { tag } of held) applied.add(tag);
    },
    TEST_MS,
  );

  test(
    'nothing forged changes what anybody sees, and nobody is written to in vain',
    async () => {
      const forged = withEffect('nothing');
      const replays = forged.filter(({ spoof }) => isReplay(spoof));
      await play(replays.map(attempt => ({ ...attempt, tag: `${attempt.tag}-first` })));
      const before = await world();
      const departed = await play(forged);
      expect(outcomes(forged)).toEqual(expectedOutcomes(forged));
      const after = await world();
      forgedApplied = difference(before, after);
      // A delegate's word makes a draft that nobody but its organizer can bring to life, see `TOLD`.
      const draft = forgedApplied.find(key => after.get(key)?.includes('"status":"draft"')) ?? '';
      forgedApplied = forgedApplied.filter(key => key !== draft);
      expect(forgedApplied).toEqual([]);
      expect((await stage.get(await pageOf(draft))).status).toBe(404);
      expect(departed.map(({ kind, to }) => `${kind} ${to}`).sort()).toEqual(TOLD);
    },
    TEST_MS,
  );

  test(
    'mail whose domain could not be asked is applied once it can',
    async () => {
      stage.rejoin();
      await play([]);
      expect(outcomes(LATE)).toEqual(expectedOutcomes(LATE));
      expect(named(LATE, await stateOf(LATE))).toEqual(all(LATE, DONE));
      for (const { tag } of LATE) applied.add(tag);
    },
    TEST_MS,
  );
});

describe('what else a forger may try', () => {
  const ANNA = 'anna@reject.example';
  const eventOf = async (organizer: string, uid: string) => (await stage.events()).get(`${organizer} ${uid}`);
  const guest = `ATTENDEE;RSVP=TRUE:mailto:${CREATE}`;

  /** What a sender's own proper mail comes to; `organizer` left out: in his own name. */
  const bySender = (
    from: string,
    tag: string,
    text: { method: string; uid: string; sequence: number; organizer?: string; title?: string },
  ) => {
    const { method, uid, sequence, organizer = from } = text;
    const lines = [`ORGANIZER:mailto:${organizer}`, guest];
    const title = text.title ?? 'Spring webinar';
    const ics = calendarText({
      method,
      uid,
      sequence,
      dtstamp: `20260301T08${10 + sequence}00Z`,
      title,
      lines,
    });
    return honestMail({ from, to: tagged(CREATE, tag), method, ics });
  };

  const endsOf = async (...tags: string[]) => {
    await stage.settled();
    const arrivals = await stage.arrivals();
    return tags.map(tag => wordOf(arrivals.get(tag)));
  };

  const sinceThen = async (act: () => Promise<void>) => {
    const before = stage.runtime.departed().length;
    await act();
    await stage.settled();
    return departedSince(before);
  };

  test(
    'mails of the past, however dressed up, bring nothing back to life',
    async () => {
      const uid = 'replayed@calendar.example';
      const create = await bySender(ANNA, 'r0', { method: 'REQUEST', uid, sequence: 0 });
      const update = await bySender(ANNA, 'r1', {
        method: 'REQUEST',
        uid,
        sequence: 1,
        title: 'Moved webinar',
      });
      const cancel = await bySender(ANNA, 'r2', { method: 'CANCEL', uid, sequence: 2 });
      for (const mail of [create, update, cancel]) {
        await stage.send([mail]);
        await stage.settled();
      }
      const cancelled = await eventOf(ANNA, uid);
      expect(cancelled).toMatchObject({ status: 'cancelled', revision: 3 });

      const text = Buffer.from(update.raw).toString('latin1');
      const dressed: readonly string[] = [
        Buffer.from(create.raw).toString('latin1'),
        text,
        `Received: from mx.example by other.example\r\n${text}`,
        // White space in b= is no part of it (RFC 6376 3.5), and the last letter before the filling has bits that nobody reads.
        text.replace(/( b=[A-Za-z0-9+/]{8})/, '$1\r\n '),
        text.replace(/([A-Za-z0-9+/])(?===)/, letter => twinOf(letter)),
      ];
      expect(new Set(dressed).size).toBe(5);
      const departed = await sinceThen(() =>
        stage.send(
          dressed.map((raw, index) => ({
            from: 'mallory@attacker.example',
            to: tagged(CREATE, `again${index}`),
            raw: Buffer.from(raw, 'latin1'),
          })),
        ),
      );
      expect(await endsOf('again0', 'again1', 'again2', 'again3', 'again4')).toEqual(
        new Array(5).fill('duplicate(replayed)'),
      );
      expect(await eventOf(ANNA, uid)).toEqual(cancelled);
      expect(departed).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'a UID that somebody else took first is no hindrance, and no handle',
    async () => {
      const uid = 'squatted@calendar.example';
      const rival = 'squatter@rival.example';
      await stage.send([await bySender(rival, 's0', { method: 'REQUEST', uid, sequence: 0, title: 'Mine' })]);
      await stage.settled();
      await stage.send([await bySender(ANNA, 's1', { method: 'REQUEST', uid, sequence: 0 })]);
      await stage.settled();
      const hers = await eventOf(ANNA, uid);
      expect(hers).toMatchObject({ status: 'live', title: 'Spring webinar', revision: 1 });
      await stage.send([
        await bySender(rival, 's2', { method: 'REQUEST', uid, sequence: 7, title: 'Still mine' }),
      ]);
      await stage.settled();
      await stage.send([await bySender(rival, 's3', { method: 'CANCEL', uid, sequence: 8 })]);
      expect(await endsOf('s0', 's1', 's2', 's3')).toEqual(['applied', 'applied', 'applied', 'applied']);
      expect(await eventOf(rival, uid)).toMatchObject({ status: 'cancelled', title: 'Still mine' });
      expect(await eventOf(ANNA, uid)).toEqual(hers);
    },
    TEST_MS,
  );

  test(
    'a cancellation is answered alike whether there is such an event or not',
    async () => {
      const known = 'known@calendar.example';
      const unknown = 'there-is-no-such@calendar.example';
      await stage.send([await bySender(ANNA, 'k0', { method: 'REQUEST', uid: known, sequence: 0 })]);
      await stage.settled();
      const cancels = (from: string, uid: string, organizer: string) =>
        bySender(from, from.slice(0, from.indexOf('@')), { method: 'CANCEL', uid, sequence: 5, organizer });
      const departed = await sinceThen(async () =>
        stage.send([
          await cancels('forwards-known@rival.example', known, ANNA),
          await cancels('forwards-unknown@rival.example', unknown, ANNA),
          await cancels('owns-known@rival.example', known, 'owns-known@rival.example'),
          await cancels('owns-unknown@rival.example', unknown, 'owns-unknown@rival.example'),
        ]),
      );
      const answers = new Map(
        await Promise.all(
          departed.map(async mail => [mail.to, (await textOf(mail)).replace(/arr_\w+/g, '')] as const),
        ),
      );
      expect(answers.size).toBe(4);
      expect(answers.get('forwards-known@rival.example')).toBe(answers.get('forwards-unknown@rival.example'));
      expect(answers.get('owns-known@rival.example')).toBe(answers.get('owns-unknown@rival.example'));
      const ends = await endsOf('forwards-known', 'forwards-unknown', 'owns-known', 'owns-unknown');
      expect(ends).toEqual([
        'rejected(forwarded)',
        'rejected(forwarded)',
        'applied(tombstone)',
        'applied(tombstone)',
      ]);
      expect(await eventOf(ANNA, known)).toMatchObject({ status: 'live', revision: 1 });
    },
    TEST_MS,
  );
});

/** Another letter of base64 with the same upper two bits. */
function twinOf(letter: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return letters[letters.indexOf(letter) ^ 1] ?? letter;
}

/** Every event and every person of it, but those that wait for DNS. */
async function world(): Promise<ReadonlyMap<string, string>> {
  const late = new Set(LATE.map(({ uid }) => uid));
  const found = new Map<string, string>();
  for (const [key, event] of await stage.events()) {
    if (late.has(event.uid)) continue;
    found.set(key, JSON.stringify([event, await stage.people(event)]));
  }
  return found;
}

async function pageOf(key: string): Promise<string> {
  return new URL((await stage.events()).get(key)?.pageUrl ?? '').pathname;
}

function difference(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(key => before.get(key) !== after.get(key));
}

function told({ tag }: Attempt): string {
  return `${wordOf(seen.get(tag))}${applied.has(tag) ? ' done' : ''}`;
}

function print(): void {
  if (process.env.SIS_PRINT === undefined) return;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(`table: case | kind | ${STEPS.join(' | ')}`);
  for (const spoof of SPOOF_CASES) {
    const words = STEPS.map(step => {
      const attempt = ATTEMPTS.find(one => one.spoof === spoof && one.step === step);
      return attempt === undefined ? '-' : told(attempt);
    });
    say(`table: ${spoof.name} | ${spoof.honest ? 'honest' : 'forged'} | ${words.join(' | ')}`);
  }
  say(
    `score: ${ATTEMPTS.length} mails, ${forgedApplied.length} forged ones applied, ${applied.size} honest ones applied`,
  );
}
