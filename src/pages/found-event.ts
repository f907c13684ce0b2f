/** An event as its pages need it: the record, its organizer, and what a visitor is shown. */
import { describeEvent } from '../calendar/describe.ts';
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { type EventRecord, statusAt } from '../events/event.ts';
import { eventBySlug } from '../events/store.ts';
import type { Ports } from '../kernel/ports.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { organizerById } from '../organizers/store.ts';
import type { EventView } from './event-view.ts';

export interface Found {
  readonly record: EventRecord;
  readonly organizer: Organizer;
  readonly view: EventView;
}

/** A draft is nobody's business yet: a stranger could have mailed it in another's name. */
export async function findEvent(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock'>,
  slug: string,
): Promise<Found | undefined> {
  const record = await eventBySlug(ports, slug.toLowerCase());
  const now = ports.clock.now();
  const status = record === undefined ? 'draft' : statusAt(record, now);
  if (record === undefined || status === 'draft') return undefined;
  const organizer = await organizerById(ports, record.organizer);
  if (organizer === undefined) return undefined;
  const { zone } = organizer;
  const facts = describeEvent(record.state, { now: formatInstant(now), zone });
  const moved = (record.state.components[SERIES]?.significantRevision ?? 0) > 1;
  return { record, organizer, view: { facts, status, moved, zone, slug: record.slug, host: organizer.name } };
}
