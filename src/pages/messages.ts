/** Short pages: nothing here, expired, over, too much, wrong way. Kind words, no detail that an asker could learn from. */
import { type Language, texts } from '../texts/catalogue.ts';
import { framed } from './document.ts';
import { type Child, type Html, html } from './html.ts';
import type { PageAnswer } from './page.ts';
import type { Speech } from './speech.ts';

export interface Message {
  readonly speech: Speech;
  readonly status: number;
  readonly title: string;
  readonly paragraphs: readonly Child[];
  readonly link?: { readonly href: string; readonly label: string };
  readonly headers?: { readonly [name: string]: string };
  readonly secret?: boolean;
}

export function messagePage(message: Message): PageAnswer {
  return framed({
    speech: message.speech,
    status: message.status,
    title: message.title,
    width: 'narrow',
    body: messageBody(message),
    ...(message.headers === undefined ? {} : { headers: message.headers }),
    ...(message.secret === undefined ? {} : { secret: message.secret }),
  });
}

function messageBody(message: Message): Html {
  const link = message.link;
  return html`<div class="stack">
<h1>${message.title}</h1>
${message.paragraphs.map(paragraph => html`<p>${paragraph}</p>`)}
${link === undefined ? null : html`<p><a class="away" href="${link.href}">${link.label}</a></p>`}
</div>`;
}

/** What leads nowhere looks alike, whatever was asked: it names no address of its own. */
function nowhere(speech: Speech): Speech {
  return { ...speech, path: '' };
}

export function missingPage(speech: Speech, what: 'event' | 'link' | 'page'): PageAnswer {
  const words = texts(speech.language).pages.missing;
  return messagePage({
    speech: nowhere(speech),
    status: 404,
    title: words.title,
    paragraphs: [words[what]],
    link: { href: '/', label: words.home },
    secret: what === 'link',
  });
}

export function expiredPage(speech: Speech): PageAnswer {
  const words = texts(speech.language).pages.expired;
  return messagePage({
    speech: nowhere(speech),
    status: 410,
    title: words.title,
    paragraphs: [words.body],
    secret: true,
  });
}

export function wrongPage(
  speech: Speech,
  what: 'method' | 'type' | 'size',
  headers?: { readonly [name: string]: string },
): PageAnswer {
  const words = texts(speech.language).pages.wrong;
  const status = { method: 405, type: 415, size: 413 }[what];
  return messagePage({
    speech: nowhere(speech),
    status,
    title: words[`${what}Title`],
    paragraphs: [words[what]],
    ...(headers === undefined ? {} : { headers }),
  });
}

export function brokenPage(speech: Speech): PageAnswer {
  const words = texts(speech.language).pages.broken;
  return messagePage({ speech: nowhere(speech), status: 500, title: words.title, paragraphs: [words.body] });
}

/** `in a minute`, `in 12 minutes`, `in 3 hours`: as people count. */
export function waitWords(seconds: number, language: Language): string {
  const words = texts(language).pages.limited;
  return seconds < 5400 ? words.seconds(seconds) : words.hours(Math.round(seconds / 3600));
}
