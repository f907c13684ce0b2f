/** What the sign-in's pages show. */
import type { Ports } from '../kernel/ports.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { type Frame, framed } from './document.ts';
import { type Html, html } from './html.ts';
import type { PageAnswer } from './page.ts';
import { inSpeech, type Speech } from './speech.ts';
import { PAGE_STYLE, styleSheet } from './style.ts';

type Shows = Pick<Ports, 'settings'>;
type Headers = { readonly [name: string]: string };

export interface FormShown {
  readonly speech: Speech;
  readonly email: string;
  readonly next: string;
  readonly problem: string | null;
  readonly notice: { readonly title: string; readonly body: string } | null;
}

const FRAME: Frame = {
  style: PAGE_STYLE,
  footer: language => html`<p>${texts(language).signin.frame.footer}</p>`,
};
const CODE_FRAME: Frame = {
  ...FRAME,
  style: styleSheet('.code{font-size:2.5rem;letter-spacing:.18em;font-variant-numeric:tabular-nums}'),
};

export function formPage(ports: Shows, shown: FormShown, status = 200, headers: Headers = {}): PageAnswer {
  const { problem, notice, speech } = shown;
  const words = texts(speech.language).signin.form;
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.lead}</p>
${notice === null ? null : html`<section class="notice"><h2>${notice.title}</h2><p role="status">${notice.body}</p></section>`}
<form method="post" action="${inSpeech(speech, '/signin')}" class="stack" novalidate>
${emailField(shown)}
<input type="hidden" name="next" value="${shown.next}">
<div class="actions field"><button type="submit">${words.button}</button></div>
</form>
<h2>${words.begin}</h2>
<ol class="steps">${words.beginSteps(`create@${ports.settings.mailDomain}`).map(step => html`<li>${step}</li>`)}</ol>
${ports.settings.local ? onOneMachine(speech.language) : null}
</div>`;
  const title = problem === null ? words.title : texts(speech.language).pages.event.titleError(words.title);
  return framed({ speech, status, title, body, width: 'narrow', secret: true, headers }, FRAME);
}

/** The same words whether the address is known here or not. */
export function sentPage(
  ports: Shows,
  { speech, ...asked }: { readonly speech: Speech; readonly email: string; readonly next: string },
  headers: Headers,
): PageAnswer {
  const words = texts(speech.language).signin.sent;
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p role="status">${words.to(asked.email)}</p>
<p>${words.here(Math.round(ports.settings.limits.SIGNIN_SECONDS / 60))}</p>
<h2>${words.elsewhere}</h2>
${codeForm(speech, null)}
<p class="soft">${words.again}</p>
<p><a class="away" href="${inSpeech(speech, `/signin?next=${encodeURIComponent(asked.next)}`)}">${words.againLink}</a></p>
${ports.settings.local ? onOneMachine(speech.language) : null}
</div>`;
  const again = { ...speech, path: `/signin?next=${encodeURIComponent(asked.next)}` };
  return framed({ speech: again, title: words.title, body, width: 'narrow', secret: true, headers }, FRAME);
}

export function codePage(
  speech: Speech,
  problem: string | null,
  status: number,
  headers: Headers = {},
): PageAnswer {
  const words = texts(speech.language).signin.sent;
  const title = problem === null ? words.code : texts(speech.language).pages.event.titleError(words.code);
  const body = html`<div class="stack">
<h1>${words.code}</h1>
${codeForm(speech, problem)}
<p><a class="away" href="${inSpeech(speech, '/signin')}">${words.againLink}</a></p>
</div>`;
  return framed({ speech, status, title, body, width: 'narrow', secret: true, headers }, FRAME);
}

export function pressPage(
  speech: Speech,
  press: { readonly action: string; readonly masked: string | null },
): PageAnswer {
  const words = texts(speech.language).signin.press;
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${press.masked === null ? words.operator : words.as(press.masked)}</p>
<form method="post" action="${inSpeech(speech, press.action)}"><button type="submit">${words.button}</button></form>
<p class="soft">${words.not}</p>
</div>`;
  return framed({ speech, title: words.title, body, width: 'narrow', secret: true }, FRAME);
}

export function elsewherePage(speech: Speech, code: string): PageAnswer {
  const words = texts(speech.language).signin.elsewhere;
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.body}</p>
<p class="code mono"><strong dir="ltr">${code}</strong></p>
<p class="soft">${words.warn}</p>
</div>`;
  return framed({ speech, title: words.titleWith(code), body, width: 'narrow', secret: true }, CODE_FRAME);
}

export function overPage(speech: Speech, signedIn: boolean): PageAnswer {
  const words = texts(speech.language).signin.over;
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.body}</p>
<p><a class="button" href="${signedIn ? '/' : inSpeech(speech, '/signin')}">${signedIn ? words.open : words.again}</a></p>
</div>`;
  return framed({ speech, status: 410, title: words.title, body, width: 'narrow', secret: true }, FRAME);
}

function emailField({ speech, email, problem }: FormShown): Html {
  const words = texts(speech.language).signin.form;
  const state =
    problem === null
      ? html`aria-describedby="email-hint"`
      : html`aria-invalid="true" aria-describedby="email-problem email-hint" autofocus`;
  return html`<div class="field">
<label for="email">${words.email}</label>
<p class="hint" id="email-hint">${words.hint}</p>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" autocapitalize="none" spellcheck="false" required maxlength="254" value="${email}" ${state}>
${problem === null ? null : html`<p class="problem" id="email-problem">${problem}</p>`}
</div>`;
}

function codeForm(speech: Speech, problem: string | null): Html {
  const words = texts(speech.language).signin.sent;
  const state =
    problem === null
      ? html`aria-describedby="code-hint"`
      : html`aria-invalid="true" aria-describedby="code-problem code-hint" autofocus`;
  return html`<form method="post" action="${inSpeech(speech, '/signin/code')}" class="stack" novalidate>
<div class="field">
<label for="code">${words.code}</label>
<p class="hint" id="code-hint">${words.codeHint}</p>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required maxlength="12" ${state}>
${problem === null ? null : html`<p class="problem" id="code-problem">${problem}</p>`}
</div>
<div class="actions field"><button type="submit" class="quiet">${words.codeButton}</button></div>
</form>`;
}

function onOneMachine(language: Language): Html {
  const words = texts(language).signin.form;
  return html`<section class="card stack" aria-labelledby="local">
<h2 id="local">${words.local}</h2>
<p>${words.localBody}</p>
<p><a class="button quiet" href="/local/">${words.localLink}</a></p>
</section>`;
}
