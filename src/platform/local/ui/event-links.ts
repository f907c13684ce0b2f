/** Links from the local rooms to an event's page and to its organizer's page, as paths of this machine. */
import { type EventRecord, type Paged, pagePath } from '../../../events/event.ts';
import { dashboardLink } from '../../../events/links.ts';
import type { Ports } from '../../../kernel/ports.ts';

export function eventPath(record: Paged): string {
  return pagePath(record);
}

export function dashboardPath(
  ports: Pick<Ports, 'keys' | 'clock' | 'settings'>,
  record: Pick<EventRecord, 'id'>,
): string {
  return dashboardLink(ports, record).slice(ports.settings.baseUrl.length);
}
