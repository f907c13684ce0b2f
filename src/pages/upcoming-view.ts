/** What the upcoming page shows, from facts alone: search, months, the events to pick, one address. */
import { parseLocal } from '../calendar/civil.ts';
import { monthOfYear } from '../calendar/day-words.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { followField, notice, placeOf, sentence } from './event-view.ts';
import { nonceField } from './form-nonce.ts';
import { type Coming, type Filter, monthOf, type Upcoming } from './found-upcoming.ts';
import { type Html, html } from './html.ts';
import { inSpeech } from './speech.ts';
import { yourTimeBriefly } from './your-time.ts';

export interface Picking {
  readonly email: string;
  readonly picked: readonly string[];
  readonly follow: boolean;
  /** Which field is to blame. */
  readonly problem: { readonly field: 'events' | 'email'; readonly text: string } | null;
  readonly notice: { readonly title: string; readonly body: string } | null;
}

export const NOTHING_PICKED: Picking = { email: '', picked: [], follow: false, problem: null, notice: null };

export interface UpcomingShown {
  readonly found: Upcoming;
  /** Those that fit, at most as many as a page holds. */
  readonly events: readonly Coming[];
  readonly more: boolean;
  readonly filter: Filter;
  readonly nonce: string;
  /** The page that takes the form, with the query that keeps a widget's look. */
  readonly action: string;
  readonly theme: string | null;
  /** Null in a frame. */
  readonly feed: { readonly webcal: string; readonly file: string } | null;
}

export function upcomingBody(shown: UpcomingShown, picking: Picking): Html {
  const { found, events } = shown;
  const { upcoming: words, pages } = texts(found.speech.language);
  const searches = found.options.search && found.events.length > 1;
  return html`<div class="stack">
<p class="soft">${pages.event.hostedBy(found.name)}</p>
<h1 class="tight">${words.heading}</h1>
${found.options.intro === null ? null : html`<p dir="auto">${found.options.intro}</p>`}
${searches ? searchForm(shown) : null}
${searches ? monthList(shown) : null}
${picking.notice === null ? null : notice(picking.notice.title, picking.notice.body, false)}
<form method="post" action="${shown.action}" target="_self" novalidate>
${nonceField(shown.nonce)}
${events.length === 0 ? html`<p class="empty">${found.events.length === 0 ? words.none : words.noneFound}</p>` : null}
${problemOf(picking, 'events')}
${pinnedSection(shown, picking)}
${byMonth(events.filter(coming => !isPinned(coming, found))).map(([month, those]) => monthSection(month, those, picking, found))}
${shown.more ? html`<p class="soft">${words.more}</p>` : null}
${found.events.length === 0 && !found.options.follow ? null : addressFields(shown, picking)}
</form>
${feedLinks(shown)}
</div>`;
}

function searchForm({ found, filter, action, theme }: UpcomingShown): Html {
  const { language, chosen } = found.speech;
  const words = texts(language).upcoming;
  return html`<form method="get" action="${action}" target="_self" role="search" class="share">
${theme === null ? null : html`<input type="hidden" name="theme" value="${theme}">`}
${chosen ? html`<input type="hidden" name="lang" value="${language}">` : null}
<div class="field"><label for="q">${words.search}</label>
<p class="hint" id="q-hint">${words.searchHint}</p>
<input id="q" name="q" type="search" maxlength="80" value="${filter.q}" aria-describedby="q-hint"></div>
<button class="quiet" type="submit">${words.find}</button>
</form>`;
}

function monthList({ found, filter, action }: UpcomingShown): Html | null {
  const { language } = found.speech;
  const words = texts(language).upcoming;
  const months = byMonth(found.events).map(([month]) => month);
  if (months.length < 2) return null;
  const link = (month: string, label: string): Html => {
    const here = filter.month === month ? html` aria-current="true"` : null;
    const query = month === '' ? '' : `${action.includes('?') ? '&' : '?'}month=${month}`;
    return html`<li><a class="away" href="${action}${query}" target="_self"${here}>${label}</a></li>`;
  };
  return html`<nav aria-label="${words.months}"><ul class="months">${link('', words.all)}${months.map(month => link(month, monthName(month, language)))}</ul></nav>`;
}

function byMonth(events: readonly Coming[]): readonly (readonly [string, readonly Coming[]])[] {
  const months = new Map<string, Coming[]>();
  for (const coming of events) {
    const month = monthOf(coming.facts, coming.organizer.zone);
    const those = months.get(month);
    if (those === undefined) months.set(month, [coming]);
    else those.push(coming);
  }
  return [...months];
}

function monthName(month: string, language: Language): string {
  return monthOfYear(parseLocal(`${month}-01`), language);
}

function monthSection(month: string, events: readonly Coming[], picking: Picking, found: Upcoming): Html {
  return html`<section class="stack"><h2>${monthName(month, found.speech.language)}</h2>
<ul class="picks">${events.map(coming => pick(coming, picking, found))}</ul></section>`;
}

function isPinned({ record }: Coming, { options }: Upcoming): boolean {
  return options.pinned.includes(record.id);
}

function pinnedSection({ events, found }: UpcomingShown, picking: Picking): Html | null {
  const first = events.filter(coming => isPinned(coming, found));
  if (first.length === 0) return null;
  const { pinned } = texts(found.speech.language).face;
  return html`<section class="stack"><h2>${pinned}</h2>
<ul class="picks">${first.map(coming => pick(coming, picking, found))}</ul></section>`;
}

function pick({ record, facts, organizer }: Coming, picking: Picking, { speech, options }: Upcoming): Html {
  const { language } = speech;
  const words = texts(language).upcoming;
  const checked = picking.picked.includes(record.slug) ? html` checked` : null;
  const place = options.location ? placeOf(facts) : null;
  return html`<li><label><input type="checkbox" name="event" value="${record.slug}"${checked}>
<span><b dir="auto">${facts.title}</b>
<span class="small">${facts.when}</span>
${yourTimeBriefly({ language, facts, zone: organizer.zone }, facts.next[0])}
${facts.recurrenceWords === null ? null : html`<span class="small soft">${sentence(facts.recurrenceWords)}</span>`}
${place === null ? null : html`<span class="small soft" dir="auto">${place}</span>`}</span></label>
<a class="away small" href="${inSpeech(speech, `/e/${record.slug}`)}" aria-label="${words.open(facts.title)}">${words.details}</a></li>`;
}

function addressFields({ found }: UpcomingShown, picking: Picking): Html {
  const words = texts(found.speech.language).upcoming;
  const wrong = picking.problem?.field === 'email';
  const state = wrong
    ? html`aria-invalid="true" aria-describedby="email-problem email-hint" autofocus`
    : html`aria-describedby="email-hint"`;
  return html`<div class="card sign-up">
<div class="field"><label for="email">${words.email}</label>
<p class="hint" id="email-hint">${words.emailHint}</p>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" autocapitalize="off" spellcheck="false" required value="${picking.email}" ${state}>
${problemOf(picking, 'email')}</div>
${found.options.follow ? followField({ host: found.name, language: found.speech.language }, picking.follow) : null}
<div class="actions field"><button type="submit">${buttonOf(found)}</button></div>
<p class="small soft below">${words.promise}</p>
</div>`;
}

function buttonOf({ events, options, speech }: Upcoming): string {
  const words = texts(speech.language).upcoming;
  if (events.length === 0) return words.sendFollow;
  return options.label ?? words.send;
}

function problemOf({ problem }: Picking, field: 'events' | 'email'): Html | null {
  return problem?.field === field
    ? html`<p class="problem" id="${field}-problem" role="alert">${problem.text}</p>`
    : null;
}

function feedLinks({ feed, found }: UpcomingShown): Html | null {
  const words = texts(found.speech.language).upcoming;
  if (feed === null || !found.options.feed) return null;
  return html`<p class="small"><a class="away" href="${feed.webcal}">${words.feed}</a> · <a class="away" href="${feed.file}">.ics</a><br><span class="soft">${words.feedHint}</span></p>`;
}
