/** Lists with their segments, and the contacts of either, page by page. */
import type { Audience, Batch, Contact } from '../contract.ts';
import { unreadable } from '../failure.ts';
import { countOf, fieldsOf, listOf, textOf } from '../json.ts';
import { audienceId } from './audience.ts';
import { contactOf, MEMBER_FIELDS } from './members.ts';
import type { MailchimpApi } from './sdk.ts';

const SEGMENTS_PER_PAGE = 200;
const MEMBERS_PER_PAGE = 1_000;

/** One list a page, then its segments; the cursor is `<list's place>:<segment's place>`. */
export async function audiencePage(api: MailchimpApi, cursor = '0:0'): Promise<Batch<Audience>> {
  const [listAt = 0, segmentAt = 0] = /^\d{1,9}:\d{1,9}$/.test(cursor) ? cursor.split(':').map(Number) : [];
  const lists = fieldsOf(
    await api.lists.getAllLists({
      count: 1,
      offset: listAt,
      sortField: 'date_created',
      sortDir: 'ASC',
      fields: ['lists.id', 'lists.name', 'lists.stats.member_count', 'total_items'],
    }),
  );
  const list = fieldsOf(listOf(lists.lists)[0]);
  const id = textOf(list.id);
  if (id === null) return { items: [], next: null };
  const name = textOf(list.name) ?? id;
  const page = fieldsOf(
    await api.lists.listSegments(id, {
      count: SEGMENTS_PER_PAGE,
      offset: segmentAt,
      fields: ['segments.id', 'segments.name', 'segments.member_count', 'total_items'],
    }),
  );
  const segments = listOf(page.segments);
  const moreLists = listAt + 1 < (countOf(lists.total_items) ?? 0) ? `${listAt + 1}:0` : null;
  return {
    items: [
      ...(segmentAt === 0 ? [whole(id, name, list.stats)] : []),
      ...segments.flatMap(segment => part(id, name, segment)),
    ],
    next: following(page, segments.length, segmentAt, at => `${listAt}:${at}`) ?? moreLists,
  };
}

export async function contactPage(
  api: MailchimpApi,
  audience: string,
  cursor = '0',
): Promise<Batch<Contact>> {
  const { list, segment } = audienceId(audience);
  const at = /^\d{1,9}$/.test(cursor) ? Number(cursor) : 0;
  const options = {
    count: MEMBERS_PER_PAGE,
    offset: at,
    fields: [...MEMBER_FIELDS.map(field => `members.${field}`), 'total_items'],
  };
  const page = fieldsOf(
    segment === null
      ? // Whoever joins meanwhile comes last, so that nobody is pushed over a page's edge.
        await api.lists.getListMembersInfo(list, {
          ...options,
          sortField: 'timestamp_signup',
          sortDir: 'ASC',
        })
      : await api.lists.getSegmentMembersList(list, segment, {
          ...options,
          includeCleaned: true,
          includeTransactional: true,
          includeUnsubscribed: true,
        }),
  );
  if (!Array.isArray(page.members)) throw unreadable('mailchimp', 'reads');
  return {
    items: page.members.map(contactOf).filter(contact => contact !== null),
    next: following(page, page.members.length, at, String),
  };
}

function whole(id: string, name: string, stats: unknown): Audience {
  return { id, name, kind: 'audience', members: countOf(fieldsOf(stats).member_count) };
}

function part(list: string, listName: string, segment: unknown): Audience[] {
  const fields = fieldsOf(segment);
  const id = textOf(fields.id);
  if (id === null) return [];
  return [
    {
      id: `${list}:${id}`,
      name: `${listName}: ${textOf(fields.name) ?? id}`,
      kind: 'segment',
      members: countOf(fields.member_count),
    },
  ];
}

/** A page that came empty ends the walk, whatever the total says. */
function following(
  page: { readonly total_items?: unknown },
  came: number,
  at: number,
  cursor: (at: number) => string,
): string | null {
  const next = at + came;
  return came > 0 && next < (countOf(page.total_items) ?? 0) ? cursor(next) : null;
}
