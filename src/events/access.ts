/** The one way from an id in a request to an event: a foreign event is as missing as an unknown one (P6). */
import { MissingError } from '../kernel/errors.ts';
import { type Principal, workspaceOf } from '../kernel/operation.ts';
import type { Ports } from '../kernel/ports.ts';
import type { EventRecord } from './event.ts';
import { loadEvent } from './store.ts';

export async function eventFor(
  ports: Pick<Ports, 'table' | 'blobs'>,
  principal: Principal,
  id: string,
): Promise<EventRecord> {
  const record = await loadEvent(ports, id);
  const workspace = workspaceOf(principal);
  if (record === undefined || (workspace !== null && record.workspace !== workspace)) {
    throw new MissingError('unknown_event', 'There is no such event.');
  }
  return record;
}
