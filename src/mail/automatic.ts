/**
 * Mail that no person wrote (RFC 3834, RFC 2919) and mail of lists. Tells, decides nothing: invitations and answers of Google are
 * `auto-generated` too, so whoever asks looks for a calendar part first.
 */
import { fieldNamed, fieldsNamed, type HeaderField } from './header.ts';

export type AutomaticReason =
  | 'report'
  | 'auto-replied'
  | 'auto-generated'
  | 'auto-notified'
  | 'auto-submitted'
  | 'null-return-path'
  | 'vacation'
  | 'suppressed-response'
  | 'precedence'
  | 'subject';

const VACATION_FIELDS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-vacation',
  'x-auto-reply-from',
];
const PRECEDENCES = new Set(['auto_reply', 'bulk', 'junk', 'list']);
const SUBJECTS = [
  'auto:',
  'autoreply',
  'auto-reply',
  'auto reply',
  'automatic reply',
  'automated reply',
  'automatic response',
  'out of office',
  'out of the office',
  'away from the office',
  'vacation reply',
  'abwesenheit',
  'automatische antwort',
  'abwesend',
  'réponse automatique',
  'absence du bureau',
  'absent du bureau',
  'respuesta automática',
  'fuera de la oficina',
  'risposta automatica',
  'fuori sede',
  'automatisch antwoord',
  'afwezig',
  'autosvar',
  'automatiskt svar',
  'resposta automática',
  'autoodpowiedź',
  'automatická odpověď',
  'автоматический ответ',
  '自動返信',
  'undeliverable:',
  'undelivered mail',
  'delivery status notification',
  'mail delivery failed',
  'returned mail:',
];

/** Why a mail counts as automatic, the most telling reason first; null for a person's. `subject` is decoded. */
export function automaticReason(
  fields: readonly HeaderField[],
  about: { readonly report: boolean; readonly subject: string },
): AutomaticReason | null {
  if (about.report) return 'report';
  const submitted = autoSubmitted(fields);
  if (submitted !== null) return submitted;
  if (fieldNamed(fields, 'return-path')?.replace(/\s/g, '') === '<>') return 'null-return-path';
  if (VACATION_FIELDS.some(name => isSet(fieldNamed(fields, name)))) return 'vacation';
  const precedence = fieldNamed(fields, 'precedence')?.trim().toLowerCase();
  if (precedence !== undefined && PRECEDENCES.has(precedence)) return 'precedence';
  if (isSet(fieldNamed(fields, 'x-auto-response-suppress'))) return 'suppressed-response';
  const subject = about.subject.trim().toLowerCase();
  return SUBJECTS.some(start => subject.startsWith(start)) ? 'subject' : null;
}

/** Any value but `no` (RFC 3834 5); one that we don't know is automatic as well. */
function autoSubmitted(fields: readonly HeaderField[]): AutomaticReason | null {
  for (const value of fieldsNamed(fields, 'auto-submitted')) {
    const keyword = (value.split(/[;(]/)[0] ?? '').trim().toLowerCase();
    if (keyword === 'no' || keyword === '') continue;
    if (keyword === 'auto-replied' || keyword === 'auto-generated' || keyword === 'auto-notified')
      return keyword;
    return 'auto-submitted';
  }
  return null;
}

function isSet(value: string | undefined): boolean {
  if (value === undefined) return false;
  const word = value.trim().toLowerCase();
  return word !== '' && word !== 'no' && word !== 'none' && word !== 'false';
}

/** RFC 2919, RFC 2369, and what older list programs set. A List-Unsubscribe alone also stands on ordinary notices. */
export function isListMail(fields: readonly HeaderField[]): boolean {
  if (['list-id', 'list-post', 'mailing-list', 'x-mailing-list'].some(name => fieldNamed(fields, name)))
    return true;
  return fieldNamed(fields, 'precedence')?.trim().toLowerCase() === 'list';
}
