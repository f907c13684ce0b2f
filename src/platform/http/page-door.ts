/** The pages that come by the thousand (an event's, a button's), answered before Express looks: a campaign opens them all at once. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Ports } from '../../kernel/ports.ts';
import { answerPage } from '../../pages/answer-page.ts';
import { EVENT_PAGES } from '../../pages/event-pages.ts';
import { LINK_PAGES } from '../../pages/link-pages.ts';
import { wrongPage } from '../../pages/messages.ts';
import { pageRequest, sendPage } from '../../pages/over-http.ts';
import { speechOf } from '../../pages/speech.ts';
import { pause } from '../pause.ts';
import { networkOf } from './network.ts';

const PAGES = [...EVENT_PAGES, ...LINK_PAGES];
/** Not an event's picture, which Express serves. */
const PATHS = /^\/[er]\/(?![^/?]*\/share\.png)/;

export function pageDoor(ports: Ports, others: RequestListener): RequestListener {
  return (request, response) => {
    if (!PATHS.test(request.url ?? '')) {
      others(request, response);
      return;
    }
    // Whoever leaves while he is answered is no failure of ours.
    answer(ports, request, response).catch(() => response.destroy());
  };
}

async function answer(ports: Ports, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(incoming, ports.settings.limits.FORM_BYTES);
  const network = networkOf(incoming, ports.settings.trustProxy);
  const request = pageRequest({ incoming, path: incoming.url ?? '/', body: body ?? '', network });
  if (body === undefined) {
    return sendPage(response, wrongPage(speechOf(request), 'size', { connection: 'close' }));
  }
  await sendPage(response, await answerPage(ports, { ...request, pause }, PAGES));
}

/** Undefined: longer than the limit. */
async function bodyOf(incoming: IncomingMessage, limit: number): Promise<string | undefined> {
  if (incoming.method === 'GET' || incoming.method === 'HEAD') return '';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
