/**
 * Hands mails to an SMTP server (RFC 5321), one attempt each. The whole art is to know what a failure means: before the first byte
 * of the message nothing was sent; from then on silence means that nobody can tell.
 */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Handover, MailAbout, OutgoingMail } from '../../kernel/ports.ts';

export interface Relay {
  send(mail: OutgoingMail): Promise<Exclude<Handover, { kind: 'accepted' }> | { readonly kind: 'accepted' }>;
  close(): void;
}

export interface RelayOptions {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs?: number;
}

const IDLE_CONNECTIONS = 8;
const RETRY_MS = 1_000;

export function openRelay({ host, port, timeoutMs = 30_000 }: RelayOptions): Relay {
  const idle = new Set<SMTPConnection>();

  const connect = (): Promise<SMTPConnection> =>
    new Promise((resolve, reject) => {
      const connection = new SMTPConnection({
        host,
        port,
        ignoreTLS: true,
        name: 'localhost',
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        socketCloseTimeout: 100,
      });
      const forget = () => idle.delete(connection);
      connection.on('error', error => {
        forget();
        reject(error);
      });
      connection.on('end', forget);
      connection.connect(error => (error ? reject(error) : resolve(connection)));
    });

  const takeConnection = async (): Promise<SMTPConnection> => {
    const [free] = idle;
    if (free === undefined) return connect();
    idle.delete(free);
    return free;
  };

  const giveBack = (connection: SMTPConnection): void => {
    if (idle.size < IDLE_CONNECTIONS) idle.add(connection);
    else connection.quit();
  };

  return {
    send: async mail => {
      let connection: SMTPConnection;
      try {
        connection = await takeConnection();
      } catch (error) {
        return meaningOf(error, false);
      }
      let begun = false;
      const message = Readable.from(
        (function* () {
          begun = true;
          yield withAbout(mail);
        })(),
        { objectMode: false },
      );
      try {
        await sendOver(connection, mail, message);
      } catch (error) {
        connection.close();
        return meaningOf(error, begun);
      }
      giveBack(connection);
      return { kind: 'accepted' };
    },
    close: () => {
      for (const connection of idle) connection.close();
      idle.clear();
    },
  };
}

function sendOver(connection: SMTPConnection, mail: OutgoingMail, message: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.send({ from: mail.from, to: [mail.to] }, message, error =>
      error ? reject(error) : resolve(),
    );
  });
}

/** The reasons carry codes only: a server's own words may repeat an address. */
function meaningOf(error: unknown, begun: boolean): Exclude<Handover, { kind: 'accepted' }> {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  if (responseCode !== undefined && responseCode >= 500)
    return { kind: 'refused', reason: `smtp_${responseCode}` };
  if (responseCode !== undefined && responseCode >= 400) {
    return { kind: 'throttled', reason: `smtp_${responseCode}`, retryAfterMs: RETRY_MS };
  }
  if (begun) return { kind: 'unknown', reason: 'relay_silent_after_data' };
  if (code === 'EENVELOPE') return { kind: 'refused', reason: 'bad_address' };
  if (code === 'EMESSAGE') return { kind: 'refused', reason: 'too_large' };
  return { kind: 'throttled', reason: 'relay_unreachable', retryAfterMs: RETRY_MS };
}

/** What the mail is about, as headers on top: they reach the relay only, the outbox keeps the mail as it is. */
function withAbout({ raw, about }: OutgoingMail): Buffer {
  const lines = ABOUT_HEADERS.flatMap(([header, name]) => {
    const value = about[name];
    return value === undefined ? [] : [`${header}: ${String(value).replace(/[^\x21-\x7e]/g, '')}\r\n`];
  });
  return Buffer.concat([Buffer.from(lines.join('')), raw]);
}

const ABOUT_HEADERS: readonly [header: string, name: keyof MailAbout][] = [
  ['X-SIS-Send', 'send'],
  ['X-SIS-Invite', 'invite'],
  ['X-SIS-Event', 'event'],
  ['X-SIS-Revision', 'revision'],
  ['X-SIS-Kind', 'kind'],
  ['X-SIS-Attempt', 'attempt'],
];
