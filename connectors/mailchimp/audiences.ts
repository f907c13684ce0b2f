/** Lists with their segments, and the contacts of either, page by page. */
import type { Audience, Batch, Contact } from '../contract.ts';
import { unreadable } from '../failure.ts';
import { countOf, fieldsOf, listOf, textOf } from '../json.ts';
import { audienceId } from './audience.ts';
import { contactOf, MEMBER_FIELDS } from './members.ts';
import type { MailchimpApi } from './sdk.ts';

const LISTS_PER_PAGE = 5;
const SEGMENTS_PER_PAGE = 200;
const MEMBERS_PER_PAGE = 1_000;

/** Some lists a page, each followed by its segments; the cursor is `<list's place>:<segment's place>`. */
export async function audiencePage(api: MailchimpApi, cursor = '0:0'): Promise<Batch<Audience>> {
  const [listAt = 0, segmentAt = 0] = /^\d{1,9}:\d{1,9}$/.test(cursor) ? cursor.split(':').map(Number) : [];
  const page = fieldsOf(
    await api.lists.getAllLists({
      count: LISTS_PER_PAGE,
      offset: listAt,
      sortField: 'date_created',
      sortDir: 'ASC',
      fields: ['lists.id', 'lists.name', 'lists.stats.member_count', 'total_items'],
    }),
  );
  if (!Array.isArray(page.lists)) throw unreadable('mailchimp', 'reads');
  const items: Audience[] = [];
  for (const [place, list] of page.lists.entries()) {
    const whole = listIn(list);
    if (whole === null) continue;
    const at = place === 0 ? segmentAt : 0;
    if (at === 0) items.push(whole);
    const segments = await segmentPage(api, whole, at);
    items.push(...segments.items);
    if (segments.next !== null) return { items, next: `${listAt + place}:${segments.next}` };
  }
  return { items, next: following(page, page.lists.length, listAt, at => `${at}:0`) };
}

async function segmentPage(api: MailchimpApi, list: Audience, at: number): Promise<Batch<Audience>> {
  const page = fieldsOf(
    await api.lists.listSegments(list.id, {
      count: SEGMENTS_PER_PAGE,
      offset: at,
      fields: ['segments.id', 'segments.name', 'segments.member_count', 'total_items'],
    }),
  );
  const segments = listOf(page.segments);
  return {
    items: segments.flatMap(segment => segmentIn(list, segment)),
    next: following(page, segments.length, at, String),
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

function listIn(list: unknown): Audience | null {
  const fields = fieldsOf(list);
  const id = textOf(fields.id);
  if (id === null) return null;
  const members = countOf(fieldsOf(fields.stats).member_count);
  return { id, name: textOf(fields.name) ?? id, kind: 'audience', members };
}

function segmentIn(list: Audience, segment: unknown): Audience[] {
  const fields = fieldsOf(segment);
  const id = textOf(fields.id);
  if (id === null) return [];
  return [
    {
      id: `${list.id}:${id}`,
      name: `${list.name}: ${textOf(fields.name) ?? id}`,
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
