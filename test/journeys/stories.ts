/** The product's stories, told once and run on both runtimes. Each starts on a service of its own. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import { readCalendar } from '../../src/calendar/read.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { readMail } from '../../src/mail/inbound.ts';
import { type MailClient, replyMail } from '../../src/platform/local/mailboxes.ts';
import { type EventText, eventMail } from '../support/organizer.ts';
import { api, apiAnswer, type Departed, type Runtime, until } from './runtime.ts';

/** Well inside an hour: a limit's window must not end in the middle of a story. */
export const STORY_NOW = '2026-03-02T09:10:00Z';

const WEBINAR: EventText = {
  uid: 'webinar-1@calendar.example.org',
  dtstamp: '20260302T085900Z',
  start: '20260310T160000',
  end: '20260310T170000',
  more: ['LOCATION:Room 5'],
};
const WEEKLY: EventText = {
  ...WEBINAR,
  uid: 'weekly-1@calendar.example.org',
  title: 'Weekly class',
  more: ['RRULE:FREQ=WEEKLY;COUNT=6'],
};

interface EventView {
  id: string;
  slug: string;
  title: string;
  start: string;
  end: string;
  timeZone: string;
  status: string;
  revision: number;
  pageUrl: string;
  workspace: string;
  organizer: { name: string; email: string; address: string };
  counts: Record<string, number>;
}

interface PersonView {
  id: string;
  email: string;
  state: string;
  answer: string;
  previousAnswer: string | null;
  origin: string | null;
  door: string;
  revisionSent: number | null;
}

export function stories(name: string, start: () => Promise<Runtime>): void {
  describe(`stories on ${name}`, () => {
    let runtime: Runtime;

    beforeEach(async () => {
      runtime = await start();
    });
    afterEach(async () => {
      await runtime.stop();
    });

    const organizer = (event: EventText) => runtime.deliver(eventMail(event, '2026-03-02T09:00:00Z'));

    const created = async (event: EventText): Promise<EventView> => {
      await organizer(event);
      return until(
        runtime,
        'the event is live',
        async () => (await api<{ items: EventView[] }>(runtime, '/events')).items[0],
      );
    };

    const ask = async (event: EventView, email: string): Promise<Departed> => {
      const answered = await runtime.http('POST', new URL(event.pageUrl).pathname, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ email }).toString(),
      });
      expect([200, 303]).toContain(answered.status);
      return next('request', email);
    };

    const next = (kind: string, to: string, after = 0): Promise<Departed> =>
      until(
        runtime,
        `a ${kind} for ${to}`,
        () => runtime.departed().filter(mail => mail.kind === kind && mail.to === to)[after],
      );

    const reply = async (
      client: MailClient,
      invite: Departed,
      answer: 'yes' | 'no' | 'maybe',
    ): Promise<void> => {
      const mail = await replyMail(client, invite.raw, { answer, now: '2026-03-02T09:30:00Z' });
      await runtime.deliver({ raw: mail.raw, from: mail.from, to: [mail.to] });
    };

    const people = async (event: EventView): Promise<PersonView[]> =>
      (await api<{ items: PersonView[] }>(runtime, `/events/${event.id}/invites`)).items;

    const person = async (event: EventView, email: string): Promise<PersonView | undefined> =>
      (await people(event)).find(one => one.email === email);

    test('an invited event gets a page, the organizer an accepted reply and a mail that says so', async () => {
      const event = await created(WEBINAR);
      expect(event).toMatchObject({
        title: 'Spring webinar',
        start: '2026-03-10T15:00:00Z',
        end: '2026-03-10T16:00:00Z',
        timeZone: 'Europe/Berlin',
        status: 'live',
        organizer: { name: 'Example Organizer', email: 'organizer@example.org' },
      });
      const page = await runtime.http('GET', new URL(event.pageUrl).pathname);
      expect(page.status).toBe(200);
      expect(page.body).toContain('Spring webinar');
      expect(page.body).toContain('Room 5');
      const accepted = await next('reply', 'organizer@example.org');
      const [replied] = await calendarOf(accepted);
      expect(replied?.attendees.map(({ email, partstat }) => [email, partstat])).toEqual([
        ['create@sis.localhost', 'ACCEPTED'],
      ]);
      const live = await readMail((await next('organizer', 'organizer@example.org')).raw, DEFAULT_LIMITS);
      expect(await live.text()).toContain(event.pageUrl);
    });

    test('three people ask, answer from three clients, and are counted', async () => {
      const event = await created(WEBINAR);
      const answers: [string, MailClient, 'yes' | 'maybe' | 'no'][] = [
        ['one@example.com', 'google', 'yes'],
        ['two@example.com', 'outlook', 'maybe'],
        ['three@example.com', 'apple', 'no'],
      ];
      for (const [email, client, answer] of answers) {
        const invite = await ask(event, email);
        const [object] = await calendarOf(invite);
        expect(object?.attendees.map(attendee => attendee.email)).toEqual([email]);
        expect(object?.organizer?.email).toBe(event.organizer.address);
        expect(object?.start?.utc).toBe('2026-03-10T15:00:00Z');
        expect(object?.sequence).toBe(0);
        await reply(client, invite, answer);
      }
      const counts = await until(runtime, 'three answers', async () => {
        const view = await api<EventView>(runtime, `/events/${event.id}`);
        const { yes = 0, no = 0, maybe = 0 } = view.counts;
        return yes + no + maybe === 3 ? view.counts : undefined;
      });
      expect(counts).toMatchObject({ invited: 3, sent: 3, yes: 1, no: 1, maybe: 1, noAnswer: 0 });
      expect(
        (await people(event)).map(({ email, answer, origin, door }) => [email, answer, origin, door]).sort(),
      ).toEqual([
        ['one@example.com', 'yes', 'Google', 'page'],
        ['three@example.com', 'no', expect.stringMatching(/^Apple/), 'page'],
        ['two@example.com', 'maybe', expect.stringMatching(/^Microsoft/), 'page'],
      ]);
      const report = await apiAnswer(runtime, `/events/${event.id}/report.csv`);
      expect(report.body.split('\r\n').filter(line => line.includes('@example.com'))).toHaveLength(3);
    });

    test('a move reaches everybody with the same UID and a higher SEQUENCE, and asks anew', async () => {
      const event = await created(WEBINAR);
      const invite = await ask(event, 'one@example.com');
      await reply('google', invite, 'yes');
      await until(runtime, 'the answer', async () =>
        (await person(event, 'one@example.com'))?.answer === 'yes' ? true : undefined,
      );
      await organizer({
        ...WEBINAR,
        sequence: 1,
        dtstamp: '20260302T093000Z',
        start: '20260310T180000',
        end: '20260310T190000',
      });
      const [before] = await calendarOf(invite);
      const [after] = await calendarOf(await next('request', 'one@example.com', 1));
      expect(after?.uid).toBe(before?.uid);
      expect(after?.sequence).toBe(1);
      expect(after?.start?.utc).toBe('2026-03-10T17:00:00Z');
      expect(after?.attendees[0]?.partstat).toBe('NEEDS-ACTION');
      expect(await person(event, 'one@example.com')).toMatchObject({ answer: 'none', previousAnswer: 'yes' });
    });

    test('a stale update changes nothing and a repeated mail is a duplicate', async () => {
      const event = await created({ ...WEBINAR, sequence: 2, dtstamp: '20260302T085900Z' });
      await organizer({
        ...WEBINAR,
        sequence: 1,
        dtstamp: '20260302T093000Z',
        start: '20260311T180000',
        end: '20260311T190000',
      });
      await organizer({ ...WEBINAR, sequence: 2, dtstamp: '20260302T085900Z' });
      const outcomes = await until(runtime, 'three outcomes', async () => {
        const { items } = await api<{ items: { outcome: string | null; reason: string | null }[] }>(
          runtime,
          '/arrivals',
        );
        return items.length === 3 && items.every(item => item.outcome !== null) ? items : undefined;
      });
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate', 'applied']);
      expect((await api<EventView>(runtime, `/events/${event.id}`)).start).toBe('2026-03-10T15:00:00Z');
    });

    test('one changed date goes out alone, and one cancelled date leaves the series alive', async () => {
      const event = await created(WEEKLY);
      await ask(event, 'one@example.com');
      const instance = 'RECURRENCE-ID;TZID=Europe/Berlin:20260317T160000';
      await organizer({
        ...WEEKLY,
        sequence: 1,
        dtstamp: '20260302T093000Z',
        start: '20260317T180000',
        end: '20260317T190000',
        more: [instance],
      });
      const changed = await calendarOf(await next('request', 'one@example.com', 1));
      expect(changed.map(one => [one.recurrenceId?.utc, one.start?.utc, one.rrule])).toEqual([
        ['2026-03-17T15:00:00Z', '2026-03-17T17:00:00Z', null],
      ]);
      const gone = 'RECURRENCE-ID;TZID=Europe/Berlin:20260324T160000';
      await organizer({
        ...WEEKLY,
        method: 'CANCEL',
        sequence: 2,
        dtstamp: '20260302T094000Z',
        start: '20260324T160000',
        end: '20260324T170000',
        more: [gone, 'STATUS:CANCELLED'],
      });
      const cancelled = await calendarOf(await next('cancel', 'one@example.com'));
      expect(cancelled.map(one => [one.recurrenceId?.utc, one.status])).toEqual([
        ['2026-03-24T15:00:00Z', 'CANCELLED'],
      ]);
      expect((await api<EventView>(runtime, `/events/${event.id}`)).status).toBe('live');
      const late = await calendarOf(await ask(event, 'two@example.com'));
      expect(late[0]?.rrule).toBe('FREQ=WEEKLY;COUNT=6');
      expect(late[0]?.exdates.map(date => date.utc)).toEqual(['2026-03-24T15:00:00Z']);
      expect(late.slice(1).map(one => one.start?.utc)).toEqual(['2026-03-17T17:00:00Z']);
    });

    test('a cancelled event is cancelled for everybody who holds it, and its page says so', async () => {
      const event = await created(WEBINAR);
      const invite = await ask(event, 'one@example.com');
      await organizer({
        ...WEBINAR,
        method: 'CANCEL',
        sequence: 1,
        dtstamp: '20260302T093000Z',
        more: ['STATUS:CANCELLED'],
      });
      const [object] = await calendarOf(await next('cancel', 'one@example.com'));
      expect(object?.status).toBe('CANCELLED');
      expect(object?.sequence).toBe(1);
      expect(object?.uid).toBe((await calendarOf(invite))[0]?.uid);
      const page = await runtime.http('GET', new URL(event.pageUrl).pathname);
      expect(page.status).toBe(200);
      expect(page.body).toMatch(/cancell?ed/i);
      expect(page.body).not.toContain('<form');
      const late = await runtime.http('POST', new URL(event.pageUrl).pathname, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'email=late%40example.com',
      });
      expect(late.status).toBe(410);
    });

    test('an unsubscribed person gets no update, and still the cancellation', async () => {
      const event = await created(WEBINAR);
      const invite = await ask(event, 'one@example.com');
      await ask(event, 'two@example.com');
      const link = /^List-Unsubscribe: <([^>]+)>/im.exec(unfolded(invite))?.[1];
      expect(link).toMatch(/\/u\//);
      const pressed = await runtime.http('POST', new URL(link ?? '').pathname, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(pressed.status).toBe(200);
      await organizer({
        ...WEBINAR,
        sequence: 1,
        dtstamp: '20260302T093000Z',
        start: '20260310T180000',
        end: '20260310T190000',
      });
      await next('request', 'two@example.com', 1);
      await organizer({ ...WEBINAR, method: 'CANCEL', sequence: 2, dtstamp: '20260302T094000Z' });
      await next('cancel', 'two@example.com');
      await next('cancel', 'one@example.com');
      expect(
        runtime.departed().filter(mail => mail.kind === 'request' && mail.to === 'one@example.com'),
      ).toHaveLength(1);
    });

    test('a bounce marks the person, an automatic answer changes nothing', async () => {
      const event = await created(WEBINAR);
      const invite = await ask(event, 'one@example.com');
      await runtime.deliver({
        raw: vacation(event.organizer.address),
        from: 'one@example.com',
        to: [event.organizer.address],
      });
      await runtime.deliver({
        raw: bounceOf(invite, event.organizer.address),
        from: '',
        to: [event.organizer.address],
      });
      await until(runtime, 'the bounce', async () =>
        (await person(event, 'one@example.com'))?.state === 'bounced' ? true : undefined,
      );
      const items = await until(runtime, 'three outcomes', async () => {
        const page = await api<{ items: { outcome: string | null }[] }>(runtime, '/arrivals');
        return page.items.every(item => item.outcome !== null) ? page.items : undefined;
      });
      expect(items.map(item => item.outcome)).toEqual(['bounce', 'automatic', 'applied']);
      expect((await person(event, 'one@example.com'))?.answer).toBe('none');
    });

    test('a reply as somebody else is listed, and booked when the organizer says it is the same person', async () => {
      const event = await created(WEBINAR);
      const invite = await ask(event, 'one@example.com');
      const mail = await replyMail('google', invite.raw, { answer: 'yes', now: '2026-03-02T09:30:00Z' });
      const other = Buffer.from(mail.raw)
        .toString('latin1')
        .replaceAll('one@example.com', 'other@example.net');
      await runtime.deliver({ raw: Buffer.from(other, 'latin1'), from: 'other@example.net', to: [mail.to] });
      const [listed] = await until(runtime, 'the reply is listed', async () => {
        const { items } = await api<{
          items: { id: string; answeredAs: string; candidate: string | null }[];
        }>(runtime, '/unmatched');
        return items.length > 0 ? items : undefined;
      });
      expect(listed?.answeredAs).toBe('other@example.net');
      expect((await person(event, 'one@example.com'))?.answer).toBe('none');
      await api(runtime, `/unmatched/${listed?.id}/accept`, {
        invite: (await person(event, 'one@example.com'))?.id,
      });
      expect((await person(event, 'one@example.com'))?.answer).toBe('yes');
    });

    test('a mail without a calendar gets one explanation, and its repeat none', async () => {
      const plain = (id: string) =>
        Buffer.from(
          `From: Someone <someone@example.org>\r\nTo: create@sis.localhost\r\nSubject: hello\r\nMessage-ID: <${id}@example.org>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\nPlease make an event.\r\n`,
        );
      await runtime.deliver({ raw: plain('a'), from: 'someone@example.org', to: ['create@sis.localhost'] });
      const explained = await readMail((await next('organizer', 'someone@example.org')).raw, DEFAULT_LIMITS);
      expect(explained.automatic).not.toBeNull();
      await runtime.deliver({ raw: plain('b'), from: 'someone@example.org', to: ['create@sis.localhost'] });
      const items = await until(runtime, 'both outcomes', async () => {
        const page = await api<{ items: { outcome: string | null; reason: string | null }[] }>(
          runtime,
          '/arrivals',
        );
        return page.items.length === 2 && page.items.every(item => item.outcome !== null)
          ? page.items
          : undefined;
      });
      expect(items.map(({ outcome, reason }) => [outcome, reason])).toEqual([
        ['rejected', 'no_calendar'],
        ['rejected', 'no_calendar'],
      ]);
      await created(WEBINAR);
      expect(runtime.departed().filter(mail => mail.to === 'someone@example.org')).toHaveLength(1);
    });

    test('the API names the field that does not fit and hides what belongs to others', async () => {
      const event = await created(WEBINAR);
      await organizer({ ...WEBINAR, organizer: 'second@example.net', uid: 'second@calendar.example.net' });
      const second = await until(runtime, 'the second event', async () =>
        (await api<{ items: EventView[] }>(runtime, '/events')).items.find(
          one => one.organizer.email === 'second@example.net',
        ),
      );
      const { key } = await api<{ key: string }>(runtime, '/keys', {
        name: 'story',
        workspace: event.workspace,
      });
      const own = await apiAnswer(runtime, `/events/${event.id}`, undefined, key);
      expect(own.status).toBe(200);
      const foreign = await apiAnswer(runtime, `/events/${second.id}`, undefined, key);
      const unknown = await apiAnswer(runtime, '/events/evt_00000000000000000000000000', undefined, key);
      expect([foreign.status, unknown.status]).toEqual([404, 404]);
      expect(foreign.body).toBe(unknown.body);
      const bad = await apiAnswer(runtime, `/events/${event.id}/invites`, { emails: 'one@example.com' }, key);
      expect(bad.status).toBe(400);
      expect(JSON.parse(bad.body)).toMatchObject({ status: 400, code: 'bad_input', field: 'emails' });
      const vip = await api<{ items: { email: string; outcome: string }[] }>(
        runtime,
        `/events/${event.id}/invites`,
        {
          emails: ['vip@example.com', 'not an address', 'VIP@example.com'],
        },
      );
      expect(vip.items.map(({ email, outcome }) => [email, outcome])).toEqual([
        ['vip@example.com', 'planned'],
        ['not an address', 'invalid'],
        ['VIP@example.com', 'already'],
      ]);
      await next('request', 'vip@example.com');
      const anonymous = await runtime.http('GET', '/api/v1/events');
      expect(anonymous.status).toBe(401);
    });
  });
}

async function calendarOf(mail: Departed): Promise<readonly CalendarEvent[]> {
  const read = await readMail(mail.raw, DEFAULT_LIMITS);
  const part = read.calendars[0];
  if (part === undefined) throw new Error('the mail has no calendar part');
  const reading = readCalendar(part.bytes, { charset: part.charset, method: part.method });
  if (!reading.ok) throw new Error(reading.refusal.sentence);
  return reading.calendar.events;
}

function unfolded(mail: Departed): string {
  return Buffer.from(mail.raw)
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ');
}

function vacation(to: string): Uint8Array {
  return Buffer.from(
    `From: one@example.com\r\nTo: ${to}\r\nSubject: Automatic reply: away\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <away@example.com>\r\nDate: Mon, 2 Mar 2026 09:10:00 +0000\r\n\r\nI am away.\r\n`,
  );
}

/** A delivery status notification (RFC 3464) that returns the invite. */
function bounceOf(invite: Departed, to: string): Uint8Array {
  const returned = Buffer.from(invite.raw)
    .toString('latin1')
    .replace(/^X-SIS-.*\r\n/gim, '');
  return Buffer.from(
    [
      'From: Mail Delivery System <mailer-daemon@mx.example.com>',
      `To: ${to}`,
      'Subject: Undelivered mail returned to sender',
      'Date: Mon, 2 Mar 2026 09:12:00 +0000',
      'Message-ID: <bounce@mx.example.com>',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="dsn"',
      '',
      '--dsn',
      'Content-Type: text/plain',
      '',
      'The mailbox does not exist.',
      '--dsn',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.com',
      '',
      `Final-Recipient: rfc822; ${invite.to}`,
      'Action: failed',
      'Status: 5.1.1',
      '--dsn',
      'Content-Type: message/rfc822',
      '',
      returned,
      '--dsn--',
      '',
    ].join('\r\n'),
    'latin1',
  );
}
