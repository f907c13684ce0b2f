/** An event's page and calendar file: what the small function `page` carries. */
import { type PageRoute, SLUG } from './answer-page.ts';
import { eventFile, eventPage } from './event-page.ts';

export const EVENT_PAGES: readonly PageRoute[] = [
  [new RegExp(`^/e/${SLUG}\\.ics$`), eventFile],
  [new RegExp(`^/e/${SLUG}/?$`), eventPage],
];
