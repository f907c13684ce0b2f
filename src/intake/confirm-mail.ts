/** Asks an organizer for his word: is this mail from you (at most so many a day, whoever forges them), or which zone is meant. */
import { addressHash } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { headerText } from '../mail/compose.ts';
import { languageOf } from '../organizers/brand.ts';
import { isPlanned } from '../organizers/notices.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { confirmLink } from './held.ts';
import { mailOrganizer, type NoticePorts } from './organizer-mail.ts';
import { takeSlot } from './slots.ts';

const DAY = 86_400;
const TITLE_CHARS = 80;

export interface Question {
  readonly organizer: Organizer;
  readonly title: string;
  readonly event: string | null;
  readonly about: { readonly arrival: string; readonly messageId: string | null };
}

type AskPorts = NoticePorts & Pick<Ports, 'keys'>;

export async function askWhetherHis(ports: AskPorts, input: Question): Promise<void> {
  const key = `confirm#${input.about.arrival}`;
  const who = addressHash(input.organizer.address);
  const limit = ports.settings.limits.CONFIRMATIONS_PER_ADDRESS_DAY;
  const slot = { key: `confirm:${who}`, seconds: DAY, limit, holder: input.about.arrival };
  if ((await isPlanned(ports, key)) || !(await takeSlot(ports, slot))) return;
  const language = await languageOf(ports, input.organizer.workspace);
  const words = texts(language).intake.confirm;
  const title = plainTitle(input.title, language);
  await ask(ports, input, key, {
    language,
    subject: words.subject(title),
    preheader: words.preheader,
    title: words.title,
    lead: words.lead(title),
    button: words.button,
    below: [words.notYou, words.once],
  });
}

export async function askForZone(ports: AskPorts, input: Question): Promise<void> {
  const language = await languageOf(ports, input.organizer.workspace);
  const words = texts(language).intake.zone;
  const title = plainTitle(input.title, language);
  const key = `zone#${input.about.arrival}`;
  const holder = input.about.arrival;
  const slot = { key: `zone:${input.event ?? holder}`, seconds: DAY, limit: 1, holder };
  if ((await isPlanned(ports, key)) || !(await takeSlot(ports, slot))) return;
  await ask(ports, input, key, {
    language,
    subject: words.subject(title),
    preheader: words.preheader,
    title: words.title,
    lead: words.lead(title),
    button: words.button,
    below: [words.after],
  });
}

interface Words {
  readonly language: Language;
  readonly subject: string;
  readonly preheader: string;
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly below: readonly string[];
}

async function ask(ports: AskPorts, input: Question, key: string, words: Words): Promise<void> {
  const { organizer } = input;
  await mailOrganizer(ports, {
    key,
    kind: 'confirm',
    // The name comes from a mail that may be forged.
    to: { name: null, address: organizer.address },
    language: words.language,
    subject: words.subject,
    content: {
      preheader: words.preheader,
      title: words.title,
      lead: words.lead,
      blocks: [
        { kind: 'button', label: words.button, url: confirmLink(ports, organizer) },
        ...words.below.map(text => ({ kind: 'paragraph', text }) as const),
      ],
    },
    why: 'named',
    autoSubmitted: 'auto-generated',
    about: { arrival: input.about.arrival, messageId: null },
    workspace: organizer.workspace,
    ...(input.event === null ? {} : { event: input.event }),
  });
}

/** A stranger's title in a mail of ours carries no link and no telephone number (threats-and-faults 5). */
export function plainTitle(title: string, language: Language): string {
  const plain = headerText(title.slice(0, 300), 300)
    .replace(/\b(?:https?:\/\/|www\.)\S*/gi, ' ')
    .replace(/\S*[\p{L}\p{N}]\.[\p{L}]{2,}(?:\/\S*)?/gu, ' ')
    .replace(/\+?\d[\d\s()./-]{5,}\d/g, ' ');
  const line = headerText(plain, TITLE_CHARS);
  return line === '' ? texts(language).intake.untitled : line;
}
