/** The frame of every page and its security headers: nothing from elsewhere, no script, no frame, no referrer (T20, T29, T31). */
import { texts } from '../texts/catalogue.ts';
import { type Html, html, trusted } from './html.ts';
import type { Content, PageAnswer } from './page.ts';
import { runsScript, scriptOf } from './page-script.ts';
import { PAGE_STYLE } from './style.ts';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="3" y="4" width="26" height="25" rx="6" fill="#0b6353"/><path d="M9 17l5 5 9-10" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`;

export interface Frame {
  readonly style: { readonly css: string; readonly source: string };
  readonly footer: Html;
  /** Further CSP directives, for a page that shows a frame of our own. */
  readonly policy?: string;
  readonly referrer?: string;
}

export const HTML_TYPE = 'text/html; charset=utf-8';

export function contentPolicy(style: string, more = ''): string {
  return `default-src 'none'; style-src ${style}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'${more}`;
}

/** Headers of every answer a browser gets from us, whatever its body is. */
export function safeHeaders(secret: boolean): { readonly [name: string]: string } {
  return {
    'cache-control': secret ? 'no-store' : 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    ...(secret ? { 'x-robots-tag': 'noindex, nofollow' } : {}),
  };
}

export function framed(content: Content, frame: Frame = PAGES): PageAnswer {
  const secret = content.secret ?? false;
  return {
    status: content.status ?? 200,
    headers: {
      ...safeHeaders(secret),
      'content-type': HTML_TYPE,
      'content-security-policy': contentPolicy(
        frame.style.source,
        `${runsScript(content.script)}${frame.policy ?? ''}`,
      ),
      ...(frame.referrer === undefined ? {} : { 'referrer-policy': frame.referrer }),
      ...content.headers,
    },
    body: documentOf(content, frame).toString(),
  };
}

function documentOf(content: Content, frame: Frame): Html {
  const words = texts().pages.frame;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${content.title}</title>
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${trusted(ICON)}">
${content.head ?? null}<style>${trusted(frame.style.css)}</style>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<main id="main" class="${content.width ?? 'page'}">
${content.body}
</main>
<footer>${frame.footer}</footer>
${scriptOf(content.script)}</body>
</html>
`;
}

const PAGES: Frame = { style: PAGE_STYLE, footer: html`<p>${texts().pages.frame.footer}</p>` };
