/**
 * A platform that is away for 28 hours and then fails one call in twenty, in simulated time: people answer before, meanwhile and after,
 * the event moves, workers die, jobs run twice and in any order, calls are done although their answer is lost, at once or two minutes later.
 */
import { reportKey } from '../../../src/connections/report/report-one.ts';
import { reportRow } from '../../../src/connections/report/report-row.ts';
import { standingOf } from '../../../src/connections/report/standing.ts';

import { stoppedAt, suppress } from '../../../src/invites/suppression.ts';
import { addressHash } from '../../../src/kernel/address.ts';
import type { TakenJob } from '../../../src/kernel/ports.ts';
import { mortal } from '../../invites/crash.ts';
import { type Fate, problem } from '../stand-in.ts';
import { type Reporting, reporting } from './reporting.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OUTAGE = { from: 2 * HOUR, to: 30 * HOUR } as const;
const CHANGES_END = 34 * HOUR;
const QUIET = 27 * HOUR;
const PEOPLE = ['ann', 'bob', 'cat', 'dan', 'eve'].map(name => `${name}@example.org`);
/** Is no contact before the outage is over. */
const LATECOMER = 'eve@example.org';
const STATES_TRIED = 200;

export interface OutageResult {
  readonly seed: number;
  /** What went against a promise; empty: nothing. */
  readonly broken: readonly string[];
  readonly calls: number;
  readonly failed: number;
  readonly unheard: number;
  readonly deaths: number;
  readonly twice: number;
  readonly states: number;
  readonly events: number;
  /** Calls while the platform was away. */
  readonly callsInOutage: number;
}

interface Sim {
  readonly host: Reporting;
  readonly chance: () => number;
  readonly start: number;
  readonly figures: {
    calls: number;
    failed: number;
    unheard: number;
    deaths: number;
    twice: number;
    callsInOutage: number;
  };
}

export async function outage(seed: number): Promise<OutageResult> {
  const sim = await open(seed);
  try {
    const actions = planned(sim);
    for (const { at, act } of actions) {
      await until(sim, at);
      await act();
    }
    await until(sim, CHANGES_END + QUIET);
    return await judged(sim, seed);
  } finally {
    await sim.host.world.close();
  }
}

async function open(seed: number): Promise<Sim> {
  const chance = chanceFrom(seed);
  const figures = { calls: 0, failed: 0, unheard: 0, deaths: 0, twice: 0, callsInOutage: 0 };
  let now = () => 0;
  const host = await reporting({
    platform: seed % 3 === 0 ? 'klaviyo' : 'mailchimp',
    contacts: PEOPLE.filter(each => each !== LATECOMER),
    limits: { COALESCE_SECONDS: 0, REPORT_RETRY_LONGEST_SECONDS: 3_600 },
    fate: () => {
      const fate = fateAt(now(), chance);
      figures.calls += 1;
      if (isAway(now())) figures.callsInOutage += 1;
      if (fate.kind === 'refused') figures.failed += 1;
      if (fate.kind === 'unheard') figures.unheard += 1;
      return fate;
    },
    during: async () => {
      host.world.clock.advance(Math.floor(chance() * 2_000));
    },
  });
  const start = host.world.clock.now();
  now = () => host.world.clock.now() - start;
  return { host, chance, start, figures };
}

function isAway(now: number): boolean {
  return now >= OUTAGE.from && now < OUTAGE.to;
}

function fateAt(now: number, chance: () => number): Fate {
  if (!isAway(now) && chance() >= 0.05) return { kind: 'done' };
  const which = chance();
  // Away: what still reaches it is seldom done.
  const doneAnyway = chance() < (isAway(now) ? 0.1 : 0.5);
  if (which < 0.2) return { kind: 'refused', error: problem('again') };
  if (which < 0.35) {
    return { kind: 'refused', error: problem('again', { status: 429, retryAfterMs: chance() * 600_000 }) };
  }
  if (which < 0.45) return { kind: 'refused', error: problem('again', { status: 403 }) };
  const status = [500, 502, 503, 504][Math.floor(chance() * 4)] ?? 500;
  const error = which < 0.7 ? problem('again', { status }) : problem('unknown');
  if (!doneAnyway) return { kind: 'refused', error };
  const mayBeLate = error.kind === 'unknown' || status === 502 || status === 504;
  return { kind: 'unheard', error, lateMs: mayBeLate ? Math.floor(chance() * 119_000) : 0 };
}

interface Action {
  readonly at: number;
  readonly act: () => Promise<unknown>;
}

function planned(sim: Sim): readonly Action[] {
  const { host, chance } = sim;
  const actions: Action[] = [];
  const add = (at: number, act: Action['act']) => void actions.push({ at, act });
  for (const email of PEOPLE) {
    const asked = chance() * OUTAGE.to;
    add(asked, () => host.ask(email, 'vip'));
    const count = 2 + Math.floor(chance() * 4);
    for (let n = 0; n < count; n += 1) {
      add(asked + chance() * (CHANGES_END - asked), () => host.answers(email, pick(chance)));
    }
    // Two presses in a moment.
    const burst = asked + chance() * (CHANGES_END - asked);
    add(burst, () => host.answers(email, pick(chance)));
    add(burst + chance() * 5_000, () => host.answers(email, pick(chance)));
  }
  const moves = Math.floor(chance() * 3);
  for (let n = 1; n <= moves; n += 1) {
    add(CHANGES_END * (n / 4 + chance() / 8), () => moved(host, n));
  }
  if (chance() < 0.3) add(CHANGES_END * 0.9, () => cancelled(host, moves + 1));
  if (chance() < 0.5) add(CHANGES_END * chance(), () => leaves(host, PEOPLE[1] ?? ''));
  add(OUTAGE.to + chance() * 2 * HOUR, async () => {
    host.platform.contacts.add(LATECOMER);
  });
  return actions.sort((one, other) => one.at - other.at);
}

function pick(chance: () => number): 'yes' | 'no' | 'maybe' {
  return (['yes', 'no', 'maybe'] as const)[Math.floor(chance() * 3)] ?? 'yes';
}

async function moved(host: Reporting, n: number): Promise<void> {
  const hour = String(10 + n).padStart(2, '0');
  await host.say({
    sequence: n,
    dtstamp: stampOf(host),
    start: `20260407T${hour}0000`,
    end: `20260407T${hour}3000`,
  });
}

async function cancelled(host: Reporting, sequence: number): Promise<void> {
  await host.say({ method: 'CANCEL', sequence, dtstamp: stampOf(host) });
}

function stampOf({ world }: Reporting): string {
  return `${new Date(world.clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

async function leaves(host: Reporting, email: string): Promise<void> {
  await suppress(host.world, { workspace: host.organizer.workspace, address: email, reason: 'unsubscribed' });
  const event = await host.event();
  await host.world.jobs.add([
    { lane: 'bulk', kind: 'report-back', body: { event: event.id, people: [addressHash(email)] } },
  ]);
}

/** Works on what comes due, moment by moment. */
async function until(sim: Sim, at: number): Promise<void> {
  const { host, start } = sim;
  for (;;) {
    await workNow(sim);
    const due = host.nextDue();
    if (due === undefined || due > start + at) break;
    if (due > host.world.clock.now()) host.world.clock.advance(due - host.world.clock.now());
    host.platform.catchUp();
  }
  const left = start + at - host.world.clock.now();
  if (left > 0) host.world.clock.advance(left);
  host.platform.catchUp();
}

async function workNow(sim: Sim): Promise<void> {
  const { jobs } = sim.host.world;
  for (;;) {
    const taken = [...(await jobs.take('fast', 3, 300_000)), ...(await jobs.take('bulk', 3, 300_000))];
    if (taken.length === 0) return;
    taken.sort(() => sim.chance() - 0.5);
    await Promise.all(taken.map(job => workOne(sim, job)));
  }
}

async function workOne(sim: Sim, job: TakenJob): Promise<void> {
  const { host, chance, figures } = sim;
  if (chance() < 0.02) {
    const process = mortal(host.world, { writes: 1 + Math.floor(chance() * 6) });
    try {
      await host.run(job, process.ports);
    } catch (error) {
      if (!process.dead()) throw error;
    }
    // What it had in hand comes again when its lease runs out.
    if (process.dead()) {
      figures.deaths += 1;
      return;
    }
  } else if (chance() < 0.05) {
    figures.twice += 1;
    await Promise.all([host.run(job), host.run({ ...job, receipt: `${job.receipt}-again` })]);
  }
  const result = await host.run(job);
  if ('done' in result) await host.world.jobs.done(job);
  else await host.world.jobs.retry(job, result.retryAfterMs);
}

async function judged(sim: Sim, seed: number): Promise<OutageResult> {
  const { host, figures } = sim;
  const broken: string[] = [];
  const event = await host.event();
  let states = 0;
  for (const email of PEOPLE) {
    const name = { event: event.id, person: addressHash(email) };
    const person = await host.person(email);
    const standing = standingOf(event, person, await stoppedAt(host.world, event.workspace, name.person));
    const row = await reportRow(host.world, { connection: host.platform.account.id, ...name });
    const order = new Map(
      Array.from({ length: STATES_TRIED }, (_, n) => [
        reportKey(host.platform.account.id, name, n + 1),
        n + 1,
      ]),
    );
    const seen = host.platform.applied.filter(({ address }) => address === email);
    const numbers = seen.map(({ uniqueId }) => order.get(uniqueId) ?? -1);
    states += new Set(numbers).size;
    // He became a contact after the event was over: then nobody looks any more.
    if (email === LATECOMER && event.status === 'cancelled' && row?.outcome === 'absent') continue;
    if (numbers.includes(-1)) broken.push(`${email}: a key that is none of ours`);
    if (numbers.some((n, index) => index > 0 && n < (numbers[index - 1] ?? 0))) {
      broken.push(`${email}: an older state after a newer: ${numbers.join(' ')}`);
    }
    if (row?.outcome !== 'written' || row.intent !== null) broken.push(`${email}: is ${row?.outcome}`);
    if (row?.written?.key !== standing?.key)
      broken.push(`${email}: ${row?.written?.key} for ${standing?.key}`);
    if (seen.at(-1)?.state !== standing?.state) {
      broken.push(`${email}: ends as ${seen.at(-1)?.state} for ${standing?.state}`);
    }
    if (host.platform.account.platform === 'mailchimp') {
      const tags = host.platform.tagsOf(email).join();
      const shown = standing?.state === 'changed' ? 'invited' : (standing?.state ?? '');
      if (tags !== `RSVP Spring webinar: ${shown.slice(0, 1).toUpperCase()}${shown.slice(1)}`) {
        broken.push(`${email}: has ${tags} for ${shown}`);
      }
    }
    const events = seen.filter(({ step }) => step === 'event').map(({ uniqueId }) => uniqueId);
    if (new Set(events).size !== events.length) broken.push(`${email}: an event came twice`);
  }
  if (host.parked.length > 0) broken.push(`${host.parked.length} parked`);
  if (host.platform.mostAtOnce() > (host.platform.account.platform === 'mailchimp' ? 2 : 5)) {
    broken.push(`${host.platform.mostAtOnce()} calls at once`);
  }
  const events = host.platform.applied.filter(({ step }) => step === 'event').length;
  return { seed, broken, ...figures, states, events };
}

/** The same seed, the same chances. */
export function chanceFrom(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function summary(results: readonly OutageResult[]): string {
  const sum = (of: (result: OutageResult) => number) => results.reduce((total, each) => total + of(each), 0);
  const seeds = results.map(({ seed }) => seed);
  return [
    `seeds ${Math.min(...seeds)} to ${Math.max(...seeds)}: ${results.length}`,
    `broken ${results.filter(({ broken }) => broken.length > 0).length}`,
    `states written ${sum(each => each.states)}`,
    `events ${sum(each => each.events)}`,
    `calls ${sum(each => each.calls)}, in the outage ${sum(each => each.callsInOutage)}`,
    `refused ${sum(each => each.failed)}`,
    `done unheard ${sum(each => each.unheard)}`,
    `workers that died ${sum(each => each.deaths)}`,
    `jobs run twice at once ${sum(each => each.twice)}`,
  ].join(', ');
}
