/** An audience, list or segment is invited, or only counted. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Contact } from '../../../connectors/contract.ts';
import { inviteAudience } from '../../../src/connections/audience/audience-invite.ts';
import { audienceRun } from '../../../src/connections/audience/audience-run.ts';
import { backfillJob } from '../../../src/connections/report/backfill.ts';
import { suppress } from '../../../src/invites/suppression.ts';
import { mortal } from '../../invites/crash.ts';
import { type Reporting, reporting } from '../report/reporting.ts';
import { type Fate, problem } from '../stand-in.ts';

function member(name: string, consent: Contact['consent'] = 'subscribed'): Contact {
  const address = `${name}@example.org`;
  return { id: `id-${name}`, reference: `ref-${name}`, address, name: null, consent };
}

const MEMBERS: readonly Contact[] = [
  member('new1'),
  member('new2'),
  member('invited'),
  member('left'),
  member('gone', 'unsubscribed'),
  member('bounced', 'cleaned'),
  member('archived', 'archived'),
  member('never', 'none'),
  member('pending', 'pending'),
  member('new3'),
  { ...member('odd'), address: 'not an address' },
  { ...member('new1'), id: 'id-again', address: 'NEW1@example.org' },
];

const COUNTED = {
  counts: { seen: 11, new: 3, already: 1, suppressed: 1, withoutConsent: 5, invalid: 1 },
  skipped: { unsubscribed: 2, cleaned: 1, archived: 1, none: 1, pending: 1, no_at: 1 },
};

const open: Reporting[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.world.close();
});

async function host(more: Parameters<typeof reporting>[0] = {}): Promise<Reporting> {
  const made = await reporting({ members: MEMBERS, limits: { COALESCE_SECONDS: 0 }, ...more });
  open.push(made);
  await made.ask('invited@example.org', 'vip');
  await suppress(made.world, {
    workspace: made.organizer.workspace,
    address: 'left@example.org',
    reason: 'unsubscribed',
  });
  await made.work();
  return made;
}

async function begin(made: Reporting, dryRun: boolean) {
  const { world, platform } = made;
  const event = await made.event();
  const asked = { event, connection: platform.account.id, audience: 'list1:7', dryRun };
  return (await inviteAudience(world, platform.accounts, asked)).id;
}

describe('inviting an audience', () => {
  test('the dry run counts what the real one then does', async () => {
    const made = await host();
    const dry = await begin(made, true);
    await made.workFor(60_000);
    expect(await audienceRun(made.world, dry)).toMatchObject({ ...COUNTED, state: 'done', dryRun: true });
    expect(made.world.outbox()).toHaveLength(1);
    const real = await begin(made, false);
    await made.workFor(60_000);
    expect(await audienceRun(made.world, real)).toMatchObject({ ...COUNTED, state: 'done', problem: null });
    expect(
      made.world
        .outbox()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['invited@example.org', 'new1@example.org', 'new2@example.org', 'new3@example.org']);
    expect((await made.person('new1@example.org')).invite.doors).toEqual(['audience']);
  });

  test('asked for again finds everybody invited already', async () => {
    const made = await host();
    await begin(made, false);
    await made.workFor(60_000);
    made.world.clock.advance(1_000);
    const again = await begin(made, false);
    await made.workFor(60_000);
    expect((await audienceRun(made.world, again))?.counts).toEqual({ ...COUNTED.counts, new: 0, already: 4 });
    expect(made.world.outbox()).toHaveLength(4);
  });

  test('killed after any write counts and invites as if nothing had happened', async () => {
    for (let writes = 1, died = true; died; writes += 4) {
      const made = await host();
      const id = await begin(made, false);
      const process = mortal(made.world, { writes });
      try {
        for (;;) {
          const taken = await process.ports.jobs.take('bulk', 1, 60_000);
          if (taken.length === 0) break;
          for (const job of taken) {
            await made.run(job, process.ports);
            await process.ports.jobs.done(job);
          }
        }
      } catch (error) {
        if (!process.dead()) throw error;
      }
      died = process.dead();
      await made.workFor(20 * 60_000);
      expect(await audienceRun(made.world, id)).toMatchObject({ ...COUNTED, state: 'done' });
      expect(made.world.outbox()).toHaveLength(4);
    }
  }, 60_000);

  test('a page that is worked on twice at once counts once', async () => {
    const made = await host();
    const id = await begin(made, false);
    for (;;) {
      const [job] = await made.world.jobs.take('bulk', 1, 60_000);
      if (job === undefined) break;
      await Promise.all([made.run(job), made.run(job), made.run(job)]);
      await made.world.jobs.done(job);
    }
    await made.workFor(60_000);
    expect(await audienceRun(made.world, id)).toMatchObject({ ...COUNTED, state: 'done' });
  });

  test('waits for a platform that asks for patience, and goes on from the same page', async () => {
    const fates: Fate[] = [
      { kind: 'done' },
      { kind: 'refused', error: problem('again', { status: 429, retryAfterMs: 120_000 }) },
    ];
    const made = await host({
      fate: ({ step }) => (step === 'members' ? (fates.shift() ?? { kind: 'done' }) : { kind: 'done' }),
    });
    const id = await begin(made, false);
    await made.workFor(30_000);
    expect(await audienceRun(made.world, id)).toMatchObject({
      state: 'waiting',
      problem: 'The platform does not answer at the moment. This goes on by itself.',
      counts: { seen: 4 },
    });
    await made.workFor(300_000);
    expect(await audienceRun(made.world, id)).toMatchObject({ ...COUNTED, state: 'done', problem: null });
  });

  test('a revoked grant leaves it waiting; connected again, it goes on', async () => {
    let revoked = false;
    const made = await host({
      fate: () =>
        revoked ? { kind: 'refused', error: problem('reconnect', { status: 401 }) } : { kind: 'done' },
    });
    const second = await begin(made, false);
    revoked = true;
    await made.workFor(600_000);
    expect(await audienceRun(made.world, second)).toMatchObject({
      state: 'waiting',
      problem: 'The account has to be connected again. Then this goes on by itself.',
    });
    await expect(begin(made, false)).rejects.toMatchObject({ code: 'needs_reconnect' });
    revoked = false;
    made.platform.connect('connected');
    await made.world.jobs.add([backfillJob({ connection: made.platform.account.id })]);
    await made.workFor(600_000);
    expect(await audienceRun(made.world, second)).toMatchObject({ ...COUNTED, state: 'done' });
  });

  test.each([
    ['absent', 'The account has no such audience, list or segment any more. Pick another one.'],
    ['final', 'The platform refused to show these contacts. The platform said so.'],
  ] as const)('a platform that says %s ends it with a sentence', async (kind, sentence) => {
    const made = await host({
      fate: ({ step }) =>
        step === 'members' ? { kind: 'refused', error: problem(kind, { status: 404 }) } : { kind: 'done' },
    });
    const id = await begin(made, false);
    await made.workFor(60_000);
    expect(await audienceRun(made.world, id)).toMatchObject({ state: 'failed', problem: sentence });
  });

  test('an event cancelled meanwhile invites nobody more', async () => {
    const made = await host();
    const id = await begin(made, false);
    await made.say({ method: 'CANCEL', sequence: 5, dtstamp: '20260301T140000Z' });
    await made.workFor(60_000);
    expect(await audienceRun(made.world, id)).toMatchObject({
      state: 'failed',
      problem: 'The event is over or cancelled, so nobody more was invited.',
      counts: { new: 0 },
    });
    await expect(begin(made, false)).rejects.toMatchObject({ code: 'event_closed' });
  });

  test('another workspace’s account is no account', async () => {
    const made = await host();
    const event = { ...(await made.event()), workspace: 'ws_other' };
    const asked = { event, connection: made.platform.account.id, audience: 'list1', dryRun: true };
    await expect(inviteAudience(made.world, made.platform.accounts, asked)).rejects.toMatchObject({
      code: 'unknown_connection',
    });
  });
});
