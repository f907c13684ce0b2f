/** The one calendar object of a mail, or why there is none to work on (imip.md 3.1): different events in one mail are refused, not guessed. */
import type { CalendarObject, Refusal } from '../calendar/event.ts';
import { readCalendar } from '../calendar/read.ts';
import { refusal } from '../calendar/refusal.ts';
import { uidKey } from '../calendar/uid.ts';
import type { CalendarPart } from '../mail/calendar-part.ts';
import type { InboundMail } from '../mail/inbound.ts';

/** A mail with more calendar parts than that is no invitation of any program. */
const PARTS_READ = 5;

export type Invitation =
  | { readonly ok: true; readonly calendar: CalendarObject }
  | { readonly ok: false; readonly code: string; readonly refusal: Refusal | null };

export function readInvitation(mail: InboundMail): Invitation {
  if (mail.problem !== null) return { ok: false, code: mail.problem.code, refusal: null };
  if (mail.calendars.length === 0) return { ok: false, code: withoutCalendar(mail), refusal: null };
  const readings = distinct(mail.calendars.slice(0, PARTS_READ)).map(({ bytes, charset, method }) =>
    readCalendar(bytes, { charset, method }),
  );
  const read = readings.flatMap(reading => (reading.ok ? [reading] : []));
  const best = read[0];
  if (best === undefined) {
    const first = readings[0];
    const why = first?.ok === false ? first.refusal : null;
    return { ok: false, code: why?.code ?? 'no_calendar', refusal: why };
  }
  const uids = new Set(
    read.flatMap(({ calendars }) => calendars.flatMap(({ events }) => events.map(({ uid }) => uidKey(uid)))),
  );
  if (uids.size > 1) {
    // Within one calendar a line is to blame; between two parts of the mail none is.
    const { events } = best.calendar;
    const other = events.find(({ uid }) => uidKey(uid) !== uidKey(events[0]?.uid ?? ''));
    return { ok: false, code: 'two_events', refusal: refusal('two_events', other?.line) };
  }
  if (best.calendars.length > 1)
    return { ok: false, code: 'two_calendars', refusal: refusal('two_calendars', best.calendars[1]?.line) };
  return { ok: true, calendar: best.calendar };
}

/** Most programs send the same file twice, as a part of the text and as an attachment. */
function distinct(parts: readonly CalendarPart[]): readonly CalendarPart[] {
  return parts.filter(
    (part, at) =>
      !parts
        .slice(0, at)
        .some(({ bytes, charset }) => charset === part.charset && Buffer.compare(bytes, part.bytes) === 0),
  );
}

function withoutCalendar(mail: InboundMail): string {
  if (mail.nestedCalendar) return 'forwarded';
  return mail.tnef ? 'tnef' : 'no_calendar';
}
