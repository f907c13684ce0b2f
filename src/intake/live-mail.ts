/** "Your event is live": once for each event, to its organizer, with everything he passes on and how changes work. */
import { describeEvent, type EventFacts } from '../calendar/describe.ts';
import { formatInstant } from '../calendar/time.ts';
import { type EventRecord, pageUrl, statusAt } from '../events/event.ts';
import { dashboardLink } from '../events/links.ts';
import { tellFollowers } from '../invites/follow.ts';
import type { Ports } from '../kernel/ports.ts';
import type { Block, Fact } from '../mail/layout.ts';
import { languageOf } from '../organizers/brand.ts';
import { inviteAddress, type Organizer } from '../organizers/organizer.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { createAddress, mailOrganizer, type NoticePorts } from './organizer-mail.ts';

export interface LiveMail {
  readonly event: EventRecord;
  readonly organizer: Organizer;
  /** What was noticed while the event was read. */
  readonly notes: readonly string[];
  readonly about: { readonly arrival: string; readonly messageId: string | null };
}

export async function mailLive(ports: NoticePorts & Pick<Ports, 'keys'>, input: LiveMail): Promise<void> {
  const { event, organizer } = input;
  const now = ports.clock.now();
  if (statusAt(event, now) !== 'live') return;
  await tellFollowers(ports, event);
  const language = await languageOf(ports, event.workspace);
  const facts = describeEvent(event.state, { now: formatInstant(now), zone: organizer.zone, language });
  const words = texts(language).intake.live;
  const { title } = facts;
  await mailOrganizer(ports, {
    key: `live#${event.id}`,
    kind: 'organizer',
    to: { name: organizer.name, address: organizer.address },
    language,
    subject: words.subject(title),
    content: {
      preheader: words.preheader,
      title: words.title,
      lead: words.lead(title),
      facts: factsOf(facts, organizer, ports.settings.mailDomain, language),
      blocks: blocksOf(ports, input, facts, language),
    },
    why: 'invited',
    autoSubmitted: 'auto-generated',
    about: input.about,
    workspace: event.workspace,
    event: event.id,
  });
}

function factsOf(
  facts: EventFacts,
  organizer: Organizer,
  mailDomain: string,
  language: Language,
): readonly Fact[] {
  const words = texts(language).intake.facts;
  const rows: Fact[] = [
    [words.event, facts.title],
    [words.when, facts.when],
  ];
  if (facts.recurrenceWords !== null) rows.push([words.repeats, facts.recurrenceWords]);
  if (facts.location !== null) rows.push([words.where, facts.location]);
  rows.push([words.sender, inviteAddress(organizer, mailDomain)]);
  return rows;
}

function blocksOf(
  ports: Pick<Ports, 'keys' | 'clock' | 'settings'>,
  input: LiveMail,
  facts: EventFacts,
  language: Language,
): Block[] {
  const words = texts(language).intake.live;
  const page = pageUrl(ports.settings, input.event);
  const warnings = [...noteWords(input, language), ...facts.warnings];
  return [
    { kind: 'button', label: words.open, url: page },
    ...(warnings.length === 0 ? [] : [{ kind: 'heading', text: words.warnings } as const]),
    ...warnings.map(text => ({ kind: 'note', text }) as const),
    { kind: 'heading', text: words.share },
    { kind: 'link', label: words.page, url: page },
    { kind: 'link', label: words.campaign, url: page },
    { kind: 'link', label: words.file, url: `${page}.ics` },
    { kind: 'heading', text: words.watch },
    { kind: 'link', label: words.dashboard, url: dashboardLink(ports, input.event) },
    { kind: 'paragraph', text: words.dashboardHint },
    { kind: 'heading', text: words.changes },
    { kind: 'list', items: words.changesList(createAddress(ports.settings)) },
  ];
}

/** Codes of the calendar core that an organizer should know of; the others only say what was repaired. */
function noteWords({ notes, organizer }: LiveMail, language: Language): readonly string[] {
  const words = texts(language).intake.notes;
  return notes.flatMap(code => {
    if (code === 'floating_in_organizer_zone')
      return [words.floating_in_organizer_zone(organizer.zone ?? '')];
    return Object.hasOwn(words.plain, code) ? [words.plain[code as keyof typeof words.plain]] : [];
  });
}
