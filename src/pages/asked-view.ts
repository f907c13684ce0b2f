/** The page after a sign-up. It must not change with what we know of the address: no word here may depend on the outcome (T26). */
import { texts } from '../texts/catalogue.ts';
import { framed } from './document.ts';
import { nonceField } from './form-nonce.ts';
import { type Html, html } from './html.ts';
import type { PageAnswer } from './page.ts';
import type { Speech } from './speech.ts';

export interface Asked {
  readonly speech: Speech;
  /** The page that takes "send it again". */
  readonly action: string;
  readonly back: string;
  readonly nonce: string;
  readonly email: string;
  readonly from: string;
  /** Of more than one event. */
  readonly steps?: readonly string[];
  readonly backLabel?: string;
}

export function askedPage(asked: Asked): PageAnswer {
  return framed({
    speech: asked.speech,
    title: texts(asked.speech.language).pages.asked.title,
    body: askedBody(asked),
    width: 'narrow',
    secret: true,
  });
}

export function askedBody(asked: Asked): Html {
  const words = texts(asked.speech.language).pages.asked;
  return html`<div class="stack">
<h1>${words.title}</h1>
<p role="status">${words.to(asked.email)}</p>
<h2>${words.next}</h2>
<ol class="steps">${(asked.steps ?? words.steps(asked.from)).map(step => html`<li>${step}</li>`)}</ol>
<h2>${words.nothing}</h2>
<p>${words.nothingBody(asked.from)}</p>
<div class="actions">
${asked.steps === undefined ? againForm(asked) : null}
<a class="button quiet" href="${asked.back}" target="_self">${words.other}</a>
</div>
<p><a class="away" href="${asked.back}" target="_self">${asked.backLabel ?? words.back}</a></p>
</div>`;
}

function againForm(asked: Asked): Html {
  return html`<form method="post" action="${asked.action}" target="_self">
${nonceField(asked.nonce)}
<input type="hidden" name="email" value="${asked.email}">
<input type="hidden" name="again" value="1">
<button class="quiet" type="submit">${texts(asked.speech.language).pages.asked.again}</button>
</form>`;
}
