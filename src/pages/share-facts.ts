/** What an event's picture in chats and networks says: the event as everybody may see it, in the workspace's own language and colours. */
import { createHash } from 'node:crypto';
import { parseLocal } from '../calendar/civil.ts';
import { shortMonth } from '../calendar/day-words.ts';
import { describeEvent } from '../calendar/describe.ts';
import { formatInstant, wallClock } from '../calendar/time.ts';
import { statusAt } from '../events/event.ts';
import { publicState } from '../events/page-options.ts';
import { eventBySlug } from '../events/store.ts';
import type { Ports } from '../kernel/ports.ts';
import { brandOf } from '../organizers/brand.ts';
import { organizerById } from '../organizers/store.ts';
import { texts } from '../texts/catalogue.ts';

export interface ShareFacts {
  readonly month: string;
  readonly day: string;
  readonly title: string;
  readonly when: string;
  readonly host: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly textColor: string;
}

export interface Shared {
  readonly event: string;
  readonly facts: ShareFacts;
  /** Another one as soon as the picture would be. */
  readonly stamp: string;
}

/** Raised when the picture is drawn otherwise. */
const DRAWING = 1;

/** Undefined: unknown, a draft, or private: what opens by its link alone shows nothing to who guesses a picture's. */
export async function sharedBySlug(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock'>,
  slug: string,
): Promise<Shared | undefined> {
  const record = await eventBySlug(ports, slug.toLowerCase());
  if (record === undefined || record.page.visibility === 'private') return undefined;
  const now = ports.clock.now();
  const status = statusAt(record, now);
  const organizer = status === 'draft' ? undefined : await organizerById(ports, record.organizer);
  if (organizer === undefined) return undefined;
  const { name, color, textColor, language } = await brandOf(ports, record.workspace);
  const { zone } = organizer;
  const options = { now: formatInstant(now), zone, language };
  const told = describeEvent(publicState(record.state, record.page), options);
  const start = told.next[0]?.start ?? told.start;
  const shown = start.kind === 'utc' && start.utc !== null && zone !== null;
  const day = shown ? wallClock(start.utc, zone) : start.local;
  const words = texts(language).pages.event;
  const facts: ShareFacts = {
    month: shortMonth(parseLocal(day), language),
    day: String(Number(day.slice(8, 10))),
    title: told.title,
    when: status === 'cancelled' ? words.cancelled : status === 'ended' ? words.ended : told.when,
    host: words.hostedBy(name ?? (organizer.name || organizer.slug)),
    color,
    textColor,
  };
  const stamp = createHash('sha256')
    .update(JSON.stringify([DRAWING, facts]))
    .digest('hex')
    .slice(0, 32);
  return { event: record.id, facts, stamp };
}
