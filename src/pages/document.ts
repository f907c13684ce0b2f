/** The frame of every page and its security headers: nothing from elsewhere, no script, no frame, no referrer (T20, T29, T31). */
import { type Language, texts } from '../texts/catalogue.ts';
import { type Html, html, trusted } from './html.ts';
import { type Look, OUR_LOOK } from './look.ts';
import type { Content, PageAnswer } from './page.ts';
import { runsScript, scriptOf } from './page-script.ts';
import { languageLinks, rootOf } from './speech.ts';
import { CHOSEN_STYLE, PAGE_STYLE } from './style.ts';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="3" y="4" width="26" height="25" rx="6" fill="#0b6353"/><path d="M9 17l5 5 9-10" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`;

export interface Frame {
  readonly style: { readonly css: string; readonly source: string };
  readonly footer: (language: Language) => Html;
  /** Further CSP directives, for a page that shows a frame of our own. */
  readonly policy?: string;
  readonly referrer?: string;
}

export const HTML_TYPE = 'text/html; charset=utf-8';

export function contentPolicy(style: string, more = '', look: Look = OUR_LOOK): string {
  return `default-src 'none'; style-src ${style}${look.source}; img-src ${imagesOf(look)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'${more}`;
}

/** The page's own mark is in it; a logo comes from us. */
export function imagesOf({ logo }: Look): string {
  return logo === null ? 'data:' : "data: 'self'";
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
      vary: 'accept-language',
      'content-security-policy': contentPolicy(
        frame.style.source,
        `${runsScript(content.script)}${frame.policy ?? ''}`,
        content.look,
      ),
      ...(frame.referrer === undefined ? {} : { 'referrer-policy': frame.referrer }),
      ...content.headers,
    },
    body: documentOf(content, frame, stylesOf(frame.style.css, content.look)).toString(),
  };
}

export function stylesOf(css: string, { css: more }: Look = OUR_LOOK): Html {
  return html`<style>${trusted(css)}</style>${more === '' ? null : html`<style>${trusted(more)}</style>`}`;
}

/** For a preview: the page without style, script and head, and its style by itself, for light and dark as somebody chooses there. */
export function undressed(content: Content): { readonly html: string; readonly css: string } {
  const { script: _script, head: _head, look = OUR_LOOK, ...plain } = content;
  const base = html`<base target="_blank">`;
  return {
    html: documentOf({ ...plain, look }, PAGES, base).toString(),
    css: `${CHOSEN_STYLE.css}${look.css}`,
  };
}

function documentOf(content: Content, frame: Frame, style: Html): Html {
  const { speech } = content;
  const words = texts(speech.language).pages.frame;
  return html`<!doctype html>
<html ${rootOf(speech)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${content.title}</title>
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${trusted(ICON)}">
${content.head ?? null}${style}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<main id="main" class="${content.width ?? 'page'}">
${content.look?.logo ?? null}${content.body}
</main>
<footer>${frame.footer(speech.language)}${languageLinks(speech, words.languages)}</footer>
${scriptOf(content.script)}</body>
</html>
`;
}

export function pageFooter(language: Language): Html {
  return html`<p>${texts(language).pages.frame.footer}</p>`;
}

const PAGES: Frame = { style: PAGE_STYLE, footer: pageFooter };
