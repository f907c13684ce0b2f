/**
 * `Idempotency-Key` on POST: one key within (workspace, route) is one intent. The first call's answer is kept and given again;
 * another body under the same key is refused. A call that died in the middle frees its key after a lease.
 */
import { createHash } from 'node:crypto';
import { ConflictError, InputError } from '../../kernel/errors.ts';
import { type Principal, workspaceOf } from '../../kernel/operation.ts';
import type { Ports } from '../../kernel/ports.ts';

const LEASE_SECONDS = 60;
const KEY_FORM = /^[\x21-\x7e]+$/;

export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

export async function once(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  asked: { principal: Principal; route: string; key: string | undefined; body: Uint8Array },
  run: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  if (asked.key === undefined) return run();
  const { limits } = ports.settings;
  if (!KEY_FORM.test(asked.key) || asked.key.length > limits.IDEMPOTENCY_KEY_CHARS) {
    throw new InputError(
      'bad_idempotency_key',
      `An Idempotency-Key has 1 to ${limits.IDEMPOTENCY_KEY_CHARS} visible characters.`,
      {
        field: 'Idempotency-Key',
      },
    );
  }
  const key = {
    pk: `IDEM#${workspaceOf(asked.principal) ?? 'operator'}#${sha256(`${asked.route}\n${asked.key}`)}`,
    sk: 'IDEM',
  };
  const bodyHash = sha256(asked.body);
  const seconds = Math.floor(ports.clock.now() / 1000);
  const claimed = await ports.table.put(
    { ...key, bodyHash, expires: seconds + LEASE_SECONDS },
    { if: { row: 'absent' } },
  );
  if (!claimed) return keptAnswer(await ports.table.get(key), bodyHash);
  try {
    const answer = await run();
    const expires = seconds + limits.KEEP_IDEMPOTENCY_DAYS * 86_400;
    await ports.table.put({ ...key, bodyHash, expires, status: answer.status, body: answer.body });
    return answer;
  } catch (error) {
    // Nothing was done: the caller may mend his request and use the key again.
    await ports.table.remove(key);
    throw error;
  }
}

function keptAnswer(row: { readonly [name: string]: unknown } | undefined, bodyHash: string): KeptAnswer {
  if (row !== undefined && row.bodyHash !== bodyHash) {
    throw new InputError('idempotency_mismatch', 'This Idempotency-Key was used with another body.', {
      field: 'Idempotency-Key',
    });
  }
  if (typeof row?.status !== 'number' || typeof row.body !== 'string') {
    throw new ConflictError(
      'in_progress',
      'The first call with this Idempotency-Key is still at work. Ask again in a moment.',
    );
  }
  return { status: row.status, body: row.body };
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
