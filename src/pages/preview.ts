/** Pages as they would be with choices that are not saved: drawn by the very code of the pages, given to the dashboard, kept nowhere. */
import { chosenPage, type PageChoice } from '../events/choose-page.ts';
import type { EventRecord } from '../events/event.ts';
import { chosenUpcoming, type UpcomingChoice } from '../events/upcoming-options.ts';
import { seatingOf } from '../invites/seats.ts';
import { MissingError } from '../kernel/errors.ts';
import type { Ports } from '../kernel/ports.ts';
import { type Brand, brandOf, checkedColors } from '../organizers/brand.ts';
import { organizerById, organizersOf } from '../organizers/store.ts';
import { undressed } from './document.ts';
import { eventBody, FIRST_VISIT } from './event-view.ts';
import { findUpcoming, inOrder, type Upcoming } from './found-upcoming.ts';
import { type Look, lookOf } from './look.ts';
import type { PageRequest } from './page.ts';
import { draftView } from './shown-event.ts';
import { ENGLISH, type Speech } from './speech.ts';
import { NOTHING_PICKED, upcomingBody } from './upcoming-view.ts';

export interface Drawn {
  readonly html: string;
  readonly css: string;
}

export interface DraftBrand extends Partial<Pick<Brand, 'name' | 'language' | 'textColor'>> {
  readonly color: string;
}

/** As a visitor who has chosen the language. */
function visitorOf({ language }: Brand): Pick<PageRequest, 'path' | 'headers'> {
  return { path: `/?lang=${language}`, headers: {} };
}

export async function previewEvent(
  ports: Ports,
  event: EventRecord,
  draft: {
    readonly options: PageChoice;
    readonly capacity?: number | null;
    readonly brand?: DraftBrand;
  },
): Promise<Drawn> {
  const organizer = await organizerById(ports, event.organizer);
  if (organizer === undefined) throw new MissingError('unknown_event', 'There is no such event.');
  const page = chosenPage(ports, event.page, draft.options);
  const brand = await draftBrand(ports, event.workspace, draft.brand);
  const look = lookOf(brand, organizer.name);
  const now = await seatingOf(ports, event.id);
  const { capacity = now?.capacity ?? null } = draft;
  const seating = capacity === null ? null : { capacity, taken: now?.taken ?? 0 };
  const record = { ...event, page };
  const view = await draftView(ports, { record, organizer, language: brand.language, seating, look });
  const title = view.facts.title;
  return undressed({ speech: speechIn(brand), look, title, body: eventBody(view, FIRST_VISIT, view.path) });
}

export async function previewUpcoming(
  ports: Ports,
  workspace: string,
  draft: { readonly options: UpcomingChoice; readonly brand?: DraftBrand },
): Promise<Drawn> {
  const brand = await draftBrand(ports, workspace, draft.brand);
  const found = await upcomingOf(ports, workspace, brand);
  const options = await chosenUpcoming(ports, workspace, found.options, draft.options);
  const look: Look = lookOf(brand, found.name);
  const url = `${ports.settings.baseUrl}/o/${found.slug}.ics`;
  const speech = speechIn(brand);
  const shown: Upcoming = { ...found, name: brand.name ?? found.name, speech, look, options };
  const events = inOrder(found.events, options);
  const most = ports.settings.limits.UPCOMING_SHOWN;
  const body = upcomingBody(
    {
      found: { ...shown, events },
      events: events.slice(0, most),
      more: events.length > most,
      filter: { q: '', month: '' },
      nonce: '',
      action: `/o/${found.slug}`,
      theme: null,
      feed: { webcal: url, file: url },
    },
    NOTHING_PICKED,
  );
  return undressed({ speech, look, title: shown.name, body, width: 'narrow' });
}

/** Of the one organizer, as his page is met by visitors; of the whole workspace where there are more. */
async function upcomingOf(ports: Ports, workspace: string, brand: Brand): Promise<Upcoming> {
  const [only, ...others] = await organizersOf(ports, workspace);
  const slug = only !== undefined && others.length === 0 ? only.slug : workspace;
  const found = await findUpcoming(ports, visitorOf(brand), slug);
  if (found === undefined) throw new MissingError('unknown_workspace', 'There is no such workspace.');
  return found;
}

async function draftBrand(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  draft: DraftBrand | undefined,
): Promise<Brand> {
  const before = await brandOf(ports, workspace);
  if (draft === undefined) return before;
  const { name = before.name, language = before.language, color, textColor } = draft;
  const colors = checkedColors({ color, ...(textColor === undefined ? {} : { textColor }) });
  return { ...before, ...colors, name: name === '' ? null : name, language };
}

function speechIn({ language }: Brand): Speech {
  return { ...ENGLISH, language };
}
