/**
 * Instant mode, where a workspace chose it for an audience: a link that carries the contact's own token is held for a while against what
 * scanners do, and then counts, unless it was taken back. Rows: `W#<workspace>` / `INSTANT#...`, HC#.
 */
import { randomText } from '../../kernel/ids.ts';
import type { JobResult, Key, NewJob, Ports, Row } from '../../kernel/ports.ts';
import type { Language } from '../../texts/languages.ts';
import type { Opened } from './clicks.ts';
import { type PressAnswer, recordPress } from './press.ts';
import { noteEnding, openedOf, type Place, placeHash } from './visit.ts';

export type HoldState = 'held' | 'undone' | 'committed' | 'dropped';

export interface Hold extends Place {
  readonly hash: string;
  /** Also the id of the press that it becomes. */
  readonly press: string;
  readonly audience: string | null;
  readonly answer: PressAnswer;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly revision: number;
  readonly state: HoldState;
}

type TablePort = Pick<Ports, 'table'>;
type HoldPorts = Pick<Ports, 'table' | 'clock' | 'settings' | 'random'>;

const DAY = 86_400;
const HEAD_MS = 600_000;
const RECENT_MS = 10_000;
/** Audiences of one account. */
const AUDIENCES_READ = 100;

export async function setInstant(
  ports: Pick<Ports, 'table' | 'clock'>,
  at: { readonly workspace: string; readonly connection: string; readonly audience: string },
  on: boolean,
): Promise<void> {
  const key = instantKey(at.workspace, at.connection, at.audience);
  if (!on) {
    await ports.table.remove(key);
    return;
  }
  const since = new Date(ports.clock.now()).toISOString();
  await ports.table.put(
    { ...key, workspace: at.workspace, since, walkedAt: since },
    { jobs: [tokensJob(at.connection, at.audience)] },
  );
}

/** Who joined the audiences since gets a token, too. Each audience is walked again at most once in its time. */
export async function renewContactTokens(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  at: { readonly workspace: string; readonly connection: string; readonly audience: string | null },
): Promise<void> {
  const now = ports.clock.now();
  const before = new Date(now - ports.settings.limits.TOKENS_AGAIN_SECONDS * 1000).toISOString();
  const begins = instantKey(at.workspace, at.connection, at.audience ?? '').sk;
  const { items } = await ports.table.query({ pk: `W#${at.workspace}`, begins, limit: AUDIENCES_READ });
  for (const { pk, sk } of items) {
    const audience = sk.slice(instantKey(at.workspace, at.connection, '').sk.length);
    if (at.audience !== null && audience !== at.audience) continue;
    await ports.table.update(
      { pk, sk },
      { set: { walkedAt: new Date(now).toISOString() } },
      {
        if: {
          any: [
            { attribute: 'walkedAt', atMost: before },
            { all: [{ row: 'present' }, { attribute: 'walkedAt', missing: true }] },
          ],
        },
        jobs: [tokensJob(at.connection, audience)],
      },
    );
  }
}

function tokensJob(connection: string, audience: string): NewJob {
  return { lane: 'bulk', kind: 'contact-tokens', body: { connection, audience } };
}

export async function isInstant(
  ports: TablePort,
  at: { readonly workspace: string; readonly connection: string | null; readonly audience: string | null },
): Promise<boolean> {
  if (at.connection === null || at.audience === null) return false;
  return (await ports.table.get(instantKey(at.workspace, at.connection, at.audience))) !== undefined;
}

export type Held =
  | { readonly kind: 'held' | 'committed'; readonly hold: Hold }
  /** No instant answer here: the page asks for a press. */
  | { readonly kind: 'ask'; readonly dropped: boolean };

export interface Click extends Place {
  readonly audience: string | null;
  readonly answer: PressAnswer;
  readonly revision: number;
  /** The visitor's own. */
  readonly language?: Language | null;
}

/** One opened link, by what looks like a person. Another answer while one is held drops both. */
export async function holdClick(ports: HoldPorts, click: Click): Promise<Held> {
  const now = ports.clock.now();
  const hash = placeHash(click);
  const row = await ports.table.get(holdKey(hash));
  const standing = row === undefined ? undefined : holdFrom(row);
  if (standing !== undefined) {
    const same = standing.answer === click.answer;
    if (standing.state === 'held' && !same) {
      await settle(ports, standing, 'dropped');
      return { kind: 'ask', dropped: true };
    }
    if (same && (standing.state === 'held' || standing.state === 'committed'))
      return { kind: standing.state, hold: standing };
    if (standing.state !== 'committed') return { kind: 'ask', dropped: standing.state === 'dropped' };
    return { kind: 'ask', dropped: false };
  }
  if (suspicious(await openedOf(ports, click), click.answer, now)) return { kind: 'ask', dropped: false };
  const hold: Hold = { ...click, hash, press: randomText(ports.random, 26), at: now, state: 'held' };
  const after = now + ports.settings.limits.INSTANT_HOLD_SECONDS * 1000;
  const expires = Math.floor(now / 1000) + ports.settings.limits.KEEP_PRESSES_DAYS * DAY;
  const made = await ports.table.put(
    { ...holdKey(hash), ...hold, expires },
    { if: { row: 'absent' }, jobs: [{ lane: 'fast', kind: 'instant', body: { hold: hash }, after }] },
  );
  return made ? { kind: 'held', hold } : holdClick(ports, click);
}

export async function undoHold(ports: TablePort, place: Place): Promise<boolean> {
  const row = await ports.table.get(holdKey(placeHash(place)));
  return row !== undefined && (await settle(ports, holdFrom(row), 'undone'));
}

/** The job, when the hold is over. */
export async function runInstant(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  { hold: hash }: { readonly hold: string },
): Promise<JobResult> {
  const row = await ports.table.get(holdKey(hash));
  if (row === undefined) return { done: true };
  const hold = holdFrom(row);
  if (hold.state === 'undone' || hold.state === 'dropped') return { done: true };
  if (hold.state === 'held') {
    if (suspicious(await openedOf(ports, hold), hold.answer, hold.at)) {
      if (await settle(ports, hold, 'dropped')) await noteEnding(ports, hold, 'instant_dropped');
      return { done: true };
    }
    if (!(await settle(ports, hold, 'committed'))) return runInstant(ports, { hold: hash });
    await noteEnding(ports, hold, 'instant');
  }
  const judgement = { verdict: 'commit', score: 0, reasons: [] } as const;
  await recordPress(ports, { ...hold, id: hold.press, judgement, settles: false });
  return { done: true };
}

/** What scanners do about the time of a click: another answer, the link that nobody sees, a look at the headers alone. */
function suspicious(opened: Opened, answer: PressAnswer, at: number): boolean {
  const others = (['yes', 'no', 'maybe', 'ask'] as const).filter(other => other !== answer);
  return (
    others.some(other => (opened[other] ?? 0) > at - RECENT_MS) ||
    (opened.decoy ?? 0) > at - HEAD_MS ||
    (opened.head ?? 0) > at - HEAD_MS
  );
}

async function settle(ports: TablePort, hold: Hold, state: HoldState): Promise<boolean> {
  const still = { attribute: 'state', is: 'held' } as const;
  return (await ports.table.update(holdKey(hold.hash), { set: { state } }, { if: still })) !== undefined;
}

function instantKey(workspace: string, connection: string, audience: string): Key {
  return { pk: `W#${workspace}`, sk: `INSTANT#${connection}#${audience}` };
}

function holdKey(hash: string): Key {
  return { pk: `HC#${hash}`, sk: 'HC' };
}

function holdFrom(row: Row): Hold {
  const { pk: _pk, sk: _sk, expires: _expires, ...rest } = row;
  return rest as unknown as Hold;
}
