/** `/e/<slug>`: GET shows the event, POST asks for the invite, in the same words whatever we know of the address (T26). */
import { describeEvent } from '../calendar/describe.ts';
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { writePublish } from '../calendar/write.ts';
import { type EventRecord, pageUrl, statusAt } from '../events/event.ts';
import { eventBySlug } from '../events/store.ts';
import { type RequestOutcome, requestInvite } from '../invites/request.ts';
import { parseAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { inviteAddress, type Organizer } from '../organizers/organizer.ts';
import { organizerById } from '../organizers/store.ts';
import { texts } from '../texts/catalogue.ts';
import { askedPage } from './asked-view.ts';
import { framed, safeHeaders } from './document.ts';
import { type EventView, eventBody, FIRST_VISIT, type SignUp } from './event-view.ts';
import { messagePage, missingPage, waitWords, wrongPage } from './messages.ts';
import { formOf, isFromAnotherSite, isReading, type PageAnswer, type PageRequest } from './page.ts';

/** What was typed is shown again up to here: longer is no address, and no page should grow with it. */
const KEPT_CHARS = 300;

interface Found {
  readonly record: EventRecord;
  readonly organizer: Organizer;
  readonly view: EventView;
}

export async function eventPage(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  const found = await findEvent(ports, slug);
  if (found === undefined) return missingPage('event');
  if (isReading(request)) return eventAnswer(found.view, FIRST_VISIT, 200);
  const form = formOf(request);
  if (form === null) return wrongPage('type');
  const email = (form.get('email') ?? '').slice(0, KEPT_CHARS);
  if (isFromAnotherSite(request)) {
    return eventAnswer(found.view, { email, problem: null, notice: texts().pages.once }, 200);
  }
  return askForInvite(ports, request, found, { email, again: form.get('again') === '1' });
}

/** A draft is nobody's business yet: a stranger could have mailed it in another's name. */
async function findEvent(ports: Ports, slug: string): Promise<Found | undefined> {
  const record = await eventBySlug(ports, slug.toLowerCase());
  const now = ports.clock.now();
  const status = record === undefined ? 'draft' : statusAt(record, now);
  if (record === undefined || status === 'draft') return undefined;
  const organizer = await organizerById(ports, record.organizer);
  if (organizer === undefined) return undefined;
  const { zone } = organizer;
  const facts = describeEvent(record.state, { now: formatInstant(now), zone });
  const moved = (record.state.components[SERIES]?.significantRevision ?? 0) > 1;
  return { record, organizer, view: { facts, status, moved, zone, slug: record.slug, host: organizer.name } };
}

function eventAnswer(
  view: EventView,
  signUp: SignUp,
  status: number,
  headers: { readonly [name: string]: string } = {},
): PageAnswer {
  const words = texts().pages;
  const title = view.facts.title;
  return framed({
    status,
    title: signUp.problem === null ? title : words.event.titleError(title),
    body: eventBody(view, signUp),
    headers,
  });
}

async function askForInvite(
  ports: Ports,
  request: PageRequest,
  found: Found,
  asked: { readonly email: string; readonly again: boolean },
): Promise<PageAnswer> {
  const { view } = found;
  if (view.status !== 'live') return closedPage(view);
  const words = texts().pages;
  const parsed = parseAddress(asked.email);
  if (!parsed.ok) return refused(view, asked.email, words.problems[parsed.problem]);
  const outcome = await requestInvite(ports, {
    event: found.record,
    email: asked.email,
    door: 'page',
    network: request.network,
    again: asked.again,
  });
  if (outcome.outcome === 'invalid') return refused(view, asked.email, words.problems.other);
  if (outcome.outcome === 'closed') return closedPage(view);
  if (outcome.outcome === 'limited' && outcome.reason !== 'address_limit')
    return limitedPage(view, asked.email, outcome);
  return askedPage({
    slug: view.slug,
    email: parsed.address.typed,
    from: inviteAddress(found.organizer, ports.settings.mailDomain),
  });
}

function refused(view: EventView, email: string, problem: string): PageAnswer {
  return eventAnswer(view, { email, problem, notice: null }, 400);
}

/** Limits of the network and of the event are said; that of the address never is: it would tell of what others asked (T26). */
function limitedPage(view: EventView, email: string, outcome: RequestOutcome): PageAnswer {
  const words = texts().pages.limited;
  if (outcome.reason === 'recipient_limit') {
    return eventAnswer(
      view,
      { email, problem: null, notice: { title: words.fullTitle, body: words.full } },
      409,
    );
  }
  const seconds = outcome.retryAfterSeconds ?? 60;
  const notice = { title: words.title, body: words.body(waitWords(seconds)) };
  return eventAnswer(view, { email, problem: null, notice }, 429, { 'retry-after': String(seconds) });
}

function closedPage(view: EventView): PageAnswer {
  const words = texts().pages;
  const cancelled = view.status === 'cancelled';
  return messagePage({
    status: 410,
    title: cancelled ? words.event.cancelled : words.event.ended,
    paragraphs: [cancelled ? words.gone.cancelled : words.gone.ended],
    link: { href: `/e/${view.slug}`, label: words.asked.back },
  });
}

/** `/e/<slug>.ics`: the whole series with its overrides, as it is now. */
export async function eventFile(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  if (!isReading(request)) return wrongPage('method', { allow: 'GET, HEAD' });
  const found = await findEvent(ports, slug);
  if (found === undefined) return missingPage('event');
  const { record, organizer } = found;
  const body = writePublish({
    state: record.state,
    uid: `${record.id}@${ports.settings.mailDomain}`,
    organizer: { name: organizer.name, email: inviteAddress(organizer, ports.settings.mailDomain) },
    now: formatInstant(ports.clock.now()),
    pageUrl: pageUrl(ports.settings, record),
  });
  return {
    status: 200,
    headers: {
      ...safeHeaders(false),
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${record.slug}.ics"`,
    },
    body,
  };
}
