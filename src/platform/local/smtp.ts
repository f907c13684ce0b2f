/**
 * The door for calendar mail on one machine (RFC 5321). 250 is a promise: it is said only after `accept` has stored the raw bytes.
 * Recipients that are not ours get 550, what is too large 552 without being held in memory, and a failing store 451.
 */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Limits } from '../../kernel/limits.ts';
import type { Log } from '../../kernel/ports.ts';

export interface IncomingMail {
  readonly raw: Uint8Array;
  /** Empty for the null sender of bounces. */
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  readonly remote: { readonly ip: string; readonly helo: string | null; readonly loopback: boolean };
}

export interface SmtpOptions {
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What the listener calls itself. */
  readonly name?: string;
  readonly limits: Pick<
    Limits,
    'INBOUND_BYTES' | 'SMTP_CONNECTIONS' | 'SMTP_RECIPIENTS' | 'SMTP_IDLE_SECONDS'
  >;
  /** Whether the address is one of ours. */
  accepts(address: string): boolean | Promise<boolean>;
  /** Resolves when the mail is durable; a rejection becomes 451. */
  accept(mail: IncomingMail): Promise<unknown>;
  readonly log?: Log;
}

export interface SmtpListener {
  readonly port: number;
  /** No new connections; mails being received may finish within the time. */
  close(limitMs: number): Promise<void>;
}

export async function startSmtp(options: SmtpOptions): Promise<SmtpListener> {
  const { limits } = options;
  const server = new SMTPServer({
    name: options.name ?? 'localhost',
    banner: 'Simple Invite Service',
    size: limits.INBOUND_BYTES,
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    maxClients: limits.SMTP_CONNECTIONS,
    maxRecipients: limits.SMTP_RECIPIENTS,
    maxAllowedUnauthenticatedCommands: false,
    socketTimeout: limits.SMTP_IDLE_SECONDS * 1_000,
    closeTimeout: 5_000,
    onRcptTo: ({ address }, _session, callback) => {
      judgeRecipient(options, address).then(() => callback(), callback);
    },
    onData: (stream, session, callback) => {
      receive(options, stream, session).then(() => callback(), callback);
    },
  });
  // A client that goes away in mid-sentence is daily life, not an event.
  server.on('error', error => options.log?.info('smtp connection ended', { code: codeOf(error) }));
  await listen(server, options);
  return {
    port: (server.server.address() as AddressInfo).port,
    close: limitMs => close(server, limitMs),
  };
}

async function judgeRecipient(options: SmtpOptions, address: string): Promise<void> {
  let ours: boolean;
  try {
    ours = await options.accepts(address);
  } catch (error) {
    options.log?.error('a recipient could not be checked', {}, error);
    throw reply(451, 'Try again later');
  }
  if (!ours) throw reply(550, 'No such mailbox here');
}

async function receive(options: SmtpOptions, stream: SMTPServerDataStream, session: SMTPServerSession) {
  const raw = await collect(stream, options.limits.INBOUND_BYTES);
  if (raw === 'too_large') throw reply(552, `Message larger than ${options.limits.INBOUND_BYTES} octets`);
  const { mailFrom, rcptTo } = session.envelope;
  try {
    await options.accept({
      raw,
      mailFrom: mailFrom === false ? '' : mailFrom.address,
      recipients: [...new Set(rcptTo.map(({ address }) => address))],
      remote: {
        ip: session.remoteAddress,
        helo: session.hostNameAppearsAs || null,
        loopback: isLoopback(session.remoteAddress),
      },
    });
  } catch (error) {
    options.log?.error('a mail could not be stored', {}, error);
    throw reply(451, 'Could not store the message, try again later');
  }
}

/** Reads to the end in any case, as the protocol wants; keeps nothing once the limit is passed. */
async function collect(stream: SMTPServerDataStream, limit: number): Promise<Buffer | 'too_large'> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > limit) parts = [];
    else parts.push(part);
  }
  return length > limit ? 'too_large' : Buffer.concat(parts, length);
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./i.test(address) || address === '::1';
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? 'unknown');
}

function listen(server: SMTPServer, { port, host = '127.0.0.1' }: SmtpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function close(server: SMTPServer, limitMs: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, limitMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
