/**
 * `npm run trace [-- --server FILE]`: the built bundle under strace takes one mail and one sign-up, and the record of its system calls must
 * show everything on disk and synced before the first byte of `250` and of the HTTP answer. A kill cannot show that: the kernel keeps what
 * a dead process wrote; only a power cut would not.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { sendMail } from '../../src/platform/local/smtp-client.ts';
import { eventMail } from '../support/organizer.ts';
import { type Call, readTrace } from '../support/strace.ts';

const { values } = parseArgs({ options: { server: { type: 'string', default: 'dist/server.mjs' } } });
const KEY = 'operator-key-of-the-trace';
const MARK = 'X-Trace: the-mail-of-the-trace';
const PERSON = 'person-of-the-trace@example.com';
const PATIENCE_MS = 60_000;
/** All ways to write, rename or sync, and to read, so that it shows when a request came. */
const CALLS = [
  'read,readv,recvfrom,recvmsg,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg',
  'rename,renameat,renameat2,fsync,fdatasync,sync_file_range,io_uring_enter',
].join(',');
/** A database page is seen whole. */
const SHOWN_OCTETS = 4_200;

const work = mkdtempSync(join(tmpdir(), 'sis-trace-'));
const record = join(work, 'strace.txt');

await needStrace();
if (!existsSync(values.server)) giveUp(`${values.server} is not there: npm run build makes it.`);
await story().catch(error => giveUp(`the service did not play its part under strace: ${error}`));
const calls = readTrace(readFileSync(record, 'latin1'));
const held = [mailIsSafe(calls), signUpIsSafe(calls)].every(Boolean);
rmSync(work, { recursive: true, force: true });
process.stdout.write(`figure: ${'system calls in the record'.padEnd(62)} ${calls.length}\n`);
process.stdout.write(
  held ? 'trace: everything was synced before it was promised\n' : 'trace: promised before it was safe\n',
);
process.exit(held ? 0 : 1);

async function needStrace(): Promise<void> {
  if (process.platform !== 'linux') giveUp('strace, and so this proof, is there on Linux only.');
  if (spawnSync('strace', ['-V']).status === 0) return;
  process.stderr.write('installing strace (once) ...\n');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-q'], quiet);
  spawnSync('apt-get', ['install', '-y', '-q', 'strace'], quiet);
  if (spawnSync('strace', ['-V']).status !== 0)
    giveUp('No strace: install the package strace, then run this again.');
}

function giveUp(sentence: string): never {
  process.stderr.write(`trace: ${sentence}\n`);
  rmSync(work, { recursive: true, force: true });
  process.exit(1);
}

/** An organizer's mail, and a person who asks on the event's page. */
async function story(): Promise<void> {
  const options = ['-f', '-ttt', '-yy', '-s', String(SHOWN_OCTETS), '-e', `trace=${CALLS}`, '-o', record];
  const child = spawn(
    'strace',
    [...options, process.execPath, '--disable-warning=ExperimentalWarning', values.server],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        SIS_HTTP_PORT: '0',
        SIS_SMTP_PORT: '0',
        SIS_DATA_DIR: join(work, 'data'),
        SIS_OPERATOR_KEY: KEY,
      },
    },
  );
  let said = '';
  child.stderr.on('data', chunk => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const ready = await new Promise<{ http: string; smtp: string; pid: number }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`it ended before it was ready\n${said}`)));
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('ready ')) resolve(JSON.parse(line.slice('ready '.length)));
    });
  });
  try {
    await playAt(ready.http, Number(ready.smtp.split(':').at(-1)));
  } finally {
    process.kill(ready.pid, 'SIGTERM');
    await ended;
  }
}

async function playAt(http: string, smtpPort: number): Promise<void> {
  const { raw, from, to } = eventMail(
    {
      uid: 'trace@calendar.example.org',
      dtstamp: stamp(0),
      start: stamp(10 * 86_400).slice(0, 15),
      end: stamp(10 * 86_400 + 3_600).slice(0, 15),
    },
    new Date().toISOString(),
  );
  await sendMail({ port: smtpPort, from, to, raw: Buffer.concat([Buffer.from(`${MARK}\r\n`), raw]) });
  const page = await until('the event is live', async () => {
    const answer = await fetch(new URL('/api/v1/events', http), {
      headers: { authorization: `Bearer ${KEY}` },
    });
    const { items } = (await answer.json()) as { items: { pageUrl: string }[] };
    return items[0]?.pageUrl;
  });
  const body = new URLSearchParams({ email: PERSON });
  const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  if (answer.status >= 400) throw new Error(`the sign-up was answered ${answer.status}`);
}

/** Now and so many seconds: `20260310T160000Z`. */
function stamp(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

interface Step {
  readonly what: string;
  /** `before` are the steps found so far. */
  is(call: Call, before: readonly Call[]): boolean;
}

function mailIsSafe(all: readonly Call[]): boolean {
  const came = all.find(call => isRead(call) && call.socket && call.text.includes(MARK));
  if (came === undefined) return missing('mail', 'the bytes of the mail came in');
  const answer = all.find(call => answers(came, call));
  if (answer === undefined || !answer.text.includes('"250')) return missing('mail', 'the 250 to its bytes');
  return inOrder('mail', all, came, answer, [
    {
      what: 'raw mail written to a file',
      is: call => isWrite(call) && !call.socket && call.text.includes(MARK),
    },
    { what: 'that file synced', is: (call, [write]) => isSync(call) && call.path === write?.path },
    {
      what: 'renamed to its own name',
      is: (call, [write]) => call.name.startsWith('rename') && call.names[0] === write?.path,
    },
    {
      what: 'folder of that name synced',
      is: (call, [, , rename]) => isSync(call) && call.path === dirname(rename?.names.at(-1) ?? ''),
    },
    {
      what: 'row that names the file written to the log of SQLite',
      is: (call, [, , rename]) => isLogWrite(call) && call.text.includes(keyOf(rename?.names.at(-1) ?? '')),
    },
    { what: 'log of SQLite synced', is: (call, before) => isSync(call) && call.path === before.at(-1)?.path },
  ]);
}

function signUpIsSafe(all: readonly Call[]): boolean {
  const came = all.find(call => isRead(call) && call.socket && call.text.includes('"POST /e/'));
  if (came === undefined) return missing('sign-up', 'the POST came in');
  const answer = all.find(call => answers(came, call));
  if (answer === undefined || !/"HTTP\/1\.1 [23]\d\d/.test(answer.text))
    return missing('sign-up', 'the 2xx or 3xx to it');
  return inOrder('sign-up', all, came, answer, [
    {
      what: 'invite of that person written to the log of SQLite',
      is: call => isLogWrite(call) && call.text.includes(PERSON),
    },
    { what: 'log of SQLite synced', is: (call, [write]) => isSync(call) && call.path === write?.path },
  ]);
}

/** Each step begins after the one before has returned, and the last has returned before the answer begins. */
function inOrder(
  story: string,
  all: readonly Call[],
  came: Call,
  answer: Call,
  steps: readonly Step[],
): boolean {
  const found: Call[] = [];
  say(story, 'received', came, came);
  for (const { what, is } of steps) {
    const from = found.at(-1)?.returned ?? came.returned;
    const step = all.find(
      call => call.begun > from && call.returned < answer.begun && call.ok && is(call, found),
    );
    if (step === undefined) return missing(story, `${what}, before the answer`);
    say(story, what, step, came);
    found.push(step);
  }
  say(story, 'answered', answer, came);
  return true;
}

function say(story: string, what: string, call: Call, since: Call): void {
  const at = ((call.at - since.at) * 1000).toFixed(1);
  process.stdout.write(`figure: ${`${story}: ${what}`.padEnd(62)} ${at.padStart(7)} ms  ${call.name}\n`);
}

function missing(story: string, what: string): false {
  process.stdout.write(`figure: ${`${story}: ${what}`.padEnd(62)} MISSING\n`);
  return false;
}

/** The first bytes on the connection after the request. */
function answers(came: Call, call: Call): boolean {
  return isWrite(call) && call.path === came.path && call.begun > came.begun;
}

function isRead({ name }: Call): boolean {
  return /^(?:read|recv)/.test(name);
}

function isWrite({ name }: Call): boolean {
  return /^(?:p?write|send)/.test(name);
}

function isSync({ name }: Call): boolean {
  return name === 'fsync' || name === 'fdatasync';
}

function isLogWrite(call: Call): boolean {
  return isWrite(call) && call.path.endsWith('-wal');
}

/** The random part of the blob's key, as its row has it. */
function keyOf(path: string): string {
  const name = /([a-z0-9]{20,})\.eml~?$/.exec(path)?.[1];
  return name ?? 'a name that no row has';
}
