/**
 * Mail that strangers can make us send to one address, over all workspaces (P11, L24). The moments are kept, not counted in fixed windows,
 * so that no hour and no day that one may look at holds more. Who presses stop while he is being flooded is left alone everywhere.
 */
import type { Key, Ports } from '../kernel/ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const TRIES = 20;

interface Log {
  /** Epoch milliseconds of presses, and of mails: several events of one press are one press. */
  readonly presses: readonly number[];
  readonly mails: readonly number[];
  readonly version: number;
}

/** Null: it may be sent, and is noted. Else the seconds until the next one may. */
export async function noteFirstMail(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  person: string,
  sameRequest: boolean,
): Promise<number | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const now = ports.clock.now();
    const quiet = await quietFor(ports, person);
    if (quiet > 0) return quiet;
    const log = await logOf(ports, person, now);
    const wait = waitOf(ports, log, now, sameRequest);
    if (wait > 0) {
      await noteFlood(ports, person, now);
      return Math.ceil(wait / 1000);
    }
    const presses = sameRequest ? log.presses : [...log.presses, now];
    const written = await ports.table.put(
      {
        ...logKey(person),
        presses,
        mails: [...log.mails, now],
        version: log.version + 1,
        expires: Math.ceil((now + 2 * DAY_MS) / 1000),
      },
      { if: log.version === 0 ? { row: 'absent' } : { attribute: 'version', is: log.version } },
    );
    if (written) return null;
  }
  // So many at once for one address are no person's.
  return 1;
}

/** He has pressed stop, or says that he never asked: in the middle of a flood that stops the mails of all workspaces. */
export async function noteStopPressed(
  ports: Pick<Ports, 'table' | 'clock'>,
  person: string,
  notMe: boolean,
): Promise<void> {
  const now = ports.clock.now();
  const flooded = await ports.table.get(floodKey(person));
  if (!notMe && flooded === undefined) return;
  await ports.table.put({ ...quietKey(person), at: now });
}

async function quietFor(ports: Pick<Ports, 'table' | 'clock' | 'settings'>, person: string): Promise<number> {
  const row = await ports.table.get(quietKey(person));
  if (row === undefined) return 0;
  const until = Number(row.at) + ports.settings.limits.QUIET_DAYS * DAY_MS;
  return Math.max(0, Math.ceil((until - ports.clock.now()) / 1000));
}

async function logOf(ports: Pick<Ports, 'table'>, person: string, now: number): Promise<Log> {
  const row = await ports.table.get(logKey(person));
  const recent = (list: unknown) =>
    Array.isArray(list) ? list.map(Number).filter(at => at > now - DAY_MS) : [];
  return {
    presses: recent(row?.presses),
    mails: recent(row?.mails),
    version: Number(row?.version ?? 0),
  };
}

function waitOf(
  ports: Pick<Ports, 'settings'>,
  { presses, mails }: Log,
  now: number,
  sameRequest: boolean,
): number {
  const { FIRST_MAILS_PER_ADDRESS_HOUR: anHour, FIRST_MAILS_PER_ADDRESS_DAY: aDay } = ports.settings.limits;
  const day = freeAt(mails, aDay, DAY_MS);
  return Math.max(day, sameRequest ? 0 : freeAt(presses, anHour, HOUR_MS)) - now;
}

/** When the window has room for one more: the moment at which the oldest of the newest `most` falls out of it. */
function freeAt(moments: readonly number[], most: number, window: number): number {
  const oldest = most <= 0 ? moments.at(-1) : moments.at(-most);
  return moments.length < most || oldest === undefined ? 0 : oldest + window;
}

/** Written once a day at most: a flood must not become writes. */
async function noteFlood(ports: Pick<Ports, 'table'>, person: string, now: number): Promise<void> {
  if ((await ports.table.get(floodKey(person))) !== undefined) return;
  await ports.table.put({ ...floodKey(person), at: now, expires: Math.ceil((now + DAY_MS) / 1000) });
}

function logKey(person: string): Key {
  return { pk: `R#first:${person}`, sk: 'LOG' };
}

function floodKey(person: string): Key {
  return { pk: `R#first:${person}`, sk: 'FLOOD' };
}

function quietKey(person: string): Key {
  return { pk: `R#first:${person}`, sk: 'QUIET' };
}
