/** Lists and segments, and the profiles in them. */
import { listAt, noContent, textAt, type VendorAnswer } from '../exchange.ts';
import { invalid, notFound } from './problem.ts';
import { profileView } from './profile-view.ts';
import { PROFILE_PAGES } from './profiles.ts';
import { type Group, instant, membersOf, shortId } from './state.ts';
import { filtersOf, type Handler, isAnswer, many, one, type Resource, type Visit } from './visit.ts';

const PAGES = { usual: 10, most: 10 } as const;

export const listLists: Handler = groupsOf('lists');
export const listSegments: Handler = groupsOf('segments');
export const getList: Handler = ofGroup('lists', (visit, group) => one(visit, 200, listView(group)));
export const getSegment: Handler = ofGroup('segments', (visit, group) => one(visit, 200, segmentView(group)));
export const listProfiles: Handler = ofGroup('lists', membersPage);
export const segmentProfiles: Handler = ofGroup('segments', membersPage);

export const postList: Handler = visit => {
  const name = textAt(visit.body, 'data', 'attributes', 'name') ?? '';
  if (name === '') return invalid('A list needs a name.', '/data/attributes/name');
  const list: Group = {
    id: shortId(visit.random),
    name,
    createdAt: instant(visit.clock.now()),
    members: {},
    city: null,
  };
  visit.account.lists[list.id] = list;
  return one(visit, 201, listView(list));
};

/** Joining a list changes nobody's consent. */
export const addToList: Handler = ofGroup('lists', (visit, { members }) => {
  for (const data of listAt(visit.body, 'data')) {
    const id = textAt(data, 'id') ?? '';
    if (members !== null && visit.account.profiles[id] !== undefined)
      members[id] ??= instant(visit.clock.now());
  }
  return noContent();
});

export const removeFromList: Handler = ofGroup('lists', (visit, { members }) => {
  for (const data of listAt(visit.body, 'data')) {
    if (members !== null) delete members[textAt(data, 'id') ?? ''];
  }
  return noContent();
});

function membersPage(visit: Visit, group: Group): VendorAnswer {
  const filters = filtersOf(visit, [
    'equals email',
    'any email',
    'equals _kx',
    'greater-than joined_group_at',
  ]);
  if (isAnswer(filters)) return filters;
  const found = membersOf(visit.account, group).filter(({ profile, joinedAt }) =>
    filters.every(({ field, values }) => {
      if (field === 'email') return values.includes(profile.email ?? '');
      if (field === '_kx') return values.includes(profile.kx);
      return Date.parse(joinedAt) > Date.parse(values[0] ?? '');
    }),
  );
  return many(visit, found, PROFILE_PAGES, ({ profile, joinedAt }) => {
    const view = profileView(visit, profile);
    return { ...view, attributes: { ...view.attributes, joined_group_at: joinedAt } };
  });
}

function groupsOf(kind: 'lists' | 'segments'): Handler {
  return visit => {
    const filters = filtersOf(visit, ['equals name', 'any name', 'equals id', 'any id']);
    if (isAnswer(filters)) return filters;
    const groups = Object.values(visit.account[kind]).filter(group =>
      filters.every(({ field, values }) => values.includes(field === 'id' ? group.id : group.name)),
    );
    return many(visit, groups, PAGES, kind === 'lists' ? listView : segmentView);
  };
}

function ofGroup(kind: 'lists' | 'segments', handle: (visit: Visit, group: Group) => VendorAnswer): Handler {
  return visit => {
    const group = visit.account[kind][visit.parts[0] ?? ''];
    return group === undefined ? notFound(kind === 'lists' ? 'list' : 'segment') : handle(visit, group);
  };
}

function listView(group: Group): Resource {
  return {
    type: 'list',
    id: group.id,
    attributes: {
      name: group.name,
      created: group.createdAt,
      updated: group.createdAt,
      opt_in_process: 'single_opt_in',
    },
  };
}

function segmentView(group: Group): Resource {
  return {
    type: 'segment',
    id: group.id,
    attributes: {
      name: group.name,
      definition: null,
      created: group.createdAt,
      updated: group.createdAt,
      is_active: true,
      is_processing: false,
      is_starred: false,
    },
  };
}
