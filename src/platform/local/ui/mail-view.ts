/** One mail as its reader would see it, the calendar object in plain words, and the buttons that answer it. */
import { type Html, html } from '../../../pages/html.ts';
import { texts } from '../../../texts/catalogue.ts';
import { MAIL_CLIENTS } from '../mailboxes.ts';
import type { OutboxMail } from '../outbox.ts';
import { type ExplainedComponent, explained } from './explain.ts';
import type { MailParts } from './mail-parts.ts';
import { timeTag } from './outbox-view.ts';

export interface MailView {
  readonly mail: OutboxMail;
  readonly parts: MailParts;
  readonly raw: string;
  readonly eventPath: string | null;
  readonly dashboardPath: string | null;
  readonly dates: readonly { readonly key: string; readonly when: string }[];
  /** Whether a calendar would show answer buttons. */
  readonly canAnswer: boolean;
  readonly said: { readonly title: string; readonly body: string; readonly bad: boolean } | null;
}

export function mailBody(view: MailView): Html {
  const words = texts().local.mail;
  const { mail, parts } = view;
  return html`<div class="stack">
<p><a class="away" href="/local/">${words.back}</a></p>
<h1 dir="auto">${mail.subject}</h1>
${said(view)}
<div class="split">
<div class="stack">
<h2 id="seen">${words.asSeen}</h2>
${
  parts.html === null
    ? html`<p class="soft">${words.noHtml}</p>`
    : html`<iframe class="letter" src="/local/mails/${mail.id}/html" title="${words.frame}" sandbox="allow-popups allow-popups-to-escape-sandbox" tabindex="0"></iframe>`
}
</div>
<aside class="stack">
${view.canAnswer ? answerCard(view) : null}
${meta(view)}
</aside>
</div>
${parts.calendar === null ? null : explainedSection(explained(parts.calendar))}
<details><summary>${words.text}</summary><pre class="pre" tabindex="0">${parts.text ?? ''}</pre></details>
<details><summary>${words.raw}</summary><p><a class="away" href="/local/mails/${mail.id}/raw">${words.rawLink}</a></p><pre class="pre" tabindex="0">${view.raw}</pre></details>
</div>`;
}

function said(view: MailView): Html | null {
  if (view.said === null) return null;
  return html`<section class="notice${view.said.bad ? ' bad' : ''}" role="status"><h2>${view.said.title}</h2><p>${view.said.body}</p></section>`;
}

function answerCard({ mail, dates }: MailView): Html {
  const words = texts().local.answer;
  return html`<section class="card" aria-labelledby="answer">
<h2 id="answer">${words.title(mail.to)}</h2>
<p class="soft small">${words.lead}</p>
<form method="post" action="/local/mails/${mail.id}/answer">
<div class="field"><label for="client">${words.client}</label><select id="client" name="client">${MAIL_CLIENTS.map(
    client => html`<option value="${client}">${words.clients[client]}</option>`,
  )}</select></div>
${dates.length === 0 ? null : datesField(dates)}
<div class="field"><label for="note">${words.note}</label><input id="note" name="note" type="text" maxlength="500"></div>
<div class="answers field">
<button type="submit" name="answer" value="yes">${words.yes}</button>
<button class="quiet" type="submit" name="answer" value="maybe">${words.maybe}</button>
<button class="quiet" type="submit" name="answer" value="no">${words.no}</button>
</div>
</form>
</section>`;
}

function datesField(dates: MailView['dates']): Html {
  const words = texts().local.answer;
  return html`<div class="field"><label for="occurrence">${words.dates}</label><select id="occurrence" name="occurrence">
<option value="">${words.allDates}</option>
${dates.map(date => html`<option value="${date.key}">${words.oneDate(date.when)}</option>`)}
</select></div>`;
}

function meta(view: MailView): Html {
  const words = texts().local.mail;
  const { mail } = view;
  return html`<dl class="meta">
<dt>${words.from}</dt><dd>${mail.from}</dd>
<dt>${words.to}</dt><dd>${mail.to}</dd>
<dt>${words.when}</dt><dd>${timeTag(mail.at)}</dd>
<dt>${words.kind}</dt><dd>${texts().local.outbox.kinds[mail.about.kind]}</dd>
</dl>
${view.eventPath === null ? null : html`<p><a class="away" href="${view.eventPath}">${words.eventPage}</a></p>`}
${view.dashboardPath === null ? null : html`<p><a class="away" href="${view.dashboardPath}">${words.dashboard}</a></p>`}`;
}

function explainedSection(components: readonly ExplainedComponent[]): Html {
  return html`<h2>${texts().local.mail.explained}</h2>
${components.map(
  component => html`<section class="component">
<h3>${component.name}</h3>
<p class="soft small">${component.words}</p>
${component.lines.length === 0 ? null : html`<dl>${component.lines.map(lineRow)}</dl>`}
</section>`,
)}`;
}

function lineRow(line: ExplainedComponent['lines'][number]): Html {
  return html`<div><dt>${line.name}${line.parameters.length === 0 ? null : html` <small>${line.parameters.join('; ')}</small>`}</dt>
<dd class="value">${line.value}</dd><dd class="soft">${line.words}</dd></div>`;
}
