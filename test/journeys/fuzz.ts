/**
 * `npm run fuzz -- [--count N] [--seed S] [--from I] [--workers W]`: mutated calendar texts and mails, nine to one, through the readers and what
 * follows them. No input may crash its reader, take longer than 2 s or need more than 256 MB. The same seed makes the same inputs.
 */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { applyMessage } from '../../src/calendar/apply.ts';
import { describeEvent } from '../../src/calendar/describe.ts';
import { checkForRegister, readCalendar } from '../../src/calendar/read.ts';
import { readReplies } from '../../src/calendar/reply.ts';
import { type EventState, SERIES } from '../../src/calendar/state.ts';
import { writeInvite } from '../../src/calendar/write.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { readMail } from '../../src/mail/inbound.ts';

const MOST_MS = 2_000;
const MOST_MB = 256;
const NOW = '2026-03-01T09:00:00Z';

interface Task {
  readonly worker: number;
  readonly workers: number;
  readonly count: number;
  readonly seed: number;
}

type Said =
  | { readonly say: 'at'; readonly index: number }
  | { readonly say: 'fault'; readonly index: number; readonly what: string }
  | { readonly say: 'done'; readonly slowest: number; readonly slowestIndex: number; readonly read: number };

async function lead(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '20260301' },
      from: { type: 'string', default: '0' },
      workers: { type: 'string', default: '2' },
    },
  });
  const from = Number(values.from);
  const count = from + Number(values.count);
  const seed = Number(values.seed);
  const workers = Number(values.workers);
  const started = performance.now();
  const ends = await Promise.all(
    Array.from({ length: workers }, (_, worker) => run({ worker: from + worker, workers, count, seed })),
  );
  const faults = ends.flatMap(({ faults }) => faults);
  const slowest = ends.reduce((one, other) => (other.slowest > one.slowest ? other : one));
  for (const fault of faults.slice(0, 50)) process.stdout.write(`fault: ${fault}\n`);
  const figures = {
    inputs: count - from,
    'from input': from,
    'read as a calendar or a mail': ends.reduce((sum, { read }) => sum + read, 0),
    'crashes and overruns': faults.length,
    'slowest, ms': Math.round(slowest.slowest),
    'slowest input': slowest.slowestIndex,
    seconds: Math.round((performance.now() - started) / 1000),
    seed,
  };
  for (const [name, value] of Object.entries(figures))
    process.stdout.write(`figure: fuzz, ${name}: ${value}\n`);
  if (faults.length > 0) {
    const folder = mkdtempSync(join(tmpdir(), 'sis-fuzz-'));
    for (const index of new Set(faults.map(fault => Number(fault.split(' ')[0])))) {
      writeFileSync(join(folder, String(index)), inputAt(seeds(), seed, index).bytes);
    }
    process.stdout.write(`inputs with faults: ${folder}\n`);
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}

interface End {
  readonly faults: readonly string[];
  readonly slowest: number;
  readonly slowestIndex: number;
  readonly read: number;
}

/** One worker's share; a worker that hangs or dies is replaced behind the input that did it. */
async function run(task: Task): Promise<End> {
  const faults: string[] = [];
  let read = 0;
  let slowest = 0;
  let slowestIndex = -1;
  let from = task.worker;
  while (from < task.count) {
    const end = await runFrom(task, from, faults);
    read += end.read;
    if (end.slowest > slowest) ({ slowest, slowestIndex } = end);
    from = end.next;
  }
  return { faults, slowest, slowestIndex, read };
}

function runFrom(task: Task, from: number, faults: string[]): Promise<End & { readonly next: number }> {
  return new Promise(resolve => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { ...task, worker: from },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
    });
    let at = from;
    let seen = performance.now();
    const end = (next: number, more: Partial<End> = {}) => {
      clearInterval(watch);
      worker.terminate();
      resolve({ faults, slowest: 0, slowestIndex: -1, read: 0, ...more, next });
    };
    const watch = setInterval(() => {
      // The first message waits for the modules to load.
      if (performance.now() - seen < MOST_MS * 10) return;
      faults.push(`${at} hangs`);
      end(at + task.workers, { slowest: performance.now() - seen, slowestIndex: at });
    }, 500);
    worker.on('message', (said: Said) => {
      seen = performance.now();
      if (said.say === 'at') at = said.index;
      else if (said.say === 'fault') faults.push(`${said.index} ${said.what}`);
      else end(task.count, said);
    });
    worker.on('error', error => {
      faults.push(`${at} ends the worker: ${error.message}`);
      end(at + task.workers);
    });
  });
}

async function work({ worker: first, workers, count, seed }: Task): Promise<void> {
  const corpus = seeds();
  const say = (said: Said) => parentPort?.postMessage(said);
  let slowest = 0;
  let slowestIndex = -1;
  let read = 0;
  for (let index = first; index < count; index += workers) {
    say({ say: 'at', index });
    const { bytes, isMail } = inputAt(corpus, seed, index);
    const first = await tried(bytes, isMail);
    if (first.fault !== null) say({ say: 'fault', index, what: first.fault });
    if (first.isRead) read += 1;
    // The machine may have been busy with something else: slow is what is slow twice.
    const ms = first.ms > MOST_MS ? Math.min(first.ms, (await tried(bytes, isMail)).ms) : first.ms;
    if (ms > MOST_MS) say({ say: 'fault', index, what: `takes ${Math.round(ms)} ms` });
    if (ms > slowest) {
      slowest = ms;
      slowestIndex = index;
    }
  }
  say({ say: 'done', slowest, slowestIndex, read });
}

async function tried(
  bytes: Uint8Array,
  isMail: boolean,
): Promise<{ readonly ms: number; readonly isRead: boolean; readonly fault: string | null }> {
  const started = performance.now();
  const took = () => performance.now() - started;
  try {
    const isRead = isMail ? await tryMail(bytes) : tryCalendar(bytes);
    return { ms: took(), isRead, fault: null };
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ms: took(), isRead: false, fault: stack.split('\n').slice(0, 4).join(' | ') };
  }
}

/** Reading, the policy, the state, what people see, and what is written of it, which must read again. */
function tryCalendar(bytes: Uint8Array): boolean {
  const reading = readCalendar(bytes);
  if (!reading.ok) return false;
  readReplies(reading.calendar);
  const checked = checkForRegister(reading.calendar, DEFAULT_LIMITS, { organizerZone: 'Europe/Berlin' });
  if (!checked.ok) return true;
  const message = { calendar: checked.calendar, arrival: 'arrival', receivedAt: NOW };
  const applied = applyMessage(null, message, NOW);
  if (!('state' in applied)) return true;
  describeEvent(applied.state, { now: NOW });
  writeAll(applied.state);
  return true;
}

function writeAll(state: EventState): void {
  for (const [component, { kind }] of Object.entries(state.components)) {
    const method = kind === 'cancel' ? 'CANCEL' : 'REQUEST';
    if (method === 'REQUEST' && component !== SERIES && state.components[SERIES]?.kind === 'cancel') continue;
    const { ics } = writeInvite({
      state,
      component,
      method,
      uid: 'k3v9token@sis.example.com',
      organizer: { name: 'Jane Roe', email: 'jane@sis.example.com' },
      attendee: { name: null, email: 'sam@recipient.example', partstat: 'NEEDS-ACTION' },
      sequence: 1,
      dtstamp: NOW,
      now: NOW,
      pageUrl: null,
      limits: DEFAULT_LIMITS,
    });
    if (ics.split('\r\n').some(line => Buffer.byteLength(line) > 75)) throw new Error('a line is too long');
    if (!readCalendar(Buffer.from(ics)).ok) throw new Error('what was written cannot be read');
  }
}

async function tryMail(bytes: Uint8Array): Promise<boolean> {
  const mail = await readMail(bytes, DEFAULT_LIMITS);
  for (const part of mail.calendars) tryCalendar(part.bytes);
  await mail.text();
  return mail.problem === null;
}

interface Corpus {
  readonly calendars: readonly Buffer[];
  readonly mails: readonly Buffer[];
}

function seeds(): Corpus {
  const all = (folder: string) => {
    const url = new URL(`../fixtures/${folder}/`, import.meta.url);
    return readdirSync(url)
      .sort()
      .map(name => readFileSync(new URL(name, url)));
  };
  return { calendars: all('ics'), mails: all('mail') };
}

/** Every tenth input is a mail. */
function inputAt(corpus: Corpus, seed: number, index: number): { bytes: Buffer; isMail: boolean } {
  const random = randomFrom(seed, index);
  const isMail = index % 10 === 9;
  const pool = isMail ? corpus.mails : corpus.calendars;
  let bytes = picked(pool, random) ?? Buffer.alloc(0);
  const steps = 1 + Math.floor(random() * random() * 12);
  for (let step = 0; step < steps; step += 1) {
    bytes = (picked(MUTATIONS, random) ?? swapLines)(bytes, random, pool);
  }
  return { bytes: bytes.subarray(0, 3_000_000), isMail };
}

type Chance = () => number;
type Mutation = (bytes: Buffer, random: Chance, pool: readonly Buffer[]) => Buffer;

const WORDS = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\0',
    '\t',
    ' ',
    '"',
    ';',
    ':',
    ',',
    '\\',
    '^',
    '=',
    '\u2028',
    '\ufeff',
    '🎈',
    '\xff',
  ],
  ...[
    'BEGIN:VEVENT\r\n',
    'END:VEVENT\r\n',
    'BEGIN:VCALENDAR\r\n',
    'END:VCALENDAR\r\n',
    'BEGIN:VTIMEZONE\r\n',
  ],
  ...['BEGIN:VALARM\r\nEND:VALARM\r\n', 'END:VTIMEZONE\r\n', 'METHOD:CANCEL\r\n', 'STATUS:CANCELLED\r\n'],
  ...[
    'RRULE:FREQ=SECONDLY\r\n',
    'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n',
    'RRULE:FREQ=DAILY;COUNT=0\r\n',
  ],
  ...['RRULE:FREQ=MONTHLY;BYSETPOS=-366;BYDAY=MO,TU,WE\r\n', 'RRULE:FREQ=WEEKLY;INTERVAL=99999999\r\n'],
  ...['RRULE:FREQ=DAILY;UNTIL=99991231T235959Z\r\n', 'RECURRENCE-ID:20260303T150000Z\r\n'],
  ...['RECURRENCE-ID;RANGE=THISANDFUTURE:20260303T150000Z\r\n', 'EXDATE:20260303T150000Z\r\n'],
  ...['RDATE;VALUE=PERIOD:20260303T150000Z/P9999W\r\n', 'DURATION:-P1D\r\n', 'DURATION:P99999999W\r\n'],
  ...['DTSTART;VALUE=DATE:20260303\r\n', 'DTSTART:00010101T000000Z\r\n', 'DTEND:99991231T235959Z\r\n'],
  ...['DTSTART;TZID=Africa/Cairo:20261203T160000\r\n', 'TZID=', 'VALUE=DATE', '20260229', '99999999T999999Z'],
  ...[
    'TZOFFSETTO:+9959\r\n',
    'TZOFFSETFROM:-235959\r\n',
    'SEQUENCE:99999999999999999999\r\n',
    'SEQUENCE:-1\r\n',
  ],
  ...['X-ALT-DESC;FMTTYPE=text/html:<b><i><script>&#x110000;&#0;\r\n', 'GEO:1e999;NaN\r\n', 'SUMMARY:\r\n'],
  ...[
    'Content-Type: multipart/mixed; boundary="b"\r\n',
    '--b\r\n',
    '--b--\r\n',
    '=?utf-8?B?////?=',
    '=?x?Q?=?=',
  ],
  ...[
    'Content-Transfer-Encoding: base64\r\n',
    'Content-Transfer-Encoding: quoted-printable\r\n',
    '=\r\n',
    '=ZZ',
  ],
  ...[
    'From: a@example.org, b@example.org\r\n',
    'Content-Type: text/calendar; charset=utf-16\r\n',
    '\r\n\r\n',
  ],
];

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => spliced(bytes, place(bytes, random), 1, Buffer.from([Math.floor(random() * 256)])),
  (bytes, random) => spliced(bytes, place(bytes, random), Math.floor(random() * 40), Buffer.alloc(0)),
  (bytes, random) => spliced(bytes, place(bytes, random), 0, Buffer.from(picked(WORDS, random) ?? '')),
  (bytes, random) => spliced(bytes, lineAt(bytes, random), 0, Buffer.from(picked(WORDS, random) ?? '')),
  (bytes, random) => {
    const from = place(bytes, random);
    const piece = bytes.subarray(from, from + Math.floor(random() * 400));
    const times = random() < 0.1 ? Math.floor(random() * 400) : 1;
    return spliced(bytes, place(bytes, random), 0, Buffer.concat(Array(times).fill(piece)));
  },
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random, pool) => {
    const other = picked(pool, random) ?? bytes;
    return Buffer.concat([bytes.subarray(0, lineAt(bytes, random)), other.subarray(lineAt(other, random))]);
  },
  (bytes, random) => withNumber(bytes, random),
  swapLines,
];

function swapLines(bytes: Buffer, random: Chance): Buffer {
  const from = lineAt(bytes, random);
  const end = bytes.indexOf('\n', from) + 1;
  const line = Buffer.from(bytes.subarray(from, end === 0 ? bytes.length : end));
  const rest = spliced(bytes, from, line.length, Buffer.alloc(0));
  return spliced(rest, lineAt(rest, random), 0, line);
}

/** One of the numbers becomes one at the edge. */
function withNumber(bytes: Buffer, random: Chance): Buffer {
  const text = bytes.toString('latin1');
  const numbers = [...text.matchAll(/\d+/g)];
  const found = picked(numbers, random);
  if (found === undefined) return bytes;
  const edge =
    picked(['0', '-1', '00', '2147483648', '9007199254740993', '366', '60', '32', ''], random) ?? '0';
  const changed = text.slice(0, found.index) + edge + text.slice(found.index + found[0].length);
  return Buffer.from(changed, 'latin1');
}

function spliced(bytes: Buffer, at: number, gone: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]);
}

function place(bytes: Buffer, random: Chance): number {
  return Math.floor(random() * (bytes.length + 1));
}

function lineAt(bytes: Buffer, random: Chance): number {
  return bytes.indexOf('\n', place(bytes, random)) + 1;
}

function picked<T>(pool: readonly T[], random: Chance): T | undefined {
  return pool[Math.floor(random() * pool.length)];
}

/** Mulberry32: each input has its own stream, so that it can be made again by itself. */
function randomFrom(seed: number, index: number): Chance {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (isMainThread) await lead();
else await work(workerData as Task);
