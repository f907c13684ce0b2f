/** A process that dies: after its n-th write, or right after the mailer took a mail. What was written stays, nothing later happens. */
import type { Jobs, Ports, Table, TakenJob } from '../../src/kernel/ports.ts';
import { runJob } from '../../src/platform/jobs.ts';
import type { TestWorld } from '../support/world.ts';

export class Died extends Error {}

export interface Mortal {
  readonly ports: Ports;
  /** It has died. */
  dead(): boolean;
}

/** Dies after `writes` writes of rows or jobs; `mails` counts handovers instead. */
export function mortal(
  world: TestWorld,
  after: { readonly writes?: number; readonly mails?: number },
): Mortal {
  let writes = 0;
  let mails = 0;
  let dead = false;
  const alive = () => {
    if (dead) throw new Died('the process is dead');
  };
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    alive();
    const result = await work();
    writes += 1;
    if (writes === after.writes) dead = true;
    alive();
    return result;
  };
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    alive();
    return work();
  };
  const table: Table = {
    get: key => read(() => world.table.get(key)),
    query: query => read(() => world.table.query(query)),
    put: (...args) => write(() => world.table.put(...args)),
    putAll: (...args) => write(() => world.table.putAll(...args)),
    update: (...args) => write(() => world.table.update(...args)),
    hint: (...args) => write(() => world.table.hint(...args)),
    remove: (...args) => write(() => world.table.remove(...args)),
  };
  const jobs: Jobs = {
    ...world.jobs,
    add: list => write(() => world.jobs.add(list)),
    take: (...args) => read(() => world.jobs.take(...args)),
    done: job => write(() => world.jobs.done(job)),
    retry: (job, delay) => write(() => world.jobs.retry(job, delay)),
  };
  return {
    dead: () => dead,
    ports: {
      ...world,
      table,
      jobs,
      mailer: {
        async send(mail) {
          alive();
          const handover = await world.mailer.send(mail);
          mails += 1;
          if (mails === after.mails) dead = true;
          alive();
          return handover;
        },
      },
    },
  };
}

/** Works until there is nothing due, or until it dies. A dead process gives no job back: its lease runs out. */
export async function workUntilDead(process: Mortal): Promise<void> {
  try {
    for (;;) {
      const taken = [
        ...(await process.ports.jobs.take('fast', 1, 60_000)),
        ...(await process.ports.jobs.take('bulk', 1, 60_000)),
      ];
      if (taken.length === 0) return;
      for (const job of taken) await workOne(process, job);
    }
  } catch (error) {
    if (!process.dead()) throw error;
  }
}

async function workOne(process: Mortal, job: TakenJob): Promise<void> {
  const result = await runJob(process.ports, job);
  if (process.dead()) throw new Died('the process is dead');
  if ('done' in result) await process.ports.jobs.done(job);
  else await process.ports.jobs.retry(job, result.retryAfterMs);
}
