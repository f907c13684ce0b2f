/**
 * A page inside another site's, for the widget: its own headers (who may frame it, one script of ours) and a document without a footer.
 * It sets no cookie and stores nothing, so that no browser's rules about third parties touch it.
 */
import type { Ports } from '../kernel/ports.ts';
import { sitesOf } from '../organizers/sites.ts';
import { HTML_TYPE, imagesOf, safeHeaders, stylesOf } from './document.ts';
import { type Html, html } from './html.ts';
import { type Look, OUR_LOOK } from './look.ts';
import { type PageAnswer, type PageRequest, queryOf } from './page.ts';
import { type PageScript, scriptOf } from './page-script.ts';
import { rootOf, type Speech } from './speech.ts';
import { FRAME_STYLE } from './style.ts';

export interface FrameContent {
  readonly speech: Speech;
  readonly status?: number;
  readonly title: string;
  readonly body: Html;
  readonly script?: PageScript;
  readonly look?: Look;
  /** What the page answered to its form: told to the host page, without the address. */
  readonly said?: { readonly outcome: 'asked' | 'problem' | 'limited' | 'closed'; readonly events: number };
  readonly headers?: { readonly [name: string]: string };
}

/** `workspace` null: there is nothing to show, so anybody may show it. */
export async function frameAnswer(
  ports: Pick<Ports, 'table'>,
  request: PageRequest,
  workspace: string | null,
  content: FrameContent,
): Promise<PageAnswer> {
  const sites = workspace === null ? [] : await sitesOf(ports, workspace);
  const { 'x-frame-options': _none, 'cross-origin-opener-policy': _topOnly, ...headers } = safeHeaders(false);
  return {
    status: content.status ?? 200,
    headers: {
      ...headers,
      'x-robots-tag': 'noindex',
      'cross-origin-resource-policy': 'cross-origin',
      'content-type': HTML_TYPE,
      vary: 'accept-language',
      'content-security-policy': policy(sites, content),
      ...content.headers,
    },
    body: documentOf(content, themeOf(request)).toString(),
  };
}

function policy(sites: readonly string[], { script, look = OUR_LOOK }: FrameContent): string {
  // The dashboard's preview is always one of them.
  const ancestors = sites.length === 0 ? '*' : `'self' ${sites.join(' ')}`;
  return `default-src 'none'; script-src 'self'${script === undefined ? '' : ` ${script.source}`}; style-src ${FRAME_STYLE.source}${look.source}; img-src ${imagesOf(look)}; form-action 'self'; base-uri 'none'; frame-ancestors ${ancestors}`;
}

function themeOf(request: PageRequest): '' | 'light' | 'dark' {
  const theme = queryOf(request).get('theme');
  return theme === 'light' || theme === 'dark' ? theme : '';
}

/** Links open beside the site; forms say `_self`. */
function documentOf({ speech, title, body, said, script, look }: FrameContent, theme: string): Html {
  const data = said === undefined ? null : html` data-said="${said.outcome}" data-events="${said.events}"`;
  return html`<!doctype html>
<html ${rootOf(speech)} class="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="color-scheme" content="${theme === '' ? 'light dark' : theme}">
<base target="_blank">
${stylesOf(FRAME_STYLE.css, look)}
<script src="/w/frame.js" async></script>
</head>
<body${data}>
<main id="main">
${look?.logo ?? null}${body}
</main>
${scriptOf(script)}</body>
</html>
`;
}
