/** `/o/<slug>.ics`: what comes, as a feed a calendar subscribes to (METHOD:PUBLISH), out of the texts of our own writer. */
import { fileOf, textValue } from '../calendar/content-text.ts';
import { formatInstant } from '../calendar/time.ts';
import { writePublish } from '../calendar/write.ts';
import { pageUrl } from '../events/event.ts';
import { publicState } from '../events/page-options.ts';
import type { Ports } from '../kernel/ports.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { texts } from '../texts/catalogue.ts';
import { safeHeaders } from './document.ts';
import { findUpcoming, type Upcoming } from './found-upcoming.ts';
import { missingPage, wrongPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest } from './page.ts';
import { speechOf } from './speech.ts';

const COMPONENT = /BEGIN:(VTIMEZONE|VEVENT)\r\n[\s\S]*?END:\1\r\n/g;

export async function upcomingFeed(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  if (!isReading(request)) return wrongPage(speechOf(request), 'method', { allow: 'GET, HEAD' });
  const found = await findUpcoming(ports, request, slug);
  if (found === undefined) return missingPage(speechOf(request), 'page');
  return {
    status: 200,
    headers: {
      ...safeHeaders(false),
      'content-type': 'text/calendar; charset=utf-8',
      vary: 'accept-language',
    },
    body: feedOf(ports, found),
  };
}

function feedOf(ports: Pick<Ports, 'clock' | 'settings'>, found: Upcoming): string {
  const now = formatInstant(ports.clock.now());
  const { mailDomain } = ports.settings;
  const zones = new Set<string>();
  const events: string[] = [];
  for (const { record, organizer } of found.events.slice(0, ports.settings.limits.UPCOMING_FEED)) {
    const one = writePublish({
      state: publicState(record.state, record.page),
      uid: `${record.id}@${mailDomain}`,
      organizer: { name: organizer.name, email: inviteAddress(organizer, mailDomain) },
      now,
      pageUrl: pageUrl(ports.settings, record),
      language: found.speech.language,
    });
    for (const [component, kind] of one.matchAll(COMPONENT)) {
      if (kind === 'VEVENT') events.push(component);
      // Zones of one name are the same text, unless their years differ: then the fuller one counts for both.
      else zones.add(component);
    }
  }
  const head = fileOf([
    'BEGIN:VCALENDAR',
    'PRODID:-//Simple Invite Service//Feed//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${textValue(texts(found.speech.language).upcoming.title(found.name))}`,
    `X-WR-CALNAME:${textValue(texts(found.speech.language).upcoming.title(found.name))}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
  ]);
  return `${head}${oneOfEachZone(zones).join('')}${events.join('')}END:VCALENDAR\r\n`;
}

function oneOfEachZone(texts: ReadonlySet<string>): readonly string[] {
  const byName = new Map<string, string>();
  for (const text of texts) {
    const name = /\r\nTZID:([^\r]*)/.exec(text)?.[1] ?? '';
    if (text.length > (byName.get(name)?.length ?? 0)) byName.set(name, text);
  }
  return [...byName.values()];
}
