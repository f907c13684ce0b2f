/**
 * SES v2's SendEmail over real HTTP: keeps every accepted mail append-only, as it was handed over and as it leaves. Like SES it puts its own
 * Message-ID and Date in, and refuses doubled single headers, long lines, bad tags and unverified senders. It can be told to fail.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentMail {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  /** As it was handed over. */
  readonly handed: Buffer;
  /** As it leaves, with SES's Message-ID and Date. */
  readonly raw: Buffer;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | null;
  /** Epoch milliseconds of the endpoint's clock. */
  readonly at: number;
}

/** `drop`: the mail is accepted, the connection ends without an answer. `hang-up`: it ends before anything is taken. */
export type Behaviour =
  | 'accept'
  | 'throttle'
  | 'daily-quota'
  | 'paused'
  | 'refuse'
  | 'drop'
  | 'hang-up'
  | 'error'
  | 'accept-and-error'
  | 'denied';

/** What SES publishes of a mail; `tags` are those of the mail. */
export interface SesEvent {
  readonly eventType: 'Send' | 'Delivery' | 'Bounce' | 'Complaint' | 'Reject';
  readonly mail: {
    readonly timestamp: string;
    readonly messageId: string;
    readonly source: string;
    readonly destination: readonly string[];
    readonly tags: Readonly<Record<string, readonly string[]>>;
  };
  readonly [part: string]: unknown;
}

export interface SesEndpoint {
  readonly url: string;
  sent(): readonly SentMail[];
  /** What the next calls come to, one each; then it accepts again. */
  next(...behaviours: readonly Behaviour[]): void;
  /** More calls than so many a second are throttled. */
  limitRate(aSecond: number): void;
  /** Calls that were made, whatever came of them. */
  calls(): number;
  connections(): number;
  onSent(listener: (mail: SentMail) => void): void;
  event(mail: SentMail, eventType: SesEvent['eventType'], part?: Record<string, unknown>): SesEvent;
  close(): Promise<void>;
}

export interface SesOptions {
  readonly region: string;
  readonly configurationSet: string;
  /** Domains that may send. */
  readonly verified: readonly string[];
  readonly now?: () => number;
}

interface SendEmailBody {
  readonly FromEmailAddress?: string;
  readonly Destination?: { readonly ToAddresses?: readonly string[] };
  readonly Content?: { readonly Raw?: { readonly Data?: string } };
  readonly ConfigurationSetName?: string;
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
}

/** "Header fields in Amazon SES": these may stand once only. */
const SINGLE = [
  ...['accept-language', 'auto-submitted', 'bcc', 'cc', 'content-class', 'content-language', 'content-type'],
  ...['content-transfer-encoding', 'date', 'from', 'in-reply-to', 'list-archive', 'list-help', 'list-id'],
  ...['list-owner', 'list-post', 'list-subscribe', 'list-unsubscribe', 'list-unsubscribe-post', 'message-id'],
  ...['mime-version', 'organization', 'precedence', 'priority', 'references', 'reply-to', 'return-path'],
  ...['sender', 'subject', 'thread-index', 'thread-topic', 'to', 'user-agent', 'x-mailer'],
];
const LINE_OCTETS = 1000;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

const ANSWERS: Readonly<Record<Exclude<Behaviour, 'accept' | 'drop' | 'hang-up'>, [number, string, string]>> =
  {
    throttle: [429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'],
    'daily-quota': [429, 'TooManyRequestsException', 'Daily message quota exceeded.'],
    paused: [400, 'SendingPausedException', 'Sending is paused for this account.'],
    refuse: [400, 'MessageRejected', 'Email address is not verified.'],
    error: [500, 'InternalFailure', 'Something went wrong.'],
    'accept-and-error': [500, 'InternalFailure', 'Something went wrong.'],
    denied: [403, 'AccessDeniedException', 'Not authorized to perform ses:SendEmail.'],
  };

export async function startSesEndpoint(options: SesOptions): Promise<SesEndpoint> {
  const now = options.now ?? (() => Date.now());
  const sent: SentMail[] = [];
  const behaviours: Behaviour[] = [];
  const listeners: ((mail: SentMail) => void)[] = [];
  let calls = 0;
  let connections = 0;
  let rate = Number.POSITIVE_INFINITY;
  let window = { second: 0, taken: 0 };

  const overRate = () => {
    const second = Math.floor(Date.now() / 1000);
    window = { second, taken: window.second === second ? window.taken + 1 : 1 };
    return window.taken > rate;
  };

  const accept = (body: SendEmailBody): SentMail => {
    const handed = Buffer.from(body.Content?.Raw?.Data ?? '', 'base64');
    const at = now();
    const messageId = `0102${String(sent.length + 1).padStart(12, '0')}-${at.toString(16)}-000000`;
    const mail: SentMail = Object.freeze({
      messageId,
      from: body.FromEmailAddress ?? '',
      to: body.Destination?.ToAddresses ?? [],
      handed,
      raw: asItLeaves(handed, messageId, options.region, at),
      tags: Object.fromEntries((body.EmailTags ?? []).map(({ Name, Value }) => [Name, Value])),
      configurationSet: body.ConfigurationSetName ?? null,
      at,
    });
    sent.push(mail);
    for (const listener of listeners) listener(mail);
    return mail;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await textOf(request);
    calls += 1;
    if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails') {
      return fail(response, [404, 'NotFoundException', 'This endpoint only sends.']);
    }
    const behaviour = behaviours.shift() ?? (overRate() ? 'throttle' : 'accept');
    if (behaviour === 'hang-up') return void request.socket.destroy();
    const body: SendEmailBody = JSON.parse(text);
    const problem = problemOf(body, options);
    if (problem !== undefined) return fail(response, problem);
    if (behaviour === 'accept') return ok(response, accept(body).messageId);
    if (behaviour === 'drop' || behaviour === 'accept-and-error') accept(body);
    if (behaviour === 'drop') return void request.socket.destroy();
    fail(response, ANSWERS[behaviour]);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => [...sent],
    next: (...more) => void behaviours.push(...more),
    limitRate: aSecond => {
      rate = aSecond;
    },
    calls: () => calls,
    connections: () => connections,
    onSent: listener => void listeners.push(listener),
    event: (mail, eventType, part = {}) => eventOf(mail, eventType, part, now()),
    close: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function problemOf(body: SendEmailBody, options: SesOptions): [number, string, string] | undefined {
  const bad = (message: string): [number, string, string] => [400, 'BadRequestException', message];
  const data = body.Content?.Raw?.Data;
  if (data === undefined || data === '') return bad('The message is empty.');
  const recipients = body.Destination?.ToAddresses ?? [];
  if (recipients.length < 1 || recipients.length > 50) return bad('One to fifty recipients.');
  const domain = body.FromEmailAddress?.split('@').at(-1) ?? '';
  if (!options.verified.includes(domain)) return ANSWERS.refuse;
  if (body.ConfigurationSetName !== undefined && body.ConfigurationSetName !== options.configurationSet) {
    return [404, 'NotFoundException', 'There is no such configuration set.'];
  }
  for (const { Name, Value } of body.EmailTags ?? []) {
    if (!TAG.test(Name) || !TAG.test(Value)) return bad('A tag holds characters that are not allowed.');
  }
  return problemOfRaw(Buffer.from(data, 'base64'), bad);
}

function problemOfRaw(
  raw: Buffer,
  bad: (message: string) => [number, string, string],
): [number, string, string] | undefined {
  const text = raw.toString('latin1');
  if (/[^\r]\n|\r(?!\n)/.test(text)) return bad('Lines end in CRLF.');
  if (/[\x80-\xff]/.test(text)) return bad('A raw message is 7-bit.');
  if (text.split('\r\n').some(line => line.length + 2 > LINE_OCTETS)) return bad('A line is too long.');
  const names = headerLines(text).map(line => line.slice(0, line.indexOf(':')).toLowerCase());
  const doubled = SINGLE.find(name => names.filter(each => each === name).length > 1);
  if (doubled !== undefined) return bad(`Duplicate header '${doubled}'.`);
  if (!names.includes('from')) return bad("Missing required header 'From'.");
  return undefined;
}

/** Each with its folded lines. */
function headerLines(text: string): string[] {
  const end = text.indexOf('\r\n\r\n');
  return (end < 0 ? text : text.slice(0, end)).split(/\r\n(?![ \t])/);
}

function asItLeaves(handed: Buffer, messageId: string, region: string, at: number): Buffer {
  const text = handed.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const kept = headerLines(text).filter(line => !/^(?:message-id|date):/i.test(line));
  const host = region === 'us-east-1' ? 'email' : region;
  const own = [
    `Message-ID: <${messageId}@${host}.amazonses.com>`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Feedback-ID: ::1.${region}.test:AmazonSES`,
  ];
  return Buffer.from([...own, ...kept].join('\r\n') + text.slice(end), 'latin1');
}

function eventOf(
  mail: SentMail,
  eventType: SesEvent['eventType'],
  part: Record<string, unknown>,
  at: number,
): SesEvent {
  const name = eventType.toLowerCase();
  return {
    eventType,
    mail: {
      timestamp: new Date(mail.at).toISOString(),
      messageId: mail.messageId,
      source: mail.from,
      destination: mail.to,
      tags: Object.fromEntries(Object.entries(mail.tags).map(([tag, value]) => [tag, [value]])),
    },
    [name]: { timestamp: new Date(at).toISOString(), ...part },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function ok(response: ServerResponse, messageId: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ MessageId: messageId }));
}

function fail(response: ServerResponse, [status, type, message]: [number, string, string]): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ message }));
}
