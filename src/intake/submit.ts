/**
 * One calendar mail whose sender is settled becomes a change of the registry, and what follows from it: the answer to the organizer's
 * calendar, the live mail, the audit. Runs at arrival and again when a waiting mail is confirmed; every mail has a key of its own.
 */
import { describeEvent } from '../calendar/describe.ts';
import type { CalendarObject } from '../calendar/event.ts';
import { type EventChange, SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import type { EventRecord } from '../events/event.ts';
import { type RegisterOutcome, register, UNCONFIRMED, ZONE_ASKED } from '../events/register.ts';
import { linkSplits } from '../events/splits.ts';
import { domainOf, normalAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import type { InboundMail } from '../mail/inbound.ts';
import { audit } from '../organizers/audit.ts';
import { languageOf } from '../organizers/brand.ts';
import type { Organizer } from '../organizers/organizer.ts';
import type { Language } from '../texts/languages.ts';
import { mayAnswerCalendar } from './answerable.ts';
import { replyToCalendar } from './calendar-reply.ts';
import { askForZone, askWhetherHis } from './confirm-mail.ts';
import { type HeldKind, hold } from './held.ts';
import type { ArrivalRecord } from './journal.ts';
import { mailLive } from './live-mail.ts';

export type SubmitPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings' | 'keys'>;

export interface Submission {
  readonly arrival: ArrivalRecord;
  readonly mail: InboundMail;
  readonly calendar: CalendarObject;
  readonly organizer: Organizer;
  /** Address hash of the delegate who sent it. */
  readonly editor: string | null;
  readonly evidence: string;
}

const SAYINGS_KEPT = 5;
const TITLE_CHARS = 300;

/** `draft` null: proven. */
export async function submit(
  ports: SubmitPorts,
  submission: Submission,
  draft: 'unconfirmed' | null,
  options: { readonly announce: boolean; readonly confirmed?: boolean } = { announce: true },
): Promise<RegisterOutcome> {
  const { arrival, calendar, organizer, editor } = submission;
  const outcome = await register(ports, {
    organizer,
    calendar,
    arrival: arrival.id,
    receivedAt: arrival.receivedAt,
    draft,
    guests: guestsOf(calendar, organizer, ports.settings),
    ...(editor === null ? {} : { editor }),
    ...(options.confirmed === true ? { confirmed: true } : {}),
  });
  if (outcome.outcome === 'applied' && outcome.event !== null)
    await followUp(ports, submission, outcome, { event: outcome.event, ...options });
  return outcome;
}

async function followUp(
  ports: SubmitPorts,
  submission: Submission,
  outcome: RegisterOutcome,
  { event, announce }: { readonly event: EventRecord; readonly announce: boolean },
): Promise<void> {
  const { arrival, mail, calendar, organizer } = submission;
  await auditChanges(ports, submission, event, outcome.changes);
  const continued = await linkSplits(ports, {
    event: event.id,
    receivedAt: arrival.receivedAt,
    reshaped: outcome.fresh || outcome.changes.some(isReshaping),
  });
  if (!mayAnswerCalendar(arrival, mail)) return;
  await replyToCalendar(ports, {
    arrival,
    mail,
    calendar,
    organizer,
    partstat: 'ACCEPTED',
    comment: null,
    event: event.id,
  });
  if (!outcome.fresh || !announce) return;
  const about = { arrival: arrival.id, messageId: mail.messageId };
  const notes = continued.length === 0 ? outcome.notes : [...outcome.notes, 'continues_series'];
  await mailLive(ports, { event, organizer, notes, about });
}

function isReshaping({ component, significant }: EventChange): boolean {
  return component === SERIES && significant;
}

/** One row a change, with the arrival as the reason: who wants to know finds the raw mail. */
async function auditChanges(
  ports: SubmitPorts,
  { arrival, organizer, evidence }: Submission,
  event: EventRecord,
  changes: readonly EventChange[],
): Promise<void> {
  for (const change of changes) {
    await audit(ports, {
      workspace: organizer.workspace,
      what: `event_${change.kind}`,
      who: organizer.id,
      evidence,
      about: {
        event: event.id,
        arrival: arrival.id,
        component: change.component,
        revision: change.revision,
        significant: change.significant,
      },
      at: arrival.receivedAt,
    });
  }
}

/** The organizer's own guests, without us and himself: skipped later, never shown (L16). */
export function guestsOf(
  calendar: CalendarObject,
  organizer: Organizer,
  settings: SubmitPorts['settings'],
): readonly string[] {
  const guests = new Set<string>();
  for (const { attendees } of calendar.events) {
    for (const { email } of attendees) {
      const address = email === null ? undefined : normalAddress(email);
      if (address === undefined || address === organizer.address) continue;
      if (domainOf(address) === settings.mailDomain) continue;
      if (guests.size >= settings.limits.ATTENDEES_READ) return [...guests];
      guests.add(address);
    }
  }
  return [...guests];
}

/** Keeps a mail that waits, and asks. `pair`: what the organizer's word would make enough from then on. */
export async function waitForWord(
  ports: SubmitPorts,
  submission: Submission,
  outcome: RegisterOutcome,
  pair: string | null,
): Promise<'unconfirmed' | 'zone'> {
  const { arrival, calendar, organizer, mail } = submission;
  const { event } = outcome;
  const reason = event?.draftReason === ZONE_ASKED && !outcome.held ? ZONE_ASKED : UNCONFIRMED;
  const language = await languageOf(ports, organizer.workspace);
  const title = event === null ? summaryOf(calendar) : titleIn(event, ports.clock.now(), language);
  await hold(ports, organizer.id, {
    arrival: arrival.id,
    receivedAt: arrival.receivedAt,
    kind: kindOf(calendar, outcome),
    event: event?.id ?? null,
    title: title.slice(0, TITLE_CHARS),
    said: outcome.changes.flatMap(({ said = [] }) => said).slice(0, SAYINGS_KEPT),
    reason,
    evidence: submission.evidence,
    pair,
    editor: submission.editor,
  });
  const about = { arrival: arrival.id, messageId: mail.messageId };
  const question = { organizer, title, event: event?.id ?? null, about };
  if (reason === ZONE_ASKED) await askForZone(ports, question);
  // Nothing is known that a cancellation could end: no reason to write to anybody.
  else if (event !== null) await askWhetherHis(ports, question);
  return reason;
}

function kindOf(calendar: CalendarObject, outcome: RegisterOutcome): HeldKind {
  if (calendar.method === 'CANCEL') return 'cancel';
  return outcome.held ? 'update' : 'create';
}

function titleIn(event: EventRecord, now: number, language: Language): string {
  return describeEvent(event.state, { now: formatInstant(now), language }).title;
}

function summaryOf(calendar: CalendarObject): string {
  return calendar.events[0]?.summary ?? '';
}
