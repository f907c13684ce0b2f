import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits.ts';
import {
  type IncomingMail,
  type SmtpListener,
  type SmtpOptions,
  startSmtp,
} from '../../../src/platform/local/smtp.ts';
import { eventually, pause } from '../../support/temporary.ts';

const open: { close(limitMs: number): Promise<void> }[] = [];
const talks: Talk[] = [];

afterEach(async () => {
  for (const talk of talks.splice(0)) talk.end();
  for (const listener of open.splice(0)) await listener.close(500);
});

async function listener(
  options: Partial<SmtpOptions> = {},
): Promise<SmtpListener & { mails: IncomingMail[] }> {
  const mails: IncomingMail[] = [];
  const started = await startSmtp({
    port: 0,
    limits: DEFAULT_LIMITS,
    accepts: address => address.toLowerCase().endsWith('@sis.localhost'),
    accept: async mail => void mails.push(mail),
    ...options,
  });
  open.push(started);
  return { ...started, mails };
}

/** A bare TCP client: says what the test says, no more. */
class Talk {
  readonly #socket: Socket;
  #heard = '';
  closed = false;

  constructor(port: number, host = '127.0.0.1') {
    this.#socket = connect(port, host);
    this.#socket.setEncoding('latin1').on('data', (text: string) => {
      this.#heard += text;
    });
    this.#socket
      .on('error', () => undefined)
      .on('close', () => {
        this.closed = true;
      });
    talks.push(this);
  }

  /** The next whole reply. */
  async hear(): Promise<string> {
    return eventually(() => {
      const reply = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(this.#heard)?.[0];
      if (reply === undefined) return undefined;
      this.#heard = this.#heard.slice(reply.length);
      return reply.trimEnd();
    });
  }

  async say(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.hear();
  }

  write(bytes: string | Buffer): boolean {
    return this.#socket.write(bytes);
  }

  end(): void {
    this.#socket.destroy();
  }

  static async greeted(port: number): Promise<Talk> {
    const talk = new Talk(port);
    await talk.hear();
    await talk.say('EHLO mail.example.com');
    return talk;
  }

  async envelope(to = 'create@sis.localhost'): Promise<void> {
    await this.say('MAIL FROM:<ada@example.com>');
    await this.say(`RCPT TO:<${to}>`);
    await this.say('DATA');
  }
}

describe('the SMTP listener', () => {
  test('greets, announces its size limit, and neither STARTTLS nor AUTH', async () => {
    const { port } = await listener();
    const talk = new Talk(port);
    expect(await talk.hear()).toMatch(/^220 localhost ESMTP/);
    const hello = await talk.say('EHLO mail.example.com');
    expect(hello).toContain('SIZE 10485760');
    expect(hello).not.toMatch(/STARTTLS|AUTH/);
    expect(await talk.say('STARTTLS')).toMatch(/^50/);
    expect(await talk.say('AUTH PLAIN AGEAYg==')).toMatch(/^50/);
  });

  test('takes a mail byte by byte, with its envelope and where it came from', async () => {
    const { port, mails } = await listener();
    const talk = await Talk.greeted(port);
    await talk.envelope('Create+x@SIS.localhost');
    const raw = Buffer.from('Subject: Grüße\r\n\r\n.a dot\r\n\r\nbytes \x00\xff\r\n', 'latin1');
    talk.write(
      Buffer.concat([
        Buffer.from(raw.toString('latin1').replace('.a', '..a'), 'latin1'),
        Buffer.from('.\r\n'),
      ]),
    );
    expect(await talk.hear()).toMatch(/^250 /);
    expect(mails).toEqual([
      {
        raw: expect.any(Uint8Array),
        mailFrom: 'ada@example.com',
        recipients: ['Create+x@SIS.localhost'],
        remote: { ip: '127.0.0.1', helo: 'mail.example.com', loopback: true },
      },
    ]);
    expect(Buffer.compare(mails[0]?.raw ?? raw, raw)).toBe(0);
  });

  test('takes several mails over one connection, to several of ours, and bounces with the empty sender', async () => {
    const { port, mails } = await listener();
    const talk = await Talk.greeted(port);
    for (const from of ['ada@example.com', '']) {
      await talk.say(`MAIL FROM:<${from}>`);
      await talk.say('RCPT TO:<create@sis.localhost>');
      await talk.say('RCPT TO:<book-club@sis.localhost>');
      await talk.say('RCPT TO:<create@sis.localhost>');
      await talk.say('DATA');
      expect(await talk.say('Subject: x\r\n\r\nx\r\n.')).toMatch(/^250 /);
    }
    expect(mails.map(({ mailFrom, recipients }) => [mailFrom, recipients])).toEqual([
      ['ada@example.com', ['create@sis.localhost', 'book-club@sis.localhost']],
      ['', ['create@sis.localhost', 'book-club@sis.localhost']],
    ]);
  });

  test('answers 550 to recipients that are not ours, and keeps the others', async () => {
    const { port, mails } = await listener();
    const talk = await Talk.greeted(port);
    await talk.say('MAIL FROM:<ada@example.com>');
    expect(await talk.say('RCPT TO:<someone@example.org>')).toMatch(/^550 /);
    expect(await talk.say('DATA')).toMatch(/^503 /);
    expect(await talk.say('RCPT TO:<create@sis.localhost>')).toMatch(/^250 /);
    await talk.say('DATA');
    expect(await talk.say('x\r\n.')).toMatch(/^250 /);
    expect(mails.map(({ recipients }) => recipients)).toEqual([['create@sis.localhost']]);
  });

  test('answers 451 to a recipient that could not be checked', async () => {
    const { port } = await listener({ accepts: () => Promise.reject(new Error('the store is away')) });
    const talk = await Talk.greeted(port);
    await talk.say('MAIL FROM:<ada@example.com>');
    expect(await talk.say('RCPT TO:<create@sis.localhost>')).toMatch(/^451 /);
  });

  test('answers 250 only after the mail is stored', async () => {
    let store: () => void = () => undefined;
    const stored = new Promise<void>(resolve => {
      store = resolve;
    });
    const { port } = await listener({ accept: () => stored });
    const talk = await Talk.greeted(port);
    await talk.envelope();
    let answer = '';
    const heard = talk.say('x\r\n.').then(reply => {
      answer = reply;
    });
    await pause(80);
    expect(answer).toBe('');
    store();
    await heard;
    expect(answer).toMatch(/^250 /);
  });

  test('answers 451 when the mail could not be stored, and takes it when the sender tries again', async () => {
    let broken = true;
    const mails: IncomingMail[] = [];
    const { port } = await listener({
      accept: async mail => {
        if (broken) throw Object.assign(new Error('disk full for ada@example.com'), { code: 'ENOSPC' });
        mails.push(mail);
      },
    });
    const talk = await Talk.greeted(port);
    await talk.envelope();
    const refusal = await talk.say('Subject: x\r\n\r\nx\r\n.');
    expect(refusal).toMatch(/^451 /);
    expect(refusal).not.toContain('ada@example.com');
    broken = false;
    await talk.envelope();
    expect(await talk.say('Subject: x\r\n\r\nx\r\n.')).toMatch(/^250 /);
    expect(mails).toHaveLength(1);
  });

  test('answers 552 to an announced size above the limit, and takes one at it', async () => {
    const limits = { ...DEFAULT_LIMITS, INBOUND_BYTES: 1_000 };
    const { port, mails } = await listener({ limits });
    const talk = await Talk.greeted(port);
    expect(await talk.say('MAIL FROM:<ada@example.com> SIZE=1001')).toMatch(/^552 /);
    await talk.envelope();
    expect(await talk.say(`${'x'.repeat(998)}\r\n.`)).toMatch(/^250 /);
    expect(mails[0]?.raw).toHaveLength(1_000);
  });

  test('answers 552 to a mail above the limit that announced nothing, and goes on', async () => {
    const limits = { ...DEFAULT_LIMITS, INBOUND_BYTES: 1_000 };
    const { port, mails } = await listener({ limits });
    const talk = await Talk.greeted(port);
    await talk.envelope();
    expect(await talk.say(`${'x'.repeat(999)}\r\n.`)).toMatch(/^552 /);
    await talk.envelope();
    expect(await talk.say('x\r\n.')).toMatch(/^250 /);
    expect(mails).toHaveLength(1);
  });

  test('does not hold a flood in memory', async () => {
    const limits = { ...DEFAULT_LIMITS, INBOUND_BYTES: 1_000_000 };
    const { port } = await listener({ limits });
    const talk = await Talk.greeted(port);
    await talk.envelope();
    const before = process.memoryUsage().rss;
    const chunk = Buffer.alloc(1_000_000, 'x\r\n');
    for (let n = 0; n < 150; n += 1) {
      talk.write(chunk);
      await pause(1);
    }
    talk.write('\r\n.\r\n');
    expect(await talk.hear()).toMatch(/^552 /);
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
  }, 60_000);

  test('stores nothing of a mail whose sender goes away in the middle', async () => {
    const { port, mails } = await listener();
    const talk = await Talk.greeted(port);
    await talk.envelope();
    talk.write('Subject: half a mail\r\n\r\nand then');
    await pause(50);
    talk.end();
    await pause(100);
    expect(mails).toEqual([]);
  });

  test('does not end a mail at a dot that stands between bare line feeds', async () => {
    const { port, mails } = await listener();
    const talk = await Talk.greeted(port);
    await talk.envelope();
    expect(await talk.say('Subject: x\n\na\n.\nMAIL FROM:<eve@example.com>\r\n.')).toMatch(/^250 /);
    expect(mails).toHaveLength(1);
    expect(Buffer.from(mails[0]?.raw ?? []).toString()).toContain('MAIL FROM:<eve@example.com>');
  });

  test('refuses recipients and connections beyond their numbers', async () => {
    const limits = { ...DEFAULT_LIMITS, SMTP_RECIPIENTS: 2, SMTP_CONNECTIONS: 2 };
    const { port } = await listener({ limits });
    const talk = await Talk.greeted(port);
    await talk.say('MAIL FROM:<ada@example.com>');
    expect(await talk.say('RCPT TO:<a@sis.localhost>')).toMatch(/^250 /);
    expect(await talk.say('RCPT TO:<b@sis.localhost>')).toMatch(/^250 /);
    expect(await talk.say('RCPT TO:<c@sis.localhost>')).toMatch(/^452 /);
    await Talk.greeted(port);
    expect(await new Talk(port).hear()).toMatch(/^421 /);
  });

  test('ends connections that say nothing', async () => {
    const limits = { ...DEFAULT_LIMITS, SMTP_IDLE_SECONDS: 0.2 };
    const { port } = await listener({ limits });
    const talk = await Talk.greeted(port);
    await eventually(() => (talk.closed ? true : undefined), 3_000);
    expect(talk.closed).toBe(true);
  });

  test('finishes a mail that is being stored before it closes', async () => {
    const { port, close } = await listener({ accept: () => pause(100) });
    const talk = await Talk.greeted(port);
    await talk.envelope();
    const answer = talk.say('x\r\n.');
    await pause(30);
    await close(3_000);
    expect(await answer).toMatch(/^250 /);
  });

  test('says when its port is taken', async () => {
    const { port } = await listener();
    await expect(listener({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
