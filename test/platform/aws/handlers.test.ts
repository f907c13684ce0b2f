/** What only AWS has: objects in a bucket, SES's events, dead letters, batches. The stories run beside this. */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listParked, replayParked } from '../../../src/admin/parked.ts';
import { listArrivals } from '../../../src/intake/journal.ts';
import { awsClients } from '../../../src/platform/aws/clients.ts';
import { readSesEvent } from '../../../src/platform/aws/ses-event.ts';
import { envelopeOf } from '../../../src/platform/handlers/envelope.ts';
import { runBatch } from '../../../src/platform/handlers/jobs/index.ts';
import { takeMail } from '../../../src/platform/handlers/mail/index.ts';
import { type AwsWorld, awsWorld } from '../../support/aws/runner.ts';
import { asSesStores } from '../../support/aws/ses-inbound.ts';
import { CREDENTIALS, REGION } from '../../support/aws/stand-ins.ts';

const MAIL = Buffer.from(
  [
    'From: Anna <anna@example.org>',
    'To: create@invites.example.com, someone@example.net',
    'Cc: <Picnic@invites.example.com>',
    'Subject: Hello',
    'Message-ID: <1@example.org>',
    '',
    'No calendar here.',
    '',
  ].join('\r\n'),
);
const NOW = Date.parse('2026-03-02T09:00:00Z');
const MINUTE = 60_000;

describe('the envelope of a stored mail', () => {
  const stored = (recipients: readonly string[], more = {}) =>
    asSesStores(MAIL, recipients, { id: 'abc', region: REGION, now: NOW, ...more });

  test('is what SES wrote on top', () => {
    const raw = stored(['create@invites.example.com'], {
      mailFrom: 'bounce@example.org',
      ip: '192.0.2.7',
      helo: 'mx.example.org',
    });
    expect(envelopeOf(raw, 'invites.example.com')).toEqual({
      mailFrom: 'bounce@example.org',
      recipients: ['create@invites.example.com'],
      remote: { ip: '192.0.2.7', helo: 'mx.example.org', loopback: false },
    });
  });

  test('names our mailboxes of To and Cc where SES names none', () => {
    const raw = stored(['create@invites.example.com', 'picnic@invites.example.com']);
    expect(envelopeOf(raw, 'invites.example.com').recipients).toEqual([
      'create@invites.example.com',
      'Picnic@invites.example.com',
    ]);
  });

  test('keeps an empty sender empty', () => {
    expect(envelopeOf(stored(['create@invites.example.com']), 'invites.example.com').mailFrom).toBe('');
  });

  test("believes no lower line: a sender's own Received and Return-Path say nothing", () => {
    const forged = asSesStores(MAIL, ['root@invites.example.com'], {
      id: 'x',
      region: REGION,
      now: NOW,
      ip: '127.0.0.1',
      mailFrom: 'boss@example.org',
    });
    const raw = asSesStores(forged, ['create@invites.example.com'], {
      id: 'y',
      region: REGION,
      now: NOW,
      ip: '192.0.2.66',
      mailFrom: 'crook@example.net',
    });
    expect(envelopeOf(raw, 'invites.example.com')).toMatchObject({
      mailFrom: 'crook@example.net',
      recipients: ['create@invites.example.com'],
      remote: { ip: '192.0.2.66', loopback: false },
    });
  });

  test('is empty where SES wrote nothing on top', () => {
    expect(
      envelopeOf(
        Buffer.from('Return-Path: <a@example.org>\r\nTo: x@example.net\r\n\r\n'),
        'invites.example.com',
      ),
    ).toEqual({
      mailFrom: '',
      recipients: [],
      remote: { ip: null, helo: null, loopback: false },
    });
  });
});

describe('an SES event', () => {
  const mail = { timestamp: '2026-03-02T09:00:00.000Z', messageId: 'm', tags: { sis_send: ['send_1'] } };
  const inSns = (event: object) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) });
  const at = '2026-03-02T09:01:00.000Z';

  test.each([
    [
      { eventType: 'Send', mail: { ...mail, timestamp: at } },
      { kind: 'sent', hard: false, at },
    ],
    [
      { eventType: 'Delivery', mail, delivery: { timestamp: at } },
      { kind: 'delivered', hard: false, at },
    ],
    [
      { eventType: 'Bounce', mail, bounce: { bounceType: 'Permanent', timestamp: at } },
      { kind: 'bounced', hard: true, at },
    ],
    [
      { eventType: 'Bounce', mail, bounce: { bounceType: 'Transient', timestamp: at } },
      { kind: 'bounced', hard: false, at },
    ],
    [
      { eventType: 'Complaint', mail, complaint: { timestamp: at } },
      { kind: 'complained', hard: true, at },
    ],
    [
      { eventType: 'Reject', mail, reject: { reason: 'Bad content' } },
      { kind: 'bounced', hard: false, at: mail.timestamp },
    ],
  ])('%j is told in our words, wrapped by SNS or not', (event, told) => {
    expect(readSesEvent(inSns(event))).toEqual({ send: 'send_1', ...told });
    expect(readSesEvent(JSON.stringify(event))).toEqual({ send: 'send_1', ...told });
  });

  test.each([
    ['no event', 'hello'],
    ['a list', '[]'],
    ['a mail of another service', inSns({ eventType: 'Delivery', mail: { ...mail, tags: {} } })],
    ['an unknown type', inSns({ eventType: 'Open', mail })],
    ["SNS's own letter", JSON.stringify({ Type: 'SubscriptionConfirmation', Message: 'You have chosen' })],
  ])('%s is left alone', (_, text) => {
    expect(readSesEvent(text)).toBeNull();
  });
});

describe('the handlers', () => {
  let world: AwsWorld;

  beforeEach(async () => {
    world = await awsWorld();
  });
  afterEach(async () => world.close());

  const arrivals = async () => (await listArrivals(world.ports, { workspace: null })).items;
  const inbound = async () => (await world.ports.blobs.list('inbound/')).items;
  const to = ['create@invites.example.com'];

  test('one object is one arrival, however often its event comes', async () => {
    const key = await world.deliverMail(MAIL, to);
    const event = { detail: { bucket: { name: world.standIns.bucket }, object: { key } } };
    await takeMail(world.runtime, event);
    await world.settle();
    await takeMail(world.runtime, event);
    await world.settle();
    expect(await arrivals()).toHaveLength(1);
    expect((await arrivals())[0]).toMatchObject({ outcome: 'rejected', evidence: 'none', to });
    expect(await inbound()).toEqual([]);
  });

  test('a mail whose event was lost is found after ten minutes', async () => {
    await world.deliverMail(MAIL, to, { loseEvent: true });
    world.clock.set(new Date(Date.now() + 9 * MINUTE).toISOString());
    await world.minute();
    expect(await arrivals()).toEqual([]);
    world.clock.set(new Date(Date.now() + 11 * MINUTE).toISOString());
    await world.minute();
    await world.settle();
    expect(await arrivals()).toMatchObject([{ outcome: 'rejected' }]);
    expect(await inbound()).toEqual([]);
  });

  test('an announced object that cannot be read yet is no lost mail', async () => {
    const event = { detail: { bucket: { name: world.standIns.bucket }, object: { key: 'inbound/later' } } };
    await expect(takeMail(world.runtime, event)).rejects.toMatchObject({ code: 'object_missing' });
  });

  test("SES's own notice in the bucket is no mail", async () => {
    const key = 'inbound/AMAZON_SES_SETUP_NOTIFICATION';
    await takeMail(world.runtime, { detail: { bucket: { name: world.standIns.bucket }, object: { key } } });
    expect(await arrivals()).toEqual([]);
  });

  test('of a batch exactly the messages come again that nobody can settle', async () => {
    const record = (messageId: string, body: string) => ({
      messageId,
      receiptHandle: messageId,
      body,
      attributes: { ApproximateReceiveCount: '1' },
    });
    const good = JSON.stringify({
      v: 1,
      id: 'j',
      kind: 'arrival',
      body: { arrival: 'arr_none' },
      attempts: 0,
    });
    const event = { Records: [record('a', good), record('b', 'no job'), record('c', good)] };
    const plenty = { getRemainingTimeInMillis: () => 60_000 };
    const { runtime } = world;
    expect(await runBatch(runtime, 'fast', event, plenty)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'b' }],
    });
    expect(await runBatch(runtime, 'bulk', event, plenty)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'b' }],
    });
    const atTheEnd = { getRemainingTimeInMillis: () => 9_000 };
    expect((await runBatch(runtime, 'fast', event, atTheEnd)).batchItemFailures).toHaveLength(3);
  });

  test('a job for tomorrow is passed on every quarter of an hour and runs once', async () => {
    const after = world.clock.now() + 3_600_000;
    await world.ports.jobs.add([{ lane: 'fast', kind: 'nobody-knows', body: {}, after }]);
    for (let quarter = 0; quarter < 3; quarter += 1) {
      world.pass(900_000);
      await world.settle();
      expect((await listParked(world.ports, null)).items).toEqual([]);
    }
    world.pass(900_000);
    await world.settle();
    expect((await listParked(world.ports, null)).items).toMatchObject([
      { kind: 'nobody-knows', attempts: 1 },
    ]);
  });

  test('what died on a queue is parked and can be replayed', async () => {
    const sqs = await awsClients({
      region: REGION,
      credentials: CREDENTIALS,
      endpoints: world.standIns.endpoints,
    });
    const client = await sqs.sqs();
    const job = JSON.stringify({ v: 1, id: 'j1', kind: 'arrival', body: { arrival: 'arr_1' }, attempts: 0 });
    for (const [queue, body] of [
      ['FastDeadQueue', job],
      ['BulkDeadQueue', 'no job at all'],
    ] as const) {
      await client.send(
        new SendMessageCommand({ QueueUrl: world.standIns.queues[queue], MessageBody: body }),
      );
    }
    await sqs.destroy();
    await world.minute();
    await world.minute();
    const { items } = await listParked(world.ports, null);
    expect(items.map(({ kind, reason }) => [kind, reason]).sort()).toEqual([
      ['arrival', 'dead_letter'],
      ['unreadable', 'unreadable_message'],
    ]);
    const id = items.find(({ kind }) => kind === 'arrival')?.id ?? '';
    expect(await replayParked(world.ports, { workspace: null, id })).toMatchObject({ state: 'replayed' });
    expect(await world.settle()).toBe(1);
  });

  test('a mail whose event died is taken from the bucket all the same', async () => {
    const key = await world.deliverMail(MAIL, to, { loseEvent: true });
    const clients = awsClients({
      region: REGION,
      credentials: CREDENTIALS,
      endpoints: world.standIns.endpoints,
    });
    const letter = { requestPayload: { detail: { bucket: { name: 'b' }, object: { key } } } };
    await (await clients.sqs()).send(
      new SendMessageCommand({
        QueueUrl: world.standIns.queues.MailDeadQueue,
        MessageBody: JSON.stringify(letter),
      }),
    );
    await clients.destroy();
    await world.minute();
    await world.settle();
    expect(await arrivals()).toHaveLength(1);
  });

  test('a message that no code can read ends in the dead-letter queue after five receives', async () => {
    const clients = awsClients({
      region: REGION,
      credentials: CREDENTIALS,
      endpoints: world.standIns.endpoints,
    });
    const { FastQueue: queue = '', FastDeadQueue: dead = '' } = world.standIns.queues;
    await (await clients.sqs()).send(new SendMessageCommand({ QueueUrl: queue, MessageBody: 'poison' }));
    await clients.destroy();
    for (let receive = 0; receive < 6; receive += 1) {
      await world.settle();
      world.pass(361_000);
    }
    expect(world.standIns.counts(dead)).toEqual({ ready: 1, delayed: 0, inFlight: 0 });
    expect(world.standIns.counts(queue)).toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  });

  test('nothing that is logged names an address or quotes a mail', async () => {
    await world.deliverMail(MAIL, to, { mailFrom: 'anna@example.org' });
    await world.settle();
    await world.minute();
    expect(world.lines.length).toBeGreaterThan(1);
    expect(JSON.stringify(world.lines)).not.toMatch(/anna|example\.org|No calendar/);
  });
});
