/** The list of mails, and how to begin where there is none. */
import { type Html, html } from '../../../pages/html.ts';
import { texts } from '../../../texts/catalogue.ts';
import type { OutboxMail } from '../outbox.ts';

export interface OutboxView {
  readonly mails: readonly OutboxMail[];
  readonly olderPath: string | null;
  /** Title and path of an event's page, by event id. */
  readonly events: ReadonlyMap<string, { readonly title: string; readonly path: string }>;
  readonly begin: BeginView;
  readonly watch: Html;
}

export interface BeginView {
  readonly mailbox: string;
  readonly smtp: string;
  readonly day: string;
}

export function outboxBody(view: OutboxView): Html {
  const words = texts().local;
  const { mails } = view;
  return html`<div class="stack" data-newest="${mails[0]?.id ?? ''}">
<h1>${words.outbox.title}</h1>
<p class="soft">${words.outbox.lead}</p>
${mails.length === 0 ? emptyState(view.begin) : html`${mailTable(view)}${another(view.begin)}`}
<noscript><p class="soft small">${words.outbox.reload}</p></noscript>
${view.watch}
</div>`;
}

function mailTable(view: OutboxView): Html {
  const { columns, older } = texts().local.outbox;
  return html`<table class="folds mails" role="table">
<thead role="rowgroup"><tr role="row">${Object.values(columns).map(name => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${view.mails.map(mail => mailRow(mail, view))}</tbody>
</table>
${view.olderPath === null ? null : html`<p><a class="button quiet" href="${view.olderPath}">${older}</a></p>`}`;
}

function mailRow(mail: OutboxMail, view: OutboxView): Html {
  const { columns, kinds } = texts().local.outbox;
  const event = view.events.get(mail.about.event ?? '');
  return html`<tr role="row">
<td role="cell" data-label="${columns.to}">${mail.to}</td>
<th role="rowheader" scope="row" dir="auto"><a href="/local/mails/${mail.id}">${mail.subject}</a></th>
<td role="cell" data-label="${columns.kind}"><span class="kind kind-${mail.about.kind}">${kinds[mail.about.kind]}</span></td>
<td role="cell" data-label="${columns.when}">${timeTag(mail.at)}</td>
<td role="cell" data-label="${columns.event}">${event === undefined ? null : html`<a href="${event.path}">${event.title}</a>`}</td>
</tr>`;
}

export function timeTag(at: number): Html {
  const instant = new Date(at).toISOString();
  return html`<time datetime="${instant}">${instant.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

function emptyState(begin: BeginView): Html {
  const words = texts().local.begin;
  return html`<section class="card stack" aria-labelledby="begin">
<h2 id="begin">${words.emptyTitle}</h2>
<p>${words.lead(begin.mailbox)}</p>
${sampleForm(begin)}
<ol class="steps">${words.steps.map(step => html`<li>${step}</li>`)}</ol>
<p class="soft small">${words.own(begin.smtp, begin.mailbox)}</p>
</section>`;
}

function another(begin: BeginView): Html {
  const words = texts().local.begin;
  return html`<details><summary>${words.again}</summary>
<div class="card stack"><p>${words.lead(begin.mailbox)}</p>${sampleForm(begin)}<p class="soft small">${words.own(begin.smtp, begin.mailbox)}</p></div>
</details>`;
}

function sampleForm(begin: BeginView): Html {
  const words = texts().local.begin;
  return html`<form method="post" action="/local/organizer/sample">
<div class="pair">
${field('title', words.title, html`type="text" required maxlength="255" value="${words.titleValue}"`)}
${field('organizer', words.organizer, html`type="email" required value="${words.organizerValue}"`)}
${field('day', words.day, html`type="date" required value="${begin.day}"`)}
${field('time', words.time, html`type="time" required value="18:00"`)}
</div>
<label class="check"><input type="checkbox" name="weekly" value="1" checked> ${words.weekly}</label>
<div class="actions"><button type="submit">${words.send}</button></div>
</form>`;
}

export function field(name: string, label: string, attributes: Html): Html {
  return html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" ${attributes}></div>`;
}
