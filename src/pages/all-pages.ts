/** Every page, by path. A new one is a line here, or in the list of the small function that shall carry it. */
import { ACCOUNT_PAGES } from './account-pages.ts';
import { type PageRoute, SLUG, TOKEN } from './answer-page.ts';
import { dashboardPage, peopleFile } from './dashboard-page.ts';
import { digestPage } from './digest-page.ts';
import { EVENT_PAGES } from './event-pages.ts';
import { eventFrame } from './frame-page.ts';
import { LINK_PAGES } from './link-pages.ts';
import { signinCodePage, signinLinkPage, signinPage } from './signin-page.ts';
import { tryPage } from './try-page.ts';
import { upcomingFeed } from './upcoming-feed.ts';
import { upcomingFrame, upcomingPage } from './upcoming-page.ts';

/** An organizer's slug, or a workspace's id. */
const OWNER = '([A-Za-z0-9_-]{1,80})';

export const ALL_PAGES: readonly PageRoute[] = [
  ...EVENT_PAGES,
  ...LINK_PAGES,
  [/^\/signin$/, signinPage],
  [/^\/signin\/code$/, signinCodePage],
  [new RegExp(`^/signin/${TOKEN}$`), signinLinkPage],
  [/^\/w\/try$/, tryPage],
  [new RegExp(`^/w/e/${SLUG}/?$`), eventFrame],
  [new RegExp(`^/o/confirm/${TOKEN}$`), digestPage],
  [new RegExp(`^/o/${OWNER}\\.ics$`), upcomingFeed],
  [new RegExp(`^/o/${OWNER}/?$`), upcomingPage],
  [new RegExp(`^/w/o/${OWNER}/?$`), upcomingFrame],
  [new RegExp(`^/d/${TOKEN}/people\\.csv$`), peopleFile],
  [new RegExp(`^/d/${TOKEN}$`), dashboardPage],
  ...ACCOUNT_PAGES,
];
