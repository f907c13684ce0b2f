/** Links in mails: a campaign's button `/r`, unsubscribe `/u`, confirm a draft `/c`, confirm an invite `/i`. */
import { LINK_PAGES } from '../../../pages/link-pages.ts';
import { coldRuntime } from '../../aws/runtime.ts';
import type { HttpAnswer, HttpEvent } from '../events.ts';
import { answerWeb } from '../web.ts';

export function handler(event: HttpEvent): Promise<HttpAnswer> {
  return answerWeb(coldRuntime().ports, event, LINK_PAGES);
}
