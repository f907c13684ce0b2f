/** The Mailer port of one machine: paced, relayed where a relay is set, and on disk in the outbox before anybody hears `accepted`. */
import type { Clock, Handover, Mailer, OutgoingMail, Random } from '../../kernel/ports.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { pacer } from './pacer.ts';
import { openRelay, type Relay } from './relay.ts';

export interface LocalMailer {
  readonly mailer: Mailer;
  readonly outbox: Outbox;
  close(): Promise<void>;
}

export interface MailerOptions {
  readonly folder: string;
  /** Mails a second. */
  readonly rate: number;
  readonly relay?: { readonly host: string; readonly port: number; readonly timeoutMs?: number } | null;
  readonly clock: Clock;
  readonly random: Random;
}

export function openMailer({ folder, rate, relay, clock, random }: MailerOptions): LocalMailer {
  const outbox = openOutbox({ folder, clock, random });
  const far = relay === undefined || relay === null ? undefined : openRelay(relay);
  const nextTurn = pacer({ perSecond: rate });
  return {
    outbox,
    mailer: {
      send: async mail => {
        const { retryAfterMs } = await nextTurn();
        if (retryAfterMs !== undefined) return { kind: 'throttled', reason: 'send_rate', retryAfterMs };
        return far === undefined ? keep(outbox, mail) : relayAndKeep(far, outbox, mail);
      },
    },
    close: async () => {
      far?.close();
      await outbox.close();
    },
  };
}

async function keep(outbox: Outbox, mail: OutgoingMail): Promise<Handover> {
  try {
    return { kind: 'accepted', messageId: await outbox.add(mail, 'accepted') };
  } catch {
    return { kind: 'throttled', reason: 'outbox_not_writable' };
  }
}

/** The relay's word counts: a mail that it took has left, even if the outbox then cannot show it. */
async function relayAndKeep(relay: Relay, outbox: Outbox, mail: OutgoingMail): Promise<Handover> {
  const handover = await relay.send(mail);
  if (handover.kind === 'throttled') return handover;
  const id = await outbox.add(mail, handover.kind).catch(() => undefined);
  return handover.kind === 'accepted' ? { kind: 'accepted', messageId: id ?? mail.about.send } : handover;
}
