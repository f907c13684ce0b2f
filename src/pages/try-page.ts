/** `/w/try`: a bare page with one widget on it, as the query chooses; the dashboard shows it in a frame. It runs the widget's own script and nothing else. */
import type { Ports } from '../kernel/ports.ts';
import { HTML_TYPE, safeHeaders } from './document.ts';
import { html, trusted } from './html.ts';
import { wrongPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest, queryOf } from './page.ts';
import { speechOf } from './speech.ts';
import { styleSheet } from './style.ts';

/** Those of the widget (docs/widget.md); what they may be is its own to say. */
const OPTIONS = ['event', 'upcoming', 'mode', 'theme', 'side', 'label', 'lang'] as const;
const VALUE_CHARS = 200;

const STYLE = styleSheet(`
.try{padding:1.5rem 1rem}`);

export function tryPage(_ports: Pick<Ports, 'settings'>, request: PageRequest): PageAnswer {
  if (!isReading(request)) return wrongPage(speechOf(request), 'method', { allow: 'GET, HEAD' });
  const query = queryOf(request);
  const attributes = OPTIONS.map(name => {
    const value = query.get(name);
    return value === null ? null : html` data-sis-${name}="${value.slice(0, VALUE_CHARS)}"`;
  });
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Widget</title>
<meta name="color-scheme" content="light dark">
<style>${trusted(STYLE.css)}</style>
<script src="/widget.js" async></script>
</head>
<body>
<main class="try"><div${attributes}></div></main>
</body>
</html>
`;
  return {
    status: 200,
    headers: {
      ...safeHeaders(true),
      'content-type': HTML_TYPE,
      'x-frame-options': 'SAMEORIGIN',
      'content-security-policy': `default-src 'none'; script-src 'self'; frame-src 'self'; style-src ${STYLE.source}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
    },
    body: body.toString(),
  };
}
