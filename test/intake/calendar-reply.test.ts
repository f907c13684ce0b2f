import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { arrive, opened, sent } from '../support/arrive.ts';
import { type Invitation, invitation } from '../support/calendar-mail.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

async function reply(n = 0): Promise<string[]> {
  const mail = await opened(world, sent(world, 'reply')[n]);
  expect(mail.calendars[0]?.method).toBe('REPLY');
  const text = Buffer.from(mail.calendars[0]?.bytes ?? []).toString();
  return text.replace(/\r\n[ \t]/g, '').split('\r\n');
}

const UPDATE: Invitation = {
  sequence: 1,
  dtstamp: '20260301T083000Z',
  start: ';TZID=Europe/Berlin:20260310T180000',
  end: ';TZID=Europe/Berlin:20260310T190000',
};

describe('the answer to the organizer’s calendar', () => {
  test('[R-94][R-95] accepts for create@, with the event’s own UID and SEQUENCE and one ATTENDEE', async () => {
    await arrive(world, invitation());
    const lines = await reply();
    expect(lines).toContain('METHOD:REPLY');
    expect(lines).toContain('UID:one@example.com');
    expect(lines).toContain('SEQUENCE:0');
    const attendees = lines.filter(line => line.startsWith('ATTENDEE'));
    expect(attendees).toHaveLength(1);
    expect(attendees[0]).toContain('PARTSTAT=ACCEPTED');
    expect(attendees[0]).toMatch(/mailto:create@sis\.localhost$/);
    const mail = sent(world, 'reply')[0];
    expect([mail?.from, mail?.to]).toEqual(['create@sis.localhost', 'jane@example.com']);
    expect((await opened(world, mail)).automatic).toBe('auto-replied');
  });

  test('[R-94] comes from the very spelling that was invited', async () => {
    const raw = invitation({ attendees: ['ATTENDEE;RSVP=TRUE:mailto:Create+Team@sis.localhost'] });
    await arrive(world, raw, { recipients: ['create+team@sis.localhost'] });
    expect(sent(world, 'reply')[0]?.from).toBe('Create+Team@sis.localhost');
    expect((await reply()).find(line => line.startsWith('ATTENDEE'))).toMatch(
      /mailto:Create\+Team@sis\.localhost$/,
    );
  });

  test('[R-94] comes once for each SEQUENCE', async () => {
    await arrive(world, invitation());
    await arrive(world, invitation({ summary: 'New words', dtstamp: '20260301T082000Z' }));
    expect(sent(world, 'reply')).toHaveLength(1);
    await arrive(world, invitation(UPDATE));
    expect(sent(world, 'reply')).toHaveLength(2);
    expect(await reply(1)).toContain('SEQUENCE:1');
  });

  test('[R-94] comes for a single date when that is all the mail is about', async () => {
    await arrive(world, invitation({ lines: ['RRULE:FREQ=DAILY;COUNT=5'] }));
    await arrive(
      world,
      invitation({
        ...UPDATE,
        lines: ['RECURRENCE-ID;TZID=Europe/Berlin:20260311T160000'],
        start: ';TZID=Europe/Berlin:20260311T180000',
        end: ';TZID=Europe/Berlin:20260311T190000',
      }),
    );
    expect(sent(world, 'reply')).toHaveLength(2);
    expect((await reply(1)).some(line => line.startsWith('RECURRENCE-ID'))).toBe(true);
  });

  const silent: readonly (readonly [string, Invitation])[] = [
    ['where the organizer wants none', { attendees: ['ATTENDEE;RSVP=FALSE:mailto:create@sis.localhost'] }],
    ['where his program asks for none', { lines: ['X-MICROSOFT-ISRESPONSEREQUESTED:FALSE'] }],
    [
      'where create@ is accepted already',
      { attendees: ['ATTENDEE;RSVP=TRUE;PARTSTAT=ACCEPTED:mailto:create@sis.localhost'] },
    ],
    ['where create@ is no guest', { attendees: ['ATTENDEE:mailto:somebody@example.net'] }],
  ];
  test.each(silent)('[R-94] stays out %s', async (_name, of) => {
    expect(await arrive(world, invitation(of))).toMatchObject({ outcome: 'applied' });
    expect(sent(world, 'reply')).toHaveLength(0);
    expect(sent(world, 'organizer')).toHaveLength(1);
  });

  test('[R-95] stays out where the event has no UID to answer to: the explanation says it', async () => {
    expect(await arrive(world, invitation({ uid: '' }))).toMatchObject({
      outcome: 'rejected',
      reason: 'no_uid',
    });
    expect(sent(world, 'reply')).toHaveLength(0);
    expect(sent(world, 'organizer')).toHaveLength(1);
  });

  test('comes where RSVP is left out', async () => {
    await arrive(world, invitation({ attendees: ['ATTENDEE:mailto:create@sis.localhost'] }));
    expect(sent(world, 'reply')).toHaveLength(1);
  });

  test('[R-94] never goes to an address that only the calendar text names', async () => {
    await arrive(
      world,
      invitation({ organizer: 'ORGANIZER;EMAIL=jane@example.com:mailto:victim@example.org' }),
    );
    expect(world.outbox().filter(({ to }) => to === 'victim@example.org')).toEqual([]);
  });

  test('[R-94] stays out for stale mail, duplicates and cancellations', async () => {
    await arrive(world, invitation(UPDATE));
    await arrive(world, invitation());
    await arrive(world, invitation(UPDATE));
    await arrive(world, invitation({ ...UPDATE, method: 'CANCEL', sequence: 2 }));
    expect(sent(world, 'reply')).toHaveLength(1);
  });
});
