/** A member as the API shows it. */
import { type List, type Member, memberHash, uniqueEmailId } from './state.ts';

const TAGS_SHOWN = 50;

export function memberView(list: List, member: Member): { readonly [name: string]: unknown } {
  const tags = Object.keys(member.tags);
  const names = [member.mergeFields.FNAME ?? '', member.mergeFields.LNAME ?? ''];
  return {
    id: memberHash(member.address),
    email_address: member.address,
    unique_email_id: uniqueEmailId(member.address),
    contact_id: member.contactId,
    full_name: names.join(' ').trim(),
    web_id: member.webId,
    email_type: 'html',
    status: member.status,
    ...(member.reason === null ? {} : { unsubscribe_reason: member.reason }),
    consents_to_one_to_one_messaging: true,
    merge_fields: Object.fromEntries(list.mergeFields.map(({ tag }) => [tag, member.mergeFields[tag] ?? ''])),
    interests: {},
    stats: { avg_open_rate: 0, avg_click_rate: 0 },
    ip_signup: '',
    ip_opt: '',
    language: '',
    vip: false,
    email_client: '',
    location: { latitude: 0, longitude: 0, gmtoff: 0, dstoff: 0, country_code: '', timezone: '', region: '' },
    source: 'Admin Add',
    tags_count: tags.length,
    tags: tags.slice(0, TAGS_SHOWN).map(id => ({ id: Number(id), name: tagName(list, id) })),
    timestamp_opt: member.createdAt,
    last_changed: member.changedAt,
    member_rating: 2,
    list_id: list.id,
  };
}

export function tagName(list: List, id: string): string {
  return list.segments.find(segment => String(segment.id) === id)?.name ?? '';
}
