/**
 * Who changed what, when, by which evidence (P16): append-only. Rows `AUDIT#<month>` / `<time>#<id>`, by workspace in index 1.
 * Ids and figures only. The id follows from the entry, so that a step that runs twice leaves one row.
 */
import { createHash } from 'node:crypto';
import type { Json, Page, Ports, Row } from '../kernel/ports.ts';
import { monthPartition, newestFirst } from './by-month.ts';

export type About = { readonly [name: string]: string | number | boolean | null };

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly workspace: string | null;
  readonly what: string;
  readonly who: string;
  readonly evidence: string;
  readonly about: About;
}

export interface NewAuditEntry {
  readonly workspace: string | null;
  /** Stable word: `event_created`, `event_updated`. */
  readonly what: string;
  /** An id, or `operator`; never an address. */
  readonly who: string;
  readonly evidence: string;
  readonly about: About;
  /** When it happened, RFC 3339; left out: now. A step that may run twice gives it, else it leaves two rows. */
  readonly at?: string;
}

const DAY_SECONDS = 86_400;

export async function audit(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  entry: NewAuditEntry,
): Promise<void> {
  const at = entry.at ?? new Date(ports.clock.now()).toISOString();
  const { workspace, what, who, evidence, about } = entry;
  const id = createHash('sha256')
    .update(JSON.stringify([at, workspace, what, who, evidence, about]))
    .digest('hex')
    .slice(0, 26);
  const sk = `${at}#${id}`;
  const row: Row = {
    pk: monthPartition('AUDIT', at),
    sk,
    ...(workspace === null ? {} : { i1pk: listOf(workspace), i1sk: sk }),
    at,
    workspace,
    what,
    who,
    evidence,
    about,
    expires: Math.floor(Date.parse(at) / 1000) + ports.settings.limits.KEEP_ARRIVALS_DAYS * DAY_SECONDS,
  };
  await ports.table.put(row, { if: { row: 'absent' } });
}

/** Newest first; `workspace` null: the operator, who sees all. */
export async function listAudit(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  workspace: string | null,
  cursor?: string,
): Promise<Page<AuditEntry>> {
  const { PAGE_SIZE: limit, KEEP_ARRIVALS_DAYS: keepDays } = ports.settings.limits;
  const more = cursor === undefined ? {} : { cursor };
  const page =
    workspace === null
      ? await newestFirst(ports, { prefix: 'AUDIT', keepDays, limit, ...more })
      : await ports.table.query({ index: 1, pk: listOf(workspace), newestFirst: true, limit, ...more });
  return { ...page, items: page.items.map(entryOf) };
}

function listOf(workspace: string): string {
  return `W#${workspace}#AUDIT`;
}

function entryOf(row: Row): AuditEntry {
  return {
    id: row.sk.slice(row.sk.indexOf('#') + 1),
    at: String(row.at),
    workspace: typeof row.workspace === 'string' ? row.workspace : null,
    what: String(row.what),
    who: String(row.who),
    evidence: String(row.evidence),
    about: (row.about ?? {}) as { readonly [name: string]: Json } as About,
  };
}
