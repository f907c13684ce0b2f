/** The simulated mailbox of organizers: their events, and the forms that send what their calendars would. */
import type { EventFacts } from '../../../calendar/describe.ts';
import { type Html, html } from '../../../pages/html.ts';
import { texts } from '../../../texts/catalogue.ts';
import { field } from './outbox-view.ts';

export interface OrganizerEvent {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly organizer: string;
  readonly status: 'draft' | 'live' | 'cancelled' | 'ended';
  readonly pagePath: string;
  readonly dashboardPath: string;
}

export function organizerBody(events: readonly OrganizerEvent[]): Html {
  const words = texts().local.organizer;
  return html`<div class="stack">
<h1>${words.title}</h1>
<p class="soft">${words.lead}</p>
${
  events.length === 0
    ? html`<div class="empty"><h2>${words.emptyTitle}</h2><p class="soft">${words.empty}</p><p><a class="button" href="/local/">${words.toOutbox}</a></p></div>`
    : html`<ul class="dates">${events.map(eventRow)}</ul>`
}
</div>`;
}

function eventRow(event: OrganizerEvent): Html {
  const words = texts().local.organizer;
  return html`<li class="stack">
<h2 dir="auto">${event.title}<span class="tag">${texts().pages.dashboard.status[event.status]}</span></h2>
<p>${event.when}<br><span class="soft small">${words.by(event.organizer)}</span></p>
${links(event)}
<p><a class="button quiet" href="/local/organizer/${event.id}">${words.edit}</a></p>
</li>`;
}

function links(event: OrganizerEvent): Html {
  const words = texts().local.mail;
  return html`<p class="actions small"><a class="away" href="${event.pagePath}">${words.eventPage}</a><a class="away" href="${event.dashboardPath}">${words.dashboard}</a></p>`;
}

export interface EditView {
  readonly event: OrganizerEvent;
  readonly facts: EventFacts;
  readonly values: {
    readonly title: string;
    readonly place: string;
    readonly day: string;
    readonly time: string;
  };
  readonly allDay: boolean;
  readonly zone: string;
  readonly canUpdate: boolean;
  readonly problem: string | null;
  readonly sent: boolean;
}

export function editBody(view: EditView): Html {
  const words = texts().local.organizer;
  return html`<div class="stack">
<p><a class="away" href="/local/organizer">${words.back}</a></p>
<h1 dir="auto">${view.event.title}</h1>
<p>${view.event.when}<br><span class="soft small">${words.by(view.event.organizer)}</span></p>
${links(view.event)}
${view.sent ? html`<section class="notice" role="status"><h2>${words.sentTitle}</h2><p>${words.sent}</p><p><a class="away" href="/local/">${words.toOutbox}</a></p></section>` : null}
${view.problem === null ? null : html`<section class="notice bad" role="alert"><p>${view.problem}</p></section>`}
${view.canUpdate ? updateForm(view) : null}
${cancelForm(view)}
</div>`;
}

function updateForm(view: EditView): Html {
  const words = texts().local.organizer;
  const { values } = view;
  return html`<section class="card" aria-labelledby="update">
<h2 id="update">${words.update}</h2>
<p class="soft small">${words.updateHint}</p>
<form method="post" action="/local/organizer/${view.event.id}/update">
<div class="pair">
${field('title', words.newTitle, html`type="text" required maxlength="255" value="${values.title}"`)}
${field('place', words.newPlace, html`type="text" maxlength="500" value="${values.place}"`)}
${field('day', words.newDay, html`type="date" required value="${values.day}"`)}
${view.allDay ? null : field('time', words.newTime, html`type="time" required value="${values.time}"`)}
</div>
<p class="soft small">${words.zone(view.zone)}</p>
<div class="actions field"><button type="submit">${words.sendUpdate}</button></div>
</form>
</section>`;
}

function cancelForm(view: EditView): Html {
  const words = texts().local.organizer;
  const dates = view.facts.recurrence === null ? [] : view.facts.next;
  return html`<section class="card" aria-labelledby="cancel">
<h2 id="cancel">${words.cancel}</h2>
<p class="soft small">${words.cancelHint}</p>
<form method="post" action="/local/organizer/${view.event.id}/cancel">
<div class="field"><label for="component">${words.cancelWhat}</label><select id="component" name="component">
<option value="series">${words.cancelSeries}</option>
${dates.map(date => html`<option value="${date.key}">${words.cancelOne(date.when)}</option>`)}
</select></div>
<div class="actions field"><button class="quiet" type="submit">${words.sendCancel}</button></div>
</form>
</section>`;
}
