/** Pages that speak with platforms. Not among those of the small bundles, which would carry the connectors and their SDKs with them. */
import type { PageRoute } from './answer-page.ts';
import { connectedPage, connectPage } from './connect-page.ts';
import { hookPage } from './hook-page.ts';

export const ACCOUNT_PAGES: readonly PageRoute[] = [
  [/^\/connect\/([a-z]{1,20})$/, connectPage],
  [/^\/connect\/([a-z]{1,20})\/callback$/, connectedPage],
  [/^\/hooks\/([a-z]{1,20}\/con_[0-9a-z]{26}\/[A-Za-z0-9_-]{1,128})$/, hookPage],
];
