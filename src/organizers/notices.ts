/**
 * Mails to organizers, at most once: a deterministic key, one claim, and an unknown outcome is never tried again.
 * Row `N#<hash of the key>`; the composed mail lies in a blob. Courtesy must not become a second mail (threats-and-faults 2.6).
 */
import { createHash } from 'node:crypto';
import { randomText } from '../kernel/ids.ts';
import type { Handover, JobResult, Key, MailKind, Ports, Row } from '../kernel/ports.ts';

const KEY_HEX = 40;
const DAY_SECONDS = 86_400;
const THROTTLED_MS = 5_000;

export interface Notice {
  /** Deterministic: the same key is the same mail. May name things; only its hash is stored. */
  readonly key: string;
  readonly kind: MailKind;
  readonly to: string;
  readonly from: string;
  /** The whole composed message. */
  readonly raw: Uint8Array;
  readonly workspace: string | null;
  readonly event?: string;
}

export async function planNotice(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>,
  notice: Notice,
): Promise<'planned' | 'already'> {
  const id = noticeId(notice.key);
  if ((await ports.table.get(rowKey(id))) !== undefined) return 'already';
  const blob = `notices/${randomText(ports.random, 26)}.eml`;
  await ports.blobs.put(blob, notice.raw);
  const now = ports.clock.now();
  const row: Row = {
    ...rowKey(id),
    kind: notice.kind,
    to: notice.to,
    from: notice.from,
    blob,
    workspace: notice.workspace,
    event: notice.event ?? null,
    state: 'PLANNED',
    attempt: 0,
    plannedAt: new Date(now).toISOString(),
    expires: Math.floor(now / 1000) + ports.settings.limits.KEEP_ARRIVALS_DAYS * DAY_SECONDS,
  };
  const planned = await ports.table.put(row, {
    if: { row: 'absent' },
    jobs: [{ lane: 'fast', kind: 'notice', body: { key: id } }],
  });
  if (!planned) await ports.blobs.remove(blob);
  return planned ? 'planned' : 'already';
}

/** Whether a mail with this key was ever planned. */
export async function isPlanned(ports: Pick<Ports, 'table'>, key: string): Promise<boolean> {
  return (await ports.table.get(rowKey(noticeId(key)))) !== undefined;
}

/** The job `notice`; `key` as `planNotice` put it into the job. */
export async function sendNotice(
  ports: Pick<Ports, 'table' | 'blobs' | 'mailer' | 'clock' | 'settings'>,
  { key: id }: { readonly key: string },
): Promise<JobResult> {
  const claim = await claimNotice(ports, id);
  if ('done' in claim || 'retryAfterMs' in claim) return claim;
  const raw = await ports.blobs.get(claim.blob);
  if (raw === undefined) return finish(ports, claim, { state: 'FAILED', reason: 'body_gone' });
  const handover = await ports.mailer.send({
    raw,
    from: claim.from,
    to: claim.to,
    about: {
      send: id,
      kind: claim.kind,
      attempt: claim.attempt,
      ...(claim.workspace === null ? {} : { workspace: claim.workspace }),
      ...(claim.event === null ? {} : { event: claim.event }),
    },
  });
  return finish(ports, claim, stateAfter(handover));
}

interface Claim {
  readonly id: string;
  readonly blob: string;
  readonly kind: MailKind;
  readonly from: string;
  readonly to: string;
  readonly workspace: string | null;
  readonly event: string | null;
  readonly attempt: number;
}

async function claimNotice(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  id: string,
): Promise<Claim | JobResult> {
  const row = await ports.table.get(rowKey(id));
  if (row === undefined) return { done: true };
  const now = ports.clock.now();
  if (row.state === 'CLAIMED') {
    const until = Number(row.until);
    if (until > now) return { retryAfterMs: until - now, reason: 'claimed' };
    // Whether it left nobody can tell: a courtesy mail is then not sent again.
    await ports.table.update(
      rowKey(id),
      { set: { state: 'SKIPPED', reason: 'ambiguous' } },
      {
        if: {
          all: [
            { attribute: 'state', is: 'CLAIMED' },
            { attribute: 'until', is: until },
          ],
        },
      },
    );
    return { done: true };
  }
  if (row.state !== 'PLANNED') return { done: true };
  const until = now + ports.settings.limits.LEASE_SECONDS * 1000;
  const claimed = await ports.table.update(
    rowKey(id),
    { set: { state: 'CLAIMED', until }, add: { attempt: 1 } },
    { if: { attribute: 'state', is: 'PLANNED' } },
  );
  if (claimed === undefined) return { retryAfterMs: THROTTLED_MS, reason: 'claimed' };
  return {
    id,
    blob: String(row.blob),
    kind: row.kind as MailKind,
    from: String(row.from),
    to: String(row.to),
    workspace: typeof row.workspace === 'string' ? row.workspace : null,
    event: typeof row.event === 'string' ? row.event : null,
    attempt: Number(claimed.attempt),
  };
}

interface After {
  readonly state: 'SENT' | 'PLANNED' | 'FAILED' | 'SKIPPED';
  readonly reason: string | null;
  readonly retryAfterMs?: number;
}

function stateAfter(handover: Handover): After {
  switch (handover.kind) {
    case 'accepted':
      return { state: 'SENT', reason: null };
    case 'throttled':
      return {
        state: 'PLANNED',
        reason: handover.reason,
        retryAfterMs: handover.retryAfterMs ?? THROTTLED_MS,
      };
    case 'refused':
      return { state: 'FAILED', reason: handover.reason };
    case 'unknown':
      return { state: 'SKIPPED', reason: 'ambiguous' };
  }
}

async function finish(ports: Pick<Ports, 'table' | 'blobs'>, claim: Claim, after: After): Promise<JobResult> {
  await ports.table.update(
    rowKey(claim.id),
    { set: { state: after.state, reason: after.reason } },
    {
      if: {
        all: [
          { attribute: 'state', is: 'CLAIMED' },
          { attribute: 'attempt', is: claim.attempt },
        ],
      },
    },
  );
  if (after.state === 'PLANNED')
    return { retryAfterMs: after.retryAfterMs ?? THROTTLED_MS, reason: after.reason ?? 'throttled' };
  await ports.blobs.remove(claim.blob);
  return { done: true };
}

function noticeId(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, KEY_HEX);
}

function rowKey(id: string): Key {
  return { pk: `N#${id}`, sk: 'N' };
}
