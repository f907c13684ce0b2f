/** The mails people get: shape, privacy, and what they say after each change. */
import { describe, expect, test } from '@jest/globals';
import { unsubscribeLink } from '../../src/invites/links.ts';
import { resubscribe, unsubscribe } from '../../src/invites/unsubscribe.ts';
import { party, received } from './party.ts';

const SAM = 'Sam.Poe@example.org';

function decodedParts(raw: string): string {
  const bodies = raw.split(/\r\n--/).map(part => part.slice(part.indexOf('\r\n\r\n') + 4));
  const base64 = bodies.map(body => Buffer.from(body.replace(/\s/g, ''), 'base64').toString('utf8'));
  const quoted = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [raw, quoted, ...base64]
    .join('\n')
    .replace(/\r?\n[ \t]/g, '')
    .toLowerCase();
}

describe('the invite mail', () => {
  test('[R-47] names its reader as the only ATTENDEE, and no other address of anybody', async () => {
    const { world, invite, lastTo } = await party({
      guests: ['secret.guest@example.com'],
      event: { lines: ['ATTENDEE;CN=Secret Guest:mailto:secret.guest@example.com'] },
    });
    await invite('other.person@example.net');
    await invite(SAM);
    const { lines, raw } = await lastTo(SAM);
    const attendees = lines.filter(line => line.startsWith('ATTENDEE'));
    expect(attendees).toHaveLength(1);
    expect(attendees[0]).toMatch(/:mailto:Sam\.Poe@example\.org$/);
    const all = decodedParts(raw);
    for (const foreign of [
      'other.person@',
      'secret.guest@',
      'secret guest',
      'jane@example.com',
      'organizers-own-uid',
    ]) {
      expect(all).not.toContain(foreign);
    }
    expect(all).toContain('sam.poe@example.org');
    await world.close();
  });

  test('[R-48] comes from the address that is ORGANIZER, with a name, and nobody beside it', async () => {
    const { world, invite, lastTo } = await party();
    await invite(SAM);
    const { property, mail, raw } = await lastTo(SAM);
    expect(property('ORGANIZER')).toBe(';CN="Jane Roe":mailto:jane@sis.localhost');
    expect(mail.from).toEqual([{ name: 'Jane Roe', address: 'jane@sis.localhost' }]);
    expect(raw).not.toMatch(/^(?:sender|reply-to|cc|bcc):/im);
    await world.close();
  });

  test('[R-53] carries a UID of its own for each person, the same over every change', async () => {
    const { world, invite, lastTo, say, settle } = await party();
    await invite(SAM);
    await invite('kim@example.org');
    const first = (await lastTo(SAM)).uid;
    expect(first).toMatch(/^[a-z2-7]{26}@sis\.localhost$/);
    expect((await lastTo('kim@example.org')).uid).not.toBe(first);
    await say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    expect((await lastTo(SAM)).uid).toBe(first);
    await world.close();
  });

  test('[R-65] can be unsubscribed with one click, and names its list once', async () => {
    const { world, invite, lastTo } = await party();
    await invite(SAM);
    const { raw } = await lastTo(SAM);
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
    expect(head.match(/^List-Unsubscribe: <http:\/\/127\.0\.0\.1:3000\/u\/[\w.-]+>$/gm)).toHaveLength(1);
    expect(head.match(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/gm)).toHaveLength(1);
    expect(head.match(/^List-Id: "Jane Roe" <jane\.invites\.sis\.localhost>$/gim)).toHaveLength(1);
    for (const once of ['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version', 'Auto-Submitted']) {
      expect(head.match(new RegExp(`^${once}:`, 'gm'))).toHaveLength(1);
    }
    await world.close();
  });

  test('says in its subject what it is and when', async () => {
    const { world, invite, lastTo, say, settle } = await party();
    await invite(SAM);
    expect((await lastTo(SAM)).mail.subject).toBe(
      'Invitation: Spring webinar @ Tuesday 7 April 2026, 17:00 to 18:00 (Europe/Berlin, UTC+2)',
    );
    await say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    const update = await lastTo(SAM);
    expect(update.mail.subject).toMatch(
      /^Updated invitation: Spring webinar @ Tuesday 7 April 2026, 19:00 to 20:00/,
    );
    expect(update.mail.text).toContain('What changed');
    await say({ method: 'CANCEL', sequence: 2, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    expect((await lastTo(SAM)).mail.subject).toMatch(/^Canceled event: Spring webinar @/);
    await world.close();
  });

  test('threads: later mails refer to the first one as it was accepted', async () => {
    const { world, invite, lastTo, say, settle } = await party();
    const { sends } = await invite(SAM);
    await say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    const { mail } = await lastTo(SAM);
    expect(sends[0]?.messageId).toMatch(/@mailer\.test>$/);
    expect(mail.inReplyTo).toBe(sends[0]?.messageId);
    expect(mail.references).toEqual([sends[0]?.messageId]);
    await world.close();
  });

  test('stays under its size limit: a long description is cut and leads to the page', async () => {
    const { world, invite, lastTo } = await party({
      limits: { OUTBOUND_BYTES: 60_000 },
      event: { description: 'A long programme. '.repeat(1700) },
    });
    await invite(SAM);
    const { raw, mail } = await lastTo(SAM);
    expect(raw.length).toBeLessThanOrEqual(60_000);
    expect(mail.text).toContain('The description goes on on the event page.');
    expect(mail.text).toContain('http://127.0.0.1:3000/e/spring-webinar-');
    await world.close();
  });
});

describe('a change', () => {
  test('[R-70] leaves ORGANIZER byte-identical over REQUEST, update and CANCEL', async () => {
    const { world, invite, mailsTo, say, settle } = await party();
    await invite(SAM);
    await say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    await say({ method: 'CANCEL', sequence: 2 });
    await settle();
    const all = await Promise.all(mailsTo(SAM).map(({ raw }) => received(world, raw)));
    expect(all.map(({ property }) => property('METHOD'))).toEqual([':REQUEST', ':REQUEST', ':CANCEL']);
    expect(new Set(all.map(({ property }) => property('ORGANIZER'))).size).toBe(1);
    await world.close();
  });

  test('[R-71] that ends the event is one VEVENT, CANCELLED, above every number sent, and says so in MIME', async () => {
    const { world, invite, lastTo, say, settle } = await party({
      event: { lines: ['RRULE:FREQ=WEEKLY;COUNT=5'] },
    });
    await invite(SAM);
    await say({ method: 'CANCEL', sequence: 1, lines: ['RRULE:FREQ=WEEKLY;COUNT=5'] });
    await settle();
    const { lines, property, mail } = await lastTo(SAM);
    expect(lines.filter(line => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(
      lines.slice(lines.indexOf('BEGIN:VEVENT')).filter(line => /^(?:RRULE|RECURRENCE-ID)/.test(line)),
    ).toEqual([]);
    expect(property('STATUS')).toBe(':CANCELLED');
    expect(property('SEQUENCE')).toBe(':1');
    expect(mail.calendars[0]?.method).toBe('CANCEL');
    expect(property('METHOD')).toBe(':CANCEL');
    await world.close();
  });

  test('[R-72] that ends one moved date names its original start in the series’ zone, and sends nothing else', async () => {
    const weekly = ['RRULE:FREQ=WEEKLY;COUNT=5'];
    const { world, invite, lastTo, mailsTo, say, settle } = await party({ event: { lines: weekly } });
    await invite(SAM);
    const date = ['RECURRENCE-ID;TZID=Europe/Berlin:20260414T170000'];
    await say({
      sequence: 1,
      dtstamp: '20260221T090000Z',
      start: '20260415T200000',
      end: '20260415T210000',
      lines: date,
    });
    await settle();
    expect((await lastTo(SAM)).property('RECURRENCE-ID')).toBe(';TZID=Europe/Berlin:20260414T170000');
    await say({
      method: 'CANCEL',
      sequence: 2,
      dtstamp: '20260222T090000Z',
      start: '20260415T200000',
      end: '20260415T210000',
      lines: date,
    });
    await settle();
    expect(mailsTo(SAM)).toHaveLength(3);
    const { property, lines } = await lastTo(SAM);
    expect(property('METHOD')).toBe(':CANCEL');
    expect(property('RECURRENCE-ID')).toBe(';TZID=Europe/Berlin:20260414T170000');
    expect(lines.filter(line => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines.slice(lines.indexOf('BEGIN:VEVENT')).filter(line => line.startsWith('RRULE'))).toEqual([]);
    await world.close();
  });

  test('[R-75] made twice within the collecting time is told once, with its net result', async () => {
    const { world, invite, lastTo, mailsTo, say, settle } = await party();
    await invite(SAM);
    await say({ sequence: 1, dtstamp: '20260221T090000Z', start: '20260407T190000', end: '20260407T200000' });
    world.clock.advance(20_000);
    await world.runJobs();
    await say({ sequence: 2, dtstamp: '20260221T090100Z', start: '20260407T200000', end: '20260407T210000' });
    await settle();
    await settle();
    expect(mailsTo(SAM)).toHaveLength(2);
    expect((await lastTo(SAM)).property('DTSTART')).toBe(';TZID=Europe/Berlin:20260407T200000');
    await world.close();
  });

  test('[R-75] that comes while a fan-out runs takes its place: nobody gets the older one after it, nobody is skipped', async () => {
    const { world, ask, lastTo, mailsTo, say, settle } = await party();
    const people = ['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'];
    for (const each of people) await ask(each, 'vip');
    await world.runJobs();
    await say({ sequence: 1, dtstamp: '20260221T090000Z', start: '20260407T190000', end: '20260407T200000' });
    let changed = false;
    world.answerNext(
      () => ({ kind: 'accepted', messageId: '<first@mailer.test>' }),
      async () => {
        if (!changed)
          await say({
            sequence: 2,
            dtstamp: '20260221T090100Z',
            start: '20260407T200000',
            end: '20260407T210000',
          });
        changed = true;
        return { kind: 'accepted', messageId: '<second@mailer.test>' };
      },
    );
    await settle();
    await settle();
    for (const each of people) {
      expect((await lastTo(each)).property('DTSTART')).toBe(';TZID=Europe/Berlin:20260407T200000');
    }
    expect(people.map(each => mailsTo(each).length).sort()).toEqual([2, 2, 3, 3]);
    await world.close();
  });

  test('a cancellation leaves at once, not after the collecting time', async () => {
    const { world, invite, lastTo, say } = await party();
    await invite(SAM);
    await say({ method: 'CANCEL', sequence: 1 });
    await world.runJobs();
    expect((await lastTo(SAM)).property('METHOD')).toBe(':CANCEL');
    await world.close();
  });
});

describe('a person’s own wish', () => {
  test('[R-73] to stop and remove gives him one CANCEL of his own; to come back, a REQUEST above it', async () => {
    const { world, invite, lastTo, mailsTo, person, say, settle } = await party();
    const { invite: invited } = await invite(SAM);
    const token = unsubscribeLink(world, invited, world.clock.now()).split('/u/')[1] ?? '';
    expect((await unsubscribe(world, token, { remove: true })).outcome).toBe('removed');
    await world.runJobs();
    const cancel = await lastTo(SAM);
    expect([cancel.property('METHOD'), cancel.property('SEQUENCE')]).toEqual([':CANCEL', ':1']);
    await say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    expect(mailsTo(SAM)).toHaveLength(2);
    expect((await resubscribe(world, token)).outcome).toBe('resubscribed');
    await world.runJobs();
    const back = await lastTo(SAM);
    expect([back.property('METHOD'), back.property('SEQUENCE')]).toEqual([':REQUEST', ':2']);
    expect(back.uid).toBe(cancel.uid);
    expect((await person(SAM)).invite.stopped).toBeNull();
    await world.close();
  });

  test('to stop holds for updates and every event of the workspace; the event’s end is still told, once', async () => {
    const { world, invite, ask, mailsTo, lastTo, say, settle } = await party();
    const { invite: invited } = await invite(SAM);
    const token = unsubscribeLink(world, invited, world.clock.now()).split('/u/')[1] ?? '';
    await unsubscribe(world, token);
    await say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    expect(mailsTo(SAM)).toHaveLength(1);
    expect(await ask(SAM, 'vip')).toMatchObject({ outcome: 'skipped', reason: 'unsubscribed' });
    await say({ method: 'CANCEL', sequence: 2 });
    await settle();
    await settle();
    expect(mailsTo(SAM)).toHaveLength(2);
    expect((await lastTo(SAM)).property('METHOD')).toBe(':CANCEL');
    await world.close();
  });

  test('“this was not me” ends every mail, the CANCEL too', async () => {
    const { world, invite, mailsTo, say, settle } = await party();
    const { invite: invited } = await invite(SAM);
    const token = unsubscribeLink(world, invited, world.clock.now()).split('/u/')[1] ?? '';
    await unsubscribe(world, token, { notMe: true });
    await say({ method: 'CANCEL', sequence: 1 });
    await settle();
    expect(mailsTo(SAM)).toHaveLength(1);
    await world.close();
  });

  test('a link that was changed by one letter does nothing', async () => {
    const { world, invite, person } = await party();
    const { invite: invited } = await invite(SAM);
    const token = unsubscribeLink(world, invited, world.clock.now()).split('/u/')[1] ?? '';
    const damaged = `${token.slice(0, 40)}${token[40] === 'a' ? 'b' : 'a'}${token.slice(41)}`;
    expect((await unsubscribe(world, damaged)).outcome).toBe('damaged');
    world.clock.advance(401 * 86_400_000);
    expect((await unsubscribe(world, token)).outcome).toBe('expired');
    expect((await person(SAM)).invite.stopped).toBeNull();
    await world.close();
  });
});
