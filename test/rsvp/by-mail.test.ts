/** Mail at an organizer's address: whose answer, which date, what it means, and what is never answered. */
import { describe, expect, test } from '@jest/globals';
import { SERIES } from '../../src/calendar/state.ts';
import { effectiveAnswer } from '../../src/invites/answers.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { inviteOf, stateOf } from '../../src/invites/store.ts';
import { readMail } from '../../src/mail/inbound.ts';
import type { Proof } from '../../src/mail/sender.ts';
import { receiveReply } from '../../src/rsvp/by-mail.ts';
import { acceptUnmatched, listUnmatched } from '../../src/rsvp/unmatched.ts';
import { type Party, type PartyOptions, party } from '../invites/party.ts';
import { type Answered, bounce, reply, veventOf, words } from './replies.ts';

const SAM = 'sam@example.org';
const KIM = 'kim@example.org';
const WEEKLY: PartyOptions = { event: { lines: ['RRULE:FREQ=WEEKLY;COUNT=6'] } };
const SECOND = '2026-04-14T15:00:00Z';

async function invited(options: PartyOptions = {}): Promise<Party & { readonly uid: string }> {
  const host = await party({ now: '2026-03-01T09:00:00Z', ...options });
  await host.invite(SAM);
  const { uid } = await host.lastTo(SAM);
  host.world.clock.set('2026-03-01T10:05:00Z');
  return { ...host, uid };
}

async function answerOf(host: Party, email = SAM, component = SERIES) {
  const { invite } = await host.person(email);
  return effectiveAnswer(invite, (await host.event()).state, component).answer;
}

/** Without loopback's trust: what the sender check found is given. */
async function receiveProven(host: Party, raw: string, proof: Partial<Proof>) {
  const mail = await readMail(Buffer.from(raw.replace(/\n/g, '\r\n')), host.world.settings.limits);
  const whole: Proof = {
    level: 'none',
    identity: null,
    evidence: 'none',
    policy: null,
    relay: null,
    signatureHashes: [],
    detail: '',
    ...proof,
  };
  return receiveReply(host.world, {
    arrival: `arr_${raw.length}`,
    mail,
    proof: whole,
    slug: host.organizer.slug,
    recipients: ['jane@sis.localhost'],
  });
}

describe('whose answer it is', () => {
  test('a REPLY with the token in its UID sets answer, origin and PRODID', async () => {
    const host = await invited();
    const arrival = await host.receive(reply({ uid: host.uid }));
    expect(arrival).toMatchObject({ outcome: 'reply', reason: null, event: (await host.event()).id });
    expect((await host.person(SAM)).invite.answers[SERIES]).toMatchObject({
      answer: 'yes',
      at: '2026-03-01T10:00:00Z',
      evidence: 'verified',
      origin: 'Google',
      prodId: '-//Google Inc//Google Calendar 70.9054//EN',
    });
    await host.world.close();
  });

  test.each<[string, Partial<Answered>]>([
    ['without ORGANIZER', { organizer: null }],
    ['without SEQUENCE', { sequence: null }],
    ['without PRODID', { prodId: null }],
    ['without ATTENDEE', { attendee: null, method: 'COUNTER' }],
  ])('[R-78] a reply %s is matched by its token', async (_what, missing) => {
    const host = await invited();
    expect(await host.receive(reply({ uid: host.uid, ...missing }))).toMatchObject({
      outcome: 'reply',
      reason: null,
    });
    expect(await answerOf(host)).toBe('attendee' in missing ? 'maybe' : 'yes');
    await host.world.close();
  });

  test.each<[string, (uid: string) => { raw: string; recipients?: readonly string[] }]>([
    ['upper-cased', uid => ({ raw: reply({ uid: uid.toUpperCase() }) })],
    ['with an encoded @', uid => ({ raw: reply({ uid: uid.replace('@', '%40') }) })],
    [
      'as %2B tag of the address',
      uid => ({ raw: reply({ uid: 'gone', to: `jane%2B${uid.split('@')[0]}@sis.localhost` }) }),
    ],
    [
      'as +2B tag of the address',
      uid => ({ raw: reply({ uid: 'gone', to: `jane+2B${uid.split('@')[0]}@sis.localhost` }) }),
    ],
    [
      'in the envelope alone',
      uid => ({ raw: reply({ uid: 'gone' }), recipients: [`jane+${uid.split('@')[0]}@sis.localhost`] }),
    ],
  ])('[R-79] the token is found %s', async (_how, make) => {
    const host = await invited();
    // A second event, so that the address alone would not tell.
    const { raw, recipients } = make(host.uid);
    await host.say({ uid: 'another-event', summary: 'Another one' });
    await host.invite(SAM);
    expect(await host.receive(raw, recipients)).toMatchObject({ outcome: 'reply', reason: null });
    await host.say({ sequence: 0 }).catch(() => undefined);
    const listed = await listUnmatched(host.world, host.organizer.workspace);
    expect(listed.items).toEqual([]);
    await host.world.close();
  });

  test('answers to a deleted entry’s UID and to the fresh one are both his', async () => {
    const host = await invited();
    await requestInvite(host.world, { event: await host.event(), email: SAM, door: 'page', fresh: true });
    await host.world.runJobs();
    const fresh = (await host.lastTo(SAM)).uid;
    expect(fresh).not.toBe(host.uid);
    await host.receive(reply({ uid: fresh, from: 'office@example.net', partstat: 'TENTATIVE' }));
    expect(await answerOf(host)).toBe('maybe');
    await host.receive(reply({ uid: host.uid, partstat: 'DECLINED', dtstamp: '20260301T100300Z' }));
    expect(await answerOf(host)).toBe('no');
    await host.world.close();
  });

  test.each([
    ['a plus tag', 'sam+calendar@example.org'],
    ['a plus tag in capitals', 'Sam+Calendar@Example.org'],
  ])('[R-80] %s of the invited address is the same person, and noted as his alias', async (_what, alias) => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid, attendee: alias, from: alias, partstat: 'TENTATIVE' }));
    expect(await answerOf(host)).toBe('maybe');
    expect((await host.person(SAM)).invite.aliases).toEqual([alias.toLowerCase()]);
    await host.world.close();
  });

  test.each([
    ['s.a.m.poe@gmail.com', 'sampoe@googlemail.com'],
    ['sam.poe@icloud.com', 'sam.poe@me.com'],
    ['sam.poe@mac.com', 'sam.poe@icloud.com'],
  ])('[R-80] %s is the same mailbox as %s', async (address, alias) => {
    const host = await party();
    await host.invite(address);
    const { uid } = await host.lastTo(address);
    await host.receive(reply({ uid, attendee: alias, from: alias }));
    expect(await answerOf(host, address)).toBe('yes');
    await host.world.close();
  });

  test('[R-80] an answer under any name is his when it was sent from his own mailbox', async () => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid, attendee: 'sam.private@example.net', from: SAM }));
    expect(await answerOf(host)).toBe('yes');
    expect((await host.person(SAM)).invite.aliases).toEqual(['sam.private@example.net']);
    await host.world.close();
  });

  test.each([
    ['another address of the same domain', 'colleague@example.org'],
    ['an unknown address', 'stranger@example.net'],
    ['dots where they count', 's.am@example.org'],
  ])('[R-81] %s with his token changes nothing, invites nobody, and is listed', async (_what, other) => {
    const host = await invited();
    const arrival = await host.receive(
      reply({ uid: host.uid, attendee: other, from: other, partstat: 'DECLINED' }),
    );
    expect(arrival).toMatchObject({ outcome: 'reply', reason: 'answered_as' });
    expect(await answerOf(host)).toBe('none');
    expect(await inviteOf(host.world, (await host.event()).id, other)).toBeUndefined();
    const { items } = await listUnmatched(host.world, host.organizer.workspace);
    expect(items).toMatchObject([
      {
        answeredAs: other,
        from: other,
        answer: 'no',
        reason: 'answered_as',
        candidate: (await host.person(SAM)).invite.id,
      },
    ]);
    expect((await listUnmatched(host.world, null)).items).toHaveLength(1);
    await host.world.close();
  });

  test('[R-81] another invited person with his token, proven from her mailbox, answers for herself', async () => {
    const host = await invited();
    await host.invite(KIM);
    await host.receive(reply({ uid: host.uid, attendee: KIM, from: KIM, partstat: 'DECLINED' }));
    expect(await answerOf(host)).toBe('none');
    expect(await answerOf(host, KIM)).toBe('no');
    await host.world.close();
  });

  test('a listed reply that the organizer accepts is booked, and its address is an alias from then on', async () => {
    const host = await invited();
    const other = 'sam@company.example';
    await host.receive(reply({ uid: host.uid, attendee: other, from: other }));
    const [listed] = (await listUnmatched(host.world, host.organizer.workspace)).items;
    const invite = (await host.person(SAM)).invite.id;
    const asked = { workspace: host.organizer.workspace, id: listed?.id ?? '', invite };
    expect(await acceptUnmatched(host.world, asked)).toEqual({ outcome: 'accepted', invite });
    expect(await acceptUnmatched(host.world, asked)).toEqual({ outcome: 'already', invite });
    expect(await answerOf(host)).toBe('yes');
    expect((await listUnmatched(host.world, host.organizer.workspace)).items).toEqual([]);
    await host.receive(
      reply({
        uid: host.uid,
        attendee: other,
        from: other,
        partstat: 'DECLINED',
        dtstamp: '20260301T100300Z',
      }),
    );
    expect(await answerOf(host)).toBe('no');
    await expect(acceptUnmatched(host.world, { ...asked, workspace: 'ws_other' })).rejects.toThrow(
      'no such reply',
    );
    await host.world.close();
  });

  test('[R-82] a damaged UID is matched by its proven sender where he has one live event', async () => {
    const host = await invited();
    await host.receive(reply({ uid: '0'.repeat(64) }));
    expect(await answerOf(host)).toBe('yes');
    await host.world.close();
  });

  test('[R-82] with several events start and title decide, else it is listed', async () => {
    const host = await invited();
    const first = await host.event();
    await host.say({
      uid: 'second',
      summary: 'Summer party',
      start: '20260601T170000',
      end: '20260601T180000',
    });
    await host.invite(SAM);
    await host.receive(
      reply({ uid: '0'.repeat(64), summary: 'Zugesagt: Summer party', start: '20260601T150000Z' }),
    );
    expect(await answerOf(host)).toBe('yes');
    expect((await inviteOf(host.world, first.id, SAM))?.answers).toEqual({});
    const arrival = await host.receive(
      reply({ uid: '1'.repeat(64), summary: 'Accepted: Something', start: '20270101T150000Z' }),
    );
    expect(arrival).toMatchObject({ outcome: 'reply', reason: 'several_events' });
    expect((await listUnmatched(host.world, null)).items).toHaveLength(1);
    await host.world.close();
  });

  test('a reply for an invite nobody has is listed', async () => {
    const host = await invited();
    const stranger = 'stranger@example.net';
    const arrival = await host.receive(
      reply({ uid: 'unknown@example.net', attendee: stranger, from: stranger }),
    );
    expect(arrival).toMatchObject({ outcome: 'reply', reason: 'unknown_invite' });
    await host.world.close();
  });

  test('an assistant’s answer (SENT-BY) is booked on the person', async () => {
    const host = await invited();
    await host.receive(
      reply({
        uid: host.uid,
        from: 'assistant@example.org',
        parameters: ';SENT-BY="mailto:assistant@example.org"',
      }),
    );
    expect(await answerOf(host)).toBe('yes');
    await host.world.close();
  });
});

describe('what a weak sender’s check means', () => {
  test('with p=reject a reply that failed is quarantined', async () => {
    const host = await invited();
    const end = await receiveProven(host, reply({ uid: host.uid }), {
      level: 'failed',
      evidence: 'dmarc-fail',
      policy: 'reject',
    });
    expect(end).toMatchObject({ outcome: 'quarantined', reason: 'dmarc-fail' });
    expect(await answerOf(host)).toBe('none');
    await host.world.close();
  });

  test.each(['none', 'quarantine', null] as const)(
    'with policy %s it counts as low evidence',
    async policy => {
      const host = await invited();
      const end = await receiveProven(host, reply({ uid: host.uid }), {
        level: 'failed',
        evidence: 'dmarc-fail',
        policy,
      });
      expect(end.outcome).toBe('reply');
      expect((await host.person(SAM)).invite.answers[SERIES]).toMatchObject({
        answer: 'yes',
        evidence: 'low',
      });
      await host.world.close();
    },
  );

  test('low evidence never changes a proven answer, a proven one replaces a low one whatever their times', async () => {
    const host = await invited();
    const proven = { level: 'strong', identity: SAM, evidence: 'dkim+dmarc', policy: 'none' } as const;
    await receiveProven(host, reply({ uid: host.uid, dtstamp: '20260301T100400Z' }), { level: 'none' });
    await receiveProven(host, reply({ uid: host.uid, partstat: 'DECLINED' }), proven);
    expect(await answerOf(host)).toBe('no');
    const end = await receiveProven(host, reply({ uid: host.uid, dtstamp: '20260301T100459Z' }), {
      level: 'none',
    });
    expect(end).toMatchObject({ outcome: 'reply', reason: 'weaker' });
    expect(await answerOf(host)).toBe('no');
    await host.world.close();
  });

  test('a From that two readers understand differently is quarantined', async () => {
    const host = await invited();
    const end = await receiveProven(host, reply({ uid: host.uid }), { level: 'failed', evidence: 'from' });
    expect(end).toMatchObject({ outcome: 'quarantined', reason: 'from' });
    expect(await answerOf(host)).toBe('none');
    await host.world.close();
  });

  test('iCloud’s word for the organizer that a mail names proves nobody’s answer', async () => {
    const host = await invited();
    const proven = { level: 'strong', identity: SAM, evidence: 'dkim+dmarc', policy: 'none' } as const;
    await receiveProven(host, reply({ uid: host.uid }), proven);
    const relayed = { level: 'weak', identity: SAM, evidence: 'relay:icloud', relay: 'icloud' } as const;
    const later = { uid: host.uid, partstat: 'DECLINED', dtstamp: '20260301T100459Z' };
    expect(await receiveProven(host, reply(later), relayed)).toMatchObject({ reason: 'weaker' });
    expect(await answerOf(host)).toBe('yes');
    const asKim = await receiveProven(host, reply({ ...later, attendee: KIM }), relayed);
    expect(asKim).toMatchObject({ outcome: 'reply', reason: 'answered_as' });
    expect((await host.person(SAM)).invite.aliases).toEqual([]);
    await host.world.close();
  });

  test('a mail with two From fields is quarantined', async () => {
    const host = await invited();
    const raw = `From: Mallory <mallory@example.net>\n${reply({ uid: host.uid })}`;
    expect(await host.receive(raw)).toMatchObject({ outcome: 'quarantined' });
    expect(await answerOf(host)).toBe('none');
    await host.world.close();
  });
});

describe('which of several answers counts', () => {
  test('[R-83] the latest given, in whatever order they arrive', async () => {
    const host = await invited();
    const first = reply({ uid: host.uid, dtstamp: '20260301T100000Z' });
    const second = reply({ uid: host.uid, partstat: 'DECLINED', dtstamp: '20260301T100200Z' });
    await host.receive(second);
    expect(await host.receive(first)).toMatchObject({ outcome: 'reply', reason: 'older' });
    expect(await answerOf(host)).toBe('no');
    await host.world.close();
  });

  test('[R-83] X-MICROSOFT-CDO-REPLYTIME goes before DTSTAMP', async () => {
    const host = await invited();
    const outlook = (partstat: string, replyTime: string) =>
      reply({
        uid: host.uid,
        partstat,
        dtstamp: '20260301T090000Z',
        lines: [`X-MICROSOFT-CDO-REPLYTIME:${replyTime}`],
      });
    await host.receive(outlook('DECLINED', '20260301T095900Z'));
    await host.receive(outlook('ACCEPTED', '20260301T095800Z'));
    expect(await answerOf(host)).toBe('no');
    await host.world.close();
  });

  test('the same mail twice changes nothing, and an answer is taken back by NEEDS-ACTION', async () => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid }));
    const { invite } = await host.person(SAM);
    await host.receive(reply({ uid: host.uid }));
    expect((await host.person(SAM)).invite.version).toBe(invite.version);
    await host.receive(reply({ uid: host.uid, partstat: 'NEEDS-ACTION', dtstamp: '20260301T100300Z' }));
    expect(await answerOf(host)).toBe('none');
    await host.world.close();
  });

  test('[R-74] a significant change takes the answer back and asks anew; a change of words keeps it', async () => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid }));
    await host.say({ sequence: 0, dtstamp: '20260301T101000Z', summary: 'Spring webinar, now with cake' });
    await host.settle();
    expect((await host.lastTo(SAM)).property('ATTENDEE')).toContain('PARTSTAT=ACCEPTED');
    expect(await answerOf(host)).toBe('yes');
    await host.say({
      sequence: 1,
      dtstamp: '20260301T103000Z',
      start: '20260407T190000',
      end: '20260407T200000',
    });
    await host.settle();
    expect((await host.lastTo(SAM)).property('ATTENDEE')).toContain('PARTSTAT=NEEDS-ACTION');
    const { invite } = await host.person(SAM);
    expect(effectiveAnswer(invite, (await host.event()).state)).toMatchObject({
      answer: 'none',
      previousAnswer: 'yes',
    });
    await host.world.close();
  });

  test('[R-84] an answer to the old time is kept as stale and does not overwrite one to the new time', async () => {
    const host = await invited();
    await host.say({
      sequence: 1,
      dtstamp: '20260301T100600Z',
      start: '20260407T190000',
      end: '20260407T200000',
    });
    await host.settle();
    host.world.clock.set('2026-03-01T12:00:00Z');
    await host.receive(
      reply({
        uid: host.uid,
        sequence: 1,
        dtstamp: '20260301T110000Z',
        date: 'Sun, 01 Mar 2026 11:00:00 +0000',
      }),
    );
    const late = reply({
      uid: host.uid,
      sequence: 0,
      partstat: 'DECLINED',
      dtstamp: '20260301T113000Z',
      date: 'Sun, 01 Mar 2026 11:30:00 +0000',
    });
    expect(await host.receive(late)).toMatchObject({ outcome: 'reply', reason: 'stale' });
    expect(await answerOf(host)).toBe('yes');
    expect((await host.person(SAM)).invite.staleAnswers[SERIES]).toMatchObject({ answer: 'no' });
    await host.world.close();
  });

  test('[R-84] an answer to the old time fills an empty place, and says that it is one', async () => {
    const host = await invited();
    await host.say({
      sequence: 1,
      dtstamp: '20260301T100600Z',
      start: '20260407T190000',
      end: '20260407T200000',
    });
    await host.settle();
    await host.receive(reply({ uid: host.uid, sequence: 0 }));
    const { invite } = await host.person(SAM);
    expect(effectiveAnswer(invite, (await host.event()).state)).toMatchObject({
      answer: 'none',
      previousAnswer: 'yes',
    });
    await host.world.close();
  });
});

describe('one date of a series', () => {
  test.each([
    ['in UTC', 'RECURRENCE-ID:20260414T150000Z'],
    ['in the series’ zone', 'RECURRENCE-ID;TZID=Europe/Berlin:20260414T170000'],
    ['in another zone', 'RECURRENCE-ID;TZID=America/New_York:20260414T110000'],
  ])('[R-85] is answered with its RECURRENCE-ID %s', async (_form, line) => {
    const host = await invited(WEEKLY);
    await host.receive(reply({ uid: host.uid, partstat: 'DECLINED', lines: [line] }));
    expect(await answerOf(host, SAM, SECOND)).toBe('no');
    expect(await answerOf(host)).toBe('none');
    await host.world.close();
  });

  test('[R-85] several VEVENTs are all taken; a date that the event has not is passed over', async () => {
    const host = await invited(WEEKLY);
    const of = (partstat: string, line: string) => veventOf({ uid: host.uid, partstat, lines: [line] });
    const more = [
      of('DECLINED', 'RECURRENCE-ID:20260414T150000Z'),
      of('DECLINED', 'RECURRENCE-ID:20260415T150000Z'),
    ];
    expect(await host.receive(reply({ uid: host.uid, more }))).toMatchObject({
      outcome: 'reply',
      reason: null,
    });
    const { invite } = await host.person(SAM);
    expect(Object.keys(invite.answers).sort()).toEqual([SECOND, SERIES].sort());
    expect(await answerOf(host, SAM, SECOND)).toBe('no');
    expect(await answerOf(host)).toBe('yes');
    await host.world.close();
  });

  test('[R-85] a date that the event has not, alone, is said and changes nothing', async () => {
    const host = await invited(WEEKLY);
    const raw = reply({ uid: host.uid, lines: ['RECURRENCE-ID:20260415T150000Z'] });
    expect(await host.receive(raw)).toMatchObject({ outcome: 'reply', reason: 'unknown_date' });
    expect((await host.person(SAM)).invite.answers).toEqual({});
    await host.world.close();
  });

  test('[R-85] of a single event its own date means the event', async () => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid, lines: ['RECURRENCE-ID:20260407T150000Z'] }));
    expect(await answerOf(host)).toBe('yes');
    await host.world.close();
  });

  test('a change of one date takes that date’s answer back only', async () => {
    const host = await invited(WEEKLY);
    await host.receive(reply({ uid: host.uid }));
    await host.say({
      sequence: 1,
      dtstamp: '20260301T100600Z',
      start: '20260414T190000',
      end: '20260414T200000',
      lines: ['RECURRENCE-ID;TZID=Europe/Berlin:20260414T170000'],
    });
    expect(await answerOf(host, SAM, SECOND)).toBe('none');
    expect(await answerOf(host)).toBe('yes');
    await host.world.close();
  });
});

describe('more than yes and no', () => {
  test.each<[string, Partial<Answered>]>([
    [
      'Google (REPLY in MIME, COUNTER in the object)',
      {
        method: 'COUNTER',
        mimeMethod: 'REPLY',
        partstat: 'TENTATIVE',
        start: '20260408T150000Z',
        end: '20260408T160000Z',
      },
    ],
    [
      'iOS (TO-ALL-PROPOSED-NEW-TIME)',
      {
        partstat: 'TENTATIVE',
        parameters: ';TO-ALL-PROPOSED-NEW-TIME="DTSTART:20260408T150000Z;STATUS:;"',
        prodId: '-//Apple Inc.//iPhone OS 26.4.2//EN',
      },
    ],
  ])(
    '[R-86] a proposal as %s is noted, moves nothing, and is answered once, with DECLINECOUNTER',
    async (_who, shape) => {
      const host = await invited();
      const before = await host.event();
      await host.receive(reply({ uid: host.uid, ...shape }));
      await host.receive(reply({ uid: host.uid, dtstamp: '20260301T100100Z', ...shape }));
      const { invite } = await host.person(SAM);
      expect(invite.proposals).toMatchObject([{ start: '2026-04-08T15:00:00Z' }]);
      expect(await answerOf(host)).toBe('maybe');
      expect((await host.event()).version).toBe(before.version);
      const answers = host.mailsTo(SAM).filter(({ about }) => about.kind === 'reply');
      expect(answers).toHaveLength(1);
      const { lines, property, uid, raw } = await host.lastTo(SAM);
      expect(lines).toContain('METHOD:DECLINECOUNTER');
      expect(uid).toBe(host.uid);
      expect(property('SEQUENCE')).toBe(':0');
      expect(raw).toMatch(/^Auto-Submitted: auto-replied/m);
      await host.world.close();
    },
  );

  test('[R-86] Exchange’s proposal is answered in words alone', async () => {
    const host = await invited();
    await host.receive(
      reply({
        uid: host.uid,
        method: 'COUNTER',
        partstat: 'TENTATIVE',
        start: '20260408T150000Z',
        end: '20260408T160000Z',
        prodId: 'Microsoft Exchange Server 2010',
        lines: ['X-MS-OLK-ORIGINALSTART:20260407T150000Z'],
      }),
    );
    const { mail } = await host.lastTo(SAM);
    expect(mail.subject).toBe('About your proposal: Spring webinar');
    expect(mail.calendars).toEqual([]);
    await host.world.close();
  });

  test('[R-86] a proposal of somebody unproven is noted and answered by silence', async () => {
    const host = await invited();
    await receiveProven(host, reply({ uid: host.uid, method: 'COUNTER', start: '20260408T150000Z' }), {
      level: 'none',
    });
    await host.world.runJobs();
    expect((await host.person(SAM)).invite.proposals).toHaveLength(1);
    expect(host.mailsTo(SAM)).toHaveLength(1);
    await host.world.close();
  });

  test('[R-87] DELEGATED is noted and invites nobody', async () => {
    const host = await invited();
    const raw = reply({
      uid: host.uid,
      partstat: 'DELEGATED',
      parameters: ';DELEGATED-TO="mailto:deputy@example.org"',
    });
    expect(await host.receive(raw)).toMatchObject({ outcome: 'reply', reason: 'delegated' });
    expect((await host.person(SAM)).invite.delegatedTo).toEqual(['deputy@example.org']);
    expect(host.mailsTo('deputy@example.org')).toEqual([]);
    expect(await inviteOf(host.world, (await host.event()).id, 'deputy@example.org')).toBeUndefined();
    await host.world.close();
  });

  test.each<[string, Partial<Answered>]>([
    ['COMMENT', { lines: ['COMMENT:Running late'] }],
    ['X-RESPONSE-COMMENT', { parameters: ';X-RESPONSE-COMMENT="Running late"' }],
    ['X-CALENDARSERVER-PRIVATE-COMMENT', { lines: ['X-CALENDARSERVER-PRIVATE-COMMENT:Running late'] }],
  ])('[R-88] %s becomes the note', async (_name, shape) => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid, ...shape }));
    expect((await host.person(SAM)).invite.answers[SERIES]?.note).toBe('Running late');
    await host.world.close();
  });

  test('[R-88] X-NUM-GUESTS becomes the count of guests', async () => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid, parameters: ';X-NUM-GUESTS=2' }));
    expect((await host.person(SAM)).invite.answers[SERIES]?.guests).toBe(2);
    await host.world.close();
  });

  test('[R-92] REFRESH sends the newest REQUEST to that person alone, once an hour', async () => {
    const host = await invited();
    await host.invite(KIM);
    const raw = (dtstamp: string) => reply({ uid: host.uid, method: 'REFRESH', dtstamp });
    expect(await host.receive(raw('20260301T100000Z'))).toMatchObject({
      outcome: 'reply',
      reason: 'refresh',
    });
    expect(await host.receive(raw('20260301T100100Z'))).toMatchObject({ reason: 'refresh_limited' });
    expect(host.mailsTo(SAM)).toHaveLength(2);
    expect(host.mailsTo(KIM)).toHaveLength(1);
    const { property } = await host.lastTo(SAM);
    expect([property('METHOD'), property('SEQUENCE')]).toEqual([':REQUEST', ':0']);
    await host.world.close();
  });
});

describe('mail that is no answer', () => {
  test.each([
    ['an out-of-office note', words({ subject: 'Out of office', headers: ['Auto-Submitted: auto-replied'] })],
    ['an automatic subject', words({ subject: 'Automatic reply: away' })],
    ['mail of a list', words({ headers: ['List-Id: <news.example.org>'] })],
  ])('[R-89] %s changes nothing and is not answered', async (_what, raw) => {
    const host = await invited();
    const before = host.world.outbox().length;
    expect(await host.receive(raw)).toMatchObject({ outcome: 'automatic' });
    expect(host.world.outbox()).toHaveLength(before);
    expect(await answerOf(host)).toBe('none');
    await host.world.close();
  });

  test('[R-89] a calendar’s answer is taken although it says that it is automatic', async () => {
    const host = await invited();
    await host.receive(reply({ uid: host.uid, headers: ['Auto-Submitted: auto-generated'] }));
    expect(await answerOf(host)).toBe('yes');
    await host.world.close();
  });

  test('[R-90] a person’s words reach the organizer once, as text, and change no answer', async () => {
    const host = await invited();
    expect(await host.receive(words({ body: 'Yes! Is there parking?' }))).toMatchObject({
      outcome: 'message',
      reason: null,
    });
    const [mail] = host.mailsTo('jane@example.com');
    expect(host.mailsTo('jane@example.com')).toHaveLength(1);
    expect(mail).toMatchObject({ from: 'jane@sis.localhost', about: { kind: 'organizer' } });
    const { mail: read } = await host.lastTo('jane@example.com');
    expect(read.subject).toBe('Message from Sam Poe');
    expect(read.text).toContain('Is there parking?');
    expect(read.text).toContain('mailto:sam@example.org');
    expect(await answerOf(host)).toBe('none');
    await host.world.close();
  });

  test('mail of our own domain, of the organizer himself, and invitations are refused by name', async () => {
    const host = await invited();
    expect(await host.receive(words({ from: 'kim@sis.localhost' }))).toMatchObject({
      outcome: 'rejected',
      reason: 'own_domain',
    });
    expect(await host.receive(words({ from: 'jane@example.com' }))).toMatchObject({
      outcome: 'rejected',
      reason: 'from_organizer',
    });
    expect(await host.receive(reply({ uid: host.uid, method: 'CANCEL' }))).toMatchObject({
      outcome: 'rejected',
      reason: 'not_a_reply',
    });
    expect(await host.receive(words(), ['nobody@sis.localhost'])).toMatchObject({ outcome: 'rejected' });
    await host.world.close();
  });

  test('[R-91] a bounce with our token marks the delivery, and is no reply although it returns our REQUEST', async () => {
    const host = await invited();
    const sent = Buffer.from(host.mailsTo(SAM)[0]?.raw ?? []).toString('latin1');
    const arrival = await host.receive(bounce({ returned: sent }));
    expect(arrival).toMatchObject({ outcome: 'bounce', reason: null, event: (await host.event()).id });
    const person = await host.person(SAM);
    expect(person.sends).toMatchObject([{ state: 'SENT', feedback: 'bounced' }]);
    expect(stateOf(person.invite, person.sends)).toBe('bounced');
    expect(await answerOf(host)).toBe('none');
    await host.say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await host.settle();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    await host.world.close();
  });

  test('[R-91] a delay is no bounce, and a bounce of somebody else’s mail touches nobody', async () => {
    const host = await invited();
    const sent = Buffer.from(host.mailsTo(SAM)[0]?.raw ?? []).toString('latin1');
    expect(await host.receive(bounce({ action: 'delayed', status: '4.4.1', returned: sent }))).toMatchObject({
      outcome: 'bounce',
      reason: 'delayed',
    });
    expect(await host.receive(bounce({ returned: 'Subject: other\n\nhello' }))).toMatchObject({
      outcome: 'bounce',
      reason: 'unknown_mail',
    });
    expect((await host.person(SAM)).sends).toMatchObject([{ feedback: null }]);
    await host.world.close();
  });
});
