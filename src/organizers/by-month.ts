/** Lists over the whole installation, newest first: rows lie in one partition a month, the sort key begins with the time. */
import { InputError } from '../kernel/errors.ts';
import type { Page, Ports, Row } from '../kernel/ports.ts';

const MONTH_MS = 31 * 86_400_000;
const CURSOR = /^(\d{4}-\d{2})~([\s\S]*)$/;

export interface MonthList {
  /** `A` for partitions `A#2026-03`. */
  readonly prefix: string;
  /** How long rows are kept: no month before that is looked at. */
  readonly keepDays: number;
  readonly limit: number;
  readonly cursor?: string;
}

/** `at` in RFC 3339. */
export function monthPartition(prefix: string, at: string): string {
  return `${prefix}#${at.slice(0, 7)}`;
}

export async function newestFirst(
  ports: Pick<Ports, 'table' | 'clock'>,
  list: MonthList,
): Promise<Page<Row>> {
  const now = ports.clock.now();
  const oldest = monthOf(now - list.keepDays * 86_400_000 - MONTH_MS);
  const start = openCursor(list.cursor);
  const items: Row[] = [];
  let inner = start?.inner;
  // A clock that was set back must not hide what was written before.
  let month = start?.month ?? monthOf(now + MONTH_MS);
  while (month >= oldest) {
    const page = await ports.table.query({
      pk: `${list.prefix}#${month}`,
      newestFirst: true,
      limit: list.limit - items.length,
      ...(inner === undefined || inner === '' ? {} : { cursor: inner }),
    });
    items.push(...page.items);
    if (page.cursor !== undefined) return { items, cursor: `${month}~${page.cursor}` };
    month = before(month);
    inner = undefined;
    if (items.length >= list.limit) return month >= oldest ? { items, cursor: `${month}~` } : { items };
  }
  return { items };
}

function openCursor(cursor: string | undefined): { month: string; inner: string } | undefined {
  if (cursor === undefined) return undefined;
  const [, month, inner] = CURSOR.exec(cursor) ?? [];
  if (month === undefined || inner === undefined)
    throw new InputError('bad_cursor', 'This cursor is damaged.');
  return { month, inner };
}

function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}

function before(month: string): string {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5));
  return number === 1
    ? `${String(year - 1).padStart(4, '0')}-12`
    : `${month.slice(0, 4)}-${String(number - 1).padStart(2, '0')}`;
}
