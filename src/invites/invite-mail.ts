/**
 * The mail of one send (imip.md 5.1 to 5.3, 6.3): From is ORGANIZER, one ATTENDEE, no address but these two anywhere.
 * All that could differ between two attempts is taken from the ledger's row, so that a repeat has the same bytes.
 */
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import type { InvitePerson } from '../calendar/write.ts';
import type { RegisteredEvent } from '../events/event.ts';
import { InputError } from '../kernel/errors.ts';
import type { Ports } from '../kernel/ports.ts';
import type { OwnMail } from '../mail/shared-mail.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { byStamp, firstMessageId, mayHaveArrived } from './history.ts';
import { type Invite, OWN_DOORS, type Send } from './invite.ts';
import { type InviteForm, inviteFormOf, type Shared } from './invite-form.ts';
import { unsubscribeLink } from './links.ts';
import { nameOf } from './store.ts';
import { inviteToken, uidOf } from './token.ts';

export interface InviteMail {
  readonly event: RegisteredEvent;
  readonly organizer: Organizer;
  readonly invite: Invite;
  /** All of the invite's. */
  readonly sends: readonly Send[];
  /** The claimed one. */
  readonly send: Send;
}

type MailPorts = Pick<Ports, 'keys' | 'settings'>;

/** Tried in turn until the mail is small enough (L6). */
const DESCRIPTION_STEPS = [1, 0.25, 0.05, 0] as const;

/** What the content says of "next" and "to come" is as of a whole minute, so that the mails of one minute share it. */
const MINUTE = 60_000;

export async function composeInvite(
  ports: MailPorts,
  mail: InviteMail,
  formOf: (ports: MailPorts, shared: Shared) => Promise<InviteForm> = inviteFormOf,
): Promise<Uint8Array> {
  const { limits } = ports.settings;
  const earlier = earlierOf(mail);
  const own = { person: personOf(ports, mail), mail: ownOf(ports, mail, earlier) };
  const shared = sharedOf(mail, lastTold(mail, earlier));
  for (const share of DESCRIPTION_STEPS) {
    const characters = Math.floor(limits.DESCRIPTION_CHARS_OUT * share);
    const form = await formOf(ports, { ...shared, characters });
    const raw = await form(own);
    if (raw.length <= limits.OUTBOUND_BYTES) return raw;
  }
  throw new InputError('outbound_too_large', 'The invite is too large to be sent.');
}

function sharedOf(mail: InviteMail, told: Send | undefined): Omit<Shared, 'characters'> {
  const { event, organizer, send } = mail;
  const at = send.composedAt ?? 0;
  const isUpdate = told !== undefined && told.revision < send.revision;
  return {
    event,
    organizer,
    kind: send.kind,
    component: send.component,
    language: languageOf(mail),
    asOf: at - (at % MINUTE),
    lead: leadOf(mail, isUpdate, organizer.name || organizer.slug),
    isUpdate,
    isAsked: isAsked(mail.invite),
    lastTold: told?.revision ?? null,
  };
}

/** Rows from before mails had one spoke English. */
function languageOf({ invite, send }: InviteMail): Language {
  return send.language ?? invite.language ?? 'en';
}

function personOf(ports: MailPorts, { invite, send }: InviteMail): InvitePerson {
  const { generation } = send;
  const token =
    generation === invite.generation ? invite.token : inviteToken(ports.keys, nameOf(invite), generation);
  return {
    uid: uidOf(token, ports.settings),
    attendee: { name: invite.name, email: invite.email, partstat: send.partstat ?? 'NEEDS-ACTION' },
    sequence: send.sequence ?? 0,
    dtstamp: send.dtstamp ?? formatInstant(send.composedAt ?? 0),
  };
}

function ownOf(
  ports: MailPorts,
  { invite, send }: InviteMail,
  earlier: readonly Send[],
): Omit<OwnMail, 'ics'> {
  const at = send.composedAt ?? 0;
  return {
    to: { name: invite.name, address: invite.email },
    messageId: `${send.id}@${ports.settings.mailDomain}`,
    date: formatInstant(at),
    inReplyTo: firstMessageId(earlier),
    unsubscribe: { url: unsubscribeLink(ports, invite, at) },
  };
}

/** Mails of this invite before this one: what its reader has seen. */
function earlierOf({ sends, send }: InviteMail): readonly Send[] {
  return byStamp(
    sends.filter(
      each => each.id !== send.id && mayHaveArrived(each) && (each.dtstamp ?? '') < (send.dtstamp ?? ''),
    ),
  );
}

/** The newest content he has; undefined: this is an invitation, not an update. */
function lastTold({ send }: InviteMail, earlier: readonly Send[]): Send | undefined {
  const last = earlier.findLast(({ generation }) => generation === send.generation);
  return last?.kind === 'cancel' && last.component === SERIES ? undefined : last;
}

function isAsked({ doors: [first] }: Invite): boolean {
  return first !== undefined && OWN_DOORS.has(first);
}

function leadOf(mail: InviteMail, isUpdate: boolean, name: string): string {
  const { lead } = texts(languageOf(mail)).invites;
  const { event, invite, send } = mail;
  const instance = send.component !== SERIES;
  if (send.kind === 'cancel') {
    const own = !instance && event.status === 'live' && event.state.components[SERIES]?.kind !== 'cancel';
    if (own && (invite.standing === 'withdrawn' || send.generation < invite.generation)) return lead.removed;
    return instance ? lead.cancelInstance(name) : lead.cancel(name);
  }
  if (!isUpdate) return lead.invitation(name);
  return instance ? lead.instance(name) : lead.update(name);
}
