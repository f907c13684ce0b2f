/** `/`: what this is and how to begin, until the dashboard has a room of its own. */
import type { Ports } from '../kernel/ports.ts';
import { texts } from '../texts/catalogue.ts';
import { framed } from './document.ts';
import { type Html, html } from './html.ts';
import { wrongPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest } from './page.ts';

export function homePage(ports: Pick<Ports, 'settings'>, request: PageRequest): PageAnswer {
  if (!isReading(request)) return wrongPage('method', { allow: 'GET, HEAD' });
  const words = texts().pages.home;
  const mailbox = `create@${ports.settings.mailDomain}`;
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.lead}</p>
${words.what.map(sentence => html`<p>${sentence}</p>`)}
<h2>${words.begin}</h2>
<ol class="steps">${words.steps(mailbox).map(step => html`<li>${step}</li>`)}</ol>
${ports.settings.local ? onOneMachine() : null}
</div>`;
  return framed({ title: words.title, body, width: 'narrow' });
}

function onOneMachine(): Html {
  const words = texts().pages.home;
  return html`<section class="card stack" aria-labelledby="local">
<h2 id="local">${words.local}</h2>
<p>${words.localBody}</p>
<p><a class="button" href="/local/">${words.localLink}</a></p>
</section>`;
}
