/** `/d/<token>`: one event for its organizer, to read; and its people as a CSV file. Nothing here acts. */
import { describeEvent } from '../calendar/describe.ts';
import { SERIES } from '../calendar/state.ts';
import { formatInstant, isZone, wallClock } from '../calendar/time.ts';
import { type EventRecord, pageUrl, statusAt } from '../events/event.ts';
import { openDashboardLink } from '../events/links.ts';
import { loadEvent } from '../events/store.ts';
import type { InviteWithSends } from '../invites/invite.ts';
import { effectiveAnswer, listInvites, stateOf } from '../invites/store.ts';
import { tally } from '../invites/tally.ts';
import type { Ports } from '../kernel/ports.ts';
import { organizerById } from '../organizers/store.ts';
import { detailedReport } from '../reports/detailed.ts';
import { texts } from '../texts/catalogue.ts';
import { dashboardBody, type Person } from './dashboard-view.ts';
import { framed, safeHeaders } from './document.ts';
import { expiredPage, missingPage, wrongPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest, queryOf } from './page.ts';
import { inSpeech, speechFor, speechOf } from './speech.ts';

type Opened = { readonly record: EventRecord } | { readonly page: PageAnswer };

export async function dashboardPage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const opened = await openEvent(ports, request, token);
  if ('page' in opened) return opened.page;
  const { record } = opened;
  const now = ports.clock.now();
  const speech = await speechFor(ports, request, record);
  const { language } = speech;
  const organizer = await organizerById(ports, record.organizer);
  const facts = describeEvent(record.state, {
    now: formatInstant(now),
    zone: organizer?.zone ?? null,
    language,
  });
  const zone = zoneFor(facts.zone, organizer?.zone ?? null);
  const cursor = queryOf(request).get('cursor') ?? undefined;
  const people = await listInvites(ports, record.id, { cursor, limit: ports.settings.limits.PAGE_SIZE });
  const { asOf, ...counts } = await tally(ports, record);
  const next = people.cursor === undefined ? null : `/d/${token}?cursor=${encodeURIComponent(people.cursor)}`;
  const body = dashboardBody({
    language,
    facts,
    status: statusAt(record, now),
    pageUrl: pageUrl(ports.settings, record),
    fullPath: `/events/${record.id}`,
    counts,
    asOf: wallClock(asOf, zone),
    zone,
    people: people.items.map(one => personOf(record, one, zone)),
    csvPath: `/d/${token}/people.csv`,
    nextPath: next === null ? null : inSpeech(speech, next),
  });
  return framed({
    speech,
    title: texts(language).pages.dashboard.title(facts.title),
    body,
    width: 'wide',
    secret: true,
  });
}

/** The same file as the API's detailed report. */
export async function peopleFile(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const opened = await openEvent(ports, request, token);
  if ('page' in opened) return opened.page;
  const { record } = opened;
  return {
    status: 200,
    headers: {
      ...safeHeaders(true),
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${record.slug}.csv"`,
    },
    body: detailedReport(ports, record),
  };
}

async function openEvent(ports: Ports, request: PageRequest, token: string): Promise<Opened> {
  if (!isReading(request)) return { page: wrongPage(speechOf(request), 'method', { allow: 'GET, HEAD' }) };
  const link = openDashboardLink(ports, token);
  const speech = speechOf(request);
  if (!link.ok)
    return { page: link.reason === 'expired' ? expiredPage(speech) : missingPage(speech, 'link') };
  const record = await loadEvent(ports, link.event);
  return record === undefined ? { page: missingPage(speech, 'link') } : { record };
}

/** The event's own zone where it has one that says something, else its organizer's. */
function zoneFor(event: string | null, organizer: string | null): string {
  const own = event === null || event === 'Etc/UTC' ? organizer : event;
  return own !== null && isZone(own) ? own : 'Etc/UTC';
}

function personOf(record: EventRecord, { invite, sends }: InviteWithSends, zone: string): Person {
  const { answer, recorded } = effectiveAnswer(invite, record.state, SERIES);
  const answered = answer === 'none' ? null : recorded;
  const at = answered?.at ?? invite.createdAt;
  return {
    email: invite.email,
    state: stateOf(invite, sends),
    answer,
    door: invite.doors[0] ?? 'page',
    origin: answered?.origin ?? null,
    at,
    when: wallClock(at, zone),
  };
}
