/** Events and invites as values, for tests of the plan: built by hand, so that nothing but the plan is tried. */
import type { CalendarEvent, Moment } from '../../src/calendar/event.ts';
import { type ComponentKey, type ComponentState, type EventState, SERIES } from '../../src/calendar/state.ts';
import type { EventRecord } from '../../src/events/event.ts';
import type { Invite, Send } from '../../src/invites/invite.ts';

export const BEFORE = Date.parse('2026-03-01T09:00:00Z');

export function moment(utc: string): Moment {
  return { kind: 'utc', value: utc, local: utc.slice(0, 19), tzid: null, zone: 'Etc/UTC', utc, from: 'utc' };
}

export function content(overrides: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    uid: 'organizers-own-uid',
    recurrenceId: null,
    sequence: 0,
    apptSequence: null,
    dtstamp: '2026-02-01T09:00:00Z',
    created: null,
    lastModified: null,
    start: moment('2026-04-07T15:00:00Z'),
    end: { ...moment('2026-04-07T16:00:00Z'), source: 'DTEND' },
    summary: 'Spring webinar',
    location: null,
    description: null,
    html: null,
    joinUrl: null,
    url: null,
    geo: null,
    categories: [],
    priority: null,
    status: null,
    transp: null,
    class: null,
    organizer: null,
    attendees: [],
    rrule: null,
    rrules: [],
    exdates: [],
    rdates: [],
    relatedTo: [],
    replyTime: null,
    originalStart: null,
    comments: [],
    responseRequested: true,
    busyStatus: null,
    line: 1,
    hash: 'h',
    ...overrides,
  };
}

export interface Told {
  readonly revision: number;
  readonly kind?: 'request' | 'cancel';
  readonly significant?: number;
  readonly sequence?: number;
}

export function component(told: Told): ComponentState {
  const dtstamp = new Date(Date.parse('2026-02-01T09:00:00Z') + told.revision * 60_000).toISOString();
  const stamp = `${dtstamp.slice(0, 19)}Z`;
  const kind = told.kind ?? 'request';
  return {
    kind,
    event: content(),
    stamp: { sequence: 0, dtstamp: stamp, method: kind, lastModified: null, hash: 'h' },
    revision: told.revision,
    significantRevision: told.significant ?? told.revision,
    outSequence: told.sequence ?? 0,
    outDtstamp: stamp,
    arrival: 'arr_1',
  };
}

export function eventWith(
  components: { readonly [key: ComponentKey]: Told },
  status: EventRecord['status'] = 'live',
): Pick<EventRecord, 'status' | 'state'> {
  const built = Object.fromEntries(Object.entries(components).map(([key, told]) => [key, component(told)]));
  const state: EventState = {
    uid: 'organizers-own-uid',
    organizer: {
      email: 'jane@example.com',
      value: 'mailto:jane@example.com',
      name: 'Jane',
      sentBy: null,
      mailto: true,
    },
    revision: Math.max(...Object.values(components).map(({ revision }) => revision)),
    components: built,
    customZones: {},
    ambiguousOrder: false,
  };
  return { status, state };
}

export function inviteWith(overrides: Partial<Invite> = {}): Invite {
  return {
    id: 'inv_1',
    event: 'evt_1',
    workspace: 'ws_1',
    email: 'Sam@example.org',
    address: 'sam@example.org',
    name: 'Sam Poe',
    token: 'a'.repeat(26),
    generation: 1,
    doors: ['page'],
    createdAt: '2026-03-01T08:00:00.000Z',
    standing: 'open',
    reason: null,
    personal: 0,
    stopped: null,
    askedAt: '2026-03-01T08:00:00.000Z',
    answers: {},
    staleAnswers: {},
    delegatedTo: [],
    proposals: [],
    aliases: [],
    version: 1,
    ...overrides,
  };
}

let stamps = 0;

/** Later ones carry later stamps. */
export function sendWith(overrides: Partial<Send> = {}): Send {
  stamps += 1;
  return {
    id: `send_${stamps}`,
    kind: 'request',
    component: SERIES,
    revision: 1,
    personal: 0,
    generation: 1,
    state: 'SENT',
    reason: null,
    attempt: 1,
    sequence: 0,
    dtstamp: new Date(Date.parse('2026-02-10T09:00:00Z') + stamps * 1000).toISOString().replace('.000', ''),
    partstat: 'NEEDS-ACTION',
    composedAt: BEFORE,
    until: null,
    notBefore: null,
    maybeDuplicate: false,
    messageId: '<one@mailer.test>',
    sentAt: '2026-03-01T08:00:00.000Z',
    feedback: null,
    ...overrides,
  };
}
