/**
 * The one mail that says why something was not taken, what was wrong, where, and what to do. To proven senders only, never to
 * what answers by itself, one for each reason and hour, so many a day (threats-and-faults 3, "no loops").
 */
import type { Refusal } from '../calendar/event.ts';
import { refusalWords } from '../calendar/refusal.ts';
import { addressHash } from '../kernel/address.ts';
import { headerText } from '../mail/compose.ts';
import type { InboundMail } from '../mail/inbound.ts';
import type { Fact } from '../mail/layout.ts';
import type { Proof } from '../mail/sender.ts';
import { languageOf } from '../organizers/brand.ts';
import { isPlanned } from '../organizers/notices.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { mayExplain } from './answerable.ts';
import type { ArrivalRecord } from './journal.ts';
import { createAddress, mailOrganizer, type NoticePorts } from './organizer-mail.ts';
import { takeSlot } from './slots.ts';

const HOUR = 3_600;
const DAY = 86_400;
const SUBJECT_CHARS = 120;

export interface Explanation {
  readonly arrival: ArrivalRecord;
  readonly mail: InboundMail;
  readonly proof: Proof;
  readonly reason: string;
  /** The calendar core's own words, where it refused. */
  readonly refusal: Refusal | null;
  readonly workspace: string | null;
}

export async function explain(
  ports: NoticePorts,
  input: Explanation,
): Promise<'planned' | 'already' | 'silent'> {
  const to = input.proof.identity;
  if (to === null || !mayExplain(input.arrival, input.mail, input.proof, ports.settings.mailDomain))
    return 'silent';
  const key = `explain#${input.arrival.id}`;
  if (await isPlanned(ports, key)) return 'already';
  if (!(await withinLimits(ports, addressHash(to), input))) return 'silent';
  // Whoever has no workspace yet reads English, as our pages do where nobody says otherwise.
  const language = input.workspace === null ? 'en' : await languageOf(ports, input.workspace);
  const words = texts(language).intake.explain;
  const about = headerText(input.mail.subject ?? '', SUBJECT_CHARS);
  return mailOrganizer(ports, {
    key,
    kind: 'organizer',
    to: { name: null, address: to },
    language,
    subject: about === '' ? words.subjectPlain : words.subject(about),
    content: {
      preheader: words.preheader,
      title: words.title,
      lead: whatWasWrong(input, createAddress(ports.settings), language),
      facts: factsOf(input, language),
      blocks: [
        { kind: 'heading', text: words.todo },
        { kind: 'list', items: words.hint[wordsFor(input.reason)](createAddress(ports.settings)) },
      ],
    },
    why: 'named',
    autoSubmitted: 'auto-replied',
    about: { arrival: input.arrival.id, messageId: input.mail.messageId },
    workspace: input.workspace,
  });
}

/** The hour first: a mail that is held back must not use up the day. */
async function withinLimits(
  ports: NoticePorts,
  who: string,
  { reason, arrival }: Explanation,
): Promise<boolean> {
  const holder = arrival.id;
  const hour = { key: `explain:${who}:${reason}`, seconds: HOUR, limit: 1, holder };
  if (!(await takeSlot(ports, hour))) return false;
  const limit = ports.settings.limits.EXPLANATIONS_PER_SENDER_DAY;
  return takeSlot(ports, { key: `explain:${who}`, seconds: DAY, limit, holder });
}

type Reason = keyof ReturnType<typeof texts>['intake']['explain']['what'];

function wordsFor(reason: string): Reason {
  const known = texts().intake.explain.what;
  return Object.hasOwn(known, reason) ? (reason as Reason) : 'other';
}

function whatWasWrong(input: Explanation, create: string, language: Language): string {
  const { mail, refusal, reason } = input;
  if (refusal !== null && refusal.sentence !== '') return refusalWords(refusal, language);
  if (mail.problem !== null) return texts(language).mail.problems[mail.problem.code];
  return texts(language).intake.explain.what[wordsFor(reason)](create);
}

function factsOf(input: Explanation, language: Language): readonly Fact[] {
  const words = texts(language).intake.facts;
  const facts: Fact[] = [];
  const subject = headerText(input.mail.subject ?? '', SUBJECT_CHARS);
  if (subject !== '') facts.push([words.mail, subject]);
  if (input.refusal?.line != null) facts.push([words.line, String(input.refusal.line)]);
  return facts;
}
