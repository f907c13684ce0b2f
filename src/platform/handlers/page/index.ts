/** The event page and its calendar file: `/e/<slug>`, `/e/<slug>.ics`. */
import { EVENT_PAGES } from '../../../pages/event-pages.ts';
import { coldRuntime } from '../../aws/runtime.ts';
import type { HttpAnswer, HttpEvent } from '../events.ts';
import { answerWeb } from '../web.ts';

export function handler(event: HttpEvent): Promise<HttpAnswer> {
  return answerWeb(coldRuntime().ports, event, EVENT_PAGES);
}
