/** What every Mailer adapter must do. The subject brings a far side (a relay, an SES endpoint) that can be told what to answer. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { MailAbout, Mailer, OutgoingMail } from '../../src/kernel/ports.ts';

/** What the far side does with the next mail. */
export type FarSide =
  | 'accepts'
  | 'says try later'
  | 'refuses for good'
  | 'falls silent after taking it'
  | 'is not there';

export interface HandedOver {
  readonly from: string;
  readonly to: string;
  /** Ends with the mail's bytes; an adapter may put headers of its own before them. */
  readonly raw: string;
  /** The send id as it travels beside the mail. */
  readonly send: string;
}

export interface MailerSubject {
  readonly mailer: Mailer;
  next(what: FarSide): Promise<void>;
  taken(): Promise<readonly HandedOver[]>;
  close(): Promise<void>;
}

export function mailOf(raw: string, about: Partial<MailAbout> = {}): OutgoingMail {
  return {
    raw: Buffer.from(raw, 'latin1'),
    from: 'book-club@sis.example',
    to: 'sam@example.org',
    about: { send: 'snd_1', kind: 'request', attempt: 1, ...about },
  };
}

const RAW = [
  'From: "Book Club" <book-club@sis.example>',
  'To: <sam@example.org>',
  'Subject: Invitation: Reading',
  'Message-ID: <1@sis.example>',
  '',
  'Hello Sam,',
  '.a line that begins with a dot',
  '..',
  'bye',
  '',
].join('\r\n');

export function mailerBattery(name: string, make: () => Promise<MailerSubject>): void {
  describe(`mailer: ${name}`, () => {
    let subject: MailerSubject;
    beforeEach(async () => {
      subject = await make();
    });
    afterEach(async () => subject.close());

    test('hands the mail over byte by byte, once, with its envelope and send id', async () => {
      const handover = await subject.mailer.send(mailOf(RAW, { send: 'snd_abc-1' }));
      expect(handover).toEqual({ kind: 'accepted', messageId: expect.stringMatching(/./) });
      const taken = await subject.taken();
      expect(taken).toHaveLength(1);
      expect(taken[0]).toMatchObject({
        from: 'book-club@sis.example',
        to: 'sam@example.org',
        send: 'snd_abc-1',
      });
      expect(taken[0]?.raw.endsWith(RAW)).toBe(true);
    });

    test('gives every accepted mail a message id of its own', async () => {
      const ids = new Set<string>();
      for (let n = 0; n < 3; n += 1) {
        const handover = await subject.mailer.send(mailOf(RAW, { send: `snd_${n}` }));
        if (handover.kind === 'accepted') ids.add(handover.messageId);
      }
      expect(ids.size).toBe(3);
    });

    test('says throttled when the far side wants it later, and does not try again by itself', async () => {
      await subject.next('says try later');
      expect(await subject.mailer.send(mailOf(RAW))).toMatchObject({
        kind: 'throttled',
        reason: expect.any(String),
      });
      expect(await subject.taken()).toHaveLength(0);
    });

    test('says refused when the far side never will', async () => {
      await subject.next('refuses for good');
      expect(await subject.mailer.send(mailOf(RAW))).toMatchObject({
        kind: 'refused',
        reason: expect.any(String),
      });
      expect(await subject.taken()).toHaveLength(0);
    });

    test('says unknown when the far side falls silent after the mail', async () => {
      await subject.next('falls silent after taking it');
      expect(await subject.mailer.send(mailOf(RAW))).toMatchObject({
        kind: 'unknown',
        reason: expect.any(String),
      });
      expect((await subject.taken()).length).toBeLessThanOrEqual(1);
    });

    test('says throttled when nobody is there: surely nothing was sent', async () => {
      await subject.next('is not there');
      expect(await subject.mailer.send(mailOf(RAW))).toMatchObject({ kind: 'throttled' });
    });

    test('goes on after each failure', async () => {
      for (const what of ['says try later', 'refuses for good', 'falls silent after taking it'] as const) {
        await subject.next(what);
        await subject.mailer.send(mailOf(RAW, { send: 'snd_bad' }));
        expect(await subject.mailer.send(mailOf(RAW, { send: 'snd_good' }))).toMatchObject({
          kind: 'accepted',
        });
      }
      const good = (await subject.taken()).filter(({ send }) => send === 'snd_good');
      expect(good).toHaveLength(3);
    });

    test('names no address in its reasons', async () => {
      for (const what of ['says try later', 'refuses for good', 'falls silent after taking it'] as const) {
        await subject.next(what);
        const handover = await subject.mailer.send(mailOf(RAW));
        expect(JSON.stringify(handover)).not.toContain('sam@example.org');
      }
    });

    test('takes many at once', async () => {
      const handovers = await Promise.all(
        Array.from({ length: 30 }, (_, n) => subject.mailer.send(mailOf(RAW, { send: `snd_${n}` }))),
      );
      expect(handovers.filter(({ kind }) => kind === 'accepted')).toHaveLength(30);
      expect(new Set((await subject.taken()).map(({ send }) => send)).size).toBe(30);
    });
  });
}
