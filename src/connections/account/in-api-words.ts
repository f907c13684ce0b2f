import { PlatformError } from '../../../connectors/contract.ts';
import { ConflictError, UpstreamError } from '../../kernel/errors.ts';

/** A platform's refusal in the words of the API. */
export async function inApiWords<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.kind === 'reconnect') throw new ConflictError(error.code, error.message);
    const { retryAfterMs } = error;
    throw new UpstreamError(error.code, error.message, retryAfterMs === null ? {} : { retryAfterMs });
  }
}
