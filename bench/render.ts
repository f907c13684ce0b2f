/**
 * One person's invite as `deliver` composes it, against ical-generator and MailComposer building a mail of the same words with the
 * calendar object twice. Each turn is another person.
 */
import ical, { ICalCalendarMethod } from 'ical-generator';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { applyMessage } from '../src/calendar/apply.ts';
import { readCalendar } from '../src/calendar/read.ts';
import { SERIES } from '../src/calendar/state.ts';
import { PAGE_DEFAULTS } from '../src/events/page-options.ts';
import { composeInvite, type InviteMail } from '../src/invites/invite-mail.ts';
import { inviteToken, sendId } from '../src/invites/token.ts';
import { addressHash } from '../src/kernel/address.ts';
import { DEFAULT_LIMITS } from '../src/kernel/limits.ts';
import { readMail } from '../src/mail/inbound.ts';
import { sampleMail } from '../src/platform/commands/sample-mail.ts';
import { keysFrom } from '../src/platform/keys.ts';
import type { Bench } from './run.ts';
import { compare } from './support/rounds.ts';

const PEOPLE = 5_000;
const NOW = Date.UTC(2026, 2, 1, 9);
const keys = keysFrom('the secret of a benchmark');
const settings = {
  baseUrl: 'https://sis.example.com',
  mailDomain: 'sis.example.com',
  trustLoopback: true,
  trustProxy: false,
  local: true,
  limits: DEFAULT_LIMITS,
  platforms: { mailchimp: null, klaviyo: null },
};

export const render: Bench = {
  name: 'render',
  async run() {
    const mailOf = await invitations();
    // What the ledger and the table hand over is there before: neither side is measured at making it.
    const people = Array.from({ length: PEOPLE }, (_, turn) => mailOf(turn));
    const compose = (turn: number) => composeInvite({ keys, settings }, at(people, turn));
    const sample = await compose(0);
    const { text, html } = await wordsOf(sample);
    const peer = (turn: number) => peerMail(turn, text, html);
    const found = await compare(compose, peer);
    return {
      rows: [
        { what: 'invites composed, one person each, per second (median)', value: found.oursMedian },
        { what: 'ical-generator and MailComposer, per second (median)', value: found.theirsMedian },
        { what: 'ratio (goal 50)', value: found.ratio },
        { what: 'octets of a mail of ours', value: sample.length },
        { what: 'octets of a mail of theirs', value: (await peer(0)).length },
      ],
      details: { ...found },
    };
  },
};

/** A weekly event, registered, and a claimed first mail to each of any number of people. */
async function invitations(): Promise<(turn: number) => InviteMail> {
  const mail = await readMail(sampleMail(NOW), DEFAULT_LIMITS);
  const reading = readCalendar(mail.calendars[0]?.bytes ?? new Uint8Array());
  if (!reading.ok) throw new Error(reading.refusal.code);
  const now = new Date(NOW).toISOString();
  const applied = applyMessage(null, { calendar: reading.calendar, arrival: 'arr_1', receivedAt: now }, now);
  if (applied.outcome !== 'applied') throw new Error(applied.outcome);
  const { state } = applied;
  const event = {
    id: 'evt_1',
    workspace: 'ws_1',
    organizer: 'org_1',
    slug: 'open-studio-0123456789',
    page: PAGE_DEFAULTS,
    status: 'live',
    state,
    draftReason: null,
    guests: [],
    version: 1,
    createdAt: now,
    updatedAt: now,
    createdBy: 'arr_1',
    history: [],
    tombstone: false,
    base: null,
    editors: [],
  } as const;
  const organizer = {
    id: 'org_1',
    workspace: 'ws_1',
    address: 'organizer@example.org',
    name: 'Studio Example',
    slug: 'studio-example',
    zone: null,
    createdAt: now,
  };
  return turn => {
    const { name, email } = personOf(turn);
    const person = addressHash(email);
    const key = { kind: 'request', component: SERIES, revision: 1, personal: 0, generation: 1 } as const;
    const token = inviteToken(keys, { event: event.id, person }, 1);
    const send = {
      ...key,
      id: sendId(token, key),
      state: 'CLAIMED',
      reason: null,
      attempt: 1,
      sequence: 0,
      dtstamp: '2026-03-01T09:00:00Z',
      partstat: 'NEEDS-ACTION',
      // A thousand mails a second.
      composedAt: NOW + turn,
      until: null,
      notBefore: null,
      maybeDuplicate: false,
      messageId: null,
      sentAt: null,
      feedback: null,
    } as const;
    const invite = {
      id: 'inv_1',
      event: event.id,
      workspace: 'ws_1',
      email,
      address: email,
      name,
      token,
      generation: 1,
      doors: ['page'],
      createdAt: now,
      standing: 'open',
      reason: null,
      personal: 0,
      stopped: null,
      askedAt: now,
      answers: {},
      staleAnswers: {},
      delegatedTo: [],
      proposals: [],
      aliases: [],
      version: 1,
    } as const;
    return { event, organizer, invite, sends: [send], send };
  };
}

function at<T>(all: readonly T[], turn: number): T {
  const found = all[turn % all.length];
  if (found === undefined) throw new Error('nobody to write to');
  return found;
}

function personOf(turn: number): { readonly name: string; readonly email: string } {
  return { name: `Sam Poe ${turn}`, email: `sam.poe.${turn}@example.org` };
}

async function wordsOf(raw: Uint8Array): Promise<{ readonly text: string; readonly html: string }> {
  const { text = '', html } = await simpleParser(Buffer.from(raw));
  return { text, html: html || '' };
}

function peerMail(turn: number, text: string, html: string): Promise<Buffer> {
  const { name, email } = personOf(turn);
  const calendar = ical({ method: ICalCalendarMethod.REQUEST });
  calendar
    .createEvent({
      id: `token-${turn}@sis.example.com`,
      sequence: 0,
      stamp: new Date(NOW),
      start: new Date('2026-03-04T17:00:00Z'),
      end: new Date('2026-03-04T18:30:00Z'),
      timezone: 'Europe/Berlin',
      repeating: 'RRULE:FREQ=WEEKLY;COUNT=6',
      summary: 'Open studio: drawing from life',
      description: 'Bring what you like to draw with. Paper and easels are there.',
      location: 'Studio 4, Example Street 12, Berlin',
      url: 'https://sis.example.com/e/open-studio-0123456789',
      organizer: { name: 'Studio Example', email: 'studio-example@sis.example.com' },
    })
    .createAttendee({ name, email, rsvp: true });
  const content = calendar.toString();
  return new MailComposer({
    from: { name: 'Studio Example', address: 'studio-example@sis.example.com' },
    to: { name, address: email },
    subject: 'Invitation: Open studio: drawing from life @ Wednesday 4 March 2026, 18:00 to 19:30',
    text,
    html,
    icalEvent: { method: 'REQUEST', content, filename: 'invite.ics' },
    messageId: `<send-${turn}@sis.example.com>`,
    date: new Date(NOW),
    list: { unsubscribe: `https://sis.example.com/u/${turn}` },
  })
    .compile()
    .build();
}
