/**
 * The Mailer port on SES v2. One call, no retries by the SDK: after "sent, no answer" nobody can know, and a hidden second try could be
 * a second mail. SES replaces Message-ID and Date, so the id it answers is the one that replies will name.
 */
import { type MessageTag, type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Clock, Handover, MailAbout, Mailer, OutgoingMail } from '../../kernel/ports.ts';

export interface MailerOptions {
  readonly client: SESv2Client;
  readonly configurationSet: string;
  readonly region: string;
  readonly clock: Clock;
  /** Closes connections that no call is using. */
  readonly dropIdle: () => void;
}

/** A frozen function's connection may be dead without its knowing; a mail written into it would be one of unknown outcome. */
const IDLE_MS = 5_000;

export function sesMailer(options: MailerOptions): Mailer {
  const { client, configurationSet, region, clock } = options;
  let lastUsed = Number.NEGATIVE_INFINITY;
  return {
    async send(mail) {
      if (clock.now() - lastUsed > IDLE_MS) options.dropIdle();
      lastUsed = clock.now();
      try {
        const answer = await client.send(commandOf(mail, configurationSet));
        if (answer.MessageId === undefined) return { kind: 'unknown', reason: 'no_message_id' };
        return { kind: 'accepted', messageId: messageIdHeader(answer.MessageId, region) };
      } catch (error) {
        return handoverOf(error);
      }
    },
  };
}

function commandOf({ raw, from, to, about }: OutgoingMail, configurationSet: string): SendEmailCommand {
  return new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    Content: { Raw: { Data: raw } },
    ConfigurationSetName: configurationSet,
    EmailTags: tagsOf(about),
  });
}

/** They come back in every event of the mail; SES takes `[A-Za-z0-9_-]` only. */
function tagsOf(about: MailAbout): MessageTag[] {
  const tags: [string, string | number | undefined][] = [
    ['sis_send', about.send],
    ['sis_att', about.attempt],
    ['sis_kind', about.kind],
    ['sis_workspace', about.workspace],
    ['sis_event', about.event],
    ['sis_invite', about.invite],
    ['sis_revision', about.revision],
  ];
  return tags.flatMap(([Name, value]) => {
    const text = String(value ?? '');
    return /^[A-Za-z0-9_-]{1,256}$/.test(text) ? [{ Name, Value: text }] : [];
  });
}

/** The header SES writes: its first region keeps the old host name. */
export function messageIdHeader(messageId: string, region: string): string {
  return `<${messageId}@${region === 'us-east-1' ? 'email' : region}.amazonses.com>`;
}

/** Refused before anything was written to the wire, so surely not sent. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const THROTTLED = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'LimitExceededException',
  'SendingPausedException',
  'AccountSuspendedException',
  'NotFoundException',
  'MailFromDomainNotVerifiedException',
]);
/** A paused account, a used-up quota or a wrong setting does not mend itself within a second. */
const PAUSED_MS = 60_000;
const RATE = /\brate\b/i;

export function handoverOf(error: unknown): Handover {
  if (!(error instanceof Error)) return { kind: 'unknown', reason: 'thrown' };
  const code = codeOf(error);
  const status = statusOf(error);
  if (status === undefined) {
    if (code !== undefined && NEVER_CONNECTED.has(code))
      return { kind: 'throttled', reason: 'not_connected' };
    // The SDK looks for credentials before it opens a connection.
    if (error.name === 'CredentialsProviderError') return { kind: 'throttled', reason: 'no_credentials' };
    return { kind: 'unknown', reason: reasonOf(code ?? error.name) };
  }
  // What passes by itself or by the operator's hand is no verdict on the mail: a rate, a quota, a permission, a setting.
  if (status === 401 || status === 403 || status === 429 || THROTTLED.has(error.name)) {
    const pause = RATE.test(error.message) ? {} : { retryAfterMs: PAUSED_MS };
    return { kind: 'throttled', reason: reasonOf(error.name), ...pause };
  }
  if (status >= 400 && status < 500) return { kind: 'refused', reason: reasonOf(error.name) };
  return { kind: 'unknown', reason: reasonOf(error.name) };
}

/** The kind of an error; its message may quote an address. */
function reasonOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, '').slice(0, 60) || 'unnamed';
}

/** The system's word for what happened; where the SDK has wrapped the error, it stands in the message. */
function codeOf(error: Error): string | undefined {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : /\bE[A-Z_]{4,}\b/.exec(error.message)?.[0];
}

/** Only an answer of the service has one; a broken connection has not. */
function statusOf(error: Error): number | undefined {
  const metadata: unknown = Reflect.get(error, '$metadata');
  const response: unknown = Reflect.get(error, '$response');
  if (response === undefined && Reflect.get(error, '$fault') === undefined) return undefined;
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
}
