/** What a workspace chose for its upcoming page. Row `W#<workspace>` / `UPCOMING`, written under its version; without one, our defaults. */
import { ConflictError, InputError, MissingError } from '../kernel/errors.ts';
import type { Json, Key, Ports } from '../kernel/ports.ts';
import { countPageName, pageName } from '../organizers/page-name.ts';
import { oneLine } from '../organizers/page-words.ts';
import { isOrganizerSlug } from '../organizers/slug.ts';
import { keepPageName, organizersOf, workspaceById, workspaceOfPageName } from '../organizers/store.ts';
import { loadEvent } from './store.ts';

export const UPCOMING_TOGGLES = ['location', 'search', 'follow', 'feed', 'noIndex'] as const;
export type UpcomingToggle = (typeof UPCOMING_TOGGLES)[number];

export interface UpcomingOptions extends Readonly<Record<UpcomingToggle, boolean>> {
  /** In `/o/<slug>`; null: the organizer's own, or the workspace's id. */
  readonly slug: string | null;
  /** Ids of events that stand first, in this order. */
  readonly pinned: readonly string[];
  /** Words of the button, and a sentence below the title; null: ours, or none. */
  readonly label: string | null;
  readonly intro: string | null;
}

export type UpcomingChoice = Partial<UpcomingOptions>;

export const UPCOMING_DEFAULTS: UpcomingOptions = {
  slug: null,
  pinned: [],
  location: true,
  search: true,
  follow: true,
  feed: true,
  noIndex: false,
  label: null,
  intro: null,
};

type ChoosePorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings'>;

const TRIES = 5;

export async function upcomingOptionsOf(
  ports: Pick<Ports, 'table'>,
  workspace: string,
): Promise<UpcomingOptions> {
  return optionsIn((await ports.table.get(optionsKey(workspace)))?.options);
}

export async function chooseUpcoming(
  ports: ChoosePorts,
  workspace: string,
  choice: UpcomingChoice,
): Promise<UpcomingOptions> {
  if ((await workspaceById(ports, workspace)) === undefined) {
    throw new MissingError('unknown_workspace', 'There is no such workspace.');
  }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const row = await ports.table.get(optionsKey(workspace));
    const before = optionsIn(row?.options);
    const options = await chosenUpcoming(ports, workspace, before, choice);
    const named = { ...options, slug: await nameAfter(ports, workspace, before, choice.slug) };
    const version = Number(row?.version ?? 0);
    const saved = await ports.table.put(
      { ...optionsKey(workspace), workspace, options: { ...named }, version: version + 1 },
      { if: row === undefined ? { row: 'absent' } : { attribute: 'version', is: version } },
    );
    if (saved) return named;
  }
  throw new ConflictError('page_busy', 'The page was changed too often meanwhile. Try again.');
}

/** What the page would show: checked, not kept; its address stays. */
export async function chosenUpcoming(
  ports: Pick<Ports, 'table' | 'blobs' | 'settings'>,
  workspace: string,
  before: UpcomingOptions,
  { slug: _slug, ...choice }: UpcomingChoice,
): Promise<UpcomingOptions> {
  const { limits } = ports.settings;
  const { label = before.label, intro = before.intro } = choice;
  return {
    ...before,
    ...choice,
    pinned: await checkedPins(ports, workspace, before, choice.pinned),
    label: oneLine('label', label, limits.PAGE_LABEL_CHARS),
    intro: oneLine('intro', intro, limits.PAGE_INTRO_CHARS),
  };
}

/** The last part of the page's address. */
export async function upcomingSlug(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  { slug }: UpcomingOptions,
): Promise<string> {
  if (slug !== null) return slug;
  const [only, ...others] = await organizersOf(ports, workspace);
  return only !== undefined && others.length === 0 ? only.slug : workspace;
}

async function checkedPins(
  ports: Pick<Ports, 'table' | 'blobs' | 'settings'>,
  workspace: string,
  before: UpcomingOptions,
  typed: readonly string[] | undefined,
): Promise<readonly string[]> {
  if (typed === undefined) return before.pinned;
  const pinned = [...new Set(typed)];
  const most = ports.settings.limits.UPCOMING_PINNED;
  if (pinned.length > most) {
    throw new InputError('too_many_pinned', `At most ${most} events can stand first.`, { field: 'pinned' });
  }
  for (const [index, id] of pinned.entries()) {
    if (before.pinned.includes(id) || (await loadEvent(ports, id))?.workspace === workspace) continue;
    throw new InputError('unknown_event', 'There is no such event in this workspace.', {
      field: `pinned.${index}`,
    });
  }
  return pinned;
}

async function nameAfter(
  ports: ChoosePorts,
  workspace: string,
  before: UpcomingOptions,
  typed: string | null | undefined,
): Promise<string | null> {
  if (typed === undefined) return before.slug;
  if (typed === null || typed.trim() === '') return null;
  const slug = pageName(typed);
  if (slug === before.slug) return slug;
  // Mailboxes and pages share their names, so that one name never means two.
  if (!isOrganizerSlug(slug)) {
    throw new InputError('bad_slug', `“${slug}” can be no name here: it is kept, or longer than 40.`, {
      field: 'slug',
    });
  }
  const own = (await workspaceOfPageName(ports, slug)) === workspace;
  if (!own) await countPageName(ports, workspace);
  if (own || (await keepPageName(ports, slug, workspace))) return slug;
  throw new InputError('slug_taken', `Another page is called “${slug}” already. Add a word or a number.`, {
    field: 'slug',
  });
}

function optionsIn(stored: Json | undefined): UpcomingOptions {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return UPCOMING_DEFAULTS;
  const row = stored as Readonly<Record<string, Json>>;
  const flag = (name: UpcomingToggle): boolean => {
    const value = row[name];
    return typeof value === 'boolean' ? value : UPCOMING_DEFAULTS[name];
  };
  const text = (name: 'slug' | 'label' | 'intro'): string | null => {
    const value = row[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    slug: text('slug'),
    pinned: Array.isArray(row.pinned) ? row.pinned.map(String) : [],
    location: flag('location'),
    search: flag('search'),
    follow: flag('follow'),
    feed: flag('feed'),
    noIndex: flag('noIndex'),
    label: text('label'),
    intro: text('intro'),
  };
}

function optionsKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'UPCOMING' };
}
