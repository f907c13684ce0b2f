/** A service of the demo's own, spoken to from outside only: SMTP in, a relay that takes what it sends, its pages and its API. */

import { DEFAULT_LIMITS } from '../../kernel/limits.ts';
import type { Log } from '../../kernel/ports.ts';
import { readMail } from '../../mail/inbound.ts';
import { type LocalConfig, readLocalConfig } from '../config.ts';
import { type MailClient, replyMail, sendReply } from '../local/mailboxes.ts';
import { startService } from '../local/server.ts';
import { type SmtpListener, startSmtp } from '../local/smtp.ts';
import { sendMail } from '../local/smtp-client.ts';

const OPERATOR_KEY = 'operator-key-of-the-demo';
const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 5;
const STOP_MS = 1000;
const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface SentMail {
  readonly kind: string;
  readonly event: string | null;
  readonly revision: number;
  readonly to: string;
  readonly subject: string;
  readonly raw: Uint8Array;
  /** Milliseconds since the last press on a page. */
  readonly afterMs: number;
}

interface EventView {
  readonly id: string;
  readonly title: string;
  readonly start: string | null;
  readonly timeZone: string | null;
  readonly recurrence: string | null;
  readonly status: string;
  readonly revision: number;
  readonly pageUrl: string;
  readonly counts: { readonly yes: number; readonly no: number; readonly maybe: number };
}

interface ArrivalView {
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly event: string | null;
}

export interface PersonView {
  readonly email: string;
  readonly state: string;
  readonly answer: string;
  readonly previousAnswer: string | null;
  readonly origin: string | null;
  readonly prodId: string | null;
  readonly revisionSent: number | null;
}

export class DemoService {
  readonly #service: Awaited<ReturnType<typeof startService>>;
  readonly #sink: SmtpListener;
  readonly #sent: SentMail[];
  readonly #aheadMs: number;
  #pressedAt = 0;

  static async start(dataDir: string, aheadMs: number): Promise<DemoService> {
    const sent: SentMail[] = [];
    let service: DemoService | undefined;
    const sink = await startSmtp({
      port: 0,
      name: 'demo',
      log: SILENT,
      limits: DEFAULT_LIMITS,
      accepts: () => true,
      accept: async ({ raw, recipients }) => {
        sent.push(await sentMail(raw, recipients[0] ?? '', service?.sincePress() ?? 0));
      },
    });
    const running = await startService(configFor(dataDir, aheadMs, sink.port), { log: () => undefined });
    service = new DemoService(running, sink, sent, aheadMs);
    return service;
  }

  private constructor(
    service: Awaited<ReturnType<typeof startService>>,
    sink: SmtpListener,
    sent: SentMail[],
    aheadMs: number,
  ) {
    this.#service = service;
    this.#sink = sink;
    this.#sent = sent;
    this.#aheadMs = aheadMs;
  }

  get http(): string {
    return this.#service.http;
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  sincePress(): number {
    return Date.now() - this.#pressedAt;
  }

  mails(): readonly SentMail[] {
    return this.#sent;
  }

  async stop(): Promise<void> {
    await this.#service.stop();
    await this.#sink.close(STOP_MS);
  }

  async smtp(raw: Uint8Array, from: string, to: string): Promise<void> {
    await sendMail({ port: this.#service.smtpPort, from, to: [to], raw });
  }

  async reply(client: MailClient, invite: Uint8Array, answer: 'yes' | 'no' | 'maybe'): Promise<void> {
    const reply = await replyMail(client, invite, { answer, now: new Date(this.now()).toISOString() });
    await sendReply(this.#service.smtpPort, reply);
  }

  /** Presses on the page; answers its status. */
  async ask(pageUrl: string, email: string): Promise<number> {
    this.#pressedAt = Date.now();
    return (await fetch(pageUrl, { method: 'POST', body: new URLSearchParams({ email }) })).status;
  }

  /** The n-th arrival, once it has its outcome. */
  async arrival(count: number): Promise<ArrivalView> {
    return this.until('the mail has an outcome', async () => {
      const { items } = await this.#api<{ items: ArrivalView[] }>('/arrivals');
      const arrival = items.at(-count);
      return arrival !== undefined && arrival.outcome !== null ? arrival : undefined;
    });
  }

  async event(id: string): Promise<EventView> {
    return this.#api<EventView>(`/events/${id}`);
  }

  async people(event: string): Promise<readonly PersonView[]> {
    return (await this.#api<{ items: PersonView[] }>(`/events/${event}/invites`)).items;
  }

  async mail(fits: (mail: SentMail) => boolean, what: string): Promise<SentMail> {
    return this.until(what, async () => this.#sent.find(fits));
  }

  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE_MS / 1000} seconds`);
      await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  async #api<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.http}/api/v1${path}`, {
      headers: { authorization: `Bearer ${OPERATOR_KEY}` },
    });
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  }
}

function configFor(dataDir: string, aheadMs: number, relayPort: number): LocalConfig {
  const read = readLocalConfig({
    SIS_HTTP_PORT: '0',
    SIS_SMTP_PORT: '0',
    SIS_DATA_DIR: dataDir,
    SIS_SMTP_RELAY: `smtp://127.0.0.1:${relayPort}`,
    SIS_OPERATOR_KEY: OPERATOR_KEY,
    SIS_CLOCK_OFFSET_SECONDS: String(Math.round(aheadMs / 1000)),
    // A story of a minute has no minute to wait for.
    SIS_LIMIT_COALESCE_SECONDS: '0',
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  return read.config;
}

async function sentMail(raw: Uint8Array, to: string, afterMs: number): Promise<SentMail> {
  const mail = await readMail(raw, DEFAULT_LIMITS);
  const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? null;
  return {
    kind: header('X-SIS-Kind') ?? '',
    event: header('X-SIS-Event'),
    revision: Number(header('X-SIS-Revision') ?? 0),
    to,
    subject: mail.subject ?? '',
    raw,
    afterMs,
  };
}
