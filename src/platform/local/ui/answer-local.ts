/** The one door to the local rooms: path to page, behind the guard. */
import type { Ports } from '../../../kernel/ports.ts';
import { brokenPage, messagePage, missingPage, wrongPage } from '../../../pages/messages.ts';
import { isReading, type PageAnswer, type PageRequest, pathOf } from '../../../pages/page.ts';
import { ENGLISH } from '../../../pages/speech.ts';
import { texts } from '../../../texts/catalogue.ts';
import { isOwnRequest } from './guard.ts';
import type { Local, LocalOptions } from './local.ts';
import { editPage, organizerPage, sendCancel, sendSample, sendUpdate } from './organizer-page.ts';
import { answerMail, mailHtml, mailPage, mailRaw, newest, outboxPage } from './outbox-page.ts';
import { answerSandbox } from './sandbox/answer.ts';

type Answer = (local: Local, id: string) => PageAnswer | Promise<PageAnswer>;

const ID = '([a-z]+_[0-9a-z]{26})';
const READS: readonly (readonly [pattern: RegExp, answer: Answer])[] = [
  [/^\/local\/?$/, outboxPage],
  [/^\/local\/newest$/, newest],
  [new RegExp(`^/local/mails/${ID}$`), mailPage],
  [new RegExp(`^/local/mails/${ID}/html$`), mailHtml],
  [new RegExp(`^/local/mails/${ID}/raw$`), mailRaw],
  [/^\/local\/organizer$/, organizerPage],
  [new RegExp(`^/local/organizer/${ID}$`), editPage],
];
const ACTS: readonly (readonly [pattern: RegExp, answer: Answer])[] = [
  [new RegExp(`^/local/mails/${ID}/answer$`), answerMail],
  [/^\/local\/organizer\/sample$/, sendSample],
  [new RegExp(`^/local/organizer/${ID}/update$`), sendUpdate],
  [new RegExp(`^/local/organizer/${ID}/cancel$`), sendCancel],
];

export async function answerLocal(
  ports: Ports,
  options: LocalOptions,
  request: PageRequest,
): Promise<PageAnswer> {
  const answer = await roomFor(ports, options, request);
  return request.method === 'HEAD' ? { ...answer, body: '' } : answer;
}

async function roomFor(ports: Ports, options: LocalOptions, request: PageRequest): Promise<PageAnswer> {
  if (!isOwnRequest(request, ports.settings.baseUrl)) {
    const words = texts().local.foreign;
    return messagePage({
      speech: ENGLISH,
      status: 403,
      title: words.title,
      paragraphs: [words.body],
      secret: true,
    });
  }
  if (!isReading(request) && request.method !== 'POST')
    return wrongPage(ENGLISH, 'method', { allow: 'GET, HEAD, POST' });
  const path = pathOf(request);
  if (path.startsWith('/local/sandbox')) {
    try {
      return (await answerSandbox({ ports, request, ...options })) ?? missingPage(ENGLISH, 'page');
    } catch (error) {
      ports.log.error('local page failed', { method: request.method, route: 'sandbox' }, error);
      return brokenPage(ENGLISH);
    }
  }
  for (const [pattern, answer] of isReading(request) ? READS : ACTS) {
    const name = pattern.exec(path);
    if (name === null) continue;
    try {
      return await answer({ ports, request, ...options }, name[1] ?? '');
    } catch (error) {
      ports.log.error('local page failed', { method: request.method, route: pattern.source }, error);
      return brokenPage(ENGLISH);
    }
  }
  return missingPage(ENGLISH, 'page');
}
