/**
 * Simulated mailboxes: what a person's calendar program would send back for an invite he has received, in the shape that program
 * really uses (MIME tree, headers, PRODID, oddities). Refuses a mail that is no calendar invite, and a proposal by a program that has none.
 */
import { InputError } from '../../kernel/errors.ts';
import { type Answering, answering, type Client, type ReplyOptions } from './mailboxes/answering.ts';
import { answerApple, answerIos } from './mailboxes/apple.ts';
import { answerGoogle } from './mailboxes/google.ts';
import { answerOutlook } from './mailboxes/microsoft.ts';
import { message } from './mailboxes/mime.ts';
import { readReceived } from './mailboxes/received.ts';
import { answerThunderbird } from './mailboxes/thunderbird.ts';
import { sendMail } from './smtp-client.ts';

export type { ReplyOptions } from './mailboxes/answering.ts';

/** `outlook`: Microsoft 365 and Exchange. `outlook.com`: the same without ORGANIZER. `apple`: macOS and iCloud. */
export type MailClient = 'google' | 'outlook' | 'outlook.com' | 'apple' | 'ios' | 'thunderbird';

export const MAIL_CLIENTS: readonly MailClient[] = [
  'google',
  'outlook',
  'outlook.com',
  'apple',
  'ios',
  'thunderbird',
];

/** Those whose people can propose another time. */
export const PROPOSING_CLIENTS: readonly MailClient[] = ['google', 'outlook', 'outlook.com', 'ios'];

export interface ReplyMail {
  readonly from: string;
  /** The ORGANIZER's address. */
  readonly to: string;
  readonly raw: Uint8Array;
}

const CLIENTS: Readonly<Record<MailClient, Client>> = {
  google: answerGoogle,
  outlook: (invite, answer) => answerOutlook(invite, answer, { organizer: true }),
  'outlook.com': (invite, answer) => answerOutlook(invite, answer, { organizer: false }),
  apple: answerApple,
  ios: answerIos,
  thunderbird: answerThunderbird,
};

export async function replyMail(
  client: MailClient,
  invite: Uint8Array,
  options: ReplyOptions,
): Promise<ReplyMail> {
  if (options.proposal !== undefined && !PROPOSING_CLIENTS.includes(client)) {
    throw new InputError('no_proposals', 'This calendar program cannot propose another time.');
  }
  const received = await readReceived(invite, options.occurrence ?? null);
  const answer: Answering = answering(client, received, options);
  const { headers, body } = CLIENTS[client](received, answer);
  return { from: received.attendee.email, to: received.organizer.email, raw: message(headers, body) };
}

/** By SMTP to this machine's listener; rejects with its answer. */
export async function sendReply(port: number, mail: ReplyMail): Promise<void> {
  await sendMail({ port, from: mail.from, to: [mail.to], raw: mail.raw });
}
