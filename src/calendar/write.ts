/**
 * The calendar objects we send (RFC 5546, imip 5.2 to 6.4): a fixed list of properties in a fixed order, written anew from the event's
 * facts. Nothing of the organizer's file is copied, so nothing of it can leak or break a guest's calendar program.
 */
import { DEFAULT_LIMITS, type Limits } from '../kernel/limits.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { fileOf } from './content-text.ts';
import type { CalendarEvent } from './event.ts';
import { frameOf } from './frame.ts';
import { outlookWarning } from './outlook.ts';
import type { Series } from './series.ts';
import { type ComponentKey, type EventState, SERIES } from './state.ts';
import { parseInstant } from './time.ts';
import { type ZonePlan, zonePlan } from './vtimezone.ts';
import type { Detail } from './write-details.ts';
import { type Filled, type Form, filled, formOf } from './write-form.ts';
import { datePart, endsAfter, lastContent, liveParts, masterOf } from './write-parts.ts';
import {
  cancelLines,
  type Guest,
  type Mailbox,
  objectLines,
  type Part,
  requestLines,
  type Sheet,
} from './write-sheet.ts';

export { writeDeclineCounter, writeOrganizerReply } from './write-answers.ts';
export { type Guest, type Mailbox, PROD_ID } from './write-sheet.ts';

export interface InviteInput {
  readonly state: EventState;
  /** The series with its changed dates to come, or one date alone. */
  readonly component: ComponentKey;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly uid: string;
  readonly organizer: Mailbox;
  readonly attendee: Guest;
  readonly sequence: number;
  readonly dtstamp: string;
  readonly now: string;
  readonly pageUrl: string | null;
  readonly limits: Limits;
  /** Of what is added to the organizer's own words; English by default. */
  readonly language?: Language;
}

export interface Written {
  /** With CRLF. */
  readonly ics: string;
  /** For the organizer, never for a guest. */
  readonly warnings: string[];
}

/** One person's share of an invite. */
export type InvitePerson = Pick<InviteInput, 'uid' | 'attendee' | 'sequence' | 'dtstamp'>;

export function writeInvite(input: InviteInput): Written {
  const draft = draftOf(input);
  const { ics, warnings } = fitted(draft);
  if (input.method === 'CANCEL') return { ics, warnings: [] };
  const told = [
    draft.main === null ? null : outlookWarning(draft.main),
    draft.sheet.plan.warning,
    ...warnings,
  ];
  return { ics, warnings: told.filter(warning => warning !== null) };
}

const NOBODY: InvitePerson = {
  uid: 'nobody',
  attendee: { name: null, email: 'nobody@example.com', partstat: 'NEEDS-ACTION' },
  sequence: 0,
  dtstamp: '1970-01-01T00:00:00Z',
};

/** The same text as `writeInvite`'s for any number of people, with the work that is the same for all done once. */
export function inviteForm(input: Omit<InviteInput, keyof InvitePerson>): (person: InvitePerson) => Filled {
  const draft = draftOf({ ...input, ...NOBODY });
  const forms: Form[] = [];
  return person => {
    let object: Filled = { start: '', rest: '' };
    for (let level = 0; level < draft.levels; level += 1) {
      const form = forms[level] ?? formOf(draft.lines(level));
      forms[level] = form;
      object = filled(form, person);
      if (Buffer.byteLength(object.start) + Buffer.byteLength(object.rest) <= draft.most) break;
    }
    return object;
  };
}

export interface PublishInput {
  readonly state: EventState;
  readonly uid: string;
  readonly organizer: Mailbox;
  readonly now: string;
  readonly pageUrl: string | null;
  readonly language?: Language;
}

/** The plain file for anybody: the whole series with every changed date, nobody's ATTENDEE, the event's own SEQUENCE and DTSTAMP. */
export function writePublish(input: PublishInput): string {
  const { state, uid, organizer, now, pageUrl, language = 'en' } = input;
  const series = masterOf(state);
  const live = liveParts(state, series);
  const { key, event, component } = lastContent(state, SERIES, series);
  const parts = live.length > 0 || event === null ? live : [{ key, event, component }];
  const plan = planOf(series?.event ?? parts[0]?.event ?? null, state, now);
  const sheet: Sheet = {
    state,
    series,
    plan,
    uid,
    personal: null,
    organizer,
    pageUrl,
    limits: DEFAULT_LIMITS,
    language,
  };
  return fitted(liveDraft('PUBLISH', sheet, parts)).ics;
}

function requestedParts({ state, component, now }: InviteInput, series: Series | null): Part[] {
  if (component !== SERIES) return [datePart(state, component, series)].filter(part => part !== null);
  const at = parseInstant(now);
  return liveParts(state, series).filter(({ key, event }) => key === SERIES || endsAfter(event, at));
}

function planOf(event: CalendarEvent | null, state: EventState, now: string): ZonePlan {
  if (event !== null) return zonePlan(event, state.customZones, now);
  return { form: 'utc', frame: frameOf(null, {}), tzid: null, lines: [], zoneRisk: false, warning: null };
}

/** The calendar object travels twice in its mail, as base64, beside the words for people. */
const SHARE_OF_MAIL = 3.5;

/** An object about to be written: from everything that is known (level 0) down to what fits a mail. */
interface Draft {
  readonly main: CalendarEvent | null;
  readonly sheet: Sheet;
  readonly parts: readonly Part[];
  readonly levels: number;
  /** Octets. */
  readonly most: number;
  lines(level: number): string[];
}

function draftOf(input: InviteInput): Draft {
  const { state, component, now, uid, organizer, pageUrl, limits, sequence, dtstamp, attendee } = input;
  const { language = 'en' } = input;
  const series = masterOf(state);
  const cancelled = lastContent(state, component, series);
  const parts = input.method === 'CANCEL' ? [] : requestedParts(input, series);
  const main = series?.event ?? parts[0]?.event ?? cancelled.event;
  const personal = { sequence, dtstamp, attendee };
  const plan = planOf(main, state, now);
  const sheet: Sheet = { state, series, plan, uid, personal, organizer, pageUrl, limits, language };
  if (input.method === 'REQUEST') return { ...liveDraft('REQUEST', sheet, parts), main };
  const lines = () => objectLines('CANCEL', plan, cancelLines(cancelled, sheet));
  return { main, sheet, parts, levels: 1, most: Number.POSITIVE_INFINITY, lines };
}

function liveDraft(method: string, sheet: Sheet, parts: readonly Part[]): Draft {
  const full = sheet.limits.DESCRIPTION_CHARS_OUT;
  const levels: readonly { readonly master: Detail; readonly dates: Detail }[] = [
    { master: { html: true, characters: full }, dates: { html: true, characters: full } },
    { master: { html: true, characters: full }, dates: { html: false, characters: full } },
    { master: { html: false, characters: full }, dates: { html: false, characters: 500 } },
    { master: { html: false, characters: 2_000 }, dates: { html: false, characters: 120 } },
  ];
  return {
    main: null,
    sheet,
    parts,
    levels: levels.length,
    most: sheet.limits.OUTBOUND_BYTES / SHARE_OF_MAIL,
    lines: level => {
      const detail = levels[level] ?? levels[0];
      if (detail === undefined) return [];
      const { master, dates } = detail;
      const lines = parts.flatMap(part => requestLines(part, sheet, part === parts[0] ? master : dates));
      return objectLines(method, sheet.plan, lines);
    },
  };
}

function fitted({ sheet, parts, levels, most, lines }: Draft): Written {
  const full = sheet.limits.DESCRIPTION_CHARS_OUT;
  const shortened = texts().calendar.warning.shortened;
  let ics = '';
  for (let level = 0; level < levels; level += 1) {
    ics = fileOf(lines(level));
    if (Buffer.byteLength(ics) > most) continue;
    return { ics, warnings: level > 0 || parts.some(part => isLonger(part, full)) ? [shortened] : [] };
  }
  return { ics, warnings: [shortened] };
}

function isLonger({ event }: Part, characters: number): boolean {
  return [...(event.description ?? '')].length > characters;
}
