/** An SES event as it comes out of the feedback queue, in our words. The send id comes back in the tag `sis_send`. */
import type { Json } from '../../kernel/ports.ts';

export interface SesFeedback {
  readonly send: string;
  readonly kind: 'sent' | 'delivered' | 'bounced' | 'complained';
  readonly hard: boolean;
  readonly at: string;
}

type Fields = { readonly [name: string]: Json };

/** Null for everything else: other event types, mails of another service in the same account, texts that are no event. */
export function readSesEvent(text: string): SesFeedback | null {
  const outer = parsed(text);
  // SNS wraps it unless raw delivery is on.
  const event = typeof outer?.Message === 'string' ? parsed(outer.Message) : outer;
  const mail = fields(event?.mail);
  const [send] = list(fields(mail?.tags)?.sis_send);
  if (event === undefined || mail === undefined || typeof send !== 'string') return null;
  const at = (part: Fields | undefined) => String(part?.timestamp ?? mail.timestamp ?? '');
  switch (event.eventType) {
    // A lost answer of SendEmail leaves the ledger in doubt: this ends it.
    case 'Send':
      return { send, kind: 'sent', hard: false, at: at(undefined) };
    case 'Delivery':
      return { send, kind: 'delivered', hard: false, at: at(fields(event.delivery)) };
    case 'Bounce': {
      const bounce = fields(event.bounce);
      return { send, kind: 'bounced', hard: bounce?.bounceType === 'Permanent', at: at(bounce) };
    }
    case 'Complaint':
      return { send, kind: 'complained', hard: true, at: at(fields(event.complaint)) };
    // SES took the mail and then found a virus in it: nothing is wrong with the address.
    case 'Reject':
      return { send, kind: 'bounced', hard: false, at: at(undefined) };
    default:
      return null;
  }
}

function parsed(text: string): Fields | undefined {
  try {
    return fields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fields(value: Json | undefined): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
