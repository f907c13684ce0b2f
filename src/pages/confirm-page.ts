/** `/c/<token>`: an organizer looks at the mail that waits for his word, and gives it, or says the zone. GET shows, POST acts. */
import { zoneNames } from '../calendar/time.ts';
import { type EventRecord, pagePath } from '../events/event.ts';
import {
  type Confirmation,
  confirm,
  confirmation,
  confirmLanguage,
  type WaitingItem,
} from '../intake/confirm.ts';
import type { Ports } from '../kernel/ports.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { describedBody } from './description.ts';
import { framed } from './document.ts';
import { sentence } from './event-view.ts';
import { type Html, html } from './html.ts';
import { expiredPage, messagePage, missingPage, wrongPage } from './messages.ts';
import { formOf, isReading, type PageAnswer, type PageRequest, pathOf } from './page.ts';
import { inSpeech, type Speech, speechOf } from './speech.ts';

type Waiting = Extract<Confirmation, { kind: 'waiting' }>;

const ZONE_CHARS = 64;

interface Asked {
  readonly speech: Speech;
  readonly action: string;
  readonly zone: string;
  readonly problem: string | null;
}

export async function confirmPage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const speech = speechOf(request, await confirmLanguage(ports, token));
  const action = inSpeech(speech, pathOf(request));
  const { language } = speech;
  if (isReading(request)) return showWaiting(ports, token, { speech, action, zone: '', problem: null });
  const form = formOf(request);
  if (form === null) return wrongPage(speech, 'type');
  const zone = (form.get('zone') ?? '').slice(0, ZONE_CHARS);
  const shown = form.getAll('shown');
  const done = await confirm(ports, token, { zone, ...(shown.length === 0 ? {} : { shown }) });
  switch (done.kind) {
    case 'damaged':
      return missingPage(speech, 'link');
    case 'expired':
      return expiredPage(speech);
    case 'nothing':
      return nothingPage(speech);
    case 'zone_needed':
    case 'unknown_zone':
      return showWaiting(ports, token, {
        speech,
        action,
        zone,
        problem: texts(language).pages.confirm.zoneProblem,
      });
    case 'confirmed':
      return donePage(speech, done.events, done.refusals);
  }
}

async function showWaiting(ports: Ports, token: string, asked: Asked): Promise<PageAnswer> {
  const waiting = await confirmation(ports, token, asked.speech.language);
  switch (waiting.kind) {
    case 'damaged':
      return missingPage(asked.speech, 'link');
    case 'expired':
      return expiredPage(asked.speech);
    case 'nothing':
      return nothingPage(asked.speech);
    case 'waiting':
      return waitingPage(waiting, asked);
  }
}

function waitingPage(waiting: Waiting, asked: Asked): PageAnswer {
  const { language } = asked.speech;
  const words = texts(language).pages.confirm;
  // Where only the zone is missing, nobody's word is in doubt.
  const onlyZone = waiting.items.every(item => item.needsZone);
  const title = onlyZone ? words.zoneTitle : words.title;
  const body = html`<div class="stack">
<h1>${title}</h1>
<p>${onlyZone ? words.zoneBody : words.body}</p>
<form method="post" action="${asked.action}" class="stack" novalidate>
${waiting.items.map(item => itemCard(item, language))}
${waiting.zoneNeeded ? zoneField(waiting.organizer.zone, asked) : null}
<div class="actions field"><button type="submit">${onlyZone ? words.zoneButton : words.button}</button></div>
</form>
<p class="soft">${words.not}</p>
</div>`;
  return framed({
    speech: asked.speech,
    status: asked.problem === null ? 200 : 400,
    title: asked.problem === null ? title : texts(language).pages.event.titleError(title),
    body,
    width: 'narrow',
    secret: true,
  });
}

function itemCard(item: WaitingItem, language: Language): Html {
  const words = texts(language).pages.confirm;
  const { facts } = item;
  return html`<section class="card stack">
<input type="hidden" name="shown" value="${item.arrival}">
<p class="soft">${words.kinds[item.kind]}</p>
<h2 dir="auto">${item.title === '' ? texts(language).pages.event.untitled : item.title}</h2>
${facts === null ? null : html`<p>${facts.when}${facts.recurrenceWords === null ? null : html`<br>${sentence(facts.recurrenceWords)}`}</p>`}
${facts?.location == null ? null : html`<p dir="auto">${facts.location}</p>`}
${item.words.length === 0 ? null : html`<ul>${item.words.map(change => html`<li>${change}</li>`)}</ul>`}
${facts === null ? null : html`<div class="prose soft" dir="auto">${describedBody(facts, language)}</div>`}
</section>`;
}

function zoneField(known: string | null, asked: Asked): Html {
  const words = texts(asked.speech.language).pages.confirm;
  const chosen = asked.zone === '' ? (known ?? '') : asked.zone;
  const { problem } = asked;
  const state =
    problem === null
      ? html`aria-describedby="zone-hint"`
      : html`aria-invalid="true" aria-describedby="zone-problem zone-hint" autofocus`;
  return html`<div class="field">
<label for="zone">${words.zone}</label>
<p class="hint" id="zone-hint">${words.zoneHint}</p>
<select id="zone" name="zone" dir="ltr" required ${state}>
<option value="">${words.zoneChoose}</option>
${zoneNames().map(name => html`<option value="${name}"${name === chosen ? html` selected` : null}>${name.replaceAll('_', ' ')}</option>`)}
</select>
${problem === null ? null : html`<p class="problem" id="zone-problem">${problem}</p>`}
</div>`;
}

function nothingPage(speech: Speech): PageAnswer {
  const words = texts(speech.language).pages.confirm;
  return messagePage({
    speech,
    status: 200,
    title: words.closedTitle,
    paragraphs: [words.closed],
    secret: true,
  });
}

function donePage(
  speech: Speech,
  events: readonly Pick<EventRecord, 'slug' | 'page' | 'status'>[],
  refusals: readonly { readonly sentence: string }[],
): PageAnswer {
  const words = texts(speech.language).pages.confirm;
  const live = events.filter(event => event.status === 'live');
  const title = live.length > 0 ? words.doneTitle : words.takenTitle;
  const body = html`<div class="stack">
<h1>${title}</h1>
<p role="status">${live.length > 0 ? words.done : words.taken}</p>
${live.map(event => html`<p><a class="button" href="${inSpeech(speech, pagePath(event))}">${words.open}</a></p>`)}
${refusals.length === 0 ? null : html`<h2>${words.refused}</h2>${refusals.map(refusal => html`<p>${refusal.sentence}</p>`)}`}
</div>`;
  return framed({ speech, title, body, width: 'narrow', secret: true });
}
