/**
 * The stage of the spoof journey: the real service behind real DNS, honest people with events and answers, and what anybody outside can
 * see of it all. Who sets up signs as he should; what the battery's domains then publish is up to `curtain`.
 */
import { readCalendar } from '../../src/calendar/read.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { readMail } from '../../src/mail/inbound.ts';
import { replyMail } from '../../src/platform/local/mailboxes.ts';
import { keyRecord, signMail } from '../support/dkim.ts';
import { type DnsStub, startDns, type Zone } from '../support/dns.ts';
import { type BatchMail, sendBatch } from '../support/smtp-batch.ts';
import { KEY, ZONE } from '../support/spoof-zone.ts';
import { type LocalRuntime, localRuntime } from './local-runtime.ts';
import { api, type Departed } from './runtime.ts';

export const NOW = '2026-03-01T09:05:00Z';
export const HOST = 'host@host.example';
export const GUEST = 'guest@guest.example';
export const CREATE = 'create@sis.localhost';

const PROPER = { TXT: [['v=DMARC1; p=reject']] };
const SIGNS = { TXT: keyRecord(KEY) };
const EVERYBODY: Zone = {
  '_dmarc.host.example': PROPER,
  's1._domainkey.host.example': SIGNS,
  '_dmarc.guest.example': PROPER,
  's1._domainkey.guest.example': SIGNS,
  '_dmarc.rival.example': PROPER,
  's1._domainkey.rival.example': SIGNS,
};
/** While the stage is set, every domain can prove its mail. */
const PROVABLE: Zone = Object.fromEntries(
  ['bare', 'twopolicies', 'spfonly', 'hosted', 'down', 'keydown'].flatMap(name => [
    [`_dmarc.${name}.example`, PROPER],
    [`s1._domainkey.${name}.example`, SIGNS],
  ]),
);
/** Names whose server fails. */
const BROKEN = Object.keys(PROVABLE).filter(name => ZONE[name]?.broken === true);
/** On a machine that has little time for us a name server may seem away twice. */
export const PATIENCE_MS = 170_000;
const QUIET_MS = 400;

export interface Arrival {
  readonly id: string;
  readonly to: readonly string[];
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly event: string | null;
}

export interface EventView {
  readonly id: string;
  readonly uid: string;
  readonly title: string;
  readonly start: string;
  readonly status: string;
  readonly revision: number;
  readonly workspace: string;
  readonly organizer: { readonly email: string; readonly address: string };
  readonly pageUrl: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface PersonView {
  readonly email: string;
  readonly state: string;
  readonly answer: string;
  readonly revisionSent: number | null;
}

export interface CalendarText {
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  readonly dtstamp: string;
  readonly start?: string;
  readonly title?: string;
  /** ORGANIZER, ATTENDEE and whatever else. */
  readonly lines: readonly string[];
}

export function calendarText(text: CalendarText): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Calendar//EN',
    `METHOD:${text.method}`,
    'BEGIN:VEVENT',
    `UID:${text.uid}`,
    `DTSTAMP:${text.dtstamp}`,
    `SEQUENCE:${text.sequence}`,
    `DTSTART:${text.start ?? '20260610T140000Z'}`,
    `SUMMARY:${text.title ?? 'Spring webinar'}`,
    ...text.lines,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
}

/** A calendar mail as an honest client sends it: one part, signed by the sender's own domain. */
export async function honestMail(mail: {
  readonly from: string;
  readonly to?: string;
  readonly method: string;
  readonly ics: string;
}): Promise<BatchMail> {
  const to = mail.to ?? CREATE;
  const raw = [
    `From: <${mail.from}>`,
    `To: <${CREATE}>`,
    'Subject: An invitation',
    'Date: Sun, 01 Mar 2026 09:00:00 +0000',
    'Message-ID: <honest.1@mail.example>',
    'MIME-Version: 1.0',
    `Content-Type: text/calendar; charset=UTF-8; method=${mail.method}`,
    '',
    mail.ics,
    '',
  ].join('\r\n');
  return { from: mail.from, to, raw: await signedBy(mail.from, raw) };
}

async function signedBy(address: string, raw: string): Promise<Uint8Array> {
  const domain = (address.split('@')[1] ?? '').split('.').slice(-2).join('.');
  return Buffer.from(await signMail(raw, { domain, key: KEY }), 'latin1');
}

export class Stage {
  readonly runtime: LocalRuntime;
  readonly #dns: DnsStub;
  readonly #zone: Record<string, Zone[string]>;
  readonly #excused = new Set<string>();
  #sent = 0;

  private constructor(runtime: LocalRuntime, dns: DnsStub, zone: Record<string, Zone[string]>) {
    this.runtime = runtime;
    this.#dns = dns;
    this.#zone = zone;
  }

  static async open(): Promise<Stage> {
    const zone = { ...ZONE, ...EVERYBODY, ...PROVABLE };
    const dns = await startDns(zone);
    const plenty = '100000';
    const runtime = await localRuntime(NOW, {
      SIS_TRUST_LOOPBACK: 'false',
      SIS_DNS: dns.address,
      SIS_LIMIT_CREATE_MAILS_PER_ORGANIZER_HOUR: plenty,
      SIS_LIMIT_CREATE_MAILS_PER_ORGANIZER_DAY: plenty,
      SIS_LIMIT_CONFIRMATIONS_PER_ADDRESS_DAY: plenty,
      SIS_SEND_RATE: plenty,
    });
    return new Stage(runtime, dns, zone);
  }

  /** From here on the domains publish what the battery says of them; no name server is away. */
  curtain(): void {
    for (const name of Object.keys(PROVABLE)) if (!BROKEN.includes(name)) this.#publish(name, ZONE[name]);
  }

  /** These mails come while the name servers of the battery's broken domains do not answer; afterwards nobody waits for them, see `rejoin`. */
  async sendInVain(mails: readonly BatchMail[]): Promise<void> {
    for (const name of BROKEN) this.#publish(name, ZONE[name]);
    await this.send(mails);
    const asked = () => this.#dns.asked.filter(question => BROKEN.includes(question.slice(4))).length;
    const before = asked();
    await this.until('the servers were asked', () => (asked() >= before + BROKEN.length ? true : undefined));
    // Questions alike share an answer, so their number says little: until nobody asks any more.
    await this.#still(asked);
    for (const { to } of mails) {
      const arrival = (await this.arrivals()).get(tagOf(to));
      if (arrival !== undefined) this.#excused.add(arrival.id);
    }
    for (const name of BROKEN) this.#publish(name, PROVABLE[name]);
  }

  rejoin(): void {
    this.#excused.clear();
  }

  #publish(name: string, entry: Zone[string] | undefined): void {
    if (entry === undefined) delete this.#zone[name];
    else this.#zone[name] = entry;
  }

  async close(): Promise<void> {
    await this.runtime.stop();
    await this.#dns.close();
  }

  /** The door's reply to each mail. */
  async offer(mails: readonly BatchMail[]): Promise<readonly string[]> {
    const replies = await sendBatch(this.runtime.smtpPort, mails);
    this.#sent += replies.filter(reply => reply.startsWith('250')).length;
    return replies;
  }

  async send(mails: readonly BatchMail[]): Promise<void> {
    const refused = (await this.offer(mails)).filter(reply => !reply.startsWith('250'));
    if (refused.length > 0) throw new Error(`refused at the door: ${refused.join(' | ')}`);
  }

  /** Every mail has its outcome, and what it made the service write has left. */
  async settled(): Promise<void> {
    await this.until('every arrival has its outcome', () =>
      this.#ended() >= this.#sent - this.#excused.size ? true : undefined,
    );
    await this.#still(() => this.runtime.departed().length);
  }

  #ended(): number {
    const lines = this.runtime.logged.filter(line => line.includes('"message":"arrival"'));
    return lines.filter(line => !this.#excused.has(String(JSON.parse(line).arrival))).length;
  }

  async #still(count: () => number): Promise<void> {
    for (let before = -1; before !== count(); ) {
      before = count();
      await new Promise(resolve => setTimeout(resolve, QUIET_MS));
    }
  }

  async until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
      await this.runtime.work();
    }
  }

  /** By the plus tag of the address it was sent to. */
  async arrivals(): Promise<ReadonlyMap<string, Arrival>> {
    const items = await this.#all<Arrival>('/arrivals');
    return new Map(items.map(item => [tagOf(item.to[0] ?? '') || item.id, item]));
  }

  /** Key: organizer and UID, as the registry has it. */
  async events(): Promise<ReadonlyMap<string, EventView>> {
    const items = await this.#all<EventView & { readonly asOf?: string }>('/events');
    return new Map(items.map(({ asOf: _, ...event }) => [`${event.organizer.email} ${event.uid}`, event]));
  }

  people(event: EventView): Promise<readonly PersonView[]> {
    return this.#all<PersonView>(`/events/${event.id}/invites`);
  }

  async #all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
      const page: { items: T[]; next: string | null } = await api(this.runtime, `${path}${query}`);
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return items;
  }

  /** Invites the address, which says that it asked, and answers the invite with a proven yes. Answers the UID of the invite. */
  async answersYes(event: EventView, email: string): Promise<string> {
    await api(this.runtime, `/events/${event.id}/invites`, { emails: [email] });
    const invite = await this.until(`an invite for ${email}`, async () => {
      const mails = this.runtime.departed().filter(mail => mail.to === email && mail.event === event.id);
      const question = mails.find(({ kind }) => kind === 'confirm');
      const found = mails.find(({ kind }) => kind === 'request');
      if (found === undefined && question !== undefined)
        await this.press(linkIn(await textOf(question), 'i'));
      return found;
    });
    const mail = await replyMail('google', invite.raw, { answer: 'yes', now: '2026-03-01T09:00:00Z' });
    const raw = await signedBy(email, Buffer.from(mail.raw).toString('latin1'));
    await this.send([{ from: email, to: mail.to, raw }]);
    return uidOf(invite);
  }

  get(path: string): Promise<{ readonly status: number; readonly body: string }> {
    return this.runtime.http('GET', path);
  }

  press(path: string, form = ''): Promise<{ readonly status: number; readonly body: string }> {
    return this.runtime.http('POST', path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });
  }
}

function tagOf(address: string): string {
  return /\+([^@]*)@/.exec(address)?.[1] ?? '';
}

export async function textOf(mail: Departed): Promise<string> {
  return (await (await readMail(mail.raw, DEFAULT_LIMITS)).text()) ?? '';
}

export function linkIn(text: string, room: string): string {
  const path = new RegExp(`https?://[^/\\s]+(/${room}/[\\w.~-]+)`).exec(text)?.[1];
  if (path === undefined) throw new Error(`no link to /${room}/ in the mail`);
  return path;
}

async function uidOf(invite: Departed): Promise<string> {
  const part = (await readMail(invite.raw, DEFAULT_LIMITS)).calendars[0];
  const reading = part === undefined ? undefined : readCalendar(part.bytes, part);
  const uid = reading?.ok ? reading.calendar.events[0]?.uid : undefined;
  if (uid === undefined) throw new Error('the invite has no UID');
  return uid;
}
