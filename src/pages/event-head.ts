/** What an event's page tells machines: its one address, a preview for links in chats, and schema.org/Event as a data block that no browser runs. */
import { createHash } from 'node:crypto';
import type { Moment } from '../calendar/event.ts';
import { texts } from '../texts/catalogue.ts';
import { type EventView, placeOf } from './event-view.ts';
import { type Html, html, trusted } from './html.ts';

const DAY_MS = 86_400_000;

export function eventHead(view: EventView): Html {
  const { facts, url, host } = view;
  const place = placeOf(facts);
  const summary = [facts.when, place].filter(part => part !== null).join(' · ');
  return html`<link rel="canonical" href="${url}">
${isHidden(view) ? html`<meta name="robots" content="noindex">` : null}
<meta name="description" content="${summary}">
<meta property="og:type" content="website">
<meta property="og:title" content="${facts.title}">
<meta property="og:description" content="${summary}">
<meta property="og:url" content="${url}">
<meta property="og:site_name" content="${texts(view.language).pages.event.hostedBy(host)}">
${picture(view)}
<script type="application/ld+json">${trusted(dataBlock(eventData(view, place)))}</script>`;
}

/** A private page has none: its link alone opens it. The query tells networks that keep pictures for long that it is another one. */
function picture({ page, slug, url, facts, host, status }: EventView): Html {
  if (page.visibility === 'private') return html`<meta name="twitter:card" content="summary">`;
  const shown = createHash('sha256').update(JSON.stringify([facts.title, facts.when, host, status]));
  const path = `/e/${slug}/share.png?v=${shown.digest('hex').slice(0, 8)}`;
  return html`<meta property="og:image" content="${new URL(path, url).href}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${facts.title}, ${facts.when}">
<meta name="twitter:card" content="summary_large_image">`;
}

/** Unlisted and private pages are for those who were given the link. */
function isHidden({ page }: EventView): boolean {
  return page.noIndex || page.visibility !== 'public';
}

function eventData(view: EventView, place: string | null): object {
  const { facts, url, host } = view;
  const next = facts.next[0];
  const start = next?.start ?? facts.start;
  const end = next?.end ?? facts.end;
  const online = { '@type': 'VirtualLocation', url };
  const there = { '@type': 'Place', name: place, address: place };
  const isOnline = facts.joinUrl !== null;
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: facts.title,
    startDate: momentText(start, 0),
    ...(end === null ? {} : { endDate: momentText(end, DAY_MS) }),
    eventStatus: `https://schema.org/${statusOf(view)}`,
    eventAttendanceMode: `https://schema.org/${attendance(isOnline, place)}`,
    location: isOnline ? (place === null ? online : [there, online]) : there,
    organizer: { '@type': 'Organization', name: host },
    url,
  };
}

function statusOf({ status, moved }: EventView): string {
  if (status === 'cancelled') return 'EventCancelled';
  return moved ? 'EventRescheduled' : 'EventScheduled';
}

function attendance(isOnline: boolean, place: string | null): string {
  if (!isOnline) return 'OfflineEventAttendanceMode';
  return place === null ? 'OnlineEventAttendanceMode' : 'MixedEventAttendanceMode';
}

/** An all-day event's end is the day after its last one; schema.org means the last one. */
function momentText({ kind, utc, local }: Moment, dateBack: number): string {
  if (kind !== 'date') return utc ?? local;
  return new Date(Date.parse(`${local}T00:00:00Z`) - dateBack).toISOString().slice(0, 10);
}

/** What turns the direction of writing around to deceive (T21). */
const TURNING = /[\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** JSON in which nothing can end the block or begin a tag. */
function dataBlock(value: object): string {
  return JSON.stringify(value)
    .replace(TURNING, '')
    .replace(
      /[<>&\u2028\u2029]/g,
      character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
