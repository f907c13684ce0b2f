/** Audiences and what hangs on them: merge fields, segments, webhooks. */
import { fieldsAt, listAt, noContent, textAt, valueAt } from '../exchange.ts';
import { chance } from '../grants.ts';
import { memberView } from './member-view.ts';
import { answered, paged } from './partial.ts';
import { invalid, notFound, problem } from './problem.ts';
import {
  instant,
  type List,
  type ListHook,
  type MailchimpAccount,
  type MergeField,
  memberAt,
  membersOf,
  type Segment,
  takeNumber,
} from './state.ts';
import { type Handler, inList, type Visit } from './visit.ts';

const MERGE_FIELDS_MAX = 30;
const TAG_CHARS = 10;
const TYPES: readonly string[] = [
  'text',
  'number',
  'address',
  'phone',
  'date',
  'url',
  'imageurl',
  'radio',
  'dropdown',
  'birthday',
  'zip',
];
const HOOK_EVENTS = ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'upemail', 'campaign'] as const;
const HOOK_SOURCES = ['user', 'admin', 'api'] as const;

export const listLists: Handler = ({ account, request }) => {
  const lists = Object.values(account.lists);
  return answered(request, {
    lists: paged(request, lists).map(list => listView(account, list)),
    total_items: lists.length,
    constraints: { may_create: false, max_instances: 5, current_total_instances: lists.length },
  });
};

export const getList: Handler = inList(({ account, request }, list) =>
  answered(request, listView(account, list)),
);

export const listMergeFields: Handler = inList(({ request }, list) =>
  answered(request, {
    merge_fields: paged(request, list.mergeFields).map(field => fieldView(list, field)),
    list_id: list.id,
    total_items: list.mergeFields.length,
  }),
);

export const postMergeField: Handler = inList(({ request, body, account }, list) => {
  const name = textAt(body, 'name') ?? '';
  const type = textAt(body, 'type') ?? '';
  const tag = (textAt(body, 'tag') ?? `MMERGE${list.mergeFields.length + 1}`).toUpperCase();
  if (name === '') return invalid('name', 'This value should not be blank.');
  if (!TYPES.includes(type)) return invalid('type', 'The value you selected is not a valid choice.');
  if (tag.length > TAG_CHARS || !/^[A-Z0-9_]+$/.test(tag))
    return invalid('tag', 'Merge tags have at most 10 letters, digits and underscores.');
  if (list.mergeFields.some(field => field.tag === tag))
    return problem(
      400,
      'Invalid Resource',
      `A Merge Field with the tag "${tag}" already exists for this list.`,
    );
  if (list.mergeFields.length >= MERGE_FIELDS_MAX)
    return problem(400, 'Invalid Resource', 'This audience has reached its limit of merge fields.');
  const field: MergeField = {
    merge_id: takeNumber(account),
    tag,
    name,
    type,
    required: valueAt(body, 'required') === true,
    public: valueAt(body, 'public') === true,
  };
  list.mergeFields.push(field);
  return answered(request, fieldView(list, field));
});

export const deleteMergeField: Handler = inList(({ parts }, list) => {
  const standing = list.mergeFields.length;
  list.mergeFields = list.mergeFields.filter(({ merge_id }) => String(merge_id) !== parts[1]);
  return list.mergeFields.length === standing ? notFound() : noContent();
});

export const listSegments: Handler = inList(({ request }, list) => {
  const type = request.query.get('type');
  const segments = list.segments.filter(segment => type === null || typeOf(segment) === type);
  return answered(request, {
    segments: paged(request, segments).map(segment => segmentView(list, segment)),
    list_id: list.id,
    total_items: segments.length,
  });
});

export const getSegment: Handler = ofSegment(({ request }, list, segment) =>
  answered(request, segmentView(list, segment)),
);

export const postSegment: Handler = inList(({ request, body, account, clock }, list) => {
  const name = textAt(body, 'name') ?? '';
  if (name === '') return invalid('name', 'This value should not be blank.');
  const now = instant(clock.now());
  const segment: Segment = { id: takeNumber(account), name, createdAt: now, condition: null };
  list.segments.push(segment);
  for (const address of listAt(body, 'static_segment')) {
    const member = memberAt(list, String(address));
    if (member !== undefined) member.tags[String(segment.id)] = now;
  }
  return answered(request, segmentView(list, segment));
});

/** Only subscribed members, unless the query asks for the others. */
export const segmentMembers: Handler = ofSegment(({ request }, list, segment) => {
  const wanted = new Set(['subscribed']);
  for (const status of ['cleaned', 'transactional', 'unsubscribed']) {
    if (request.query.get(`include_${status}`) === 'true') wanted.add(status);
  }
  const members = membersOf(list, segment).filter(({ status }) => wanted.has(status));
  return answered(request, {
    members: paged(request, members).map(member => memberView(list, member)),
    total_items: members.length,
  });
});

export const listHooks: Handler = inList(({ request }, list) =>
  answered(request, {
    webhooks: list.hooks.map(hook => hookView(list, hook)),
    list_id: list.id,
    total_items: list.hooks.length,
  }),
);

/** The secret is told this once. */
export const postHook: Handler = inList(async ({ request, body, random, hooks }, list) => {
  const url = textAt(body, 'url') ?? '';
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return invalid('url', 'The URL is not valid.');
  if (list.hooks.some(hook => hook.url === url))
    return problem(400, 'Invalid Resource', 'Sorry, you can’t set up multiple WebHooks for one URL');
  if (!(await hooks.answers(url)))
    return invalid('url', 'We couldn’t reach the URL: it has to answer a GET request with 200.');
  const hook: ListHook = {
    id: chance(random, 8).replaceAll(/[^A-Za-z0-9]/g, 'x'),
    url,
    events: flags(body, 'events', HOOK_EVENTS),
    sources: flags(body, 'sources', HOOK_SOURCES),
    secret: chance(random, 24),
  };
  list.hooks.push(hook);
  return answered(request, { ...hookView(list, hook), signing_secret: hook.secret });
});

export const getHook: Handler = inList(({ request, parts }, list) => {
  const hook = list.hooks.find(({ id }) => id === parts[1]);
  return hook === undefined ? notFound() : answered(request, hookView(list, hook));
});

export const deleteHook: Handler = inList(({ parts }, list) => {
  const standing = list.hooks.length;
  list.hooks = list.hooks.filter(({ id }) => id !== parts[1]);
  return list.hooks.length === standing ? notFound() : noContent();
});

function ofSegment(handle: (visit: Visit, list: List, segment: Segment) => ReturnType<Handler>): Handler {
  return inList((visit, list) => {
    const segment = list.segments.find(({ id }) => String(id) === visit.parts[1]);
    return segment === undefined ? notFound() : handle(visit, list, segment);
  });
}

function listView(account: MailchimpAccount, list: List): { readonly [name: string]: unknown } {
  const members = Object.values(list.members);
  const count = (status: string): number => members.filter(member => member.status === status).length;
  return {
    id: list.id,
    web_id: list.webId,
    name: list.name,
    contact: { company: account.name, address1: '', city: '', state: '', zip: '', country: '' },
    permission_reminder: '',
    use_archive_bar: false,
    campaign_defaults: { from_name: account.name, from_email: account.email, subject: '', language: 'en' },
    date_created: list.createdAt,
    list_rating: 0,
    email_type_option: false,
    double_optin: list.doubleOptin,
    has_welcome: false,
    marketing_permissions: false,
    visibility: 'prv',
    modules: [],
    stats: {
      member_count: count('subscribed'),
      unsubscribe_count: count('unsubscribed'),
      cleaned_count: count('cleaned'),
      merge_field_count: list.mergeFields.length,
    },
  };
}

function fieldView(list: List, field: MergeField): { readonly [name: string]: unknown } {
  return {
    ...field,
    default_value: '',
    display_order: list.mergeFields.indexOf(field) + 2,
    options: { size: 25 },
    help_text: '',
    list_id: list.id,
  };
}

function typeOf(segment: Segment): 'static' | 'saved' {
  return segment.condition === null ? 'static' : 'saved';
}

function segmentView(list: List, segment: Segment): { readonly [name: string]: unknown } {
  const { condition } = segment;
  return {
    id: segment.id,
    name: segment.name,
    member_count: membersOf(list, segment).filter(({ status }) => status === 'subscribed').length,
    type: typeOf(segment),
    created_at: segment.createdAt,
    updated_at: segment.createdAt,
    ...(condition === null
      ? {}
      : {
          options: {
            match: 'any',
            conditions: [
              { condition_type: 'TextMerge', field: condition.field, op: 'is', value: condition.value },
            ],
          },
        }),
    list_id: list.id,
  };
}

function hookView(list: List, hook: ListHook): { readonly [name: string]: unknown } {
  const { id, url, events, sources } = hook;
  return { id, url, events, sources, list_id: list.id, signing_enabled: true };
}

function flags(body: unknown, name: string, all: readonly string[]): Record<string, boolean> {
  const given = fieldsAt(body, name);
  return Object.fromEntries(all.map(key => [key, given[key] === true]));
}
