/** Changes what an event's page is called and shows. What is left out stays; every write is under the version that was read. */
import { ConflictError, InputError, MissingError } from '../kernel/errors.ts';
import { randomText } from '../kernel/ids.ts';
import type { Ports } from '../kernel/ports.ts';
import { countPageName, pageName } from '../organizers/page-name.ts';
import { oneLine } from '../organizers/page-words.ts';
import type { EventRecord } from './event.ts';
import type { PageOptions } from './page-options.ts';
import { eventIdOfSlug, keepSlug, loadEvent, saveFace } from './store.ts';

export interface PageChoice extends Partial<Omit<PageOptions, 'key'>> {
  readonly slug?: string;
  /** The link to the private page from now on is another one; the one before leads nowhere. */
  readonly newKey?: boolean;
}

type ChoosePorts = Pick<Ports, 'table' | 'blobs' | 'random' | 'clock' | 'settings'>;

const TRIES = 5;
const KEY_CHARS = 26;

export async function choosePageOptions(
  ports: ChoosePorts,
  { id }: Pick<EventRecord, 'id'>,
  choice: PageChoice,
): Promise<EventRecord> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const record = await loadEvent(ports, id);
    if (record === undefined) throw new MissingError('unknown_event', 'There is no such event.');
    const slug = await slugAfter(ports, record, choice.slug);
    const next = { ...record, slug, page: chosenPage(ports, record.page, choice) };
    if (await saveFace(ports, record, next)) return { ...next, version: record.version + 1 };
  }
  throw new ConflictError('event_busy', 'The event changed too often meanwhile. Try again.');
}

/** What the page would show: checked, not kept. */
export function chosenPage(
  ports: Pick<Ports, 'random' | 'settings'>,
  before: PageOptions,
  { slug: _slug, newKey = false, ...choice }: PageChoice,
): PageOptions {
  const { limits } = ports.settings;
  const { label = before.label, intro = before.intro } = choice;
  const page = {
    ...before,
    ...choice,
    label: oneLine('label', label, limits.PAGE_LABEL_CHARS),
    intro: oneLine('intro', intro, limits.PAGE_INTRO_CHARS),
  };
  const needsKey = newKey || (page.visibility === 'private' && page.key === null);
  return needsKey ? { ...page, key: randomText(ports.random, KEY_CHARS) } : page;
}

async function slugAfter(
  ports: ChoosePorts,
  { id, slug: before, workspace }: EventRecord,
  typed: string | undefined,
): Promise<string> {
  if (typed === undefined) return before;
  const slug = pageName(typed);
  if (slug === before) return before;
  const holder = await eventIdOfSlug(ports, slug);
  if (holder === undefined) await countPageName(ports, workspace);
  if (holder === id || (holder === undefined && (await keepSlug(ports, slug, id)))) return slug;
  throw new InputError('slug_taken', `Another page is called “${slug}” already. Add a word or a number.`, {
    field: 'slug',
  });
}
