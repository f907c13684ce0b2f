/** Which connections are to be looked after now. Apart from the look itself, so that the schedule loads no connector. */
import type { Ports } from '../../kernel/ports.ts';
import { CONNECTIONS, connectionFrom, connectionKey, dueKey } from './connection.ts';

/** Each minute: plans the look at those whose day is over. Answers how many. */
export async function planChecks(ports: Pick<Ports, 'table' | 'clock' | 'settings'>): Promise<number> {
  const now = ports.clock.now();
  const { CONNECTION_CHECK_SECONDS, CONNECTION_CHECKS_A_MINUTE: limit } = ports.settings.limits;
  const page = await ports.table.query({
    index: 2,
    pk: CONNECTIONS,
    // Behind whatever is due in this very millisecond.
    before: `${new Date(now).toISOString()}~`,
    limit,
  });
  let planned = 0;
  for (const row of page.items) {
    const { id } = connectionFrom(row);
    const next = await ports.table.update(
      connectionKey(id),
      { set: { i2sk: dueKey(id, now + CONNECTION_CHECK_SECONDS * 1000) } },
      {
        if: { attribute: 'i2sk', is: String(row.i2sk) },
        jobs: [
          { lane: 'bulk', kind: 'connection-check', body: { connection: id } },
          { lane: 'bulk', kind: 'watch', body: { connection: id } },
        ],
      },
    );
    if (next !== undefined) planned += 1;
  }
  return planned;
}
