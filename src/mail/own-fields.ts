/** The header fields that are one reader's own, each with its line end: the lines that the reference composer would write. */
import { foldedField, MAX_LINE, messageId, toValue, unsubscribeTargets } from './compose.ts';
import type { OwnMail } from './shared-mail.ts';

type FieldName = 'To' | 'Message-ID' | 'Date' | 'In-Reply-To' | 'References' | 'List-Unsubscribe';

export type OwnFields = Readonly<Record<FieldName, string>>;

export function ownFields(own: OwnMail): OwnFields {
  const id = messageId(own.messageId);
  const parent = own.inReplyTo === null ? null : messageId(own.inReplyTo);
  return {
    To: sevenBit(field('To', toValue(own.to))),
    'Message-ID': field('Message-ID', id),
    Date: dateField(own.date),
    'In-Reply-To': parent === null ? '' : field('In-Reply-To', parent),
    References: parent === null ? '' : field('References', parent),
    'List-Unsubscribe': ofLength(`List-Unsubscribe: ${unsubscribeTargets(own.unsubscribe)}\r\n`),
  };
}

const dates = { asked: '', field: '' };

/** Mails of one second share it. */
function dateField(date: string): string {
  if (dates.asked !== date) {
    dates.field = `Date: ${new Date(date).toUTCString().replace('GMT', '+0000')}\r\n`;
    dates.asked = date;
  }
  return dates.field;
}

function field(name: string, value: string): string {
  return ofLength(`${foldedField(name, value)}\r\n`);
}

/** What `composeMail` holds of the whole mail, held of what is new in it; of ids and links their grammar holds it. */
function sevenBit(lines: string): string {
  if (/[^ -~\r\n]/.test(lines)) throw new Error('a composed mail is not 7-bit');
  return lines;
}

function ofLength(lines: string): string {
  if (lines.length > MAX_LINE && lines.split('\r\n').some(line => line.length > MAX_LINE))
    throw new Error('a composed mail has a line that is too long');
  return lines;
}
