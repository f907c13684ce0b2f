/** The organizers' simulated mailbox: shows events, and mails by SMTP what the organizer's calendar would. */
import { describeEvent } from '../../../calendar/describe.ts';
import { SERIES } from '../../../calendar/state.ts';
import { formatInstant } from '../../../calendar/time.ts';
import { type EventRecord, statusAt } from '../../../events/event.ts';
import { listEvents, loadEvent } from '../../../events/store.ts';
import { parseAddress } from '../../../kernel/address.ts';
import { randomText } from '../../../kernel/ids.ts';
import type { Organizer } from '../../../organizers/organizer.ts';
import { organizerById } from '../../../organizers/store.ts';
import { messagePage } from '../../../pages/messages.ts';
import { formOf, type PageAnswer, queryOf } from '../../../pages/page.ts';
import { ENGLISH } from '../../../pages/speech.ts';
import { texts } from '../../../texts/catalogue.ts';
import { organizerMail } from '../organizer-client.ts';
import { sendMail } from '../smtp-client.ts';
import { dashboardPath, eventPath } from './event-links.ts';
import { localPage } from './frame.ts';
import type { Local } from './local.ts';
import { cancelText, type Sender, sampleText, updateText } from './organizer-mail.ts';
import { type EditView, editBody, type OrganizerEvent, organizerBody } from './organizer-view.ts';

const EVENTS_SHOWN = 50;
const TITLE_CHARS = 255;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}$/;

interface Known {
  readonly record: EventRecord;
  readonly organizer: Organizer;
}

export async function organizerPage(local: Local): Promise<PageAnswer> {
  const page = await listEvents(local.ports, null, { limit: EVENTS_SHOWN });
  const events: OrganizerEvent[] = [];
  for (const record of page.items) {
    const organizer = await organizerById(local.ports, record.organizer);
    if (organizer !== undefined) events.push(summary(local, { record, organizer }));
  }
  return localPage('organizer', { title: texts().local.organizer.title, body: organizerBody(events) });
}

export async function editPage(local: Local, id: string): Promise<PageAnswer> {
  const sent = queryOf(local.request).get('sent') === '1';
  return withEvent(local, id, async known => edit(local, known, { sent, problem: null, status: 200 }));
}

export async function sendSample(local: Local): Promise<PageAnswer> {
  const form = formOf(local.request) ?? new URLSearchParams();
  const words = texts().local.organizer;
  const title = (form.get('title') ?? '').trim().slice(0, TITLE_CHARS);
  const day = form.get('day') ?? '';
  const time = form.get('time') ?? '';
  const address = parseAddress(form.get('organizer') ?? '');
  if (!address.ok) return refused(words.badAddress);
  const problem = problemOf({ title, day, time }, false);
  if (problem !== null) return refused(problem);
  const sender = senderOf(local, { name: nameOf(address.address.typed), address: address.address.typed });
  const uid = `${randomText(local.ports.random, 26)}@organizer.example`;
  const calendar = sampleText(sender, { title, day, time, weekly: form.get('weekly') === '1', uid });
  return sendAs(local, sender, { calendar, method: 'REQUEST', subject: title, back: '/local/' });
}

export async function sendUpdate(local: Local, id: string): Promise<PageAnswer> {
  const form = formOf(local.request) ?? new URLSearchParams();
  return withEvent(local, id, async known => {
    const wanted = {
      title: (form.get('title') ?? '').trim().slice(0, TITLE_CHARS),
      place: (form.get('place') ?? '').trim(),
      day: form.get('day') ?? '',
      time: form.get('time') ?? '',
    };
    const problem = problemOf(wanted, isAllDay(known.record));
    if (problem !== null) return edit(local, known, { sent: false, problem, status: 400 });
    const sender = senderOf(local, known.organizer);
    const calendar = updateText(known.record.state, sender, wanted);
    if (calendar === null) return missingEvent();
    const back = `/local/organizer/${id}?sent=1`;
    return sendAs(local, sender, { calendar, method: 'REQUEST', subject: wanted.title, back });
  });
}

export async function sendCancel(local: Local, id: string): Promise<PageAnswer> {
  const form = formOf(local.request) ?? new URLSearchParams();
  return withEvent(local, id, async known => {
    const facts = factsOf(local, known.record);
    const chosen = facts.next.find(date => date.key === form.get('component'));
    const sender = senderOf(local, known.organizer);
    const calendar = cancelText(known.record.state, sender, chosen?.key ?? SERIES);
    const back = `/local/organizer/${id}?sent=1`;
    return sendAs(local, sender, { calendar, method: 'CANCEL', subject: facts.title, back });
  });
}

async function sendAs(
  local: Local,
  sender: Sender,
  mail: {
    readonly calendar: string;
    readonly method: string;
    readonly subject: string;
    readonly back: string;
  },
): Promise<PageAnswer> {
  const { calendar, method, subject } = mail;
  const raw = organizerMail({
    from: sender.address,
    to: sender.mailbox,
    subject,
    calendar,
    method,
    now: sender.now,
  });
  await sendMail({ port: local.smtpPort, from: sender.address, to: [sender.mailbox], raw });
  return { status: 303, headers: { location: mail.back, 'cache-control': 'no-store' }, body: '' };
}

async function withEvent(
  local: Local,
  id: string,
  show: (known: Known) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const record = await loadEvent(local.ports, id);
  const organizer = record === undefined ? undefined : await organizerById(local.ports, record.organizer);
  return record === undefined || organizer === undefined ? missingEvent() : show({ record, organizer });
}

function edit(
  local: Local,
  known: Known,
  said: { readonly sent: boolean; readonly problem: string | null; readonly status: number },
): PageAnswer {
  const facts = factsOf(local, known.record);
  const event = known.record.state.components[SERIES]?.event ?? null;
  const wall = event?.start?.local ?? '';
  const view: EditView = {
    event: summary(local, known),
    facts,
    values: {
      title: event?.summary ?? '',
      place: event?.location ?? '',
      day: wall.slice(0, 10),
      time: wall.slice(11, 16),
    },
    allDay: isAllDay(known.record),
    zone: event?.start?.tzid ?? facts.zone ?? 'UTC',
    canUpdate: event !== null && event.start !== null,
    ...said,
  };
  return localPage('organizer', { title: facts.title, body: editBody(view), status: said.status });
}

function summary(local: Local, { record, organizer }: Known): OrganizerEvent {
  const facts = factsOf(local, record);
  return {
    id: record.id,
    title: facts.title,
    when: facts.when,
    organizer: organizer.address,
    status: statusAt(record, local.ports.clock.now()),
    pagePath: eventPath(record),
    dashboardPath: dashboardPath(local.ports, record),
  };
}

function factsOf(local: Local, record: EventRecord) {
  return describeEvent(record.state, { now: formatInstant(local.ports.clock.now()) });
}

function isAllDay(record: EventRecord): boolean {
  return record.state.components[SERIES]?.event?.start?.kind === 'date';
}

function senderOf(local: Local, organizer: { readonly name: string; readonly address: string }): Sender {
  const { mailDomain, limits } = local.ports.settings;
  const { name, address } = organizer;
  return {
    name,
    address,
    mailbox: `create@${mailDomain}`,
    now: formatInstant(local.ports.clock.now()),
    limits,
  };
}

function problemOf(
  wanted: { readonly title: string; readonly day: string; readonly time: string },
  allDay: boolean,
): string | null {
  const words = texts().local.organizer;
  if (wanted.title === '') return words.badTitle;
  if (!DAY.test(wanted.day) || Number.isNaN(Date.parse(wanted.day))) return words.badDay;
  const timeFits =
    allDay || (TIME.test(wanted.time) && !Number.isNaN(Date.parse(`2026-01-01T${wanted.time}:00Z`)));
  return timeFits ? null : words.badTime;
}

/** `ada.example@…` to `Ada Example`. */
function nameOf(address: string): string {
  const words = address
    .slice(0, address.lastIndexOf('@'))
    .split(/[._+-]+/)
    .filter(word => word !== '');
  return words.map(word => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ');
}

function refused(problem: string): PageAnswer {
  const words = texts().local.organizer;
  return messagePage({
    speech: ENGLISH,
    status: 400,
    title: texts().pages.wrong.typeTitle,
    paragraphs: [problem],
    link: { href: '/local/', label: words.toOutbox },
    secret: true,
  });
}

function missingEvent(): PageAnswer {
  const words = texts().local.organizer;
  return messagePage({
    speech: ENGLISH,
    status: 404,
    title: texts().pages.missing.title,
    paragraphs: [words.missing],
    link: { href: '/local/organizer', label: words.back },
    secret: true,
  });
}
