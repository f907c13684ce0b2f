/** The detailed report: one line a person. */
import type { EventRecord } from '../events/event.ts';
import { listInvites } from '../invites/store.ts';
import type { Ports } from '../kernel/ports.ts';
import { csvLine } from './csv.ts';
import { inviteView } from './event-view.ts';

const COLUMNS = [
  'email',
  'state',
  'answer',
  'previousAnswer',
  'answeredAt',
  'origin',
  'prodId',
  'door',
  'revision',
  'revisionSent',
  'reason',
  'note',
] as const;

const BYTE_ORDER_MARK = '\uFEFF';

/** Starts with a byte-order mark: without one Excel reads UTF-8 as the machine's old code page. */
export async function* detailedReport(
  ports: Pick<Ports, 'table' | 'clock'>,
  record: EventRecord,
): AsyncIterable<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS);
  let cursor: string | undefined;
  do {
    const page = await listInvites(ports, record.id, {
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    let chunk = '';
    for (const person of page.items) {
      const view = inviteView(record, person);
      chunk += csvLine(COLUMNS.map(column => view[column]));
    }
    if (chunk !== '') yield chunk;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
