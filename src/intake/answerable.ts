/** Whom we may write back to (T9, R-96): a loop needs two who answer, so we never answer what may be an answer. */
import { domainOf } from '../kernel/address.ts';
import type { InboundMail } from '../mail/inbound.ts';
import type { Proof } from '../mail/sender.ts';
import type { ArrivalRecord } from './journal.ts';

type Sent = Pick<ArrivalRecord, 'mailFrom'>;

/** A mail in words, only to a person whose address is proven by DKIM or better. */
export function mayExplain(
  arrival: Sent,
  mail: InboundMail,
  proof: Pick<Proof, 'level' | 'evidence' | 'identity'>,
  mailDomain: string,
): boolean {
  if (proof.identity === null || domainOf(proof.identity) === mailDomain) return false;
  if (proof.level !== 'strong' && !(proof.level === 'weak' && proof.evidence === 'dkim')) return false;
  return mail.automatic === null && !mail.list && !isReport(arrival, mail);
}

/** Programs that answer by themselves; calendar services, whose invitations are `auto-generated`, are none of these. */
const ANSWERING = new Set(['report', 'auto-replied', 'auto-notified', 'vacation', 'null-return-path']);

/** A calendar answer, and what belongs to it, to a calendar's own mail: a REPLY is never answered by another one. */
export function mayAnswerCalendar(arrival: Sent, mail: InboundMail): boolean {
  if (mail.automatic !== null && ANSWERING.has(mail.automatic)) return false;
  return !mail.list && !isReport(arrival, mail);
}

function isReport(arrival: Sent, mail: InboundMail): boolean {
  return arrival.mailFrom === '' || mail.returnPath === '' || mail.dsn !== null;
}
