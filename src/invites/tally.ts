/** Counts of an event, counted when read, so that they can't drift; large ones are kept for a minute. Row `TALLY` beside the event. */
import type { EventRecord } from '../events/event.ts';
import type { Key, Ports, Row } from '../kernel/ports.ts';
import { effectiveAnswer } from './answers.ts';
import type { InviteWithSends } from './invite.ts';
import { stateOf } from './state-of.ts';
import { listInvites } from './store.ts';

export interface Tally {
  readonly invited: number;
  readonly sent: number;
  readonly yes: number;
  readonly no: number;
  readonly maybe: number;
  readonly noAnswer: number;
  readonly bounced: number;
  readonly unsubscribed: number;
  /** RFC 3339. */
  readonly asOf: string;
}

type Counts = { -readonly [name in keyof Omit<Tally, 'asOf'>]: number };

const LARGE = 2_000;
const KEPT_MS = 60_000;
const PEOPLE_A_PAGE = 1_000;
const NAMES = ['invited', 'sent', 'yes', 'no', 'maybe', 'noAnswer', 'bounced', 'unsubscribed'] as const;

export async function tally(ports: Pick<Ports, 'table' | 'clock'>, event: EventRecord): Promise<Tally> {
  const now = ports.clock.now();
  const kept = await ports.table.get(tallyKey(event.id));
  if (kept !== undefined && Number(kept.invited) >= LARGE && now - Date.parse(String(kept.asOf)) < KEPT_MS) {
    return tallyOf(kept);
  }
  const counts = await count(ports, event);
  const counted: Tally = { ...counts, asOf: new Date(now).toISOString() };
  if (counted.invited >= LARGE) {
    await ports.table.put({ ...tallyKey(event.id), workspace: event.workspace, ...counted });
  }
  return counted;
}

async function count(ports: Pick<Ports, 'table'>, event: EventRecord): Promise<Counts> {
  const counts: Counts = {
    invited: 0,
    sent: 0,
    yes: 0,
    no: 0,
    maybe: 0,
    noAnswer: 0,
    bounced: 0,
    unsubscribed: 0,
  };
  let cursor: string | undefined;
  do {
    const page = await listInvites(ports, event.id, { limit: PEOPLE_A_PAGE, cursor });
    for (const person of page.items) add(counts, event, person);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return counts;
}

/** Who was skipped, has not confirmed yet, or waits for a seat, is not invited. */
function add(counts: Counts, event: EventRecord, { invite, sends }: InviteWithSends): void {
  const { answer } = effectiveAnswer(invite, event.state);
  const state = stateOf(invite, sends);
  const everSent = sends.some(send => send.state === 'SENT');
  const waits = invite.standing === 'unconfirmed' || invite.standing === 'waitlisted';
  if ((invite.standing === 'skipped' || waits) && !everSent && answer === 'none') return;
  counts.invited += 1;
  if (everSent) counts.sent += 1;
  counts[answer === 'none' ? 'noAnswer' : answer] += 1;
  if (state === 'bounced') counts.bounced += 1;
  if (state === 'unsubscribed' || state === 'complained') counts.unsubscribed += 1;
}

function tallyOf(row: Row): Tally {
  const counts = Object.fromEntries(NAMES.map(name => [name, Number(row[name])])) as Counts;
  return { ...counts, asOf: String(row.asOf) };
}

function tallyKey(event: string): Key {
  return { pk: `E#${event}`, sk: 'TALLY' };
}
