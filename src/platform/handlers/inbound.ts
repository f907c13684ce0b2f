/**
 * Mails that SES put into the bucket. The object lies under `inbound/` until its arrival, with its own copy of the mail, is durable; what
 * lies there longer has lost its event and is taken by the sweep (P1, F13).
 */
import { createHash } from 'node:crypto';
import { acceptArrival, loadArrival } from '../../intake/journal.ts';
import { UpstreamError } from '../../kernel/errors.ts';
import { idOf } from '../../kernel/ids.ts';
import type { Ports } from '../../kernel/ports.ts';
import { envelopeOf } from './envelope.ts';

export const INBOUND = 'inbound/';

const OVERDUE_MS = 10 * 60_000;

/** `ignored`: not a mail; SES leaves a notice in the bucket when a rule is made. */
export type Accepted = 'accepted' | 'already' | 'ignored';

type InboundPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>;

/** The object's key names the arrival, so a second event for one object is no second arrival (F1). */
export async function acceptStored(ports: InboundPorts, key: string): Promise<Accepted> {
  if (!/^inbound\/[a-z0-9]+$/.test(key)) return 'ignored';
  const id = idOf('arr', createHash('sha256').update(key).digest());
  const raw = await ports.blobs.get(key);
  if (raw === undefined) {
    if ((await loadArrival(ports, id)) !== undefined) return 'already';
    // Announced before it can be read, or announced wrongly: the caller comes again (F14).
    throw new UpstreamError('object_missing', 'The announced mail cannot be read yet.');
  }
  await acceptArrival(ports, { id, raw, ...envelopeOf(raw, ports.settings.mailDomain) });
  await ports.blobs.remove(key);
  return 'accepted';
}

/** Takes what has been lying too long; answers how many mails. */
export async function sweepInbound(ports: InboundPorts): Promise<number> {
  const before = ports.clock.now() - OVERDUE_MS;
  let taken = 0;
  let cursor: string | undefined;
  do {
    const page = await ports.blobs.list(INBOUND, cursor);
    for (const { key, storedAt } of page.items) {
      if (storedAt < before && (await acceptStored(ports, key)) === 'accepted') taken += 1;
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return taken;
}
