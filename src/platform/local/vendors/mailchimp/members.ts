/** Members: read, change, put, many at once; tags and events. */
import { fieldsAt, isFields, listAt, noContent, textAt, type VendorAnswer, valueAt } from '../exchange.ts';
import { memberView, tagName } from './member-view.ts';
import { answered, paged } from './partial.ts';
import { compliance, exists, forgotten, invalid } from './problem.ts';
import {
  contactId,
  instant,
  type List,
  type Member,
  type MemberStatus,
  memberAt,
  memberHash,
  tagOf,
  takeNumber,
  uniqueEmailId,
} from './state.ts';
import { type Handler, inList, ofMember, type Visit } from './visit.ts';

const STATUSES: readonly string[] = ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional'];
const BATCH_MAX = 500;
const TEXT_BYTES = 255;
const TAG_CHARS = 100;

export const listMembers: Handler = inList(({ request }, list) => {
  const { query } = request;
  const unique = query.get('unique_email_id');
  const status = query.get('status');
  const members = Object.values(list.members).filter(
    member =>
      (unique === null || uniqueEmailId(member.address) === unique) &&
      (status === null ? member.status !== 'archived' : member.status === status),
  );
  return answered(request, {
    members: paged(request, members).map(member => memberView(list, member)),
    list_id: list.id,
    total_items: members.length,
  });
});

export const getMember: Handler = ofMember(({ request }, list, member) =>
  answered(request, memberView(list, member)),
);

export const patchMember: Handler = ofMember((visit, list, member) => {
  const refused = refusal(visit, list, member);
  if (refused !== undefined) return refused;
  apply(visit, list, member);
  return answered(visit.request, memberView(list, member));
});

export const putMember: Handler = inList((visit, list) => {
  const address = textAt(visit.body, 'email_address') ?? '';
  if (!isAddress(address)) return invalid('email_address', 'Please provide a valid email address.');
  const statusIfNew = textAt(visit.body, 'status_if_new') ?? '';
  const standing = memberAt(list, visit.parts[1] ?? '');
  if (standing !== undefined) {
    const refused = refusal(visit, list, standing);
    if (refused !== undefined) return refused;
    apply(visit, list, standing);
    return answered(visit.request, memberView(list, standing));
  }
  if (list.forgotten.includes(memberHash(address))) return forgotten(address);
  if (!STATUSES.includes(statusIfNew)) return invalid('status_if_new', 'This value should not be blank.');
  const wrong = wrongFields(visit, list, true);
  if (wrong !== undefined) return wrong;
  const member = addMember(visit, list, { address, status: statusIfNew as MemberStatus });
  apply(visit, list, member);
  return answered(visit.request, memberView(list, member));
});

export const postMember: Handler = inList((visit, list) => {
  const address = textAt(visit.body, 'email_address') ?? '';
  if (!isAddress(address)) return invalid('email_address', 'Please provide a valid email address.');
  const status = textAt(visit.body, 'status') ?? '';
  if (!STATUSES.includes(status)) return invalid('status', 'This value should not be blank.');
  if (list.forgotten.includes(memberHash(address))) return forgotten(address);
  if (memberAt(list, address) !== undefined) return exists(address);
  const wrong = wrongFields(visit, list, true);
  if (wrong !== undefined) return wrong;
  const member = addMember(visit, list, { address, status: status as MemberStatus });
  apply(visit, list, member);
  return answered(visit.request, memberView(list, member));
});

/** POST /lists/{id}: up to 500, each taken or refused by itself. */
export const batchMembers: Handler = inList((visit, list) => {
  const members = listAt(visit.body, 'members');
  if (members.length > BATCH_MAX) return invalid('members', 'At most 500 members may be sent at once.');
  const made: Member[] = [];
  const changed: Member[] = [];
  const errors: {
    email_address: string;
    error: string;
    error_code: string;
    field: string;
    field_message: string;
  }[] = [];
  const refuse = (address: string, error: string, code = 'ERROR_GENERIC'): void => {
    errors.push({ email_address: address, error, error_code: code, field: '', field_message: '' });
  };
  for (const given of members) {
    const one: Visit = { ...visit, body: isFields(given) ? given : {} };
    const address = textAt(given, 'email_address') ?? '';
    const standing = memberAt(list, address);
    const status = textAt(given, 'status');
    if (!isAddress(address)) refuse(address, 'Please provide a valid email address.');
    else if (list.forgotten.includes(memberHash(address)))
      refuse(address, `${address} was permanently deleted and cannot be re-imported.`);
    else if (standing !== undefined && visit.body.update_existing !== true)
      refuse(address, `${address} is already a list member`, 'ERROR_CONTACT_EXISTS');
    else if (refusal(one, list, standing) !== undefined)
      refuse(address, `${address} is in a compliance state or its fields do not fit.`);
    else if (standing !== undefined) {
      apply(one, list, standing);
      changed.push(standing);
    } else if (status === undefined || !STATUSES.includes(status)) refuse(address, 'A status is required.');
    else {
      const member = addMember(visit, list, { address, status: status as MemberStatus });
      apply(one, list, member);
      made.push(member);
    }
  }
  return answered(visit.request, {
    new_members: made.map(member => memberView(list, member)),
    updated_members: changed.map(member => memberView(list, member)),
    errors,
    total_created: made.length,
    total_updated: changed.length,
    error_count: errors.length,
  });
});

export const archiveMember: Handler = ofMember((visit, _list, member) => {
  member.status = 'archived';
  touch(visit, member);
  return noContent();
});

export const listTags: Handler = ofMember(({ request }, list, member) => {
  const tags = Object.entries(member.tags).map(([id, added]) => ({
    id: Number(id),
    name: tagName(list, id),
    date_added: added,
  }));
  return answered(request, { tags: paged(request, tags), total_items: tags.length });
});

export const postTags: Handler = ofMember((visit, list, member) => {
  const tags = listAt(visit.body, 'tags');
  if (!Array.isArray(visit.body.tags)) return invalid('tags', 'Schema describes array, NULL found instead');
  for (const [index, tag] of tags.entries()) {
    const name = textAt(tag, 'name');
    const status = textAt(tag, 'status');
    if (name === undefined || name === '' || name.length > TAG_CHARS)
      return invalid(`tags.item:${index}.name`, 'Tag names have 1 to 100 characters.');
    if (status !== 'active' && status !== 'inactive')
      return invalid(`tags.item:${index}.status`, 'Value must be one of "active", "inactive".');
  }
  for (const tag of tags)
    setTag(visit, list, member, textAt(tag, 'name') ?? '', textAt(tag, 'status') === 'active');
  return noContent();
});

export const searchTags: Handler = inList(({ request }, list) => {
  const prefix = (request.query.get('name') ?? '').toLowerCase();
  const tags = list.segments
    .filter(({ condition, name }) => condition === null && name.toLowerCase().startsWith(prefix))
    .map(({ id, name }) => ({ id, name }));
  return answered(request, { tags, total_items: tags.length });
});

export const listEvents: Handler = ofMember(({ request }, _list, member) => {
  const events = member.events
    .map(({ name, occurred_at, properties }) => ({ name, occurred_at, properties }))
    .reverse();
  return answered(request, { events: paged(request, events), total_items: events.length });
});

export const postEvent: Handler = ofMember((visit, _list, member) => {
  const name = textAt(visit.body, 'name') ?? '';
  if (!/^\w[\w -]{0,28}\w$/.test(name))
    return invalid('name', 'The name for this type of event must be 2-30 characters in length.');
  const properties = fieldsAt(visit.body, 'properties');
  if (Object.values(properties).some(value => typeof value !== 'string'))
    return invalid('properties', 'Property values must be strings.');
  const given = textAt(visit.body, 'occurred_at');
  if (given !== undefined && Number.isNaN(Date.parse(given)))
    return invalid('occurred_at', 'This value is not a valid datetime.');
  member.events.push({
    name,
    properties: properties as Record<string, string>,
    occurred_at: given === undefined ? instant(visit.clock.now()) : instant(Date.parse(given)),
    isSyncing: visit.body.is_syncing === true,
  });
  return noContent();
});

/** A fresh member, by the API or by the account's own people. */
export function addMember(
  visit: Pick<Visit, 'account' | 'random' | 'clock'>,
  list: List,
  given: { readonly address: string; readonly status: MemberStatus },
): Member {
  const now = instant(visit.clock.now());
  const member: Member = {
    contactId: contactId(visit.random),
    webId: takeNumber(visit.account),
    address: given.address,
    status: given.status,
    mergeFields: {},
    tags: {},
    events: [],
    createdAt: now,
    changedAt: now,
    reason: null,
  };
  list.members[memberHash(given.address)] = member;
  return member;
}

export function moveMember(list: List, member: Member, address: string): void {
  delete list.members[memberHash(member.address)];
  member.address = address;
  list.members[memberHash(address)] = member;
}

function setTag(visit: Visit, list: List, member: Member, name: string, on: boolean): void {
  const standing = tagOf(list, name);
  if (!on) {
    if (standing !== undefined) delete member.tags[String(standing.id)];
    return;
  }
  const now = instant(visit.clock.now());
  const tag = standing ?? { id: takeNumber(visit.account), name, createdAt: now, condition: null };
  if (standing === undefined) list.segments.push(tag);
  member.tags[String(tag.id)] ??= now;
}

function refusal(visit: Visit, list: List, member: Member | undefined): VendorAnswer | undefined {
  const status = textAt(visit.body, 'status');
  if (status !== undefined && !STATUSES.includes(status))
    return invalid('status', `Value must be one of ${STATUSES.join(', ')}.`);
  const closed = member !== undefined && (member.status === 'unsubscribed' || member.status === 'cleaned');
  if (closed && status === 'subscribed') return compliance(member.address);
  const address = textAt(visit.body, 'email_address');
  if (address !== undefined && !isAddress(address))
    return invalid('email_address', 'Please provide a valid email address.');
  return wrongFields(visit, list, false);
}

function wrongFields(visit: Visit, list: List, fresh: boolean): VendorAnswer | undefined {
  const given = fieldsAt(visit.body, 'merge_fields');
  for (const { tag, type, required } of list.mergeFields) {
    const value = given[tag];
    if (type === 'text' && typeof value === 'string' && Buffer.byteLength(value) > TEXT_BYTES)
      return invalid(tag, 'This value is too long. It should have 255 bytes or less.');
    const missing = fresh ? (value ?? '') === '' : value === '';
    if (required && missing && visit.request.query.get('skip_merge_validation') !== 'true')
      return invalid(tag, 'This value should not be blank.');
  }
  return undefined;
}

function apply(visit: Visit, list: List, member: Member): void {
  const address = textAt(visit.body, 'email_address');
  if (address !== undefined && address !== member.address) moveMember(list, member, address);
  const status = textAt(visit.body, 'status');
  if (status !== undefined) member.status = status as MemberStatus;
  for (const { tag } of list.mergeFields) {
    const value = valueAt(visit.body, 'merge_fields', tag);
    if (value !== undefined) member.mergeFields[tag] = String(value);
  }
  touch(visit, member);
}

function touch(visit: Pick<Visit, 'clock'>, member: Member): void {
  member.changedAt = instant(visit.clock.now());
}

/** Addresses that look fake are refused too. */
function isAddress(text: string): boolean {
  return /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(text) && !text.endsWith('.invalid');
}
