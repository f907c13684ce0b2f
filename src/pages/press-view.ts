/** The question behind a button: event, times, whom it is for, one press. Values in, HTML out. */

import type { EnvelopeAnswer } from '../connections/button/envelope.ts';
import type { PressAnswer } from '../connections/press/press.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { factList, head, notice, stateNotice } from './event-view.ts';
import { type Html, html } from './html.ts';
import type { PageAnswer } from './page.ts';
import { filledPage, type PageForm, pageForm } from './page-form.ts';
import { type FormFields, pressForm, pressFramed } from './press-frame.ts';
import type { ShownEvent } from './shown-event.ts';

export interface Notice {
  readonly title: string;
  readonly body: string;
}

export interface Question extends FormFields {
  readonly shown: ShownEvent;
  readonly answer: EnvelopeAnswer;
  /** Masked; null where nobody knows it yet. */
  readonly address: string | null;
  readonly notice: Notice | null;
  readonly otherHref: string;
  readonly decoyHref: string;
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
}

const ANSWERS: readonly PressAnswer[] = ['yes', 'maybe', 'no'];

const SLOTS = ['nonce', 'action', 'otherHref', 'decoyHref', 'address', 'path', 'query'] as const;
type Slot = (typeof SLOTS)[number];

export function questionPage(question: Question): PageAnswer {
  const { speech, address, notice: said, status = 200, headers } = question;
  if (said !== null || status !== 200 || headers !== undefined) return wholeQuestion(question);
  const [path = '', query = ''] = speech.path.split('?');
  return filledPage(questionForm(question), { ...question, address: address ?? '', path, query });
}

/** What all readers of a campaign see, for as long as the event stays as it is. */
function questionForm(question: Question): PageForm<Slot> {
  const { shown, speech, answer, address, nonce } = question;
  const asks = speech.path.includes('?');
  const key = ['button page', answer, address !== null, speech.chosen, asks].join();
  const standing = shown.kept.get(key) as KeptForm | undefined;
  if (standing?.stamp === shown.stamp) return standing.form;
  // The first reader's nonce is signed: nobody's words hold it.
  const form = pageForm(nonce, SLOTS, ({ path, query, ...marks }) =>
    wholeQuestion({
      ...question,
      ...marks,
      address: address === null ? null : marks.address,
      // Links to the page in other languages go on from its query.
      speech: { ...speech, path: asks ? `${path}?${query}` : path },
    }),
  );
  shown.kept.set(key, { stamp: shown.stamp, form });
  return form;
}

interface KeptForm {
  readonly stamp: string;
  readonly form: PageForm<Slot>;
}

function wholeQuestion(question: Question): PageAnswer {
  const { shown, speech, status, headers } = question;
  const { language } = speech;
  const words = texts(language).press;
  const body = html`<div class="press">
${eventPart(shown)}
<section class="card" aria-labelledby="question">
<h2 id="question">${words.question}</h2>
${question.notice === null ? null : notice(question.notice.title, question.notice.body, false)}
<p>${words.lead[question.answer]}</p>
<div class="who"><p>${question.address === null ? words.forSent : words.for(question.address)}</p>
<a class="away" href="${question.otherHref}">${words.notYou}</a></div>
${pressForm(question, buttons(question.answer, language))}
</section>
<p class="hidden" aria-hidden="true"><a href="${question.decoyHref}" rel="nofollow" tabindex="-1">${words.decoy}</a></p>
</div>`;
  return pressFramed({
    speech,
    title: words.title(shown.view.facts.title),
    body,
    ...(status === undefined ? {} : { status }),
    ...(headers === undefined ? {} : { headers }),
  });
}

/** What doesn't change from reader to reader is made once. */
export function eventPart(shown: ShownEvent): Html {
  const key = 'button page, event';
  const standing = shown.kept.get(key) as { readonly stamp: string; readonly part: Html } | undefined;
  if (standing?.stamp === shown.stamp) return standing.part;
  const { view } = shown;
  const part = html`${stateNotice(view)}<div>${head(view)}${factList(view)}</div>`;
  shown.kept.set(key, { stamp: shown.stamp, part });
  return part;
}

function buttons(answer: EnvelopeAnswer, language: Language): Html {
  const words = texts(language).press;
  const first = answer === 'ask' ? 'yes' : answer;
  const others = ANSWERS.filter(other => other !== first);
  const other = html`<div class="others">${others.map(one => button(one, true, language))}</div>`;
  return html`<div class="main">${button(first, false, language)}</div>
${answer === 'ask' ? other : html`<details class="small"><summary>${words.others}</summary>${other}</details>`}`;
}

export function button(answer: PressAnswer, quiet: boolean, language: Language): Html {
  return html`<button type="submit" name="answer" value="${answer}"${quiet ? html` class="quiet"` : html` class="wide-button"`}>${texts(language).press.buttons[answer]}</button>`;
}

export interface AddressForm extends FormFields {
  readonly shown: ShownEvent;
  readonly title: string;
  readonly lead: string;
  /** Said under the form; null where there is nobody to spare. */
  readonly promise: string | null;
  readonly email: string;
  readonly problem: string | null;
  readonly notice: Notice | null;
  readonly backHref: string | null;
  readonly status?: number;
}

/** For whoever the link doesn't know: his own address, and a mailed check. */
export function addressPage(form: AddressForm): PageAnswer {
  const { problem, speech } = form;
  const words = texts(speech.language);
  const state =
    problem === null
      ? html`aria-describedby="email-hint"`
      : html`aria-invalid="true" aria-describedby="email-problem email-hint" autofocus`;
  const body = html`<div class="press">
${eventPart(form.shown)}
<section class="card" aria-labelledby="question">
<h2 id="question">${form.title}</h2>
${form.notice === null ? null : notice(form.notice.title, form.notice.body, false)}
<p>${form.lead}</p>
${pressForm(
  form,
  html`<div class="field">
<label for="email">${words.pages.event.email}</label>
<p class="hint" id="email-hint">${words.pages.event.emailHint}</p>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" autocapitalize="off" spellcheck="false" required value="${form.email}" ${state}>
${problem === null ? null : html`<p class="problem" id="email-problem">${problem}</p>`}
</div>
<div class="actions field"><button class="wide-button" type="submit">${words.press.other.button}</button></div>`,
)}
${form.promise === null ? null : html`<p class="soft small">${form.promise}</p>`}
${form.backHref === null ? null : html`<p><a class="away" href="${form.backHref}">${words.press.back}</a></p>`}
</section>
</div>`;
  const title = words.press.title(form.shown.view.facts.title);
  return pressFramed({
    speech,
    status: form.status ?? (problem === null ? 200 : 400),
    title: problem === null ? title : words.pages.event.titleError(title),
    body,
  });
}
