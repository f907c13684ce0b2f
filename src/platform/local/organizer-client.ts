/**
 * An organizer's calendar client, as far as the demo and the simulated mailboxes need one: takes the calendar text of an invite
 * that was sent and writes what his client would send next. Works on lines, so that everything else stays as that client wrote it.
 */
import { createHash } from 'node:crypto';

const PROPERTIES_SHIFTED = new Set(['DTSTART', 'DTEND', 'EXDATE', 'RDATE']);
const WEEK_DAYS = 7;

export interface NextStep {
  /** When the client writes it (RFC 3339). */
  readonly now: string;
}

/** The event moved: an hour later, an all-day event a week later. Overrides are left out, as after any move of a series. */
export function movedText(text: string, { now }: NextStep): string {
  const calendar = split(text);
  const lines = mainEvent(calendar).flatMap(line => {
    const name = nameOf(line);
    if (
      name === 'SEQUENCE' ||
      name === 'DTSTAMP' ||
      name === 'LAST-MODIFIED' ||
      name === 'X-MICROSOFT-CDO-APPT-SEQUENCE'
    )
      return [];
    if (name === 'METHOD') return [];
    return [PROPERTIES_SHIFTED.has(name) ? shifted(line) : line];
  });
  return joined([
    ...head(calendar, 'REQUEST'),
    'BEGIN:VEVENT',
    `SEQUENCE:${sequenceOf(calendar) + 1}`,
    `DTSTAMP:${basic(now)}`,
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

/** The event called off, or one occurrence of it (its start as an instant, or a date). */
export function cancelledText(
  text: string,
  { now, occurrence }: NextStep & { readonly occurrence: string | null },
): string {
  const calendar = split(text);
  const kept = mainEvent(calendar).filter(line =>
    ['UID', 'ORGANIZER', 'SUMMARY', 'DTSTART', 'DTEND', 'ATTENDEE'].includes(nameOf(line)),
  );
  return joined([
    ...head(calendar, 'CANCEL'),
    'BEGIN:VEVENT',
    `SEQUENCE:${sequenceOf(calendar) + 1}`,
    `DTSTAMP:${basic(now)}`,
    'STATUS:CANCELLED',
    ...(occurrence === null
      ? kept
      : [recurrenceId(occurrence), ...kept.filter(line => !/^DT(START|END)/i.test(line))]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

/** A mail as a calendar client sends it. */
export function organizerMail(mail: {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly calendar: string;
  readonly method: string;
  readonly now: string;
}): Uint8Array {
  const id = createHash('sha256').update(mail.calendar).update(mail.now).digest('hex').slice(0, 24);
  const body = Buffer.from(mail.calendar).toString('base64').replace(/.{76}/g, '$&\r\n');
  const subject = `=?UTF-8?B?${Buffer.from(mail.subject.slice(0, 40)).toString('base64')}?=`;
  return Buffer.from(
    [
      `From: <${mail.from}>`,
      `To: <${mail.to}>`,
      `Subject: ${subject}`,
      `Date: ${new Date(mail.now).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${id}@organizer.example>`,
      'MIME-Version: 1.0',
      `Content-Type: text/calendar; charset="UTF-8"; method=${mail.method}`,
      'Content-Transfer-Encoding: base64',
      '',
      body,
      '',
    ].join('\r\n'),
  );
}

export function decodedText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function split(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .filter(line => line.trim() !== '');
}

function joined(lines: readonly string[]): string {
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function folded(line: string): string {
  return (line.match(/.{1,60}/gsu) ?? ['']).join('\r\n ');
}

function nameOf(line: string): string {
  return (/^[A-Za-z0-9_-]+/.exec(line)?.[0] ?? '').toUpperCase();
}

/** What stands above the events: calendar properties and zones. */
function head(lines: readonly string[], method: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let inZone = false;
  for (const line of lines) {
    const begins = /^BEGIN:(.*)$/i.exec(line)?.[1]?.toUpperCase();
    const ends = /^END:(.*)$/i.exec(line)?.[1]?.toUpperCase();
    if (begins !== undefined) depth += 1;
    if (begins === 'VTIMEZONE') inZone = true;
    const atTop = depth === 1 && begins !== 'VEVENT' && ends === undefined && nameOf(line) !== 'METHOD';
    if (inZone || atTop) found.push(line);
    if (ends === 'VTIMEZONE') inZone = false;
    if (ends !== undefined) depth -= 1;
  }
  return [...found, `METHOD:${method}`];
}

/** The lines inside the series' VEVENT (else the first one), without alarms. */
function mainEvent(lines: readonly string[]): string[] {
  const events: string[][] = [];
  let current: string[] | undefined;
  let inner = 0;
  for (const line of lines) {
    if (/^BEGIN:VEVENT$/i.test(line.trim())) current = [];
    else if (/^END:VEVENT$/i.test(line.trim()) && current !== undefined) {
      events.push(current);
      current = undefined;
    } else if (current !== undefined) {
      if (/^BEGIN:/i.test(line)) inner += 1;
      if (inner === 0) current.push(line);
      if (/^END:/i.test(line)) inner -= 1;
    }
  }
  return events.find(event => !event.some(line => nameOf(line) === 'RECURRENCE-ID')) ?? events[0] ?? [];
}

function sequenceOf(lines: readonly string[]): number {
  const numbers = lines
    .filter(line => /^(?:SEQUENCE|X-MICROSOFT-CDO-APPT-SEQUENCE)[:;]/i.test(line))
    .map(line => Number(line.slice(line.indexOf(':') + 1)))
    .filter(Number.isSafeInteger);
  return Math.max(0, ...numbers);
}

function shifted(line: string): string {
  const at = line.lastIndexOf(':');
  const values = line
    .slice(at + 1)
    .split(',')
    .map(value => value.split('/').map(shiftedValue).join('/'));
  return `${line.slice(0, at + 1)}${values.join(',')}`;
}

function shiftedValue(value: string): string {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value.trim());
  if (match === null) return value;
  const [, year, month, day, hour, minute, second, utc] = match;
  if (hour === undefined) {
    return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + WEEK_DAYS))
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '');
  }
  const moment = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour) + 1,
    Number(minute),
    Number(second),
  );
  return `${basic(new Date(moment).toISOString()).slice(0, 15)}${utc}`;
}

function recurrenceId(occurrence: string): string {
  return occurrence.length === 10
    ? `RECURRENCE-ID;VALUE=DATE:${occurrence.replaceAll('-', '')}`
    : `RECURRENCE-ID:${occurrence.replace(/[-:]/g, '')}`;
}

/** `2026-03-03T15:00:00.000Z` to `20260303T150000Z`. */
function basic(instant: string): string {
  return `${instant.replace(/[-:]/g, '').slice(0, 15)}Z`;
}
