/** Lists, then segments, and the contacts of either. `segment:<id>` is a segment, any other id a list. */
import type { Audience, Batch, Contact } from '../contract.ts';
import { failure, unreadable } from '../failure.ts';
import { type Fields, fieldsOf, listOf, textOf } from '../json.ts';
import { contactOf } from './profiles.ts';
import { called, type KlaviyoApi, type Reply } from './sdk.ts';

const SEGMENT = 'segment:';
const PROFILES_PER_PAGE = 100;
const AUDIENCES_PER_PAGE = 10;

export async function audiencePage(api: KlaviyoApi, cursor = 'list:'): Promise<Batch<Audience>> {
  const inSegments = cursor.startsWith(SEGMENT);
  const at = cursor.slice(cursor.indexOf(':') + 1);
  const options = { pageSize: AUDIENCES_PER_PAGE, ...(at === '' ? {} : { pageCursor: at }) };
  const reply = await called('reads', () =>
    inSegments
      ? api.segments.getSegments({ ...options, fieldsSegment: ['name'] })
      : api.lists.getLists({ ...options, fieldsList: ['name'] }),
  );
  const kind = inSegments ? 'segment' : 'list';
  const next = nextCursor(reply.body);
  return {
    items: dataOf(reply).flatMap(resource => audienceOf(kind, fieldsOf(resource))),
    next: next === null ? (inSegments ? null : SEGMENT) : `${kind}:${next}`,
    ...pause(reply),
  };
}

export async function contactPage(
  api: KlaviyoApi,
  audience: string,
  cursor?: string,
): Promise<Batch<Contact>> {
  const inSegment = audience.startsWith(SEGMENT);
  const id = inSegment ? audience.slice(SEGMENT.length) : audience;
  if (!/^[A-Za-z0-9]{1,40}$/.test(id)) {
    throw failure('klaviyo', 'absent', 'no_such_audience', '{platform} has no such list or segment.');
  }
  const options = {
    pageSize: PROFILES_PER_PAGE,
    additionalFieldsProfile: ['subscriptions' as const],
    fieldsProfile: ['email' as const, 'first_name' as const, 'last_name' as const, 'subscriptions' as const],
    ...(cursor === undefined ? {} : { pageCursor: cursor }),
  };
  const reply = await called('reads', () =>
    inSegment ? api.segments.getProfilesForSegment(id, options) : api.lists.getProfilesForList(id, options),
  );
  return {
    items: dataOf(reply)
      .map(contactOf)
      .filter(contact => contact !== null),
    next: nextCursor(reply.body),
    ...pause(reply),
  };
}

function audienceOf(kind: 'list' | 'segment', resource: Fields): Audience[] {
  const id = textOf(resource.id);
  if (id === null) return [];
  return [
    {
      id: kind === 'segment' ? `${SEGMENT}${id}` : id,
      name: textOf(fieldsOf(resource.attributes).name) ?? id,
      kind,
      // Only told one by one, at a rate of once a second.
      members: null,
    },
  ];
}

function dataOf({ body }: Reply): readonly unknown[] {
  if (!Array.isArray(body.data)) throw unreadable('klaviyo', 'reads');
  return listOf(body.data);
}

/** Out of the link to the next page; the link itself is not followed. */
function nextCursor(body: Fields): string | null {
  const link = textOf(fieldsOf(body.links).next);
  return link === null ? null : (URL.parse(link)?.searchParams.get('page[cursor]') ?? null);
}

function pause({ pauseMs }: Reply): { readonly pauseMs?: number } {
  return pauseMs === null ? {} : { pauseMs };
}
