import { describe, expect, test } from '@jest/globals';
import { confirmInvite, inviteConfirmation } from '../../src/invites/confirm.ts';
import { confirmLink, unsubscribeLink } from '../../src/invites/links.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { stateOf } from '../../src/invites/state-of.ts';
import { suppress } from '../../src/invites/suppression.ts';
import { unsubscribe } from '../../src/invites/unsubscribe.ts';
import { party, received } from './party.ts';

const SAM = 'sam@example.org';

function tokenOf(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1);
}

describe('asking for an invite', () => {
  test('makes one invite and one mail, whatever the spelling; the first door stays first', async () => {
    const { world, ask, person, mailsTo } = await party();
    expect((await ask('Sam@Example.ORG')).outcome).toBe('planned');
    await world.runJobs();
    expect(await ask(SAM, 'vip')).toMatchObject({ outcome: 'already', reason: 'within_a_day' });
    expect((await ask(SAM, 'widget')).outcome).toBe('already');
    await world.runJobs();
    expect((await person(SAM)).invite).toMatchObject({
      email: 'Sam@example.org',
      doors: ['page', 'vip', 'widget'],
    });
    expect(mailsTo(SAM)).toHaveLength(1);
    await world.close();
  });

  test.each([
    ['', 'empty'],
    ['sam', 'no_at'],
    ['"x@y"@example.org', 'local_part'],
    ['sam@localhost', 'domain'],
    [`${'a'.repeat(65)}@example.org`, 'local_part'],
    ['create@sis.localhost', 'own_domain'],
  ])('of “%s” is refused: %s', async (email, reason) => {
    const { world, ask } = await party();
    expect(await ask(email)).toMatchObject({ outcome: 'invalid', reason, invite: null });
    await world.close();
  });

  test('of a draft, a cancelled or a past event is closed, and nothing is stored', async () => {
    const { world, ask, event, person, say } = await party();
    expect(
      await requestInvite(world, {
        event: { ...(await event()), status: 'draft' },
        email: SAM,
        door: 'page',
      }),
    ).toMatchObject({
      outcome: 'closed',
      reason: 'draft',
    });
    world.clock.set('2026-04-07T16:00:00Z');
    expect(await ask(SAM)).toMatchObject({ outcome: 'closed', reason: 'ended' });
    world.clock.set('2026-03-02T09:00:00Z');
    await say({ method: 'CANCEL', sequence: 1 });
    expect(await ask(SAM)).toMatchObject({ outcome: 'closed', reason: 'cancelled' });
    await expect(person(SAM)).rejects.toThrow('not invited');
    await world.close();
  });

  test('[R-67] the organizer’s own guests are skipped with the reason, unless one asks himself on the page', async () => {
    const { world, ask, person, mailsTo } = await party({ guests: [SAM] });
    expect(await ask(SAM, 'vip')).toMatchObject({ outcome: 'skipped', reason: 'organizer_guest' });
    await world.runJobs();
    const skipped = await person(SAM);
    expect([stateOf(skipped.invite, skipped.sends), skipped.invite.reason]).toEqual([
      'skipped',
      'organizer_guest',
    ]);
    expect(mailsTo(SAM)).toEqual([]);
    expect((await ask(SAM, 'page')).outcome).toBe('planned');
    await world.runJobs();
    expect(mailsTo(SAM)).toHaveLength(1);
    expect((await person(SAM)).invite).toMatchObject({
      standing: 'open',
      reason: null,
      doors: ['vip', 'page'],
    });
    await world.close();
  });

  test('again sends the same SEQUENCE with a newer DTSTAMP', async () => {
    const { world, invite, event, lastTo, mailsTo } = await party();
    await invite(SAM);
    const first = await lastTo(SAM);
    expect(
      await requestInvite(world, { event: await event(), email: SAM, door: 'page', again: true }),
    ).toMatchObject({
      outcome: 'again',
    });
    await world.runJobs();
    const second = await lastTo(SAM);
    expect(mailsTo(SAM)).toHaveLength(2);
    expect(second.uid).toBe(first.uid);
    expect(second.property('SEQUENCE')).toBe(first.property('SEQUENCE'));
    expect((second.property('DTSTAMP') ?? '') > (first.property('DTSTAMP') ?? '')).toBe(true);
    await world.close();
  });

  test('again while the mail is still on its way sends nothing more', async () => {
    const { world, ask, event, mailsTo } = await party();
    await ask(SAM);
    expect(
      await requestInvite(world, { event: await event(), email: SAM, door: 'page', again: true }),
    ).toMatchObject({
      outcome: 'already',
      reason: 'on_its_way',
    });
    await world.runJobs();
    expect(mailsTo(SAM)).toHaveLength(1);
    await world.close();
  });

  test('a day later a person’s own repeat sends again, a list that is read again does not', async () => {
    const { world, invite, ask } = await party();
    await invite(SAM);
    world.clock.advance(86_400_000);
    expect(await ask(SAM, 'list')).toMatchObject({ outcome: 'already' });
    expect(await ask(SAM, 'page')).toMatchObject({ outcome: 'again' });
    await world.close();
  });

  test('“I deleted it” cancels the old entry and sends one under a new UID; answers to the old one are still his', async () => {
    const { world, invite, event, mailsTo, person } = await party();
    await invite(SAM);
    await requestInvite(world, { event: await event(), email: SAM, door: 'page', fresh: true });
    await world.runJobs();
    const mails = await Promise.all(mailsTo(SAM).map(({ raw }) => received(world, raw)));
    expect(mails.map(({ property }) => property('METHOD'))).toEqual([':REQUEST', ':CANCEL', ':REQUEST']);
    expect(mails[1]?.uid).toBe(mails[0]?.uid);
    expect(mails[2]?.uid).not.toBe(mails[0]?.uid);
    expect((await person(SAM)).invite.generation).toBe(2);
    await world.close();
  });
});

describe('limits', () => {
  test('one address gets at most so many first mails an hour over all workspaces', async () => {
    const host = await party();
    const other = await party();
    expect(other.world).not.toBe(host.world);
    const outcomes: string[] = [];
    for (const number of [1, 2, 3, 4]) {
      await host.say({ uid: `event-${number}`, summary: `Event ${number}` });
      outcomes.push((await host.ask(SAM)).outcome);
    }
    expect(outcomes).toEqual(['planned', 'planned', 'planned', 'limited']);
    expect(await host.ask(SAM)).toMatchObject({ reason: 'address_limit', retryAfterSeconds: 3600 });
    expect(await host.ask(SAM, 'vip')).toMatchObject({ outcome: 'planned' });
    await host.world.close();
    await other.world.close();
  });

  test('several events of one press count once for the hour', async () => {
    const host = await party();
    const outcomes: string[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      const event = await host.say({ uid: `event-${number}`, summary: `Event ${number}` });
      const asked = await requestInvite(host.world, {
        event,
        email: SAM,
        door: 'upcoming',
        sameRequest: number > 1,
      });
      outcomes.push(asked.outcome);
    }
    expect(outcomes).toEqual(['planned', 'planned', 'planned', 'planned', 'planned']);
    await host.world.close();
  });

  test('one network signs up at most so many a minute, whatever the addresses', async () => {
    const { world, event } = await party({ limits: { SIGNUPS_PER_NETWORK_MINUTE: 2 } });
    const record = await event();
    const ask = (name: string, network: string) =>
      requestInvite(world, { event: record, email: `${name}@example.org`, door: 'page', network });
    expect((await ask('a', '192.0.2.1')).outcome).toBe('planned');
    expect((await ask('b', '192.0.2.1')).outcome).toBe('planned');
    expect(await ask('c', '192.0.2.1')).toMatchObject({ outcome: 'limited', reason: 'network_limit' });
    expect((await ask('c', '192.0.2.2')).outcome).toBe('planned');
    await world.close();
  });

  test('an event takes so many people and no more; who is refused does not use up a place', async () => {
    const { world, ask } = await party({ limits: { PEOPLE_PER_EVENT: 3 } });
    for (const name of ['a', 'b', 'c'])
      expect((await ask(`${name}@example.org`, 'vip')).outcome).toBe('planned');
    for (const name of ['d', 'e']) {
      expect(await ask(`${name}@example.org`, 'vip')).toMatchObject({
        outcome: 'limited',
        reason: 'recipient_limit',
      });
    }
    expect((await ask('a@example.org', 'vip')).outcome).toBe('already');
    await world.close();
  });
});

describe('an address that must confirm itself', () => {
  test('of a workspace at tier 0 gets a question first, and its invite after the press', async () => {
    const { world, ask, person, mailsTo, lastTo } = await party({ tier: 0 });
    expect((await ask(SAM)).outcome).toBe('unconfirmed');
    await world.runJobs();
    expect(mailsTo(SAM)).toHaveLength(1);
    expect(mailsTo(SAM)[0]?.about.kind).toBe('confirm');
    const { mail } = await lastTo(SAM);
    expect(mail.calendars).toEqual([]);
    const waiting = await person(SAM);
    expect(stateOf(waiting.invite, waiting.sends)).toBe('unconfirmed');
    const token = /\/i\/([\w.-]+)/.exec(mail.text ?? '')?.[1] ?? '';
    expect((await inviteConfirmation(world, token)).outcome).toBe('waiting');
    await world.runJobs();
    expect(mailsTo(SAM)).toHaveLength(1);
    expect((await confirmInvite(world, token)).outcome).toBe('confirmed');
    expect((await confirmInvite(world, token)).outcome).toBe('already');
    await world.runJobs();
    expect(mailsTo(SAM).map(({ about }) => about.kind)).toEqual(['confirm', 'request']);
    await world.close();
  });

  test('is asked at most once a day for an event', async () => {
    const { world, ask, event, mailsTo } = await party({ tier: 0 });
    await ask(SAM);
    await world.runJobs();
    await ask(SAM);
    await requestInvite(world, { event: await event(), email: SAM, door: 'page', again: true });
    await world.runJobs();
    expect(mailsTo(SAM)).toHaveLength(1);
    world.clock.advance(86_400_000);
    await ask(SAM);
    await world.runJobs();
    expect(mailsTo(SAM)).toHaveLength(2);
    await world.close();
  });

  test('has confirmed for the whole workspace', async () => {
    const { world, ask, invite, person, say } = await party({ tier: 0 });
    await invite(SAM);
    await confirmInvite(world, tokenOf(confirmLink(world, (await person(SAM)).invite, world.clock.now())));
    await say({ uid: 'second', summary: 'Second' });
    expect((await ask(SAM)).outcome).toBe('planned');
    await world.close();
  });

  test('a forged, expired or late link confirms nothing', async () => {
    const { world, invite, person, say } = await party({ tier: 0 });
    await invite(SAM);
    const link = tokenOf(confirmLink(world, (await person(SAM)).invite, world.clock.now()));
    const foreign = tokenOf(unsubscribeLink(world, (await person(SAM)).invite, world.clock.now()));
    expect((await confirmInvite(world, foreign)).outcome).toBe('damaged');
    await say({ method: 'CANCEL', sequence: 1 });
    expect((await confirmInvite(world, link)).outcome).toBe('closed');
    world.clock.advance(8 * 86_400_000);
    expect((await confirmInvite(world, link)).outcome).toBe('expired');
    await world.close();
  });

  test('of a title only plain words are in the question: no link, no number to ring', async () => {
    const { world, ask, lastTo } = await party({
      tier: 0,
      event: { summary: 'You won! Call +49 30 1234567 or see https://evil.example/x now' },
    });
    await ask(SAM);
    await world.runJobs();
    const { mail } = await lastTo(SAM);
    expect(mail.subject).toBe('Please confirm: You won! Call or see now');
    expect(mail.text).not.toContain('evil.example');
    await world.close();
  });
});

describe('an address that said stop', () => {
  test('and asks again on the page must say so itself, then gets the invite', async () => {
    const { world, invite, ask, mailsTo, person } = await party();
    const { invite: invited } = await invite(SAM);
    await unsubscribe(world, tokenOf(unsubscribeLink(world, invited, world.clock.now())));
    world.clock.advance(86_400_000);
    expect((await ask(SAM, 'page')).outcome).toBe('unconfirmed');
    await world.runJobs();
    expect(mailsTo(SAM).map(({ about }) => about.kind)).toEqual(['request', 'confirm']);
    await confirmInvite(world, tokenOf(confirmLink(world, (await person(SAM)).invite, world.clock.now())));
    await world.runJobs();
    expect(mailsTo(SAM).map(({ about }) => about.kind)).toEqual(['request', 'confirm', 'request']);
    await world.close();
  });

  test.each(['complained', 'bounced', 'erased'] as const)(
    'because it %s gets nothing at any door',
    async reason => {
      const { world, ask, organizer, mailsTo } = await party();
      await suppress(world, { workspace: organizer.workspace, address: SAM, reason });
      for (const door of ['page', 'vip'] as const) {
        expect(await ask(SAM, door)).toMatchObject({ outcome: 'skipped', reason });
      }
      await world.runJobs();
      expect(mailsTo(SAM)).toEqual([]);
      await world.close();
    },
  );
});
