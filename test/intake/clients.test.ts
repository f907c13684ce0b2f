/** Whole mails in the shapes of real programs, from the listener to the registry: one event each, with the right facts. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { describeEvent } from '../../src/calendar/describe.ts';
import { listEvents } from '../../src/events/store.ts';
import { mailFixture } from '../mail/fixture.ts';
import { arrive } from '../support/arrive.ts';
import { invitation } from '../support/calendar-mail.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
  Object.assign(world.settings, { mailDomain: 'sis.example.com' });
});
afterEach(() => world.close());

const TO = { recipients: ['create@sis.example.com'] };

async function events() {
  return (await listEvents(world, null, { limit: 100 })).items;
}

async function facts() {
  const [event] = await events();
  if (event === undefined) throw new Error('no event');
  return describeEvent(event.state, { now: '2026-03-01T09:00:00Z' });
}

describe('an invitation as it is sent by', () => {
  test.each([
    ['[R-01] Google, with its second copy of the calendar', 'google-request', 'Europe/Berlin'],
    ['[R-02] Exchange, base64 with a Windows zone', 'exchange-request', 'Europe/Berlin'],
    ['[R-03] Outlook over POP, the calendar as the whole mail', 'outlook-desktop-request', 'Europe/Paris'],
    ['[R-04] Apple Mail, a method in the calendar alone', 'apple-mail-request', 'Europe/Berlin'],
  ])('%s', async (_name, fixture, zone) => {
    expect(await arrive(world, mailFixture(fixture), TO)).toMatchObject({ outcome: 'applied' });
    expect(await events()).toHaveLength(1);
    expect(await facts()).toMatchObject({
      title: 'Frühlings-Webinar',
      startUtc: '2026-06-10T14:00:00Z',
      endUtc: '2026-06-10T15:00:00Z',
      zone,
    });
  });

  test('[R-03] Outlook over POP has its words in the calendar', async () => {
    await arrive(world, mailFixture('outlook-desktop-request'), TO);
    expect((await facts()).description).toBe('Bis bald');
  });

  test('[R-15] iCloud, whose organizer has another token in each revision: one event, for the person behind it', async () => {
    const by = (token: string, sequence: number, summary: string) =>
      invitation({
        to: 'create@sis.example.com',
        organizer: `ORGANIZER;CN=Jane Roe;EMAIL=jane@example.com:mailto:2_${token}@imip.me.com`,
        sequence,
        dtstamp: `2026030${sequence + 1}T080000Z`,
        summary,
      });
    expect(await arrive(world, by('GEYDAMJQGA', 0, 'Picnic'), TO)).toMatchObject({ outcome: 'applied' });
    expect(await arrive(world, by('MFRGGZDFMY', 1, 'Long picnic'), TO)).toMatchObject({ outcome: 'applied' });
    const [event, ...more] = await events();
    expect(more).toEqual([]);
    expect(event?.state.revision).toBe(2);
    expect((await facts()).title).toBe('Long picnic');
  });
});
