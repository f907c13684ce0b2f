/** Campaign buttons: sealed links (D10) in HTML that is ready to paste, or saved where the platform's editor finds it. */
import {
  type Audience,
  type PlatformClient,
  PlatformError,
  type PlatformName,
} from '../../../connectors/contract.ts';
import { MERGE_TAGS } from '../../../connectors/merge-tags.ts';
import { describeEvent, type EventFacts, lastEnd } from '../../calendar/describe.ts';
import { type EventRecord, pageUrl, statusAt } from '../../events/event.ts';
import { comingEvents } from '../../events/upcoming.ts';
import { ConflictError, InputError } from '../../kernel/errors.ts';
import type { Key, Ports } from '../../kernel/ports.ts';
import { brandOf } from '../../organizers/brand.ts';
import { type Language, texts } from '../../texts/catalogue.ts';
import { type ClientPorts, withClient } from '../account/client.ts';
import { type Connection, TITLES } from '../account/connection.ts';
import { connectorOf } from '../account/connector.ts';
import { isInstant, renewContactTokens } from '../press/instant.ts';
import { type Button, type ButtonGroup, buttonHtml, buttonText } from './button-html.ts';
import { buttonUrl, type EnvelopeAnswer, sealEnvelope } from './envelope.ts';

export interface ButtonAsk {
  readonly event: EventRecord;
  readonly platform: PlatformName | 'other';
  /** Null for `other`. */
  readonly connection: Connection | null;
  readonly audience: string | null;
  readonly answers: readonly EnvelopeAnswer[];
  /** `upcoming`: one button for each of the organizer's next events, this one among them. */
  readonly variant: 'event' | 'upcoming';
  /** Null: the workspace's. */
  readonly language: Language | null;
}

export interface MadeButtons {
  readonly html: string;
  readonly text: string;
  readonly links: Readonly<Partial<Record<EnvelopeAnswer, string>>>;
  /** Which events the buttons are for, in their order. */
  readonly events: readonly { readonly id: string; readonly links: MadeButtons['links'] }[];
  /** RFC 3339: from then on the first of the links says kindly that it is too old. */
  readonly expiresAt: string | null;
}

type ButtonPorts = ClientPorts & Pick<Ports, 'keys' | 'blobs'>;

const DAY_SECONDS = 86_400;
/** The calmest order to read. */
const ORDER: readonly EnvelopeAnswer[] = ['ask', 'yes', 'maybe', 'no'];

export async function makeButtons(ports: ButtonPorts, ask: ButtonAsk): Promise<MadeButtons> {
  refuseClosed(ports, ask.event);
  const audience = await audienceOf(ports, ask);
  const answers = ORDER.filter(answer => ask.answers.includes(answer));
  const events = ask.variant === 'upcoming' ? await nextEvents(ports, ask.event) : [ask.event];
  const made = [];
  for (const event of events) made.push(await linksOf(ports, { ...ask, event, audience, answers }));
  // A campaign follows: who has joined since is to have a token by then.
  if (ask.connection !== null && audience !== null) {
    const { id: connection, workspace } = ask.connection;
    await renewContactTokens(ports, { workspace, connection, audience });
  }
  const brand = await brandOf(ports, ask.event.workspace);
  const now = ports.clock.now();
  const language = ask.language ?? brand.language;
  const groups = made.map(({ event, links }) => groupOf({ event, links, answers, now, language }));
  const heading = ask.variant === 'upcoming' ? texts(language).buttons.upcoming : null;
  return {
    html: buttonHtml(groups, brand, heading, language),
    text: buttonText(groups, heading),
    links: made[0]?.links ?? {},
    events: made.map(({ event, links }) => ({ id: event.id, links })),
    expiresAt:
      ask.connection === null && answers.every(answer => answer === 'ask')
        ? null
        : new Date(expiryOf(ports, ask.event) * 1000).toISOString(),
  };
}

/** Also where the marketer's editor finds it; one of before is replaced, so that mails not yet sent carry the new one. */
export async function saveButtons(
  ports: ButtonPorts,
  ask: ButtonAsk,
  made: MadeButtons,
): Promise<{ readonly id: string; readonly place: 'universal_content' | 'saved_template' }> {
  const { connection } = ask;
  if (connection === null)
    throw new InputError('nothing_to_save_to', texts().buttons.notSaved, { field: 'save' });
  const words = texts().buttons;
  const name =
    ask.variant === 'upcoming'
      ? words.savedUpcoming
      : words.savedName(factsOf(ask.event, ports.clock.now()).title);
  const key = savedKey(connection.id, ask);
  const standing = await ports.table.get(key);
  const save = (id: string | null) =>
    withClient(ports, connection, client => client.saveButton({ name, html: made.html, standing: id }));
  const saved = await save(typeof standing?.saved === 'string' ? standing.saved : null).catch(
    (error: unknown) => {
      // The marketer has thrown the earlier one away.
      if (error instanceof PlatformError && error.kind === 'absent' && standing !== undefined)
        return save(null);
      throw error;
    },
  );
  await ports.table.put({ ...key, workspace: connection.workspace, saved: saved.id, place: saved.place });
  return saved;
}

/** Epoch seconds. Long after the end, since an event may be put off; that it is over, the page says by itself. */
export function expiryOf(
  ports: Pick<Ports, 'clock' | 'settings'>,
  event: Pick<EventRecord, 'state'>,
): number {
  const { BUTTON_DAYS_AFTER, LINK_DAYS } = ports.settings.limits;
  const now = ports.clock.now() / 1000;
  const end = lastEnd(event.state);
  if (end === null) return Math.floor(now + LINK_DAYS * DAY_SECONDS);
  return Math.floor(Math.max(Date.parse(end) / 1000, now) + BUTTON_DAYS_AFTER * DAY_SECONDS);
}

function refuseClosed(ports: Pick<Ports, 'clock'>, event: EventRecord): void {
  const status = statusAt(event, ports.clock.now());
  if (status !== 'live') throw new ConflictError(`event_${status}`, texts().buttons[status]);
}

/** Null where the platform's contacts live in no audience. */
async function audienceOf(ports: ButtonPorts, { connection, audience }: ButtonAsk): Promise<string | null> {
  if (connection === null || connectorOf(ports, connection.platform)?.needsAudience !== true) return null;
  const most = ports.settings.limits.BUTTON_AUDIENCES_READ;
  const all = await withClient(ports, connection, client => audiencesOf(client, most));
  const words = texts().buttons;
  const whole = all.filter(({ kind }) => kind !== 'segment');
  const names = whole.map(({ id, name }) => `${name} (${id})`).join(', ');
  if (audience !== null) {
    if (all.some(({ id }) => id === audience)) return audience;
    throw new InputError('unknown_audience', words.unknownAudience(names), { field: 'audience' });
  }
  const [only] = whole;
  if (only === undefined)
    throw new ConflictError('no_audience', words.noAudience(TITLES[connection.platform]));
  if (whole.length === 1) return only.id;
  throw new InputError('audience_needed', words.audienceNeeded(TITLES[connection.platform], names), {
    field: 'audience',
  });
}

async function audiencesOf(client: PlatformClient, most: number): Promise<readonly Audience[]> {
  const found: Audience[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.audiences(cursor);
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && found.length < most);
  return found;
}

/** Of the same organizer, soonest first. */
async function nextEvents(ports: ButtonPorts, event: EventRecord): Promise<readonly EventRecord[]> {
  const now = ports.clock.now();
  const coming = await comingEvents(ports, { workspace: event.workspace, organizer: event.organizer });
  const startOf = (record: EventRecord): string => {
    const facts = factsOf(record, now);
    return facts.next[0]?.start.utc ?? facts.startUtc ?? facts.start.local;
  };
  const all = coming.some(({ id }) => id === event.id) ? coming : [event, ...coming];
  return all
    .map(record => ({ record, start: startOf(record) }))
    .sort((one, other) => (one.start < other.start ? -1 : 1))
    .slice(0, ports.settings.limits.BUTTON_EVENTS)
    .map(({ record }) => record);
}

async function linksOf(
  ports: ButtonPorts,
  ask: ButtonAsk,
): Promise<{ readonly event: EventRecord; readonly links: MadeButtons['links'] }> {
  const { event, connection, audience, platform } = ask;
  const links: Partial<Record<EnvelopeAnswer, string>> = {};
  for (const answer of ask.answers) {
    if (platform === 'other' && answer === 'ask') {
      links.ask = pageUrl(ports.settings, event);
      continue;
    }
    const place = { workspace: event.workspace, connection: connection?.id ?? null, audience };
    const instant = answer !== 'ask' && (await isInstant(ports, place));
    const token = await sealEnvelope(ports, {
      ...place,
      event: event.id,
      answer,
      expiresAt: expiryOf(ports, event),
      ...(instant ? { instant } : {}),
    });
    const tags = platform === 'other' ? null : MERGE_TAGS[platform];
    links[answer] = instant
      ? buttonUrl(ports.settings, token, tags?.token ?? null, 't')
      : buttonUrl(ports.settings, token, tags?.contact ?? null);
  }
  return { event, links };
}

function groupOf({
  event,
  links,
  answers,
  now,
  language,
}: {
  readonly event: EventRecord;
  readonly links: MadeButtons['links'];
  readonly answers: readonly EnvelopeAnswer[];
  readonly now: number;
  readonly language: Language;
}): ButtonGroup {
  const { title, when, location } = factsOf(event, now, language);
  const words = texts(language).buttons;
  const buttons = answers.flatMap((answer): Button[] => {
    const link = links[answer];
    return link === undefined
      ? []
      : [{ label: words.answers[answer], name: words.names[answer](title), link }];
  });
  return { title, when, where: location, buttons };
}

function factsOf(event: EventRecord, now: number, language: Language = 'en'): EventFacts {
  return describeEvent(event.state, { now: new Date(now).toISOString(), language });
}

function savedKey(connection: string, { event, variant, audience }: ButtonAsk): Key {
  const of = variant === 'upcoming' ? `UPCOMING#${event.organizer}` : event.id;
  return { pk: `C#${connection}`, sk: `BUTTON#${of}#${audience ?? '-'}` };
}
