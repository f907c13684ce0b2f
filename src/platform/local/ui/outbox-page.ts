/** The outbox: its list, one mail in all its forms, and answers as a calendar would send them. */
import { describeEvent } from '../../../calendar/describe.ts';
import { formatInstant } from '../../../calendar/time.ts';
import type { EventRecord } from '../../../events/event.ts';
import { loadEvent } from '../../../events/store.ts';
import { contentPolicy, HTML_TYPE, safeHeaders } from '../../../pages/document.ts';
import { messagePage } from '../../../pages/messages.ts';
import { formOf, type PageAnswer, queryOf } from '../../../pages/page.ts';
import { ENGLISH } from '../../../pages/speech.ts';
import { texts } from '../../../texts/catalogue.ts';
import { MAIL_CLIENTS, type MailClient, replyMail, sendReply } from '../mailboxes.ts';
import type { OutboxMail } from '../outbox.ts';
import { dashboardPath, eventPath } from './event-links.ts';
import { localPage, watchScript } from './frame.ts';
import type { Local } from './local.ts';
import { mailParts } from './mail-parts.ts';
import { type MailView, mailBody } from './mail-view.ts';
import { type BeginView, outboxBody } from './outbox-view.ts';

const ANSWERS = ['yes', 'no', 'maybe'] as const;
const OCCURRENCE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z)?$/;
const NOTE_CHARS = 500;
const RAW_CHARS_SHOWN = 200_000;
const SAMPLE_IN_DAYS = 3;
const THURSDAY = 4;
const DAY_MS = 86_400_000;

export async function outboxPage(local: Local): Promise<PageAnswer> {
  const cursor = queryOf(local.request).get('cursor');
  const page = await local.outbox.list(cursor === null ? {} : { cursor });
  const body = outboxBody({
    mails: page.items,
    olderPath: page.cursor === undefined ? null : `/local/?cursor=${encodeURIComponent(page.cursor)}`,
    events: await eventsOf(local, page.items),
    begin: beginOf(local),
    watch: watchScript,
  });
  // An older page never has news.
  return localPage('outbox', { title: texts().local.outbox.title, body }, { watch: cursor === null });
}

/** What the list's script compares: the id of the newest mail. */
export async function newest(local: Local): Promise<PageAnswer> {
  const page = await local.outbox.list({ limit: 1 });
  return plain(page.items[0]?.id ?? '');
}

async function eventsOf(local: Local, mails: readonly OutboxMail[]) {
  const ids = new Set(mails.map(mail => mail.about.event ?? '').filter(id => id !== ''));
  const found = new Map<string, { title: string; path: string }>();
  for (const id of ids) {
    const record = await loadEvent(local.ports, id);
    if (record === undefined) continue;
    const facts = describeEvent(record.state, { now: formatInstant(local.ports.clock.now()) });
    found.set(id, { title: facts.title, path: eventPath(record) });
  }
  return found;
}

function beginOf(local: Local): BeginView {
  const { mailDomain } = local.ports.settings;
  return {
    mailbox: `create@${mailDomain}`,
    smtp: `127.0.0.1:${local.smtpPort}`,
    day: nextThursday(local.ports.clock.now() + SAMPLE_IN_DAYS * DAY_MS),
  };
}

function nextThursday(from: number): string {
  const weekday = new Date(from).getUTCDay();
  return formatInstant(from + ((THURSDAY - weekday + 7) % 7) * DAY_MS).slice(0, 10);
}

export async function mailPage(local: Local, id: string): Promise<PageAnswer> {
  return showMail(local, id, null, 200);
}

async function showMail(
  local: Local,
  id: string,
  said: MailView['said'],
  status: number,
): Promise<PageAnswer> {
  const found = await local.outbox.get(id);
  if (found === undefined) return missingMail();
  const { mail, raw } = found;
  const record = mail.about.event === undefined ? undefined : await loadEvent(local.ports, mail.about.event);
  const parts = mailParts(raw, local.ports.settings.limits);
  const body = mailBody({
    mail,
    parts,
    raw: new TextDecoder('latin1').decode(raw).slice(0, RAW_CHARS_SHOWN),
    eventPath: record === undefined ? null : eventPath(record),
    dashboardPath: record === undefined ? null : dashboardPath(local.ports, record),
    dates: datesOf(local, record),
    canAnswer: mail.about.kind === 'request' && parts.calendar !== null,
    said,
  });
  return localPage('outbox', { title: mail.subject, body, status });
}

/** The dates of a series that one can answer singly. */
function datesOf(local: Local, record: EventRecord | undefined): MailView['dates'] {
  if (record === undefined) return [];
  const facts = describeEvent(record.state, { now: formatInstant(local.ports.clock.now()) });
  return facts.recurrence === null ? [] : facts.next;
}

/** The mail's HTML, alone in a frame without scripts or forms; its links open in a window of their own. */
export async function mailHtml(local: Local, id: string): Promise<PageAnswer> {
  const found = await local.outbox.get(id);
  const markup = found === undefined ? null : mailParts(found.raw, local.ports.settings.limits).html;
  if (markup === null) return missingMail();
  return {
    status: 200,
    headers: {
      ...safeHeaders(true),
      'content-type': HTML_TYPE,
      'x-frame-options': 'SAMEORIGIN',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
    },
    body: ownWindow(markup),
  };
}

/** Links open beside the frame. No policy can stop a refresh by META, so there is none. */
function ownWindow(markup: string): string {
  const calm = markup.replace(/<meta\b[^>]*http-equiv[^>]*>/gi, '');
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(calm)
    ? calm.replace(/<head[^>]*>/i, head => `${head}${base}`)
    : `${base}${calm}`;
}

export async function mailRaw(local: Local, id: string): Promise<PageAnswer> {
  const found = await local.outbox.get(id);
  return found === undefined ? missingMail() : plain(new TextDecoder('latin1').decode(found.raw));
}

export async function answerMail(local: Local, id: string): Promise<PageAnswer> {
  const found = await local.outbox.get(id);
  if (found === undefined) return missingMail();
  const form = formOf(local.request) ?? new URLSearchParams();
  const words = texts().local.answer;
  const answer = ANSWERS.find(one => one === form.get('answer')) ?? 'yes';
  const client = MAIL_CLIENTS.find(one => one === form.get('client')) ?? 'google';
  const note = (form.get('note') ?? '').trim().slice(0, NOTE_CHARS);
  const given = { answer, client, note, occurrence: form.get('occurrence') ?? '' };
  const refusal = await sendAnswer(local, found.raw, given);
  const said =
    refusal === null
      ? { title: words.sentTitle, body: words.sent(words[answer], words.clients[client]), bad: false }
      : { title: words.refused, body: words.refusedBody(refusal), bad: true };
  return showMail(local, id, said, refusal === null ? 200 : 502);
}

/** Null when it was taken; else what the service said. */
async function sendAnswer(
  local: Local,
  invite: Uint8Array,
  given: {
    readonly answer: (typeof ANSWERS)[number];
    readonly client: MailClient;
    readonly note: string;
    readonly occurrence: string;
  },
): Promise<string | null> {
  const { answer, client, note, occurrence } = given;
  const mail = await replyMail(client, invite, {
    answer,
    now: formatInstant(local.ports.clock.now()),
    ...(note === '' ? {} : { note }),
    ...(OCCURRENCE.test(occurrence) ? { occurrence } : {}),
  });
  try {
    await sendReply(local.smtpPort, mail);
    return null;
  } catch (error) {
    if (error instanceof Error && 'responseCode' in error) return error.message;
    throw error;
  }
}

function missingMail(): PageAnswer {
  const words = texts().local.mail;
  return messagePage({
    speech: ENGLISH,
    status: 404,
    title: texts().pages.missing.title,
    paragraphs: [words.missing],
    link: { href: '/local/', label: words.back },
    secret: true,
  });
}

function plain(text: string): PageAnswer {
  return {
    status: 200,
    headers: {
      ...safeHeaders(true),
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': contentPolicy("'none'"),
    },
    body: text,
  };
}
