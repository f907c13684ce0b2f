/** An event and its people in the words of the API. */
import { describeEvent } from '../calendar/describe.ts';
import type { ComponentState } from '../calendar/state.ts';
import { type EventRecord, pageUrl, statusAt } from '../events/event.ts';
import type { InviteWithSends } from '../invites/invite.ts';
import { effectiveAnswer, stateOf } from '../invites/store.ts';
import { tally } from '../invites/tally.ts';
import type { Ports } from '../kernel/ports.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { organizerById } from '../organizers/store.ts';

type Reads = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings'>;

export async function eventView(ports: Reads, record: EventRecord) {
  const now = new Date(ports.clock.now()).toISOString();
  const facts = describeEvent(record.state, { now });
  const organizer = await organizerById(ports, record.organizer);
  const { asOf, ...counts } = await tally(ports, record);
  return {
    id: record.id,
    workspace: record.workspace,
    slug: record.slug,
    uid: record.state.uid,
    title: facts.title,
    start: facts.allDay ? (facts.start?.local ?? null) : facts.startUtc,
    end: facts.allDay ? (facts.end?.local ?? null) : facts.endUtc,
    timeZone: facts.zone,
    allDay: facts.allDay,
    recurrence: facts.recurrence,
    location: facts.location,
    status: statusAt(record, ports.clock.now()),
    revision: record.state.revision,
    pageUrl: pageUrl(ports.settings, record),
    organizer: {
      name: organizer?.name ?? '',
      email: organizer?.address ?? '',
      address: organizer === undefined ? '' : inviteAddress(organizer, ports.settings.mailDomain),
    },
    counts,
    asOf,
  };
}

export function inviteView(record: EventRecord, { invite, sends }: InviteWithSends) {
  const { answer, previousAnswer, recorded } = effectiveAnswer(invite, record.state);
  const sent = sends.filter(send => send.state === 'SENT').map(send => send.revision);
  return {
    id: invite.id,
    email: invite.email,
    door: invite.doors[0] ?? 'page',
    state: stateOf(invite, sends),
    answer,
    previousAnswer: previousAnswer === 'none' ? null : previousAnswer,
    answeredAt: answer === 'none' ? null : (recorded?.at ?? null),
    origin: recorded?.origin ?? null,
    prodId: recorded?.prodId ?? null,
    revision: newestRevision(record),
    revisionSent: sent.length === 0 ? null : Math.max(...sent),
    reason: invite.reason,
    note: recorded?.note ?? null,
  };
}

function newestRevision(record: EventRecord): number {
  return Math.max(
    0,
    ...Object.values(record.state.components).map((component: ComponentState) => component.revision),
  );
}
