import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Mailer, OutgoingMail } from '../../../src/kernel/ports.ts';
import { awsClients, type Clients } from '../../../src/platform/aws/clients.ts';
import { messageIdHeader, sesMailer } from '../../../src/platform/aws/mailer.ts';
import { type SesEndpoint, startSesEndpoint } from '../../support/aws/ses-endpoint.ts';
import { CREDENTIALS, REGION } from '../../support/aws/stand-ins.ts';
import { type TestClock, testClock } from '../../support/clock.ts';

const RAW = [
  'From: "Anna" <anna@invites.example.com>',
  'To: ben@example.org',
  'Subject: Picnic',
  'Message-ID: <ours@invites.example.com>',
  'Date: Mon, 02 Mar 2026 09:00:00 +0000',
  'X-SIS-Send: send_1',
  '',
  'Come along.',
  '',
].join('\r\n');

function mail(more: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    raw: Buffer.from(RAW),
    from: 'anna@invites.example.com',
    to: 'ben@example.org',
    about: {
      send: 'send_1',
      kind: 'request',
      attempt: 2,
      workspace: 'ws_1',
      event: 'evt_1',
      invite: 'inv_1',
      revision: 3,
    },
    ...more,
  };
}

async function mailerOf(clients: Clients, clock: TestClock, configurationSet = 'sis'): Promise<Mailer> {
  const client = await clients.ses();
  return sesMailer({
    client,
    configurationSet,
    region: REGION,
    clock,
    dropIdle: () => clients.dropIdleSes(),
  });
}

describe('the SES mailer', () => {
  let clock: TestClock;
  let ses: SesEndpoint;
  let clients: Clients;
  let mailer: Mailer;

  beforeEach(async () => {
    clock = testClock();
    ses = await startSesEndpoint({
      region: REGION,
      configurationSet: 'sis',
      verified: ['invites.example.com'],
      now: () => Date.parse('2026-03-02T10:00:00Z'),
    });
    mailer = await mailerTo(ses.url);
  });

  afterEach(async () => {
    await clients.destroy();
    await ses.close();
  });

  async function mailerTo(url: string): Promise<Mailer> {
    clients = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints: { ses: url } });
    return mailerOf(clients, clock);
  }

  test('hands the bytes over as they are, with the tags by which events are told apart', async () => {
    const handover = await mailer.send(mail());
    const [sent] = ses.sent();
    expect(handover).toEqual({
      kind: 'accepted',
      messageId: `<${sent?.messageId}@eu-west-1.amazonses.com>`,
    });
    expect(sent?.handed.toString()).toBe(RAW);
    expect(sent).toMatchObject({
      from: 'anna@invites.example.com',
      to: ['ben@example.org'],
      configurationSet: 'sis',
      tags: {
        sis_send: 'send_1',
        sis_att: '2',
        sis_kind: 'request',
        sis_workspace: 'ws_1',
        sis_event: 'evt_1',
        sis_invite: 'inv_1',
        sis_revision: '3',
      },
    });
  });

  test('knows the Message-ID that SES puts in the place of ours', async () => {
    const handover = await mailer.send(mail());
    const text = ses.sent()[0]?.raw.toString() ?? '';
    expect(text).not.toContain('ours@invites.example.com');
    expect(text).toContain('Date: Mon, 02 Mar 2026 10:00:00 +0000');
    expect(handover.kind === 'accepted' && text.includes(`Message-ID: ${handover.messageId}`)).toBe(true);
    expect(messageIdHeader('0100', 'us-east-1')).toBe('<0100@email.amazonses.com>');
  });

  test.each([
    ['throttle', { kind: 'throttled', reason: 'TooManyRequestsException' }],
    ['daily-quota', { kind: 'throttled', reason: 'TooManyRequestsException', retryAfterMs: 60_000 }],
    ['paused', { kind: 'throttled', reason: 'SendingPausedException', retryAfterMs: 60_000 }],
    ['denied', { kind: 'throttled', reason: 'AccessDeniedException', retryAfterMs: 60_000 }],
    ['refuse', { kind: 'refused', reason: 'MessageRejected' }],
    ['hang-up', { kind: 'unknown' }],
  ] as const)(
    'when SES does this: %s, nothing was sent and the answer says what to do',
    async (does, answer) => {
      ses.next(does);
      expect(await mailer.send(mail())).toMatchObject(answer);
      expect(ses.sent()).toEqual([]);
    },
  );

  test.each([
    ['drop', { kind: 'unknown' }],
    ['accept-and-error', { kind: 'unknown', reason: 'InternalFailure' }],
  ] as const)('when SES takes the mail and then does this: %s, nobody can tell', async (does, answer) => {
    ses.next(does);
    expect(await mailer.send(mail())).toMatchObject(answer);
    expect(ses.sent()).toHaveLength(1);
  });

  test('makes one call and no hidden second one, whatever happens', async () => {
    ses.next('throttle', 'error', 'drop', 'hang-up', 'refuse');
    for (let n = 0; n < 5; n += 1) await mailer.send(mail());
    expect(ses.calls()).toBe(5);
  });

  test('is surely not sent where nobody listens', async () => {
    await clients.destroy();
    await ses.close();
    const nowhere = await mailerTo(ses.url);
    expect(await nowhere.send(mail())).toEqual({ kind: 'throttled', reason: 'not_connected' });
  });

  test('tells a wrong setting from a wrong mail', async () => {
    const other = await mailerOf(clients, clock, 'gone');
    expect(await other.send(mail())).toEqual({
      kind: 'throttled',
      reason: 'NotFoundException',
      retryAfterMs: 60_000,
    });
    expect(await mailer.send(mail({ from: 'anna@example.net' }))).toMatchObject({ kind: 'refused' });
  });

  test('takes a fresh connection after a pause, in which the old one may have died', async () => {
    for (let n = 0; n < 3; n += 1) await mailer.send(mail());
    expect(ses.connections()).toBe(1);
    clock.advance(5_001);
    await mailer.send(mail());
    expect(ses.connections()).toBe(2);
  });

  test('never names an address in its reason', async () => {
    ses.next('refuse');
    expect(JSON.stringify(await mailer.send(mail()))).not.toMatch(/@|example/);
  });
});

describe("the tests' SES endpoint", () => {
  test.each([
    [
      'a doubled single header',
      RAW.replace('Subject: Picnic', 'Subject: Picnic\r\nSubject: Again'),
      'BadRequestException',
    ],
    ['a line over 1000 octets', RAW.replace('Come along.', 'x'.repeat(999)), 'BadRequestException'],
    ['a bare line feed', RAW.replace('Come along.\r\n', 'Come along.\n'), 'BadRequestException'],
    ['eight-bit octets', RAW.replace('Come', 'K\u00f6mm'), 'BadRequestException'],
  ])('refuses %s, as SES does', async (_, raw, reason) => {
    const ses = await startSesEndpoint({
      region: REGION,
      configurationSet: 'sis',
      verified: ['invites.example.com'],
    });
    const clients = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints: { ses: ses.url } });
    const mailer = await mailerOf(clients, testClock());
    expect(await mailer.send(mail({ raw: Buffer.from(raw) }))).toEqual({ kind: 'refused', reason });
    expect(ses.sent()).toEqual([]);
    await clients.destroy();
    await ses.close();
  });
});
