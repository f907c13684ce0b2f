/**
 * `npm run kill -- [--rounds N] [--seed S]`: the built bundle is killed with SIGKILL at random moments while mails and sign-ups arrive.
 * Afterwards nothing that got a 250 or a 2xx may be missing, and no mail may have left twice but after an outcome nobody could know.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { startSmtp } from '../../src/platform/local/smtp.ts';
import { sendMail } from '../../src/platform/local/smtp-client.ts';
import { type EventText, eventMail } from '../support/organizer.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: '20260302' } },
});
const ROUNDS = Number(values.rounds);
const KEY = 'operator-key-of-the-kill-test';
const UPDATE_EACH_ROUNDS = 10;
const PATIENCE_MS = 180_000;

interface Sent {
  readonly send: string;
  readonly kind: string;
  readonly attempt: number;
}

interface Server {
  readonly child: ChildProcess;
  readonly http: string;
  readonly smtpPort: number;
}

const random = seeded(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'sis-kill-'));
const sent: Sent[] = [];
const mailsAccepted: string[] = [];
const signUpsAccepted: string[] = [];
let serial = 0;

const relay = await startSmtp({
  port: 0,
  name: 'relay',
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  limits: { ...DEFAULT_LIMITS, SMTP_CONNECTIONS: 1000 },
  accepts: () => true,
  accept: async ({ raw }) => void sent.push(sentOf(raw)),
});

const BASE: EventText = {
  uid: 'base@calendar.example.org',
  dtstamp: stamp(Date.now()),
  start: wallClock(Date.now() + 10 * 86_400_000),
  end: wallClock(Date.now() + 10 * 86_400_000 + 3_600_000),
  title: 'The event that people ask for',
};

let page = '';
let updates = 0;
const first = await startServer();
await deliver(first, { ...BASE }, 'base');
const base = await until('the event', async () => (await apiItems(first, '/events'))[0]);
page = new URL(String(base.pageUrl)).pathname;
await kill(first);

const begun = Date.now();
for (let round = 1; round <= ROUNDS; round += 1) {
  const server = await startServer();
  const stopAt = Date.now() + Math.floor(random() * 1500);
  const work = [mails(server, stopAt), signUps(server, stopAt), signUps(server, stopAt)];
  if (round % UPDATE_EACH_ROUNDS === 0) work.push(update(server));
  // What the kill cuts off was never acknowledged, so it is nobody's loss.
  const dying = Promise.allSettled(work);
  await pause(stopAt - Date.now());
  await kill(server);
  await dying;
}
const took = Math.round((Date.now() - begun) / 1000);

const last = await startServer();
const arrivals = await until('every mail has an outcome', async () => {
  const items = await apiItems(last, '/arrivals');
  return items.every(item => item.outcome !== null) ? items : undefined;
});
const people = await until('every invite is sent in its newest revision', async () => {
  const items = await apiItems(last, `/events/${base.id}/invites?limit=1000`);
  return items.every(item => item.state === 'sent' && Number(item.revisionSent) >= Number(item.revision))
    ? items
    : undefined;
});
const parked = await apiItems(last, '/parked');
last.child.kill('SIGTERM');
const [exitCode] = await new Promise<[number | null]>(resolve =>
  last.child.once('exit', code => resolve([code])),
);
await relay.close(1000);
rmSync(folder, { recursive: true, force: true });

const known = new Set(arrivals.map(arrival => String(arrival.messageId)));
const invited = new Set(people.map(person => String(person.email)));
const lostMails = mailsAccepted.filter(id => !known.has(id));
const lostSignUps = signUpsAccepted.filter(email => !invited.has(email));
const bySend = Map.groupBy(sent, one => one.send);
const repeats = [...bySend.values()].filter(list => list.length > 1);
const excused = repeats.filter(
  list =>
    new Set(list.map(one => one.attempt)).size === list.length && list.every(one => mayRepeat(one.kind)),
);
const unexcused = repeats.length - excused.length;
const wrongOutcomes = arrivals.filter(arrival => arrival.outcome !== 'applied');

const figures: [string, number][] = [
  ['rounds of SIGKILL', ROUNDS],
  ['seconds', took],
  ['mails that got a 250', mailsAccepted.length],
  ['of them missing', lostMails.length],
  ['arrivals with another outcome than applied', wrongOutcomes.length],
  ['sign-ups that got a 2xx', signUpsAccepted.length],
  ['of them missing', lostSignUps.length],
  ['people invited', invited.size],
  ['updates of the event they hold', updates],
  ['mails that left', sent.length],
  ['sent again after an unknown outcome (AMBIGUOUS, counted)', excused.length],
  ['sent twice without such a reason', unexcused],
  ['parked', parked.length],
  ['exit code after SIGTERM', exitCode ?? -1],
];
for (const [what, figure] of figures) process.stdout.write(`figure: ${what.padEnd(60)} ${figure}\n`);
for (const list of repeats)
  if (!excused.includes(list)) process.stdout.write(`twice: ${JSON.stringify(list)}\n`);
const failed =
  lostMails.length +
  lostSignUps.length +
  unexcused +
  wrongOutcomes.length +
  parked.length +
  (exitCode === 0 ? 0 : 1);
process.exit(
  failed === 0 && mailsAccepted.length > ROUNDS / 10 && signUpsAccepted.length > ROUNDS / 10 ? 0 : 1,
);

/** Courtesy mails to the organizer go out at most once; invites, updates and cancels may repeat after an unknown outcome. */
function mayRepeat(kind: string): boolean {
  return kind === 'request' || kind === 'cancel';
}

async function mails(server: Server, stopAt: number): Promise<void> {
  while (Date.now() < stopAt) {
    serial += 1;
    const id = `kill-${serial}`;
    await deliver(server, { ...BASE, uid: `${id}@calendar.example.org`, title: `Event ${serial}` }, id);
  }
}

async function deliver(server: Server, event: EventText, id: string): Promise<void> {
  const mail = eventMail(event, new Date().toISOString());
  const messageId = /^Message-ID: (.*)$/im.exec(Buffer.from(mail.raw).toString('latin1'))?.[1]?.trim() ?? id;
  await sendMail({ port: server.smtpPort, ...mail });
  mailsAccepted.push(messageId);
}

async function update(server: Server): Promise<void> {
  updates += 1;
  const start = Date.now() + 10 * 86_400_000 + updates * 3_600_000;
  await deliver(
    server,
    {
      ...BASE,
      sequence: updates,
      dtstamp: stamp(Date.now() + updates * 1000),
      start: wallClock(start),
      end: wallClock(start + 3_600_000),
    },
    `update-${updates}`,
  ).catch(() => {
    // Killed before the 250: the organizer's server would try again, we count it as never sent.
    updates -= 1;
  });
}

async function signUps(server: Server, stopAt: number): Promise<void> {
  while (Date.now() < stopAt) {
    serial += 1;
    const email = `person-${serial}@example.com`;
    const answer = await fetch(new URL(page, server.http), {
      method: 'POST',
      body: new URLSearchParams({ email }),
      redirect: 'manual',
    });
    if (answer.status < 400) signUpsAccepted.push(email);
  }
}

async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'dist/server.mjs'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      SIS_HTTP_PORT: '0',
      SIS_SMTP_PORT: '0',
      SIS_DATA_DIR: folder,
      SIS_OPERATOR_KEY: KEY,
      SIS_SMTP_RELAY: `smtp://127.0.0.1:${relay.port}`,
      SIS_LIMIT_COALESCE_SECONDS: '0',
      SIS_LIMIT_LEASE_SECONDS: '5',
      SIS_LIMIT_AMBIGUOUS_SECONDS: '2',
      SIS_LIMIT_AMBIGUOUS_RETRIES: '1000',
      SIS_LIMIT_JOB_RECEIVES: '1000',
      SIS_LIMIT_CREATE_MAILS_PER_ORGANIZER_HOUR: '1000000',
      SIS_LIMIT_CREATE_MAILS_PER_ORGANIZER_DAY: '1000000',
      SIS_LIMIT_SIGNUPS_PER_NETWORK_MINUTE: '1000000',
      SIS_LIMIT_SIGNUPS_PER_NETWORK_DAY: '1000000',
    },
  });
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`the server ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', line => {
      if (!line.startsWith('ready ')) return;
      const ready = JSON.parse(line.slice('ready '.length)) as { http: string; smtp: string };
      resolve({ child, http: ready.http, smtpPort: Number(ready.smtp.split(':').at(-1)) });
    });
  });
}

function kill({ child }: Server): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

async function apiItems(server: Server, path: string): Promise<{ [name: string]: unknown }[]> {
  const items: { [name: string]: unknown }[] = [];
  let cursor: string | null = null;
  do {
    const url: URL = new URL(`/api/v1${path}`, server.http);
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    const answer = await fetch(url, { headers: { authorization: `Bearer ${KEY}` } });
    const body = (await answer.json()) as { items: { [name: string]: unknown }[]; next: string | null };
    items.push(...body.items);
    cursor = body.next;
  } while (cursor !== null);
  return items;
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
    await pause(200);
  }
}

function sentOf(raw: Uint8Array): Sent {
  const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  return { send: header('X-SIS-Send'), kind: header('X-SIS-Kind'), attempt: Number(header('X-SIS-Attempt')) };
}

function stamp(at: number): string {
  return `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

/** On the hour, so that only the hour moves. */
function wallClock(at: number): string {
  return `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 11)}0000`;
}

/** Mulberry32: the same seed kills at the same moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.max(0, ms)));
}
