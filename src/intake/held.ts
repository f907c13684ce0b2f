/**
 * Mail that waits for its organizer's word: weak evidence, or a time without a zone. Rows `H#<organizer>` / `<time>#<arrival>`.
 * The confirmation page shows these rows; confirming works on the raw mails behind them again.
 */
import type { Saying } from '../calendar/saying.ts';
import type { Json, Key, Ports, Row } from '../kernel/ports.ts';
import { open, sign } from '../kernel/signing.ts';

const PURPOSE = 'confirm';
const DAY_SECONDS = 86_400;
const SHOWN = 50;

export type HeldKind = 'create' | 'update' | 'cancel';

export interface Held {
  readonly arrival: string;
  readonly receivedAt: string;
  readonly kind: HeldKind;
  readonly event: string | null;
  readonly title: string;
  /** What it would change. */
  readonly said: readonly Saying[];
  readonly reason: 'unconfirmed' | 'zone';
  readonly evidence: string;
  /** Remembered as enough once confirmed (`trust.ts`). */
  readonly pair: string | null;
  /** Address hash of the delegate who sent it. */
  readonly editor: string | null;
}

export async function hold(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  organizer: string,
  held: Held,
): Promise<void> {
  const expires = Math.floor(ports.clock.now() / 1000) + ports.settings.limits.CONFIRM_DAYS * DAY_SECONDS;
  const said = held.said as unknown as Json;
  await ports.table.put({ ...keyOf(organizer, held), ...held, said, expires }, { if: { row: 'absent' } });
}

/** Oldest first: in the order in which they will be applied. */
export async function listHeld(ports: Pick<Ports, 'table'>, organizer: string): Promise<readonly Held[]> {
  const page = await ports.table.query({ pk: `H#${organizer}`, limit: SHOWN });
  return page.items.map(heldOf);
}

export async function release(ports: Pick<Ports, 'table'>, organizer: string, held: Held): Promise<void> {
  await ports.table.remove(keyOf(organizer, held));
}

export function confirmLink(
  ports: Pick<Ports, 'keys' | 'clock' | 'settings'>,
  organizer: { readonly id: string },
): string {
  const end = ports.clock.now() / 1000 + ports.settings.limits.CONFIRM_DAYS * DAY_SECONDS;
  return `${ports.settings.baseUrl}/c/${sign(ports, PURPOSE, { organizer: organizer.id }, end)}`;
}

export function openConfirmLink(
  ports: Pick<Ports, 'keys' | 'clock'>,
  token: string,
):
  | { readonly ok: true; readonly organizer: string }
  | { readonly ok: false; readonly reason: 'damaged' | 'expired' } {
  const opened = open(ports, PURPOSE, token);
  if (!opened.ok) return opened;
  const { organizer } = opened.claims;
  return typeof organizer === 'string' ? { ok: true, organizer } : { ok: false, reason: 'damaged' };
}

function heldOf(row: Row): Held {
  return {
    arrival: String(row.arrival),
    receivedAt: String(row.receivedAt),
    kind: row.kind as HeldKind,
    event: textOf(row.event),
    title: String(row.title),
    said: Array.isArray(row.said) ? (row.said as unknown as readonly Saying[]) : [],
    reason: row.reason === 'zone' ? 'zone' : 'unconfirmed',
    evidence: String(row.evidence),
    pair: textOf(row.pair),
    editor: textOf(row.editor),
  };
}

function keyOf(organizer: string, held: Held): Key {
  return { pk: `H#${organizer}`, sk: `${held.receivedAt}#${held.arrival}` };
}

function textOf(value: Row[string]): string | null {
  return typeof value === 'string' ? value : null;
}
