/** After a press: what stands, what the mailbox will show next, another answer, and copies for whom no mail reaches. */
import type { PressAnswer, PressOutcome, PressWait } from '../connections/press/press.ts';
import { domainOf } from '../kernel/address.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { copyLinks } from './calendar-links.ts';
import { type Html, html } from './html.ts';
import type { PageAnswer } from './page.ts';
import { type FormFields, pressForm, pressFramed } from './press-frame.ts';
import { button } from './press-view.ts';
import type { ShownEvent } from './shown-event.ts';
import { inSpeech, type Speech } from './speech.ts';

export interface Done extends FormFields {
  readonly shown: ShownEvent;
  readonly answer: PressAnswer;
  readonly outcome: PressOutcome;
  /** Masked, and its domain; null where nobody knows it. */
  readonly address: string | null;
  readonly otherHref: string;
  readonly pageUrl: string;
}

const MAILBOXES: readonly (readonly [domains: RegExp, box: 'gmail' | 'outlook' | 'apple'])[] = [
  [/^(?:gmail|googlemail)\.com$/, 'gmail'],
  [/^(?:outlook|hotmail|live|msn|passport)\.[a-z.]{2,6}$/, 'outlook'],
  [/^(?:icloud|me|mac)\.com$/, 'apple'],
];
const MAILED: ReadonlySet<PressOutcome> = new Set<PressOutcome>(['sent', 'already']);
const KEPT: ReadonlySet<PressOutcome> = new Set<PressOutcome>([
  'sent',
  'already',
  'confirm',
  'declined',
  'stopped',
]);

export function donePage(done: Done): PageAnswer {
  const { speech } = done;
  const { language } = speech;
  const words = texts(language).press;
  const said = wordsOf(done);
  const mailed = MAILED.has(done.outcome);
  const body = html`<div class="stack press">
<div class="stack"><h1>${said.title}</h1>
<p class="soft">${done.shown.view.facts.title}, ${done.shown.view.facts.when}</p>
<p role="status">${said.body}</p></div>
${mailed ? nextSteps(done.address, language) : null}
${mailed ? copies(done) : null}
${KEPT.has(done.outcome) ? changeForm(done) : null}
${done.outcome === 'invalid' ? html`<p><a class="away" href="${done.otherHref}">${words.done.instead}</a></p>` : null}
<p><a class="away" href="${inSpeech(speech, `/e/${done.shown.view.slug}`)}">${words.toEvent}</a></p>
</div>`;
  return pressFramed({ speech, title: said.title, body });
}

function wordsOf({ speech, outcome, answer, address }: Done): {
  readonly title: string;
  readonly body: string;
} {
  const words = texts(speech.language).press;
  const to = address ?? '…';
  const title = words.done.title(words.answers[answer]);
  switch (outcome) {
    case 'sent':
      return { title, body: words.done.sent(to) };
    case 'already':
      return { title, body: words.done.already(to) };
    case 'confirm':
      return { title, body: words.done.confirm(to) };
    case 'declined':
      return { title, body: words.done.declined };
    case 'stopped':
      return { title, body: words.done.stopped(to) };
    case 'overtaken':
      return { title: words.done.overtakenTitle, body: words.done.overtaken };
    case 'conflict':
      return { title: words.done.takenBackTitle, body: words.done.takenBack };
    case 'invalid':
      return { title: words.done.invalidTitle, body: words.done.invalid };
    default:
      return { title: words.done.unreachableTitle, body: words.done.unreachable };
  }
}

function nextSteps(address: string | null, language: Language): Html {
  const words = texts(language).press;
  const domain = address === null ? '' : domainOf(address);
  const box = MAILBOXES.find(([domains]) => domains.test(domain))?.[1] ?? 'other';
  return html`<section class="stack" aria-labelledby="next"><h2 id="next">${words.done.next}</h2>
<ol class="steps">${words.mailbox[box].map(step => html`<li>${step}</li>`)}</ol></section>`;
}

function changeForm(done: Done): Html {
  const { language } = done.speech;
  const words = texts(language).press.done;
  const others = (['yes', 'maybe', 'no'] as const).filter(one => one !== done.answer);
  return html`<section class="stack" aria-labelledby="change"><h2 id="change">${done.outcome === 'declined' ? words.noButInvite : words.change}</h2>
${pressForm(done, html`<div class="others">${others.map(one => button(one, true, language))}</div>`)}</section>`;
}

function copies({ speech, shown, pageUrl }: Done): Html {
  const words = texts(speech.language).press.done;
  const links = copyLinks(shown.view.facts, pageUrl);
  const away = (href: string, label: string) =>
    html`<li><a class="away" href="${href}" rel="noreferrer noopener nofollow">${label}</a></li>`;
  return html`<details><summary>${words.copies}</summary><p class="soft">${words.copiesHint}</p>
<ul class="copies"><li><a class="away" href="/e/${shown.view.slug}.ics" download>${words.file}</a></li>
${links === null ? null : html`${away(links.google, words.google)}${away(links.outlook, words.outlook)}${away(links.yahoo, words.yahoo)}`}</ul></details>`;
}

export interface Progress {
  readonly speech: Speech;
  readonly shown: ShownEvent;
  readonly answer: PressAnswer;
  readonly waits: PressWait | null;
  /** Looks again, and changes nothing. */
  readonly href: string;
}

const LOOK_AGAIN_SECONDS = { contact: 2, connection: 30, limited: 300 } as const;

export function progressPage({ speech, shown, answer, waits, href }: Progress): PageAnswer {
  const words = texts(speech.language).press;
  const what = waits ?? 'contact';
  const title = words.progress.title(words.answers[answer]);
  const body = html`<div class="stack"><h1>${title}</h1>
<p class="soft">${shown.view.facts.title}, ${shown.view.facts.when}</p>
<p role="status">${words.progress[what]}</p>
<p><a class="away" href="${href}">${words.progress.look}</a></p></div>`;
  const headers = { refresh: `${LOOK_AGAIN_SECONDS[what]}; url=${href}` };
  return pressFramed({ speech, title, body, headers });
}
