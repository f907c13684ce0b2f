/** Instant mode's job: each contact of an audience gets its own token into a field that the platform's links can print. */
import { PlatformError } from '../../../connectors/contract.ts';
import { UpstreamError } from '../../kernel/errors.ts';
import type { JobResult, Ports } from '../../kernel/ports.ts';
import { withClient } from '../account/client.ts';
import { connectionById } from '../account/store.ts';
import { isInstant } from '../press/instant.ts';
import { contactToken } from '../press/instant-token.ts';

/** One page of contacts; the next page is another job. */
export async function writeContactTokens(
  ports: Ports,
  { connection: id, audience, cursor }: { connection: string; audience: string; cursor?: string | undefined },
): Promise<JobResult> {
  const connection = await connectionById(ports, id);
  if (connection === null || connection.state !== 'connected') return { done: true };
  const { workspace } = connection;
  if (!(await isInstant(ports, { workspace, connection: id, audience }))) return { done: true };
  try {
    const { next, pauseMs } = await withClient(ports, connection, async client => {
      const batch = await client.contacts(audience, cursor);
      const place = { workspace, connection: id, audience };
      const tokens = batch.items.map(({ id: contact, address, reference }) => {
        return { contact, address, token: contactToken(ports, place, reference) };
      });
      const failed = tokens.length === 0 ? [] : await client.writeTokens(audience, tokens);
      if (failed.length > 0)
        ports.log.warn('contact tokens not written', { connection: id, count: failed.length });
      return batch;
    });
    if (next !== null) {
      const after = ports.clock.now() + (pauseMs ?? 0);
      await ports.jobs.add([
        { lane: 'bulk', kind: 'contact-tokens', body: { connection: id, audience, cursor: next }, after },
      ]);
    }
    return { done: true };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // The account's health says it, and connecting anew starts it again.
    if (error.kind === 'reconnect') return { done: true };
    throw new UpstreamError(error.code, error.message, {
      ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    });
  }
}
