/** What is still to come of one organizer, or of a whole workspace, out of the newest events: bounded, so that a page can't become a sweep. */
import type { Ports } from '../kernel/ports.ts';
import { type EventRecord, statusAt } from './event.ts';
import { listEvents } from './store.ts';

const EVENTS_A_QUERY = 100;

export async function comingEvents(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings'>,
  of: { readonly workspace: string; readonly organizer: string | null },
): Promise<readonly EventRecord[]> {
  const now = ports.clock.now();
  const found: EventRecord[] = [];
  let cursor: string | undefined;
  for (let seen = 0; seen < ports.settings.limits.UPCOMING_LOOKED_AT; seen += EVENTS_A_QUERY) {
    const more = cursor === undefined ? {} : { cursor };
    const page = await listEvents(ports, of.workspace, { limit: EVENTS_A_QUERY, ...more });
    for (const record of page.items) {
      const his = of.organizer === null || record.organizer === of.organizer;
      const listed = record.page.visibility === 'public';
      if (his && listed && statusAt(record, now) === 'live') found.push(record);
    }
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  return found;
}
