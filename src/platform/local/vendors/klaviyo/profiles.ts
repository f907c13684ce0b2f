/** Profiles: found, made, changed, merged, many at once. */
import { json, listAt, textAt, type VendorAnswer, valueAt } from '../exchange.ts';
import { invalid, MEDIA_TYPE, notFound, problem } from './problem.ts';
import { profileView } from './profile-view.ts';
import { applyProfile, newProfile, standingProfile } from './profile-write.ts';
import {
  type ImportJob,
  instant,
  type KlaviyoAccount,
  longId,
  type Profile,
  profileByEmail,
} from './state.ts';
import {
  type Filter,
  filtersOf,
  type Handler,
  isAnswer,
  many,
  one,
  type Resource,
  type Visit,
} from './visit.ts';

export const PROFILE_PAGES = { usual: 20, most: 100 } as const;
const IMPORT_MAX = 10_000;
const FILTERS = [
  'equals email',
  'any email',
  'equals id',
  'any id',
  'equals _kx',
  'equals external_id',
  'any external_id',
];

export const getAccounts: Handler = visit => many(visit, [visit.account], { usual: 1, most: 1 }, accountView);

export const listProfiles: Handler = visit => {
  const filters = filtersOf(visit, FILTERS);
  if (isAnswer(filters)) return filters;
  const found = candidates(visit.account, filters);
  return many(visit, found, PROFILE_PAGES, profile => profileView(visit, profile));
};

export const getProfile: Handler = ofProfile((visit, profile) =>
  one(visit, 200, profileView(visit, profile)),
);

export const postProfile: Handler = visit => {
  const email = textAt(visit.body, 'data', 'attributes', 'email');
  const standing = email === undefined ? undefined : profileByEmail(visit.account, email);
  if (standing !== undefined)
    return problem(
      409,
      'duplicate_profile',
      'Conflict.',
      'A profile already exists with one of these identifiers.',
      {
        pointer: '/data/attributes',
        meta: { duplicate_profile_id: standing.id },
      },
    );
  return upsert(visit, undefined);
};

export const patchProfile: Handler = ofProfile((visit, profile) => {
  if (textAt(visit.body, 'data', 'id') !== profile.id)
    return problem(409, 'conflict', 'Conflict.', 'The id of the body is not that of the path.', {
      pointer: '/data/id',
    });
  return upsert(visit, profile);
});

export const importProfile: Handler = visit => {
  const data = visit.body.data;
  const standing = standingProfile(visit.account, data);
  if (standing === undefined && textAt(data, 'id') !== undefined) return notFound('profile');
  return upsert(visit, standing);
};

export const importProfiles: Handler = visit => {
  const profiles = listAt(visit.body, 'data', 'attributes', 'profiles', 'data');
  if (profiles.length === 0 || profiles.length > IMPORT_MAX)
    return invalid('Between 1 and 10000 profiles can be imported.', '/data/attributes/profiles/data');
  const done: string[] = [];
  const errors: ImportJob['errors'][number][] = [];
  for (const data of profiles) {
    const standing = standingProfile(visit.account, data);
    const email = textAt(data, 'attributes', 'email') ?? null;
    if (standing === undefined && (textAt(data, 'id') !== undefined || email === null)) {
      errors.push({ id: longId(visit), detail: 'The profile has no known identifier.', payload: data });
      continue;
    }
    const profile = standing ?? newProfile(visit, email);
    applyProfile(visit, profile, attributesOf(data), valueAt(data, 'meta'));
    done.push(profile.id);
    for (const list of listAt(visit.body, 'data', 'relationships', 'lists', 'data')) {
      const members = visit.account.lists[textAt(list, 'id') ?? '']?.members;
      if (members !== null && members !== undefined) members[profile.id] ??= instant(visit.clock.now());
    }
  }
  const job: ImportJob = {
    id: longId(visit),
    createdAt: instant(visit.clock.now()),
    total: profiles.length,
    profiles: done,
    errors,
  };
  visit.account.jobs[job.id] = job;
  return one(visit, 202, jobView(job));
};

export const getJob: Handler = visit => {
  const job = visit.account.jobs[visit.parts[0] ?? ''];
  return job === undefined ? notFound('profile bulk import job') : one(visit, 200, jobView(job));
};

export const getJobErrors: Handler = visit => {
  const job = visit.account.jobs[visit.parts[0] ?? ''];
  if (job === undefined) return notFound('profile bulk import job');
  const data = job.errors.map(({ id, detail, payload }) => ({
    type: 'import-error',
    id,
    attributes: {
      code: 'invalid',
      title: 'Invalid input.',
      detail,
      source: { pointer: '/data' },
      original_payload: payload,
    },
  }));
  return json(200, { data, links: { self: `${visit.url}${visit.request.path}` } }, MEDIA_TYPE);
};

export const mergeProfiles: Handler = visit => {
  const into = textAt(visit.body, 'data', 'id') ?? '';
  const sources = listAt(visit.body, 'data', 'relationships', 'profiles', 'data').map(
    source => textAt(source, 'id') ?? '',
  );
  const known = [into, ...sources].every(id => visit.account.profiles[id] !== undefined);
  if (!known || sources.length !== 1 || sources[0] === into) return notFound('profile');
  for (const source of sources) merge(visit.account, source, into);
  return json(
    201,
    { data: { type: 'profile', id: into, links: { self: `${visit.url}/api/profiles/${into}` } } },
    MEDIA_TYPE,
  );
};

/** The source is gone: its events, lists and empty places of the target move over. */
export function merge(account: KlaviyoAccount, source: string, into: string): void {
  const from = account.profiles[source];
  const to = account.profiles[into];
  if (from === undefined || to === undefined) return;
  for (const event of account.events) if (event.profile === source) event.profile = into;
  for (const list of Object.values(account.lists)) {
    const joined = list.members?.[source];
    if (list.members === null || joined === undefined) continue;
    list.members[into] ??= joined;
    delete list.members[source];
  }
  to.properties = { ...from.properties, ...to.properties };
  to.email ??= from.email;
  delete account.profiles[source];
}

function candidates(account: KlaviyoAccount, filters: readonly Filter[]): readonly Profile[] {
  let found = Object.values(account.profiles);
  for (const { field, values } of filters) {
    const folded = values.map(value => value.toLowerCase());
    found = found.filter(profile => {
      if (field === 'email') return profile.email !== null && folded.includes(profile.email.toLowerCase());
      if (field === '_kx') return values.includes(profile.kx);
      return values.includes((field === 'id' ? profile.id : profile.externalId) ?? '');
    });
  }
  return found;
}

function upsert(visit: Visit, standing: Profile | undefined): VendorAnswer {
  const attributes = attributesOf(visit.body.data);
  const email = textAt(attributes, 'email');
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    return invalid('Invalid email address.', '/data/attributes/email');
  if (standing === undefined && email === undefined)
    return invalid('One of email, phone_number, external_id or id is required.', '/data/attributes');
  const profile = standing ?? newProfile(visit, email ?? null);
  applyProfile(visit, profile, attributes, valueAt(visit.body, 'data', 'meta'));
  const status = standing === undefined ? 201 : 200;
  return one(visit, status, profileView(visit, profile));
}

function attributesOf(data: unknown): { readonly [name: string]: unknown } {
  const attributes = valueAt(data, 'attributes');
  return typeof attributes === 'object' && attributes !== null ? { ...attributes } : {};
}

function ofProfile(handle: (visit: Visit, profile: Profile) => VendorAnswer): Handler {
  return visit => {
    const profile = visit.account.profiles[visit.parts[0] ?? ''];
    return profile === undefined ? notFound('profile') : handle(visit, profile);
  };
}

function accountView(account: KlaviyoAccount): Resource {
  return {
    type: 'account',
    id: account.id,
    attributes: {
      test_account: true,
      contact_information: {
        default_sender_name: account.name,
        default_sender_email: account.email,
        website_url: null,
        organization_name: account.name,
        street_address: {
          address1: null,
          address2: null,
          city: null,
          region: null,
          country: null,
          zip: null,
        },
      },
      industry: null,
      timezone: 'Etc/UTC',
      preferred_currency: 'EUR',
      public_api_key: account.id,
      locale: 'en-US',
    },
  };
}

function jobView(job: ImportJob): Resource {
  return {
    type: 'profile-bulk-import-job',
    id: job.id,
    attributes: {
      status: 'complete',
      created_at: job.createdAt,
      total_count: job.total,
      completed_count: job.profiles.length,
      failed_count: job.errors.length,
      completed_at: job.createdAt,
      expires_at: null,
      started_at: job.createdAt,
    },
  };
}
