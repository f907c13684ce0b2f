import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listEvents } from '../../src/events/store.ts';
import { confirm, confirmation } from '../../src/intake/confirm.ts';
import { plainTitle } from '../../src/intake/confirm-mail.ts';
import { listAudit } from '../../src/organizers/audit.ts';
import { organizerByAddress, workspaceById } from '../../src/organizers/store.ts';
import { arrive, linkIn, opened, sent } from '../support/arrive.ts';
import { type Invitation, invitation, ORGANIZER } from '../support/calendar-mail.ts';
import { crashAt, writesOf } from '../support/crash.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

/** iCloud sends for its users from an address of its own: weak evidence for the person in EMAIL. */
function relayed(of: Invitation = {}): Uint8Array {
  const text = invitation({
    from: 'noreply@insideicloud.icloud.com',
    organizer: `ORGANIZER;CN=Jane Roe;EMAIL=${ORGANIZER}:mailto:2_GEZDGNBVGY3TQOI@imip.me.com`,
    ...of,
  });
  return text;
}

const FLOATING: Invitation = { start: ':20260310T160000', end: ':20260310T170000' };
const UPDATE: Invitation = { sequence: 1, dtstamp: '20260301T083000Z', summary: 'Autumn picnic' };
const CANCEL: Invitation = { method: 'CANCEL', sequence: 2, dtstamp: '20260301T084000Z' };

async function token(n = 0): Promise<string> {
  const mail = await opened(world, sent(world, 'confirm')[n]);
  return linkIn(mail.text, '/c/').slice('/c/'.length);
}

async function statuses(): Promise<string[]> {
  return (await listEvents(world, null, { limit: 10 })).items.map(({ status }) => status).sort();
}

describe('an update whose revision number leaps', () => {
  const LEAP: Invitation = { sequence: 10_002, dtstamp: '20260301T083000Z', summary: 'Autumn picnic' };

  test('waits for the organizer’s word, and locks out no other change meanwhile', async () => {
    await arrive(world, invitation({ sequence: 1 }));
    expect(await arrive(world, invitation(LEAP))).toMatchObject({ outcome: 'draft', reason: 'unconfirmed' });
    const [event] = (await listEvents(world, null, { limit: 10 })).items;
    expect(event?.state.components.series?.event?.summary).toBe('Spring picnic');
    const small = { sequence: 2, dtstamp: '20260301T084000Z', summary: 'Summer picnic' };
    expect(await arrive(world, invitation(small))).toMatchObject({ outcome: 'applied' });
    expect(await confirm(world, await token())).toMatchObject({ kind: 'confirmed' });
    const [after] = (await listEvents(world, null, { limit: 10 })).items;
    expect(after?.state.components.series).toMatchObject({
      event: { summary: 'Autumn picnic' },
      stamp: { sequence: 10_002 },
    });
  });

  test('by as much as ten thousand is taken at once', async () => {
    await arrive(world, invitation({ sequence: 1 }));
    expect(await arrive(world, invitation({ ...LEAP, sequence: 10_001 }))).toMatchObject({
      outcome: 'applied',
    });
  });
});

describe('an invitation by weak evidence', () => {
  test('becomes a draft, and its address gets one link a day', async () => {
    const arrival = await arrive(world, relayed());
    expect(arrival).toMatchObject({ outcome: 'draft', reason: 'unconfirmed', evidence: 'relay:icloud' });
    await arrive(world, relayed({ uid: 'two@example.com' }));
    await arrive(world, relayed({ uid: 'three@example.com' }));
    expect(await statuses()).toEqual(['draft', 'draft', 'draft']);
    expect(world.outbox().map(({ to, about }) => [to, about.kind])).toEqual([[ORGANIZER, 'confirm']]);
    world.clock.advance(86_400_000);
    await arrive(world, relayed({ uid: 'four@example.com' }));
    expect(world.outbox()).toHaveLength(2);
  });

  test('is shown in full before anybody is asked for his word, and looking changes nothing', async () => {
    await arrive(world, relayed());
    const shown = await confirmation(world, await token(), 'en');
    expect(shown).toMatchObject({
      kind: 'waiting',
      zoneNeeded: false,
      organizer: { address: ORGANIZER },
      items: [{ kind: 'create', title: 'Spring picnic', needsZone: false }],
    });
    if (shown.kind !== 'waiting') throw new Error('nothing waits');
    expect(shown.items[0]?.facts?.when).toContain('16:00');
    expect(await statuses()).toEqual(['draft']);
  });

  test('goes live by the organizer’s word, with the live mail and the answer in his calendar', async () => {
    await arrive(world, relayed());
    const done = await confirm(world, await token());
    expect(done).toMatchObject({ kind: 'confirmed', refusals: [] });
    await world.runJobs();
    expect(await statuses()).toEqual(['live']);
    expect(sent(world, 'organizer').map(({ to }) => to)).toEqual([ORGANIZER]);
    expect(sent(world, 'reply').map(({ to }) => to)).toEqual(['2_GEZDGNBVGY3TQOI@imip.me.com']);
    const jane = await organizerByAddress(world, ORGANIZER);
    expect((await workspaceById(world, jane?.workspace ?? ''))?.tier).toBe(0);
    expect((await listAudit(world, null)).items.map(({ what }) => what).sort()).toEqual([
      'event_created',
      'mail_confirmed',
    ]);
  });

  test('is believed from then on: the pair of service and address is known', async () => {
    await arrive(world, relayed());
    await confirm(world, await token());
    expect(await arrive(world, relayed(UPDATE))).toMatchObject({ outcome: 'applied', reason: null });
    expect(await arrive(world, relayed({ uid: 'two@example.com' }))).toMatchObject({ outcome: 'applied' });
    const forJune = relayed({
      organizer: 'ORGANIZER;EMAIL=june@example.org:mailto:2_AAAAAAAAAA@imip.me.com',
    });
    expect(await arrive(world, forJune)).toMatchObject({ outcome: 'draft' });
  });

  test('pressed twice is applied once', async () => {
    await arrive(world, relayed());
    const link = await token();
    await confirm(world, link);
    await world.runJobs();
    const mails = world.outbox().length;
    expect(await confirm(world, link)).toEqual({ kind: 'nothing' });
    await world.runJobs();
    expect(world.outbox()).toHaveLength(mails);
    expect(await confirmation(world, link, 'en')).toEqual({ kind: 'nothing' });
  });

  test('what came in after the page was shown waits on', async () => {
    const first = await arrive(world, relayed());
    await arrive(world, relayed({ uid: 'forged@example.com', summary: 'Forged' }));
    const done = await confirm(world, await token(), { shown: [first.id] });
    expect(done).toMatchObject({ kind: 'confirmed' });
    expect(await statuses()).toEqual(['draft', 'live']);
  });

  test('its changes and its cancellation are applied in the order of its revisions', async () => {
    await arrive(world, relayed());
    await arrive(world, relayed(UPDATE));
    expect((await confirmation(world, await token(), 'en')).kind).toBe('waiting');
    await confirm(world, await token());
    await world.runJobs();
    const mail = await opened(world, sent(world, 'organizer')[0]);
    expect(mail.subject).toBe('Your event is live: Autumn picnic');
    expect(sent(world, 'organizer')).toHaveLength(1);
  });

  test('that was cancelled meanwhile is never called live', async () => {
    await arrive(world, relayed());
    await arrive(world, relayed(CANCEL));
    await confirm(world, await token());
    await world.runJobs();
    expect(await statuses()).toEqual(['cancelled']);
    expect(sent(world, 'organizer')).toHaveLength(0);
  });

  test('broken off at any write, a second press ends it the same way', async () => {
    await arrive(world, relayed());
    const counted = await token();
    const writes = await writesOf(world, ports => confirm(ports, counted));
    expect(writes).toBeGreaterThan(8);
    for (let n = 1; n <= writes; n += 1) {
      const who = `died-${n}@example.com`;
      const organizer = `ORGANIZER;EMAIL=${who}:mailto:2_died${n}@imip.me.com`;
      await arrive(world, relayed({ organizer, uid: who }));
      const question = sent(world, 'confirm').find(({ to }) => to === who);
      const link = linkIn((await opened(world, question)).text, '/c/').slice('/c/'.length);
      await confirm(crashAt(world, n), link).catch(error => expect(String(error)).toContain('crash'));
      await confirm(world, link);
      await world.runJobs();
      const mails = world.outbox().filter(({ to }) => to === who || to === `2_died${n}@imip.me.com`);
      const workspace = (await organizerByAddress(world, who))?.workspace ?? '';
      const { items } = await listEvents(world, workspace, { limit: 10 });
      expect([n, mails.map(({ about }) => about.kind).sort(), items.map(({ status }) => status)]).toEqual([
        n,
        ['confirm', 'organizer', 'reply'],
        ['live'],
      ]);
    }
  }, 120_000);
});

describe('a change of a live event by weak evidence', () => {
  test('waits, is shown in words, and is applied by the organizer’s word', async () => {
    await arrive(world, invitation());
    expect(await arrive(world, relayed(CANCEL))).toMatchObject({ outcome: 'draft', reason: 'unconfirmed' });
    expect(await statuses()).toEqual(['live']);
    const shown = await confirmation(world, await token(), 'en');
    expect(shown).toMatchObject({
      kind: 'waiting',
      items: [{ kind: 'cancel', title: 'Spring picnic', facts: null }],
    });
    await confirm(world, await token());
    expect(await statuses()).toEqual(['cancelled']);
  });

  test('that changes nothing asks nobody', async () => {
    await arrive(world, invitation());
    expect(await arrive(world, relayed())).toMatchObject({ outcome: 'duplicate' });
    expect(sent(world, 'confirm')).toHaveLength(0);
  });

  test('and a cancellation of what we do not have wait without a mail', async () => {
    expect(await arrive(world, relayed(CANCEL))).toMatchObject({ outcome: 'draft' });
    expect(world.outbox()).toHaveLength(0);
  });
});

describe('a time without a zone', () => {
  test('[R-26] asks for the zone, and takes it for this event and the next', async () => {
    expect(await arrive(world, invitation(FLOATING))).toMatchObject({ outcome: 'draft', reason: 'zone' });
    const link = await token();
    expect(await confirmation(world, link, 'en')).toMatchObject({ kind: 'waiting', zoneNeeded: true });
    expect(await confirm(world, link)).toEqual({ kind: 'zone_needed' });
    expect(await confirm(world, link, { zone: 'Nowhere/Land' })).toEqual({ kind: 'unknown_zone' });
    expect(await confirm(world, link, { zone: 'America/New_York' })).toMatchObject({ kind: 'confirmed' });
    await world.runJobs();
    const mail = await opened(world, sent(world, 'organizer')[0]);
    expect(mail.text).toContain('America/New_York');
    expect(await arrive(world, invitation({ ...FLOATING, uid: 'two@example.com' }))).toMatchObject({
      outcome: 'applied',
    });
  });

  test('by weak evidence asks for the organizer’s word first and for the zone then', async () => {
    await arrive(world, relayed(FLOATING));
    const link = await token();
    expect(await confirm(world, link)).toEqual({ kind: 'zone_needed' });
    expect(await confirmation(world, link, 'en')).toMatchObject({ kind: 'waiting', zoneNeeded: true });
    expect(await confirm(world, link, { zone: 'Europe/Paris' })).toMatchObject({ kind: 'confirmed' });
    expect(await statuses()).toEqual(['live']);
  });
});

describe('a confirmation link', () => {
  test('that is damaged, of another purpose or too old opens nothing', async () => {
    await arrive(world, relayed());
    const link = await token();
    expect(await confirm(world, `${link.slice(0, -4)}AAAA`)).toEqual({ kind: 'damaged' });
    expect(await confirmation(world, 'x', 'en')).toEqual({ kind: 'damaged' });
    world.clock.advance(8 * 86_400_000);
    expect(await confirm(world, link)).toEqual({ kind: 'expired' });
    expect(await statuses()).toEqual([]);
  });

  test('stands in a mail that carries no link and no number of a stranger', () => {
    expect(
      plainTitle('Win now: https://evil.example/x call +1 (555) 123-4567 or www.evil.example', 'en'),
    ).toBe('Win now: call or');
    expect(plainTitle('pay at evil.example/now', 'en')).toBe('pay at');
    expect(plainTitle('Meeting 2026 at 10:30', 'en')).toBe('Meeting 2026 at 10:30');
    expect(plainTitle('https://evil.example', 'en')).toBe('your event');
    expect(plainTitle('word '.repeat(100), 'en').length).toBeLessThanOrEqual(80);
  });
});
