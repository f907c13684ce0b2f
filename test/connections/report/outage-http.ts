/**
 * The long outage once more, through the real connectors and OAuth, against the fake platforms over HTTP: 28 hours of errors and cut
 * connections, then one call in twenty failing, answers lost among them.
 */
import type { PlatformName } from '../../../connectors/contract.ts';
import { connectionById, setAudience } from '../../../src/connections/account/store.ts';
import { reportRow } from '../../../src/connections/report/report-row.ts';
import { standingOf } from '../../../src/connections/report/standing.ts';
import { stoppedAt } from '../../../src/invites/suppression.ts';
import { addressHash } from '../../../src/kernel/address.ts';
import { runJob } from '../../../src/platform/jobs.ts';
import type { LocalJobs } from '../../../src/platform/local/jobs.ts';
import { memberHash } from '../../../src/platform/local/vendors/mailchimp/state.ts';
import { ORGANIZER, type Party, party } from '../../invites/party.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  signedIn,
  walkThrough,
} from '../../support/connected.ts';
import { chanceFrom } from './outage.ts';
import { answerAs } from './reporting.ts';

const HOUR = 3_600_000;
const AWAY = { from: HOUR, to: 29 * HOUR } as const;
const CHANGES_END = 32 * HOUR;
const END = 40 * HOUR;
const CONNECT_TRIES = 10;
const FAULTY_CALLS = /^\w+ \/(?:3\.0|api|oauth\/token)/;
const PEOPLE = [
  'ada.berg@example.com',
  'ben.cole@example.com',
  'dev.engel@example.org',
  'fay.grant@example.com',
];

export interface HttpResult {
  readonly seed: number;
  readonly platform: PlatformName;
  readonly broken: readonly string[];
  readonly calls: number;
  readonly faults: number;
  readonly lost: number;
  /** The grant was over: a lost answer had held the only copy of a new refresh token. */
  readonly reconnected: boolean;
}

interface Stage {
  readonly world: AccountsWorld;
  readonly host: Party;
  readonly platform: PlatformName;
  readonly connection: string;
  readonly browser: Browser;
  readonly start: number;
}

export async function outageOverHttp(seed: number, platform: PlatformName): Promise<HttpResult> {
  const stage = await open(platform);
  try {
    const chance = chanceFrom(seed);
    addFaults(stage);
    for (const { at, act } of planned(stage, chance)) {
      await until(stage, at);
      await act();
    }
    await until(stage, END);
    const reconnected = await renewed(stage);
    await until(stage, END + 4 * HOUR);
    return { ...(await judged(stage, seed)), reconnected };
  } finally {
    await stage.world.close();
  }
}

async function open(platform: PlatformName): Promise<Stage> {
  const world = await accountsWorld({ limits: { COALESCE_SECONDS: 0, REPORT_RETRY_LONGEST_SECONDS: 3_600 } });
  const host = await party({ world });
  const browser = await signedIn(world, ORGANIZER);
  const connection = await connected(world, browser, platform);
  if (platform === 'mailchimp') {
    const [list] = Object.keys(world.mailchimp.vendor.account().lists);
    await setAudience(world, connection.id, list ?? null);
  }
  await world.runJobs();
  return { world, host, platform, connection: connection.id, browser, start: world.clock.now() };
}

function addFaults({ world, platform, start }: Stage): void {
  const { faults } = world[platform].vendor;
  const matching = FAULTY_CALLS;
  const away = { matching, from: start + AWAY.from, until: start + AWAY.to };
  faults.add({ ...away, kind: 'rate_limited', share: 0.2, retryAfterSeconds: 900 });
  faults.add({ ...away, kind: 'bad_gateway', share: 0.3 });
  faults.add({ ...away, kind: 'lost', share: 0.05 });
  faults.add({ ...away, kind: 'refused', share: 0.5 });
  faults.add({ ...away, kind: 'server_error' });
  const after = { matching, from: start + AWAY.to };
  faults.add({ ...after, kind: 'lost', share: 0.03 });
  faults.add({ ...after, kind: 'server_error', share: 0.01 });
  faults.add({ ...after, kind: 'rate_limited', share: 0.01, retryAfterSeconds: 30 });
}

function planned({ host }: Stage, chance: () => number) {
  const actions: { readonly at: number; readonly act: () => Promise<unknown> }[] = [];
  for (const email of PEOPLE) {
    const asked = chance() * 10 * HOUR;
    actions.push({ at: asked, act: () => host.ask(email, 'vip') });
    for (let n = 0; n < 4; n += 1) {
      const what = (['yes', 'no', 'maybe'] as const)[Math.floor(chance() * 3)] ?? 'yes';
      const at = asked + chance() * (CHANGES_END - asked);
      actions.push({ at, act: () => answerAs(host, email, what) });
    }
  }
  const stamp = () =>
    `${new Date(host.world.clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  actions.push({
    at: chance() * CHANGES_END,
    act: () => host.say({ sequence: 1, dtstamp: stamp(), start: '20260407T190000', end: '20260407T200000' }),
  });
  return actions.sort((one, other) => one.at - other.at);
}

async function until({ world, start }: Stage, at: number): Promise<void> {
  const jobs = world.jobs as LocalJobs;
  for (;;) {
    for (;;) {
      const taken = [...(await jobs.take('fast', 4, 300_000)), ...(await jobs.take('bulk', 4, 300_000))];
      if (taken.length === 0) break;
      await Promise.all(
        taken.map(async job => {
          const result = await runJob(world, job);
          if ('done' in result) await jobs.done(job);
          else await jobs.retry(job, result.retryAfterMs);
        }),
      );
    }
    const due = [jobs.nextDue('fast'), jobs.nextDue('bulk')].filter(each => each !== undefined);
    const next = Math.min(...due);
    if (due.length === 0 || next > start + at) break;
    if (next > world.clock.now()) world.clock.advance(next - world.clock.now());
  }
  const left = start + at - world.clock.now();
  if (left > 0) world.clock.advance(left);
}

/** As its owner would: the work that waits goes on. */
async function renewed({ world, platform, connection, browser }: Stage): Promise<boolean> {
  for (let tries = 0; tries < CONNECT_TRIES; tries += 1) {
    if ((await connectionById(world, connection))?.state !== 'needs_reconnect') return tries > 0;
    await walkThrough(world, browser, platform);
  }
  throw new Error('the account could not be connected again');
}

async function judged(stage: Stage, seed: number): Promise<Omit<HttpResult, 'reconnected'>> {
  const { world, host, platform, connection } = stage;
  const broken: string[] = [];
  const event = await host.event();
  for (const email of PEOPLE) {
    const person = addressHash(email);
    const standing = standingOf(
      event,
      await host.person(email),
      await stoppedAt(world, event.workspace, person),
    );
    const row = await reportRow(world, { connection, event: event.id, person });
    if (row?.outcome !== 'written' || row.written?.key !== standing?.key) {
      broken.push(`${email}: ${row?.outcome} ${row?.written?.key} for ${standing?.key}`);
    }
    const seen = platform === 'mailchimp' ? seenAtMailchimp(world, email) : seenAtKlaviyo(world, email);
    if (seen.states.at(-1) !== standing?.state) {
      broken.push(`${email}: ends as ${seen.states.at(-1)} for ${standing?.state}`);
    }
    if (new Set(seen.keys).size !== seen.keys.length) broken.push(`${email}: an event came twice`);
    if (seen.shown !== shownFor(platform, standing?.state ?? '')) {
      broken.push(`${email}: shows ${seen.shown} for ${standing?.state}`);
    }
  }
  const parked = await world.table.query({ index: 2, pk: 'PARKED' });
  if (parked.items.length > 0) broken.push(`parked ${parked.items.map(row => row.reason).join()}`);
  const { calls } = world[platform].vendor;
  return {
    seed,
    platform,
    broken,
    calls: calls.length,
    faults: calls.filter(({ fault }) => fault !== null).length,
    lost: calls.filter(({ fault }) => fault === 'lost').length,
  };
}

interface Seen {
  readonly states: readonly string[];
  readonly keys: readonly unknown[];
  readonly shown: string;
}

/** Its one tag of ours, or the lists that hold the event. */
function shownFor(platform: PlatformName, state: string): string {
  const answered = state === 'yes' || state === 'no' || state === 'maybe';
  if (platform === 'klaviyo') return answered ? `rsvp_${state}` : '';
  const word = answered ? state : 'invited';
  return `RSVP Spring webinar: ${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function seenAtMailchimp(world: AccountsWorld, email: string): Seen {
  const [list] = Object.values(world.mailchimp.vendor.account().lists);
  const member = list?.members[memberHash(email)];
  const events = member?.events ?? [];
  const tags = Object.keys(member?.tags ?? {}).map(
    id => list?.segments.find(each => String(each.id) === id)?.name,
  );
  return {
    states: events.map(({ name }) => name.slice('rsvp_'.length)),
    keys: events.map(({ properties }) => properties.uniqueId),
    shown: tags.filter(tag => tag?.startsWith('RSVP ')).join(),
  };
}

function seenAtKlaviyo(world: AccountsWorld, email: string): Seen {
  const account = world.klaviyo.vendor.account();
  const profile = Object.values(account.profiles).find(each => each.email === email);
  const events = account.events.filter(each => each.profile === profile?.id);
  const lists = ['rsvp_yes', 'rsvp_maybe', 'rsvp_no'].filter(list => {
    const held = profile?.properties[list];
    return Array.isArray(held) && held.includes('Spring webinar');
  });
  return {
    states: events.map(({ properties }) => String(properties.answer)),
    keys: events.map(({ uniqueId }) => uniqueId),
    shown: lists.join(),
  };
}

export function httpSummary(results: readonly HttpResult[]): string {
  const sum = (of: (result: HttpResult) => number) => results.reduce((total, each) => total + of(each), 0);
  return [
    `over HTTP, seeds ${results.map(({ platform, seed }) => `${platform} ${seed}`).join(', ')}`,
    `broken ${results.filter(({ broken }) => broken.length > 0).length}`,
    `calls ${sum(each => each.calls)}`,
    `of them with a fault ${sum(each => each.faults)}`,
    `done with a lost answer ${sum(each => each.lost)}`,
    `connected again ${results.filter(({ reconnected }) => reconnected).length}`,
  ].join(', ');
}
