/** What the tests of the registry start from: an opened organizer, and his messages read by the real reader. */

import type { CalendarObject } from '../../src/calendar/event.ts';
import { readCalendar } from '../../src/calendar/read.ts';
import { type RegisterInput, type RegisterOutcome, register } from '../../src/events/register.ts';
import type { Organizer } from '../../src/organizers/organizer.ts';
import { openOrganizer, organizerById } from '../../src/organizers/store.ts';
import { calendarText, type Invitation } from './calendar-mail.ts';
import type { TestWorld } from './world.ts';

export function read(of: Invitation = {}): CalendarObject {
  const reading = readCalendar(Buffer.from(calendarText(of)));
  if (!reading.ok) throw new Error(`not read: ${reading.refusal.code}`);
  return reading.calendar;
}

export function openJane(world: TestWorld, address = 'jane@example.com'): Promise<Organizer> {
  return openOrganizer(world, { address, name: 'Jane Roe', tier: 1 });
}

/** Registers as mail intake does, for the organizer as he is stored now. */
export async function registering(
  world: TestWorld,
  organizer: Organizer,
  arrival: string,
  of: Invitation = {},
  more: Partial<RegisterInput> = {},
): Promise<RegisterOutcome> {
  return register(world, {
    organizer: (await organizerById(world, organizer.id)) ?? organizer,
    calendar: read(of),
    arrival,
    receivedAt: new Date(world.clock.now()).toISOString(),
    draft: null,
    guests: [],
    ...more,
  });
}
