/** The people of an event, all or those who answered so. A filter reads on until a page is full, within bounds; `next` goes on behind that. */
import type { EventRecord } from '../events/event.ts';
import { listInvites } from '../invites/store.ts';
import type { Page, Ports } from '../kernel/ports.ts';
import { inviteView } from './event-view.ts';

export type PersonView = ReturnType<typeof inviteView>;

export interface PeopleQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly answer?: PersonView['answer'] | undefined;
  readonly state?: PersonView['state'] | undefined;
}

/** Of a filter that fits few, one call looks at so many pages. */
const PAGES_A_CALL = 20;

export async function peopleOf(
  ports: Pick<Ports, 'table'>,
  record: EventRecord,
  query: PeopleQuery,
): Promise<Page<PersonView>> {
  const { limit, answer, state } = query;
  const fits = (person: PersonView): boolean =>
    (answer === undefined || person.answer === answer) && (state === undefined || person.state === state);
  const items: PersonView[] = [];
  let cursor = query.cursor;
  for (let pages = 0; pages < PAGES_A_CALL; pages += 1) {
    // Never more than still fits, so that nobody between two pages is left out.
    const page = await listInvites(ports, record.id, { limit: limit - items.length, cursor });
    items.push(...page.items.map(person => inviteView(record, person)).filter(fits));
    cursor = page.cursor;
    if (cursor === undefined || items.length >= limit) break;
  }
  return { items, ...(cursor === undefined ? {} : { cursor }) };
}
