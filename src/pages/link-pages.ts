/** What links in mails open: what the small function `click` carries. */
import { type Answer, type PageRoute, TOKEN } from './answer-page.ts';
import { invitePage } from './invite-page.ts';
import { pressPage } from './press-page.ts';
import { unsubscribePage } from './unsubscribe-page.ts';

// Rarely asked for, and heavy: it reads the calendar that a draft was made from.
const confirmPage: Answer = async (...asked) => (await import('./confirm-page.ts')).confirmPage(...asked);

export const LINK_PAGES: readonly PageRoute[] = [
  [new RegExp(`^/r/${TOKEN}$`), pressPage],
  [new RegExp(`^/u/${TOKEN}$`), unsubscribePage],
  [new RegExp(`^/c/${TOKEN}$`), confirmPage],
  [new RegExp(`^/i/${TOKEN}$`), invitePage],
];
