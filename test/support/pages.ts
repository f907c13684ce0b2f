/** For tests of pages: an event that came in by mail, and a visitor who asks the page functions. */

import type { EventRecord } from '../../src/events/event.ts';
import { listEvents } from '../../src/events/store.ts';
import { acceptArrival } from '../../src/intake/journal.ts';
import type { Ports } from '../../src/kernel/ports.ts';
import { ALL_PAGES } from '../../src/pages/all-pages.ts';
import { answerPage } from '../../src/pages/answer-page.ts';
import { type PageRequest, wholeBody } from '../../src/pages/page.ts';
import { organizerMail } from '../../src/platform/local/organizer-client.ts';
import type { TestWorld } from './world.ts';

export interface Told {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export async function visit(ports: Ports, path: string, more: Partial<PageRequest> = {}): Promise<Told> {
  const request = { method: 'GET', path, headers: {}, body: '', network: '203.0.113.7', ...more };
  const answer = await answerPage(ports, request, ALL_PAGES);
  return { status: answer.status, headers: answer.headers, body: await wholeBody(answer) };
}

export function submit(
  ports: Ports,
  path: string,
  fields: { readonly [name: string]: string },
  more: Partial<PageRequest> = {},
): Promise<Told> {
  const body = new URLSearchParams(fields).toString();
  return visit(ports, path, { method: 'POST', headers: FORM, body, ...more });
}

export interface EventLines {
  readonly uid?: string;
  readonly method?: string;
  readonly sequence?: number;
  readonly start?: string;
  readonly end?: string;
  /** Content lines, ready: `SUMMARY:Picnic`. */
  readonly lines?: readonly string[];
  readonly from?: string;
  readonly name?: string;
}

/** By loopback, as the organizer's calendar would send it. Answers the event as it then stands. */
export async function mailEvent(world: TestWorld, event: EventLines = {}): Promise<EventRecord> {
  await mailCalendar(world, event);
  const page = await listEvents(world, null, { limit: 1 });
  const [record] = page.items;
  if (record === undefined) throw new Error('the mail made no event');
  return record;
}

export async function mailCalendar(world: TestWorld, event: EventLines): Promise<void> {
  const from = event.from ?? 'ada@example.com';
  const method = event.method ?? 'REQUEST';
  const now = new Date(world.clock.now()).toISOString();
  const calendar = calendarText({ ...event, from, method, now });
  const raw = organizerMail({ from, to: 'create@sis.localhost', subject: 'Event', calendar, method, now });
  await acceptArrival(world, {
    raw,
    mailFrom: from,
    recipients: ['create@sis.localhost'],
    remote: { ip: '127.0.0.1', helo: 'localhost', loopback: true },
  });
  await world.runJobs();
}

function calendarText(
  event: EventLines & { readonly from: string; readonly method: string; readonly now: string },
): string {
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Test//Calendar//EN',
    'VERSION:2.0',
    `METHOD:${event.method}`,
    'BEGIN:VEVENT',
    `UID:${event.uid ?? 'picnic@example.com'}`,
    `SEQUENCE:${event.sequence ?? 0}`,
    `DTSTAMP:${event.now.replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART${event.start ?? ':20260305T170000Z'}`,
    `DTEND${event.end ?? ':20260305T183000Z'}`,
    `ORGANIZER;CN="${event.name ?? 'Ada Example'}":mailto:${event.from}`,
    'ATTENDEE:mailto:create@sis.localhost',
    ...(event.lines ?? ['SUMMARY:Spring picnic', 'LOCATION:Town park']),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
