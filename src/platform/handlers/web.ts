/** A page function over an HTTP API event. No Express and no zod here: this is what the small bundles carry. */
import type { Ports } from '../../kernel/ports.ts';
import { answerPage, type PageRoute } from '../../pages/answer-page.ts';
import { wholeBody } from '../../pages/page.ts';
import { networkOfAddress } from '../http/network.ts';
import { pause } from '../pause.ts';
import type { HttpAnswer, HttpEvent } from './events.ts';

export async function answerWeb(
  ports: Ports,
  event: HttpEvent,
  pages: readonly PageRoute[],
): Promise<HttpAnswer> {
  const { http } = event.requestContext;
  const request = {
    method: http.method,
    path: event.rawQueryString === '' ? event.rawPath : `${event.rawPath}?${event.rawQueryString}`,
    headers: withCookies(event),
    body: bodyOf(event),
    // The gateway's own word, never a header.
    network: networkOfAddress(http.sourceIp),
    pause,
  };
  const answer = await answerPage(ports, request, pages);
  return {
    statusCode: answer.status,
    headers: answer.headers,
    body: await wholeBody(answer),
    isBase64Encoded: false,
  };
}

/** The gateway takes cookies out of the headers. */
function withCookies({ headers, cookies }: HttpEvent): HttpEvent['headers'] {
  return cookies === undefined || cookies.length === 0 ? headers : { ...headers, cookie: cookies.join('; ') };
}

function bodyOf({ body = '', isBase64Encoded }: HttpEvent): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
