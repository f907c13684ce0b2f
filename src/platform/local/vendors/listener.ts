/** A fake over Node's HTTP, below any path. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestOf, sendAnswer } from './exchange.ts';
import type { VendorCore } from './vendor.ts';

/** `path` is what stands behind the vendor's root, with the query. */
export async function listen(
  vendor: VendorCore,
  incoming: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  sendAnswer(response, await vendor.answer(await requestOf(incoming, path)));
}
