import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listEvents } from '../../src/events/store.ts';
import { listAudit } from '../../src/organizers/audit.ts';
import { organizerByAddress, workspaceById } from '../../src/organizers/store.ts';
import { arrive, linkIn, opened, sent } from '../support/arrive.ts';
import { type Invitation, invitation, letter, ORGANIZER } from '../support/calendar-mail.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const UPDATE: Invitation = {
  sequence: 1,
  dtstamp: '20260301T083000Z',
  start: ';TZID=Europe/Berlin:20260310T180000',
  end: ';TZID=Europe/Berlin:20260310T190000',
};
const CANCEL: Invitation = {
  method: 'CANCEL',
  sequence: 2,
  dtstamp: '20260301T084000Z',
  lines: ['STATUS:CANCELLED'],
};

async function events() {
  return (await listEvents(world, null, { limit: 100 })).items;
}

describe('an invitation of a proven organizer', () => {
  test('opens his workspace, makes the event, and ends in applied', async () => {
    const arrival = await arrive(world, invitation());
    const jane = await organizerByAddress(world, ORGANIZER);
    const [event] = await events();
    expect(arrival).toMatchObject({
      outcome: 'applied',
      reason: null,
      evidence: 'loopback',
      from: ORGANIZER,
      subject: 'Invitation: Spring picnic',
      messageId: '<one@example.com>',
      method: 'REQUEST',
      uid: 'one@example.com',
      event: event?.id,
      workspace: jane?.workspace,
    });
    expect(jane).toMatchObject({ name: 'Jane Roe', slug: 'jane', zone: 'Europe/Berlin' });
    expect((await workspaceById(world, jane?.workspace ?? ''))?.tier).toBe(1);
    expect(event?.status).toBe('live');
  });

  test('is answered by his calendar’s guest list and by one mail with everything he passes on', async () => {
    await arrive(world, invitation());
    const [event] = await events();
    const [live] = sent(world, 'organizer');
    const mail = await opened(world, live);
    expect(sent(world, 'organizer')).toHaveLength(1);
    expect(live?.to).toBe(ORGANIZER);
    expect(mail.subject).toBe('Your event is live: Spring picnic');
    expect(mail.automatic).toBe('auto-generated');
    const page = `/e/${event?.slug}`;
    expect(mail.text).toContain(`http://127.0.0.1:3000${page}`);
    expect(mail.text).toContain(`http://127.0.0.1:3000${page}.ics`);
    expect(mail.text).toContain('Link for buttons and campaigns');
    expect(mail.text).toContain('16:00');
    expect(mail.text).toContain('jane@sis.localhost');
    expect(linkIn(mail.text, '/d/')).toMatch(/^\/d\/[\w.-]+$/);
  });

  test('[R-59] of a series where clocks change by no yearly rule warns him, a single event there does not', async () => {
    const cairo = {
      start: ';TZID=Africa/Cairo:20260310T160000',
      end: ';TZID=Africa/Cairo:20260310T170000',
    };
    await arrive(world, invitation({ ...cairo, lines: ['RRULE:FREQ=WEEKLY'] }));
    await arrive(world, invitation({ ...cairo, uid: 'two@example.com' }));
    const mails = await Promise.all(sent(world, 'organizer').map(mail => opened(world, mail)));
    const warned = mails.map(({ text }) =>
      text?.replaceAll(/\s+/g, ' ').includes('Clocks in Africa/Cairo do not change by a yearly rule.'),
    );
    expect(warned).toEqual([true, false]);
  });

  test('leaves an audit row for each change, with ids only', async () => {
    const made = await arrive(world, invitation());
    await arrive(world, invitation(UPDATE));
    const rows = (await listAudit(world, null)).items;
    expect(rows.map(({ what }) => what)).toEqual(['event_updated', 'event_created']);
    expect(rows[1]).toMatchObject({
      workspace: made.workspace,
      evidence: 'loopback',
      about: { event: made.event, arrival: made.id, component: 'series', revision: 1 },
    });
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  test('[R-21] that comes twice is a duplicate, and nobody is written to again', async () => {
    await arrive(world, invitation());
    const before = world.outbox().length;
    expect(await arrive(world, invitation())).toMatchObject({ outcome: 'duplicate', reason: null });
    expect(world.outbox()).toHaveLength(before);
    expect(await events()).toHaveLength(1);
  });

  test('[R-30] an update changes the event, an older one does not, and only the first is live news', async () => {
    await arrive(world, invitation());
    expect(await arrive(world, invitation(UPDATE))).toMatchObject({ outcome: 'applied' });
    expect(await arrive(world, invitation({ dtstamp: '20260301T081500Z' }))).toMatchObject({
      outcome: 'duplicate',
      reason: 'stale',
    });
    expect(sent(world, 'organizer')).toHaveLength(1);
  });

  test('a cancellation ends it without a word to the organizer', async () => {
    await arrive(world, invitation());
    const before = world.outbox().length;
    expect(await arrive(world, invitation(CANCEL))).toMatchObject({ outcome: 'applied', method: 'CANCEL' });
    expect((await events())[0]?.status).toBe('cancelled');
    expect(world.outbox()).toHaveLength(before);
  });

  test('of an event that is over is registered and accepted, with no live mail', async () => {
    world.clock.set('2026-05-01T00:00:00Z');
    expect(await arrive(world, invitation())).toMatchObject({ outcome: 'applied' });
    expect(sent(world, 'organizer')).toHaveLength(0);
    expect(sent(world, 'reply')).toHaveLength(1);
  });

  test('from Google’s calendar is auto-generated and still welcome', async () => {
    const raw = invitation({
      headers: [
        'Auto-Submitted: auto-generated',
        'Sender: Google Calendar <calendar-notification@google.com>',
      ],
    });
    expect(await arrive(world, raw)).toMatchObject({ outcome: 'applied' });
    expect(sent(world, 'reply')).toHaveLength(1);
    expect(sent(world, 'organizer')).toHaveLength(1);
  });

  test('keeps his guests for the skip rule, without him and without us', async () => {
    const attendees = [
      'ATTENDEE:mailto:Guest@example.net',
      'ATTENDEE:mailto:jane@example.com',
      'ATTENDEE;RSVP=TRUE:mailto:create@sis.localhost',
    ];
    await arrive(world, invitation({ attendees }));
    expect((await events())[0]?.guests).toEqual(['guest@example.net']);
  });

  test.each(['PUBLISH', null])('with METHOD %s is registered when he is its organizer', async method => {
    expect(await arrive(world, invitation({ method }))).toMatchObject({ outcome: 'applied' });
    expect(sent(world, 'reply')).toHaveLength(0);
  });

  test('[R-42] and one of another organizer with the same UID live side by side', async () => {
    await arrive(world, invitation());
    await arrive(world, invitation({ from: 'june@example.org' }));
    await arrive(world, invitation({ ...CANCEL, from: 'june@example.org' }));
    expect((await events()).map(({ status }) => status).sort()).toEqual(['cancelled', 'live']);
  });
});

describe('a cancellation of an event that we never had', () => {
  test('is remembered, told to its sender, and blocks the older invitation', async () => {
    expect(await arrive(world, invitation(CANCEL))).toMatchObject({
      outcome: 'applied',
      reason: 'tombstone',
    });
    const told = await opened(world, sent(world, 'organizer')[0]);
    expect(told.text).toContain('You cancelled an event that we do not have');
    expect(await arrive(world, invitation())).toMatchObject({ outcome: 'duplicate', reason: 'stale' });
    expect(await events()).toEqual([]);
    expect(sent(world, 'reply')).toHaveLength(0);
  });
});

describe('what cannot be registered', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['a letter', letter(), 'no_calendar'],
    [
      '[R-18] a forwarded invitation',
      invitation({ organizer: 'ORGANIZER:mailto:victim@example.org' }),
      'forwarded',
    ],
    [
      'a forged cancellation',
      invitation({ ...CANCEL, organizer: 'ORGANIZER:mailto:victim@example.org' }),
      'forwarded',
    ],
    ['[R-08] two events', invitation({ more: [eventOf('two@example.com')] }), 'two_events'],
    ['METHOD ADD', invitation({ method: 'ADD' }), 'method_not_supported'],
    ['[R-07] an unknown METHOD', invitation({ method: 'EXPORT' }), 'unknown_method'],
    ['an invitation without an organizer', invitation({ organizer: 'X-NONE:1' }), 'no_organizer'],
    ['an event without a start', invitation({ start: '-X:1', end: '-X:1' }), 'no_start'],
    [
      'an event that ends before it starts',
      invitation({ end: ';TZID=Europe/Berlin:20260309T170000' }),
      'end_before_start',
    ],
    [
      '[R-26] an unknown zone',
      invitation({ start: ';TZID=Nowhere/Land:20260310T160000', end: ';TZID=Nowhere/Land:20260310T170000' }),
      'unknown_zone',
    ],
    ['an event without a UID', invitation({ uid: '' }), 'no_uid'],
    ['a rule that is too dense', invitation({ lines: ['RRULE:FREQ=SECONDLY'] }), 'rule_not_supported'],
    ['[R-09] a task', task(), 'task_only'],
    ['[R-19] winmail.dat', tnef(), 'tnef'],
    ['[R-18] a forwarded mail as an attachment', attached(), 'forwarded'],
  ];

  test.each(cases)('%s is refused by name and explained once', async (_name, raw, reason) => {
    const arrival = await arrive(world, raw);
    expect(arrival).toMatchObject({ outcome: 'rejected', reason });
    const [explanation] = sent(world, 'organizer');
    const mail = await opened(world, explanation);
    expect(sent(world, 'organizer')).toHaveLength(1);
    expect(explanation?.to).toBe(ORGANIZER);
    expect(mail.automatic).toBe('auto-replied');
    expect(mail.text).toContain(arrival.id);
    expect(mail.text?.length).toBeGreaterThan(200);
    expect(await events()).toEqual([]);
  });

  test('[R-94] of an organizer’s own event is declined in his calendar as well, with the reason', async () => {
    await arrive(world, invitation({ lines: ['RRULE:FREQ=SECONDLY'] }));
    const reply = await opened(world, sent(world, 'reply')[0]);
    const ics = Buffer.from(reply.calendars[0]?.bytes ?? []).toString();
    expect(ics).toContain('PARTSTAT=DECLINED');
    expect(ics).toContain('COMMENT');
  });

  test('[R-18] in somebody else’s name is declined to nobody', async () => {
    await arrive(world, invitation({ organizer: 'ORGANIZER:mailto:victim@example.org' }));
    expect(sent(world, 'reply')).toHaveLength(0);
    expect(world.outbox().map(({ to }) => to)).toEqual([ORGANIZER]);
  });

  test.each(['REPLY', 'COUNTER', 'REFRESH'])('%s at create@ has an outcome and no answer', async method => {
    const arrival = await arrive(world, invitation({ method }));
    expect(arrival).toMatchObject({ outcome: 'reply', reason: 'no_invite', method });
    expect(world.outbox()).toHaveLength(0);
  });
});

describe('nobody is answered who may be answering himself', () => {
  const machines: readonly (readonly [string, string[], string?])[] = [
    ['a vacation reply', ['Auto-Submitted: auto-replied']],
    ['a vacation reply of the old kind', ['X-Autoreply: yes']],
    ['bulk mail', ['Precedence: bulk']],
    ['list mail', ['List-Id: <list.example.com>']],
    ['a report', ['Content-Type: multipart/report; boundary="r"; report-type=delivery-status']],
  ];

  test.each(machines)('[R-96] %s ends in silence', async (_name, headers) => {
    expect(await arrive(world, letter(headers))).toMatchObject({ outcome: 'rejected', reason: 'automatic' });
    expect(world.outbox()).toHaveLength(0);
  });

  test('a null return path gets no mail', async () => {
    expect((await arrive(world, letter(), { mailFrom: '' })).outcome).toBe('rejected');
    expect(world.outbox()).toHaveLength(0);
  });

  test('list mail with a calendar in it is not taken', async () => {
    const raw = invitation({ headers: ['List-Id: <list.example.com>'] });
    expect(await arrive(world, raw)).toMatchObject({ outcome: 'rejected', reason: 'automatic' });
    expect(world.outbox()).toHaveLength(0);
  });

  test('mail from our own domain is not taken, so two of us never talk', async () => {
    const raw = invitation({ from: 'jane@sis.localhost' });
    expect(await arrive(world, raw)).toMatchObject({ outcome: 'rejected', reason: 'own_domain' });
    expect(world.outbox()).toHaveLength(0);
  });

  test('[R-96] two auto-responders exchange one mail each in an hour', async () => {
    let letters = 0;
    await arrive(world, letter());
    for (let round = 0; round < 30; round += 1) {
      for (const mail of world.outbox().slice(letters)) {
        letters += 1;
        // The far side answers everything, as dumb as can be: without any mark of an automatic mail.
        expect(mail.to).toBe(ORGANIZER);
        await arrive(world, letter([`In-Reply-To: <x${letters}@example.com>`]));
      }
    }
    expect(world.outbox()).toHaveLength(1);
  });

  test('[R-96] the same mistake is explained once an hour, another one at once, and so many a day', async () => {
    const strict = await localWorld({ limits: { EXPLANATIONS_PER_SENDER_DAY: 3 } });
    await arrive(strict, letter());
    await arrive(strict, letter());
    expect(strict.outbox()).toHaveLength(1);
    await arrive(strict, invitation({ method: 'ADD' }));
    expect(strict.outbox()).toHaveLength(2);
    for (let hour = 0; hour < 5; hour += 1) {
      strict.clock.advance(3_600_000);
      await arrive(strict, letter());
    }
    expect(strict.outbox()).toHaveLength(3);
    await strict.close();
  });
});

describe('too many mails of one organizer', () => {
  test('are told once and then passed over in silence; a cancellation still gets through', async () => {
    const strict = await localWorld({ limits: { CREATE_MAILS_PER_ORGANIZER_HOUR: 2 } });
    const of = (n: number): Invitation => ({ uid: `event-${n}`, attendees: [] });
    for (let n = 1; n <= 5; n += 1) await arrive(strict, invitation(of(n)));
    const outcomes = async () => {
      const { items } = await listEvents(strict, null, { limit: 10 });
      return items.map(({ status }) => status);
    };
    expect(await outcomes()).toEqual(['live', 'live']);
    const told = sent(strict, 'organizer').filter(({ about }) => about.event === undefined);
    expect(told).toHaveLength(1);
    await arrive(strict, invitation({ ...CANCEL, ...of(1) }));
    expect((await outcomes()).sort()).toEqual(['cancelled', 'live']);
    strict.clock.advance(3_600_000);
    expect(await arrive(strict, invitation(of(9)))).toMatchObject({ outcome: 'applied' });
    await strict.close();
  });
});

describe('mail without proof', () => {
  test('[R-22] is quarantined in silence, and its address’s owner sees it', async () => {
    const made = await arrive(world, invitation());
    const before = world.outbox().length;
    const forged = await arrive(world, invitation(CANCEL), { loopback: false });
    expect(forged).toMatchObject({ outcome: 'quarantined', event: null, workspace: made.workspace });
    expect(world.outbox()).toHaveLength(before);
    expect((await events())[0]?.status).toBe('live');
  });

  test.each([
    ['two From fields', ['From: victim@example.org']],
    ['a From with two mailboxes', []],
  ])('%s are nobody’s mail', async (name, headers) => {
    const raw =
      name === 'two From fields'
        ? invitation({ headers })
        : Buffer.from(
            Buffer.from(invitation())
              .toString()
              .replace('From: Jane Roe <jane@example.com>', 'From: a@example.com, b@example.com'),
          );
    expect(await arrive(world, raw)).toMatchObject({ outcome: 'quarantined', reason: 'from' });
    expect(world.outbox()).toHaveLength(0);
  });
});

describe('a delegate', () => {
  const organizer = 'ORGANIZER;CN=Jane Roe;SENT-BY="mailto:joe@example.com":mailto:jane@example.com';
  const byJoe: Invitation = { from: 'joe@example.com', organizer };

  test('[R-17] of the same house makes events in the organizer’s name and changes what he made', async () => {
    expect(await arrive(world, invitation(byJoe))).toMatchObject({ outcome: 'applied' });
    expect(await arrive(world, invitation({ ...UPDATE, ...byJoe }))).toMatchObject({ outcome: 'applied' });
    expect(await organizerByAddress(world, 'jane@example.com')).toMatchObject({ name: 'Jane Roe' });
    expect(sent(world, 'organizer')[0]?.to).toBe('jane@example.com');
  });

  test('[R-17] cannot end what the organizer made himself without the organizer’s word', async () => {
    await arrive(world, invitation());
    expect(await arrive(world, invitation({ ...CANCEL, ...byJoe }))).toMatchObject({
      outcome: 'draft',
      reason: 'unconfirmed',
    });
    expect((await events())[0]?.status).toBe('live');
    expect(sent(world, 'confirm').map(({ to }) => to)).toEqual(['jane@example.com']);
  });

  test('[R-17] of another house needs the organizer’s word for everything', async () => {
    const raw = invitation({
      from: 'mallory@example.org',
      organizer: 'ORGANIZER;SENT-BY="mailto:mallory@example.org":mailto:jane@example.com',
    });
    expect(await arrive(world, raw)).toMatchObject({ outcome: 'draft', reason: 'unconfirmed' });
    expect((await events())[0]?.status).toBe('draft');
    expect(sent(world, 'organizer')).toHaveLength(0);
  });

  test('of the same mail provider is a stranger', async () => {
    const raw = invitation({
      from: 'mallory@gmail.com',
      organizer: 'ORGANIZER;SENT-BY="mailto:mallory@gmail.com":mailto:jane@gmail.com',
    });
    expect(await arrive(world, raw)).toMatchObject({ outcome: 'draft', reason: 'unconfirmed' });
  });
});

describe('no log', () => {
  test('holds an address, a title or a token', async () => {
    await arrive(world, invitation());
    await arrive(world, letter());
    expect(world.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(world.lines)).not.toMatch(/@|picnic|eyJ/i);
  });
});

function eventOf(uid: string): string {
  return `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260301T080000Z\r\nDTSTART:20260311T150000Z\r\nORGANIZER:mailto:${ORGANIZER}\r\nEND:VEVENT`;
}

function task(): Uint8Array {
  return Buffer.from(Buffer.from(invitation()).toString().replaceAll('VEVENT', 'VTODO'));
}

function tnef(): Uint8Array {
  return letter(
    ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="m"'],
    '--m\r\nContent-Type: text/plain\r\n\r\nHello\r\n--m\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig==\r\n--m--\r\n',
  );
}

function attached(): Uint8Array {
  return letter(
    ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="m"'],
    `--m\r\nContent-Type: text/plain\r\n\r\nSee below\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n${Buffer.from(invitation()).toString()}\r\n--m--\r\n`,
  );
}
