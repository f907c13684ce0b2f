/** `/e/<slug>`: GET shows the event, POST asks for the invite, in the same words whatever we know of the address (T26). */
import { createHash } from 'node:crypto';
import { formatInstant } from '../calendar/time.ts';
import { writePublish } from '../calendar/write.ts';
import { pageUrl } from '../events/event.ts';
import { publicState } from '../events/page-options.ts';
import type { Ports } from '../kernel/ports.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { texts } from '../texts/catalogue.ts';
import { askedPage } from './asked-view.ts';
import { challengeContent } from './challenge-view.ts';
import { framed, safeHeaders } from './document.ts';
import { eventHead } from './event-head.ts';
import { type EventView, eventBody, FIRST_VISIT, type SignUp } from './event-view.ts';
import { messagePage, missingPage, wrongPage } from './messages.ts';
import { formOf, isReading, type PageAnswer, type PageRequest } from './page.ts';
import { mayOpen, movedPage } from './page-access.ts';
import { type ShownEvent, shownBySlug } from './shown-event.ts';
import { signUp, typedIn, wantsMore } from './sign-up.ts';
import { inSpeech, type Speech, speechOf } from './speech.ts';
import { YOUR_TIME_SCRIPT } from './your-time.ts';

export async function eventPage(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  const found = await shownBySlug(ports, request, slug);
  if (found === undefined || !mayOpen(found.record, request)) return missingPage(speechOf(request), 'event');
  const moved = movedPage(request, found.record, slug);
  if (moved !== null) return moved;
  if (isReading(request)) return unlessKnown(request, firstVisit(found));
  const form = formOf(request);
  if (form === null) return wrongPage(found.speech, 'type');
  return askForInvite(ports, request, found, form);
}

/** The page as everybody first sees it: made once for what it shows. */
function firstVisit(found: ShownEvent): PageAnswer {
  const key = found.speech.chosen ? `${FIRST_VISIT_PAGE}, chosen` : FIRST_VISIT_PAGE;
  const standing = found.kept.get(key) as Made | undefined;
  if (standing?.stamp === found.stamp) return standing.answer;
  const page = eventAnswer(found, FIRST_VISIT, 200);
  const hash = createHash('sha256').update(String(page.body)).digest('base64url').slice(0, 22);
  const answer = { ...page, headers: { ...page.headers, etag: `"${hash}"` } };
  found.kept.set(key, { stamp: found.stamp, answer });
  return answer;
}

interface Made {
  readonly stamp: string;
  readonly answer: PageAnswer;
}

const FIRST_VISIT_PAGE = 'event page, first visit';

/** 304 where the browser holds the same page (RFC 9110 13.1.2). */
function unlessKnown(request: PageRequest, answer: PageAnswer): PageAnswer {
  const known = request.headers['if-none-match'];
  const { etag } = answer.headers;
  if (known === undefined || etag === undefined) return answer;
  if (!known.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag)) return answer;
  const { 'content-type': _type, ...headers } = answer.headers;
  return { status: 304, headers, body: '' };
}

function eventAnswer(
  { view, speech, look }: Pick<ShownEvent, 'view' | 'speech' | 'look'>,
  signUp: SignUp,
  status: number,
  headers: { readonly [name: string]: string } = {},
): PageAnswer {
  const words = texts(speech.language).pages;
  const title = view.facts.title;
  return framed({
    speech,
    look,
    status,
    title: signUp.problem === null ? title : words.event.titleError(title),
    body: eventBody(view, signUp, inSpeech(speech, view.path)),
    head: eventHead(view),
    // The link is the key: no cache keeps what it opens.
    secret: view.page.visibility === 'private',
    script: YOUR_TIME_SCRIPT,
    headers,
  });
}

async function askForInvite(
  ports: Ports,
  request: PageRequest,
  found: ShownEvent,
  form: URLSearchParams,
): Promise<PageAnswer> {
  const { view, record, organizer, speech } = found;
  const here = inSpeech(speech, view.path);
  if (view.status !== 'live') return closedPage(view, speech);
  const typed = { email: typedIn(form), follow: wantsMore(form) };
  const done = await signUp(ports, { record, organizer, door: 'page', request, speech, form });
  switch (done.kind) {
    case 'asked':
      return askedPage({
        speech,
        action: here,
        back: here,
        email: done.email,
        from: done.from,
        nonce: view.nonce,
      });
    case 'challenge': {
      const { language } = speech;
      const shown = { action: here, nonce: view.nonce, challenge: done.challenge, form, language };
      return framed({ speech, ...challengeContent(shown), width: 'narrow', secret: true });
    }
    case 'again':
      return eventAnswer(found, { ...typed, problem: null, notice: done.notice }, 200);
    case 'refused':
      return eventAnswer(found, { ...typed, problem: done.problem, notice: null }, 400);
    case 'closed':
      return closedPage(view, speech);
    case 'limited': {
      const { notice, status, wait } = done;
      const waiting = { ...typed, problem: null, notice };
      if (wait === null) return eventAnswer(found, waiting, status);
      return eventAnswer(found, waiting, status, { 'retry-after': String(wait) });
    }
  }
}

function closedPage(view: EventView, speech: Speech): PageAnswer {
  const words = texts(speech.language).pages;
  const cancelled = view.status === 'cancelled';
  return messagePage({
    speech,
    status: 410,
    title: cancelled ? words.event.cancelled : words.event.ended,
    paragraphs: [cancelled ? words.gone.cancelled : words.gone.ended],
    link: { href: inSpeech(speech, view.path), label: words.asked.back },
  });
}

/** `/e/<slug>.ics`: the whole series with its overrides, as it is now. */
export async function eventFile(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  if (!isReading(request)) return wrongPage(speechOf(request), 'method', { allow: 'GET, HEAD' });
  const found = await shownBySlug(ports, request, slug);
  if (found === undefined || !mayOpen(found.record, request)) return missingPage(speechOf(request), 'event');
  const { record, organizer } = found;
  const body = writePublish({
    state: publicState(record.state, record.page),
    uid: `${record.id}@${ports.settings.mailDomain}`,
    organizer: { name: organizer.name, email: inviteAddress(organizer, ports.settings.mailDomain) },
    now: formatInstant(ports.clock.now()),
    pageUrl: pageUrl(ports.settings, record),
    language: found.speech.language,
  });
  return {
    status: 200,
    headers: {
      ...safeHeaders(false),
      'content-type': 'text/calendar; charset=utf-8',
      vary: 'accept-language',
      'content-disposition': `attachment; filename="${record.slug}.ics"`,
    },
    body,
  };
}
