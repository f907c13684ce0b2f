/** What the organizer's page of one event shows: facts, the link to share, numbers, people. No port, no clock. */
import type { EventFacts } from '../calendar/describe.ts';
import type { EventStatus } from '../events/event.ts';
import type { Answer, Door, InviteState } from '../invites/invite.ts';
import type { Tally } from '../invites/tally.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { sentence } from './event-view.ts';
import { type Html, html } from './html.ts';

export type Counts = Omit<Tally, 'asOf'>;

export interface Person {
  readonly email: string;
  readonly state: InviteState;
  readonly answer: Answer;
  readonly door: Door;
  readonly origin: string | null;
  /** When answered, else when asked, RFC 3339. */
  readonly at: string;
  /** The same on the wall clock of the event's zone. */
  readonly when: string;
}

export interface DashboardView {
  readonly language: Language;
  readonly facts: EventFacts;
  readonly status: EventStatus;
  readonly pageUrl: string;
  /** The same event in the dashboard, behind the sign-in. */
  readonly fullPath: string;
  readonly counts: Counts;
  /** On the wall clock of `zone`. */
  readonly asOf: string;
  readonly zone: string;
  readonly people: readonly Person[];
  readonly csvPath: string;
  /** The path of the next page of people; null at the end. */
  readonly nextPath: string | null;
}

export function dashboardBody(view: DashboardView): Html {
  const words = texts(view.language).pages.dashboard;
  return html`<div class="stack">
<p class="soft">${words.yours} · ${words.status[view.status]}</p>
<h1 dir="auto">${view.facts.title}</h1>
<p>${view.facts.when}${view.facts.recurrenceWords === null ? null : html`<br>${sentence(view.facts.recurrenceWords)}`}</p>
${view.facts.warnings.map(text => html`<p class="notice">${text}</p>`)}
${shareLink(view)}
<h2>${words.numbers}</h2>
${numbers(view.counts, view.language)}
${view.counts.invited === 0 ? null : chart(view.counts, view.language)}
<p class="soft small">${words.asOf(minute(view.asOf), view.zone)}</p>
${peopleSection(view)}
<p><a class="away" href="${view.fullPath}">${words.full}</a> <span class="soft small">${words.fullHint}</span></p>
<p class="soft small">${words.edit} ${words.readOnly}</p>
</div>`;
}

function shareLink(view: DashboardView): Html | null {
  const words = texts(view.language).pages.dashboard;
  if (view.status === 'draft') return null;
  return html`<section class="card share">
<div class="field">
<label for="share">${words.share}</label>
<p class="hint" id="share-hint">${words.shareHint}</p>
<input id="share" type="text" dir="ltr" readonly value="${view.pageUrl}" aria-describedby="share-hint">
</div>
<a class="button quiet" href="${view.pageUrl}">${words.open}</a>
</section>`;
}

const COUNTED = ['invited', 'sent', 'bounced', 'unsubscribed'] as const;
const ANSWERED = ['yes', 'maybe', 'no', 'noAnswer'] as const;

function numbers(counts: Counts, language: Language): Html {
  const words = texts(language).pages.dashboard.counts;
  return html`<dl class="counts">${COUNTED.map(
    name => html`<div><dt>${words[name]}</dt><dd>${counts[name]}</dd></div>`,
  )}</dl>`;
}

/** Shares of all who were invited. Bars as SVG attributes, since the page's policy lets no inline style through; the figures beside them say the same. */
function chart(counts: Counts, language: Language): Html {
  const words = texts(language).pages.dashboard.counts;
  const all = Math.max(
    1,
    ANSWERED.reduce((sum, name) => sum + counts[name], 0),
  );
  return html`<dl class="bars">${ANSWERED.map(
    name =>
      html`<div><dt>${words[name]}</dt><dd><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${(100 * counts[name]) / all}" height="10"/></svg><span>${counts[name]}</span></dd></div>`,
  )}</dl>`;
}

function peopleSection(view: DashboardView): Html {
  const words = texts(view.language).pages.dashboard;
  if (view.counts.invited === 0 && view.people.length === 0) return empty(view);
  return html`<div class="toolbar"><h2 id="people">${words.people}</h2><a class="away" href="${view.csvPath}" download>${words.csv}</a></div>
<table class="folds" role="table" aria-labelledby="people">
<thead role="rowgroup"><tr role="row">${Object.values(words.columns).map(name => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${view.people.map(person => personRow(person, view.language))}</tbody>
</table>
${view.nextPath === null ? null : html`<p><a class="button quiet" href="${view.nextPath}">${words.more}</a></p>`}`;
}

function personRow(person: Person, language: Language): Html {
  const { columns, states, answers, doors } = texts(language).pages.dashboard;
  return html`<tr role="row">
<th role="rowheader" scope="row">${person.email}</th>
<td role="cell" data-label="${columns.state}">${states[person.state]}</td>
<td role="cell" data-label="${columns.answer}" class="answer-${person.answer}">${answers[person.answer]}</td>
<td role="cell" data-label="${columns.door}">${doors[person.door]}</td>
<td role="cell" data-label="${columns.origin}">${person.origin}</td>
<td role="cell" data-label="${columns.when}"><time datetime="${person.at}">${minute(person.when)}</time></td>
</tr>`;
}

function empty(view: DashboardView): Html {
  const words = texts(view.language).pages.dashboard;
  const open = view.status === 'live';
  return html`<h2 id="people">${words.people}</h2>
<div class="empty"><h3>${words.emptyTitle}</h3><p class="soft">${open ? words.empty : words.emptyDone}</p></div>`;
}

/** `2026-03-03 15:04`: sorts and reads alike. */
function minute(moment: string): string {
  return moment.slice(0, 16).replace('T', ' ');
}
