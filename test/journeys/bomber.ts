/**
 * Somebody's address typed into many forms from many networks (P11). `npm run bomber` does it 10,000 times over 500 pages and 300 networks;
 * the suite a small part of it. Counts what reached the mailbox, presses stop once, and goes on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { readLocalConfig } from '../../src/platform/config.ts';
import { organizerMail } from '../../src/platform/local/organizer-client.ts';
import { startService } from '../../src/platform/local/server.ts';
import { sendMail } from '../../src/platform/local/smtp-client.ts';

export interface Bombing {
  readonly signUps: number;
  readonly pages: number;
  readonly networks: number;
}

export interface Bombed {
  readonly pages: number;
  /** How often the form said yes, and that too many came from one network. */
  readonly answers: { readonly [status: string]: number };
  readonly mails: number;
  readonly mailsAfterStop: number;
}

const VICTIM = 'victim@example.net';
const EVENTS_OF_ONE = 10;
const AT_ONCE = 20;
const QUIET_MS = 1_500;

export async function bomb({ signUps, pages, networks }: Bombing): Promise<Bombed> {
  const folder = mkdtempSync(join(tmpdir(), 'sis-bomber-'));
  const mailbox = await openMailbox();
  const read = readLocalConfig({
    SIS_HTTP_PORT: '0',
    SIS_SMTP_PORT: '0',
    SIS_DATA_DIR: folder,
    SIS_TRUST_PROXY: 'true',
    SIS_SMTP_RELAY: `smtp://127.0.0.1:${mailbox.port}`,
    SIS_OPERATOR_KEY: 'operator-key-of-the-bomber',
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  const service = await startService(read.config, { log: () => undefined });
  try {
    const urls = await makePages(service.http, service.smtpPort, pages);
    const answers = await flood(urls, signUps, networks, 0);
    const mails = await settledMails(mailbox);
    await pressStop(mailbox);
    const before = (await settledMails(mailbox)).length;
    await flood(urls, Math.ceil(signUps / 10), networks, networks);
    const after = (await settledMails(mailbox)).length;
    return { pages: urls.length, answers, mails: mails.length, mailsAfterStop: after - before };
  } finally {
    await service.stop();
    await mailbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ten events each of many organizers, so of many workspaces. */
async function makePages(http: string, port: number, pages: number): Promise<readonly string[]> {
  const now = new Date().toISOString();
  for (let index = 0; index < pages; index += 1) {
    const from = `host${Math.floor(index / EVENTS_OF_ONE)}@example.com`;
    const calendar = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Test//EN',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      `UID:bomb-${index}`,
      `DTSTAMP:${now.replace(/[-:]|\.\d+/g, '')}`,
      'DTSTART:20990305T170000Z',
      'DTEND:20990305T183000Z',
      `SUMMARY:Event ${index}`,
      `ORGANIZER:mailto:${from}`,
      'ATTENDEE:mailto:create@sis.localhost',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');
    const to = 'create@sis.localhost';
    const raw = organizerMail({ from, to, subject: 'Event', calendar, method: 'REQUEST', now });
    await sendMail({ port, from, to: [to], raw });
  }
  for (;;) {
    const urls = await pagesOf(http);
    if (urls.length >= pages) return urls;
    await wait(200);
  }
}

async function pagesOf(http: string): Promise<readonly string[]> {
  const urls: string[] = [];
  let cursor = '';
  do {
    const answer = await fetch(
      `${http}/api/v1/events${cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
      {
        headers: { authorization: 'Bearer operator-key-of-the-bomber' },
      },
    );
    const page = (await answer.json()) as { items: { pageUrl: string }[]; next: string | null };
    urls.push(...page.items.map(({ pageUrl }) => pageUrl));
    cursor = page.next ?? '';
  } while (cursor !== '');
  return urls;
}

async function flood(
  urls: readonly string[],
  signUps: number,
  networks: number,
  firstNetwork: number,
): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < signUps; at = next++) {
      const network = firstNetwork + (at % networks);
      const answer = await fetch(urls[(at * 7) % urls.length] ?? '', {
        method: 'POST',
        body: new URLSearchParams({ email: VICTIM, ...(at % 3 === 0 ? { again: '1' } : {}) }),
        // The visitor writes the first hop himself; only the last one counts.
        headers: {
          'x-forwarded-for': `203.0.113.${at % 250}, 10.${Math.floor(network / 250)}.0.${network % 250}`,
        },
      });
      await answer.arrayBuffer();
      answers[answer.status] = (answers[answer.status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

interface Mailbox {
  readonly port: number;
  /** What came to the victim, raw. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

function openMailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', chunk => chunks.push(chunk));
      stream.on('end', () => {
        const isHis = session.envelope.rcptTo.some(({ address }) => address === VICTIM);
        if (isHis) mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address();
      const port = address === null || typeof address === 'string' ? 0 : address.port;
      resolve({ port, mails, close: () => new Promise(closed => server.close(() => closed())) });
    });
  });
}

/** Once no more arrive. */
async function settledMails({ mails }: Mailbox): Promise<readonly string[]> {
  let before = -1;
  while (mails.length !== before) {
    before = mails.length;
    await wait(QUIET_MS);
  }
  return [...mails];
}

/** The one-click button of the newest mail (RFC 8058), as a mail program presses it. */
async function pressStop(mailbox: Mailbox): Promise<void> {
  const raw = mailbox.mails.at(-1) ?? '';
  const url = /^List-Unsubscribe:\s*<([^>]+)>/im.exec(raw.replace(/\r?\n[ \t]+/g, ' '))?.[1];
  if (url === undefined) throw new Error('the mail has no List-Unsubscribe');
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  const { status } = await fetch(url.replace(/\s/g, ''), { method: 'POST', body });
  if (status !== 200) throw new Error(`the unsubscribe was answered with ${status}`);
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now();
  const bombed = await bomb({ signUps: 10_000, pages: 500, networks: 300 });
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${JSON.stringify({ ...bombed, seconds }, null, 2)}\n`);
  process.exit(bombed.mails <= 3 && bombed.mailsAfterStop === 0 ? 0 : 1);
}
