/**
 * A page inside another site's, for the widget: its own headers (who may frame it, one script of ours) and a document without a footer.
 * It sets no cookie and stores nothing, so that no browser's rules about third parties touch it.
 */
import type { Ports } from '../kernel/ports.ts';
import { sitesOf } from '../organizers/sites.ts';
import { HTML_TYPE, safeHeaders } from './document.ts';
import { type Html, html, trusted } from './html.ts';
import { type PageAnswer, type PageRequest, queryOf } from './page.ts';
import { type PageScript, scriptOf } from './page-script.ts';
import { FRAME_STYLE } from './style.ts';

export interface FrameContent {
  readonly status?: number;
  readonly title: string;
  readonly body: Html;
  readonly script?: PageScript;
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
      'content-security-policy': policy(sites, content.script),
      ...content.headers,
    },
    body: documentOf(content, themeOf(request)).toString(),
  };
}

function policy(sites: readonly string[], script: PageScript | undefined): string {
  // The dashboard's preview is always one of them.
  const ancestors = sites.length === 0 ? '*' : `'self' ${sites.join(' ')}`;
  return `default-src 'none'; script-src 'self'${script === undefined ? '' : ` ${script.source}`}; style-src ${FRAME_STYLE.source}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors ${ancestors}`;
}

function themeOf(request: PageRequest): '' | 'light' | 'dark' {
  const theme = queryOf(request).get('theme');
  return theme === 'light' || theme === 'dark' ? theme : '';
}

/** Links open beside the site; forms say `_self`. */
function documentOf({ title, body, said, script }: FrameContent, theme: string): Html {
  const data = said === undefined ? null : html` data-said="${said.outcome}" data-events="${said.events}"`;
  return html`<!doctype html>
<html lang="en" class="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="color-scheme" content="${theme === '' ? 'light dark' : theme}">
<base target="_blank">
<style>${trusted(FRAME_STYLE.css)}</style>
<script src="/w/frame.js" async></script>
</head>
<body${data}>
<main id="main">
${body}
</main>
${scriptOf(script)}</body>
</html>
`;
}
