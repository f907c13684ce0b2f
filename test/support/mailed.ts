/** For tests in a browser: a service of their own, and events that came to it by mail. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLocalConfig } from '../../src/platform/config.ts';
import { organizerMail } from '../../src/platform/local/organizer-client.ts';
import { startService } from '../../src/platform/local/server.ts';
import { sendMail } from '../../src/platform/local/smtp-client.ts';

const KEY = 'operator-key-of-the-test';

export interface MailedService {
  readonly http: string;
  /** Content lines of one event, ready; answers its page's path. */
  mail(uid: string, lines: readonly string[], name?: string): Promise<string>;
  get(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

export async function mailedService(settings: Readonly<Record<string, string>> = {}): Promise<MailedService> {
  const folder = mkdtempSync(join(tmpdir(), 'sis-browser-'));
  const read = readLocalConfig({
    SIS_HTTP_PORT: '0',
    SIS_SMTP_PORT: '0',
    SIS_DATA_DIR: folder,
    SIS_OPERATOR_KEY: KEY,
    ...settings,
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  const service = await startService(read.config, { log: () => undefined });
  const get = async (path: string) =>
    (await fetch(`${service.http}/api/v1${path}`, { headers: { authorization: `Bearer ${KEY}` } })).json();
  return {
    http: service.http,
    get,
    async mail(uid, lines, name = 'Ada Example') {
      const [from, to, now] = ['ada@example.com', 'create@sis.localhost', new Date().toISOString()];
      const calendar = calendarOf(uid, lines, { from, to, now, name });
      const raw = organizerMail({ from, to, subject: uid, calendar, method: 'REQUEST', now });
      await sendMail({ port: service.smtpPort, from, to: [to], raw });
      return pathOf(get, uid);
    },
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function calendarOf(
  uid: string,
  lines: readonly string[],
  { from, to, now, name }: Readonly<Record<'from' | 'to' | 'now' | 'name', string>>,
): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${now.replace(/[-:]|\.\d+/g, '')}`,
    ...lines,
    `ORGANIZER;CN="${name}":mailto:${from}`,
    `ATTENDEE:mailto:${to}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

async function pathOf(get: (path: string) => Promise<unknown>, uid: string): Promise<string> {
  for (let look = 0; look < 200; look += 1) {
    const { items } = (await get('/events')) as { items: { uid: string; pageUrl: string }[] };
    const found = items.find(item => item.uid === uid);
    if (found !== undefined) return new URL(found.pageUrl).pathname;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('the mail made no event');
}
