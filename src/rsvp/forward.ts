/** A person wrote words to an organizer's invite address: passed on once, as text, from our address with his named (imip.md 7.5). */
import { formatInstant } from '../calendar/time.ts';
import { addressHash } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';
import { composeMail, headerText } from '../mail/compose.ts';
import type { InboundMail } from '../mail/inbound.ts';
import { type Block, type Fact, renderMail } from '../mail/layout.ts';
import type { Proof } from '../mail/sender.ts';
import { languageOf } from '../organizers/brand.ts';
import { planNotice } from '../organizers/notices.ts';
import { inviteAddress, type Organizer } from '../organizers/organizer.ts';
import { type Language, texts } from '../texts/catalogue.ts';

export interface MessageToForward {
  readonly arrival: string;
  readonly mail: InboundMail;
  readonly proof: Proof;
  readonly organizer: Organizer;
}

const DAY = 86_400;
const TEXT_CHARS = 20_000;
const NAME_CHARS = 80;

/** Null: passed on; else why not. */
export async function forwardMessage(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>,
  message: MessageToForward,
): Promise<'sender_limit' | null> {
  const { arrival, mail, organizer } = message;
  const sender = mail.fromAddress ?? '';
  const limit = ports.settings.limits.EXPLANATIONS_PER_SENDER_DAY;
  const key = `message:${addressHash(sender)}`;
  const counted = await countAgainst(ports, [{ key, seconds: DAY, limit }]);
  if (!counted.ok) return 'sender_limit';
  const from = inviteAddress(organizer, ports.settings.mailDomain);
  await planNotice(ports, {
    key: `message:${arrival}`,
    kind: 'organizer',
    to: organizer.address,
    from,
    raw: await compose(ports, message, from, await languageOf(ports, organizer.workspace)),
    workspace: organizer.workspace,
  });
  return null;
}

async function compose(
  ports: Pick<Ports, 'clock' | 'settings'>,
  { arrival, mail, proof, organizer }: MessageToForward,
  from: string,
  language: Language,
): Promise<Uint8Array> {
  const words = texts(language).rsvp.message;
  const sender = senderName(mail);
  const said = (await mail.text())?.trim() ?? '';
  const { text, html } = renderMail({
    language,
    preheader: headerText(said, 120),
    title: words.title(sender),
    brand: { name: organizer.name || organizer.slug },
    lead: words.lead,
    facts: factsOf(mail, language),
    blocks: blocksOf(mail, said, proof, sender, language),
    footer: [words.footer],
  });
  return composeMail({
    from: { name: organizer.name || organizer.slug, address: from },
    to: { name: organizer.name, address: organizer.address },
    subject: words.subject(sender),
    text,
    html,
    messageId: `message.${arrival}@${ports.settings.mailDomain}`,
    date: formatInstant(ports.clock.now()),
    autoSubmitted: 'auto-generated',
  });
}

function senderName(mail: InboundMail): string {
  const name = headerText(mail.from[0]?.name ?? '', NAME_CHARS);
  return name === '' ? (mail.fromAddress ?? '') : name;
}

function factsOf(mail: InboundMail, language: Language): readonly Fact[] {
  const words = texts(language).rsvp.message;
  const facts: Fact[] = [[words.from, mail.fromAddress ?? '']];
  const subject = headerText(mail.subject ?? '', 250);
  if (subject !== '') facts.push([words.said, subject]);
  return facts;
}

function blocksOf(
  mail: InboundMail,
  said: string,
  proof: Proof,
  sender: string,
  language: Language,
): readonly Block[] {
  const words = texts(language).rsvp.message;
  const characters = [...said];
  const blocks: Block[] = [
    said === ''
      ? { kind: 'paragraph', text: words.empty }
      : { kind: 'quote', text: characters.slice(0, TEXT_CHARS).join('') },
  ];
  if (characters.length > TEXT_CHARS) blocks.push({ kind: 'paragraph', text: words.cut });
  if (mail.attachments.length > 0) blocks.push({ kind: 'paragraph', text: words.attachments });
  if (proof.identity === null) blocks.push({ kind: 'note', text: words.unproven });
  if (mail.fromAddress !== null) {
    blocks.push({ kind: 'button', label: words.reply(sender), url: `mailto:${encodeURI(mail.fromAddress)}` });
  }
  return blocks;
}
