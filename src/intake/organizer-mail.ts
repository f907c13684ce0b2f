/** A mail of the service to an organizer: framed, composed, and planned under a key that makes it leave at most once. */
import { createHash } from 'node:crypto';
import type { MailKind, Ports } from '../kernel/ports.ts';
import { composeMail } from '../mail/compose.ts';
import { type MailContent, renderMail } from '../mail/layout.ts';
import { isPlanned, planNotice } from '../organizers/notices.ts';
import { type Language, texts } from '../texts/catalogue.ts';

export type NoticePorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>;

export interface OrganizerMail {
  /** Deterministic: the same key is the same mail. */
  readonly key: string;
  readonly kind: MailKind;
  readonly to: { readonly name: string | null; readonly address: string };
  /** Left out: `create@`. */
  readonly from?: string;
  readonly language: Language;
  readonly subject: string;
  readonly content: Pick<MailContent, 'preheader' | 'title' | 'lead' | 'facts' | 'blocks'>;
  readonly calendar?: { readonly ics: string; readonly method: string; readonly filename: string };
  /** What the reader is told of why he gets it. */
  readonly why: 'invited' | 'named';
  readonly autoSubmitted: 'auto-generated' | 'auto-replied';
  /** The mail it answers to. */
  readonly about: { readonly arrival: string; readonly messageId: string | null };
  readonly workspace: string | null;
  readonly event?: string;
}

/** Message ids that may stand in our own header; others are left out rather than repaired. */
const MESSAGE_ID = /^<[!-;=?-~]{3,300}>$/;

export function createAddress(settings: { readonly mailDomain: string }): string {
  return `create@${settings.mailDomain}`;
}

export async function mailOrganizer(ports: NoticePorts, mail: OrganizerMail): Promise<'planned' | 'already'> {
  if (await isPlanned(ports, mail.key)) return 'already';
  const { language } = mail;
  const words = texts(language).intake;
  const create = createAddress(ports.settings);
  const from = mail.from ?? create;
  const { text, html } = renderMail({
    language,
    brand: { name: words.brand },
    ...mail.content,
    footer: [words.footer[mail.why](create), words.footer.automatic, words.footer.trace(mail.about.arrival)],
  });
  const parent = mail.about.messageId;
  const raw = await composeMail({
    from: { name: words.brand, address: from },
    to: mail.to,
    subject: mail.subject,
    text,
    html,
    ...(mail.calendar === undefined ? {} : { calendar: mail.calendar }),
    messageId: `<${createHash('sha256').update(mail.key).digest('hex').slice(0, 32)}@${ports.settings.mailDomain}>`,
    date: new Date(ports.clock.now()).toISOString(),
    inReplyTo: parent !== null && MESSAGE_ID.test(parent) ? parent : null,
    autoSubmitted: mail.autoSubmitted,
  });
  return planNotice(ports, {
    key: mail.key,
    kind: mail.kind,
    to: mail.to.address,
    from,
    raw,
    workspace: mail.workspace,
    ...(mail.event === undefined ? {} : { event: mail.event }),
  });
}
