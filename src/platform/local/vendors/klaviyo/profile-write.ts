/** Changes of a profile: attributes, properties (null clears, absent leaves alone), and patches of list properties. */
import { type Fields, fieldsAt, listAt, textAt, valueAt } from '../exchange.ts';
import { exchangeId, instant, type KlaviyoAccount, longId, type Profile, profileByEmail } from './state.ts';
import type { Visit } from './visit.ts';

type Tools = Pick<Visit, 'account' | 'clock' | 'random'>;

const NAMES = { first_name: 'firstName', last_name: 'lastName', external_id: 'externalId' } as const;

/** By id, else by address, else by exchange id. */
export function standingProfile(account: KlaviyoAccount, data: unknown): Profile | undefined {
  const id = textAt(data, 'id');
  if (id !== undefined) return account.profiles[id];
  const email = textAt(data, 'attributes', 'email');
  if (email !== undefined) return profileByEmail(account, email);
  const kx = textAt(data, 'attributes', '_kx');
  return kx === undefined ? undefined : Object.values(account.profiles).find(profile => profile.kx === kx);
}

export function newProfile({ account, clock, random }: Tools, email: string | null): Profile {
  const now = instant(clock.now());
  const profile: Profile = {
    id: longId({ clock, random }),
    kx: exchangeId(random),
    email,
    firstName: null,
    lastName: null,
    externalId: null,
    city: null,
    properties: {},
    consent: 'NEVER_SUBSCRIBED',
    suppressions: [],
    createdAt: now,
    updatedAt: now,
  };
  account.profiles[profile.id] = profile;
  return profile;
}

/** `meta` stands beside `attributes` in profile calls, and inside them in an event's. */
export function applyProfile(
  { clock }: Pick<Tools, 'clock'>,
  profile: Profile,
  attributes: Fields,
  meta: unknown,
): void {
  const email = textAt(attributes, 'email');
  if (email !== undefined) profile.email = email;
  for (const [name, key] of Object.entries(NAMES) as [
    keyof typeof NAMES,
    (typeof NAMES)[keyof typeof NAMES],
  ][]) {
    const value = attributes[name];
    if (typeof value === 'string' || value === null) profile[key] = value;
  }
  profile.city = textAt(attributes, 'location', 'city') ?? profile.city;
  for (const [name, value] of Object.entries(fieldsAt(attributes, 'properties'))) {
    if (value === null) delete profile.properties[name];
    else profile.properties[name] = value;
  }
  patchProperties(profile, fieldsAt(meta, 'patch_properties'));
  profile.updatedAt = instant(clock.now());
}

function patchProperties(profile: Profile, patch: Fields): void {
  for (const [name, given] of Object.entries(fieldsAt(patch, 'unappend'))) {
    const gone = many(given);
    profile.properties[name] = listOf(profile, name).filter(item => !gone.includes(item));
  }
  for (const [name, given] of Object.entries(fieldsAt(patch, 'append'))) {
    const list = listOf(profile, name);
    profile.properties[name] = [...list, ...many(given).filter(item => !list.includes(item))];
  }
  const unset = valueAt(patch, 'unset');
  for (const name of typeof unset === 'string' ? [unset] : listAt(patch, 'unset')) {
    delete profile.properties[String(name)];
  }
}

function listOf(profile: Profile, name: string): readonly unknown[] {
  const value = profile.properties[name];
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function many(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
