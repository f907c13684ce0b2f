/** What an event's page shows, from facts alone: no port, no clock. */
import { parseLocal } from '../calendar/civil.ts';
import { shortMonth } from '../calendar/day-words.ts';
import type { EventFacts } from '../calendar/describe.ts';
import { wallClock } from '../calendar/time.ts';
import type { EventStatus } from '../events/event.ts';
import type { PageOptions } from '../events/page-options.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { copyLinks } from './calendar-links.ts';
import { describedBody } from './description.ts';
import { nonceField } from './form-nonce.ts';
import { type Html, html, webUrl } from './html.ts';
import { yourTime, yourTimeBriefly } from './your-time.ts';

export interface EventView {
  readonly language: Language;
  readonly facts: EventFacts;
  readonly status: EventStatus;
  readonly host: string;
  /** Where to show an event that is in UTC. */
  readonly zone: string | null;
  readonly slug: string;
  /** Its time or place is not the first one any more. */
  readonly moved: boolean;
  /** All seats are taken: who asks now waits for one. */
  readonly full: boolean;
  /** What the form brings back from this page. */
  readonly nonce: string;
  /** Of the page itself, whole. */
  readonly url: string;
  /** The same on this origin, and the plain copy beside it. */
  readonly path: string;
  readonly file: string;
  readonly page: PageOptions;
  /** Null: not limited, or not to be shown. */
  readonly seats: { readonly free: number; readonly all: number } | null;
  /** How many people come; null: not to be shown. */
  readonly coming: number | null;
}

export interface SignUp {
  readonly email: string;
  readonly follow?: boolean;
  readonly problem: string | null;
  /** Said above the form: one more press, please wait. */
  readonly notice: { readonly title: string; readonly body: string } | null;
}

const REL = 'noreferrer noopener nofollow';
const MAP_CHARS = 200;

export const FIRST_VISIT: SignUp = { email: '', problem: null, notice: null };

/** `action`: the page itself, which takes the form. */
export function eventBody(view: EventView, signUp: SignUp, action: string): Html {
  const open = view.status === 'live';
  return html`<div class="event">
${stateNotice(view)}
<div>
${head(view)}
${factList(view)}
</div>
${open ? signUpCard(view, signUp, action) : null}
${nextDates(view)}
${about(view)}
</div>`;
}

export function stateNotice(view: EventView): Html | null {
  const words = texts(view.language).pages.event;
  if (view.status === 'cancelled') return notice(words.cancelled, words.cancelledBody, true);
  if (view.status === 'ended') return notice(words.ended, words.endedBody, false);
  return view.moved ? notice(words.moved, words.movedBody, false) : null;
}

export function notice(title: string, body: string, bad: boolean): Html {
  return html`<section class="notice${bad ? ' bad' : ''}" role="status"><h2>${title}</h2><p>${body}</p></section>`;
}

export function head(view: EventView): Html {
  const words = texts(view.language).pages;
  const cancelled = view.status === 'cancelled';
  return html`<div class="head">
${leaf(view)}
<div>
<p class="soft">${words.event.hostedBy(view.host)}</p>
<h1 dir="auto" class="${cancelled ? 'struck' : ''}">${view.facts.title}</h1>
</div>
</div>`;
}

/** The calendar leaf: the next date of a series, else the start. For eyes only, the words stand below. */
function leaf({ facts, zone, language }: EventView): Html | null {
  const start = facts.next[0]?.start ?? facts.start;
  const day =
    start.kind === 'utc' && start.utc !== null && zone !== null ? wallClock(start.utc, zone) : start.local;
  return html`<p class="leaf" aria-hidden="true"><b>${shortMonth(parseLocal(day), language)}</b><span>${Number(day.slice(8, 10))}</span></p>`;
}

export function factList(view: EventView): Html {
  const words = texts(view.language).pages.event;
  const { facts } = view;
  const online = facts.joinUrl !== null;
  const place = placeOf(facts);
  const more = facts.url === facts.joinUrl ? null : webUrl(facts.url);
  return html`<dl class="facts">
<div><dt>${words.when}</dt><dd>${facts.when}</dd></div>
${yourTime(view)}
${facts.recurrenceWords === null ? null : html`<div><dt>${words.repeats}</dt><dd>${sentence(facts.recurrenceWords)}</dd></div>`}
${place === null ? null : html`<div><dt>${words.where}</dt><dd dir="auto">${place}</dd><dd class="small"><a class="away" href="${mapUrl(place)}" rel="${REL}">${words.map}</a></dd></div>`}
${online ? html`<div><dt>${words.online}</dt><dd>${joinOf(view) ?? words.onlineHint}</dd></div>` : null}
${more === null ? null : html`<div><dt>${words.more}</dt><dd><a href="${more}" rel="${REL}">${new URL(more).host}</a></dd></div>`}
${attendance(view)}
</dl>`;
}

function attendance({ seats, coming, status, language }: EventView): Html | null {
  const words = texts(language).face;
  if (status !== 'live') return null;
  return html`${coming === null ? null : html`<div><dt>${words.coming}</dt><dd>${words.people(coming)}</dd></div>`}
${seats === null ? null : html`<div><dt>${words.seats}</dt><dd>${words.seatsFree(seats.free, seats.all)}</dd></div>`}`;
}

/** Only where the organizer lets it stand for everybody. */
function joinOf({ facts, page, status, language }: EventView): Html | null {
  const url = page.joinLink && status === 'live' ? webUrl(facts.joinUrl) : null;
  return url === null ? null : html`<a href="${url}" rel="${REL}">${texts(language).pages.event.join}</a>`;
}

function mapUrl(place: string): string {
  return `https://www.openstreetmap.org/search?${new URLSearchParams({ query: place.slice(0, MAP_CHARS) })}`;
}

/** A location that is only the link to join is no place, and not for everybody (T16). */
export function placeOf(facts: EventFacts): string | null {
  if (facts.location === null || facts.joinUrl === null) return facts.location;
  const rest = facts.location
    .split(facts.joinUrl)
    .join('')
    .trim()
    .replace(/^[;,\s]+|[;,\s]+$/g, '');
  return rest === '' ? null : rest;
}

export function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function signUpCard(view: EventView, signUp: SignUp, action: string): Html {
  const words = texts(view.language).pages.event;
  return html`<section class="card sign-up" aria-labelledby="get">
<h2 id="get">${view.full ? words.fullTitle : words.get}</h2>
<p>${view.full ? words.fullBody : words.getBody}</p>
${signUp.notice === null ? null : notice(signUp.notice.title, signUp.notice.body, false)}
${introOf(view)}
${signUpForm(action, signUp, view)}
<div class="below stack small">
<p class="soft">${view.page.follow ? texts(view.language).upcoming.promise : words.promise}</p>
${view.page.copies ? copies(view) : null}
</div>
</section>`;
}

/** Plain copies, for whom no mail reaches. The link to join and what is hidden with it stay out. */
function copies(view: EventView): Html {
  const words = texts(view.language).pages.event;
  const { facts, file, url } = view;
  const { title, start, end, next, allDay, zone } = facts;
  const links = copyLinks(
    { title, start, end, next, allDay, zone, location: placeOf(facts), description: null },
    url,
  );
  const list: readonly (readonly [string, string])[] =
    links === null
      ? []
      : [
          ['Google', links.google],
          ['Outlook.com', links.outlook],
          ['Microsoft 365', links.microsoft365],
          ['Yahoo', links.yahoo],
        ];
  return html`<details><summary>${words.copies}</summary>
<p class="soft">${words.fileHint}</p>
<p>${list.map(([name, href]) => html`<a class="away" href="${href}" rel="${REL}">${name}</a> · `)}<a class="away" href="${file}" download>${words.file}</a></p>
</details>`;
}

export function introOf({ page }: EventView): Html | null {
  return page.intro === null ? null : html`<p dir="auto">${page.intro}</p>`;
}

/** Whoever only gets onto the waitlist must read so, whatever the organizer calls the button. */
function buttonOf({ full, page, language }: EventView): string {
  const words = texts(language).pages.event;
  return full ? words.sendFull : (page.label ?? words.send);
}

/** "And future ones", as on the upcoming page. */
export function followField({ host, language }: Pick<EventView, 'host' | 'language'>, follow: boolean): Html {
  const words = texts(language).upcoming;
  return html`<div class="field check"><label><input type="checkbox" name="follow" value="1" aria-describedby="follow-hint"${follow ? html` checked` : null}> <span>${words.follow(host)}</span></label>
<p class="hint" id="follow-hint">${words.followHint}</p></div>`;
}

/** `action` names the page that takes the form; `_self` keeps the answer inside a widget's frame. */
export function signUpForm(action: string, signUp: SignUp, view: EventView): Html {
  const words = texts(view.language).pages.event;
  const { problem } = signUp;
  const state =
    problem === null
      ? html`aria-describedby="email-hint"`
      : html`aria-invalid="true" aria-describedby="email-problem email-hint" autofocus`;
  return html`<form method="post" action="${action}" target="_self" novalidate>
${nonceField(view.nonce)}
<div class="field">
<label for="email">${words.email}</label>
<p class="hint" id="email-hint">${words.emailHint}</p>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" autocapitalize="off" spellcheck="false" required value="${signUp.email}" ${state}>
${problem === null ? null : html`<p class="problem" id="email-problem">${problem}</p>`}
</div>
${view.page.follow ? followField(view, signUp.follow ?? false) : null}
<div class="actions field"><button class="wide-button" type="submit">${buttonOf(view)}</button></div>
</form>`;
}

function nextDates(view: EventView): Html | null {
  const { facts } = view;
  const words = texts(view.language).pages.event;
  if (facts.recurrence === null || facts.next.length === 0) return null;
  return html`<section class="stack" aria-labelledby="dates">
<h2 id="dates">${words.nextDates}</h2>
<ol class="dates">${facts.next.map(
    date =>
      html`<li>${date.clock}${date.changed ? html`<span class="tag">${words.changedDate}</span>` : null}${yourTimeBriefly(view, date)}</li>`,
  )}</ol>
</section>`;
}

function about({ facts, language }: EventView): Html | null {
  const body = describedBody(facts, language);
  if (body === null) return null;
  return html`<section class="stack" aria-labelledby="about">
<h2 id="about">${texts(language).pages.event.about}</h2>
<div class="prose" dir="auto">${body}</div>
</section>`;
}
