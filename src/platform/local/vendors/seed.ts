/** What the sandbox accounts hold at first: a few neutral people in each state that a platform knows. */
import type { Clock, Random } from '../../../kernel/ports.ts';
import { plantProfile } from './klaviyo/people.ts';
import {
  type Consent,
  type Group,
  type KlaviyoAccount,
  instant as klaviyoInstant,
  type Profile,
  shortId,
} from './klaviyo/state.ts';
import { plantMember, plantTag } from './mailchimp/people.ts';
import {
  instant,
  type List,
  type MailchimpAccount,
  type MemberStatus,
  takeNumber,
} from './mailchimp/state.ts';

interface Person {
  readonly name: string;
  readonly address: string;
  readonly status: MemberStatus;
  readonly city: string;
}

const PEOPLE: readonly Person[] = [
  ['Ada Berg', 'ada.berg@example.com', 'subscribed', 'Oslo'],
  ['Ben Cole', 'ben.cole@example.com', 'subscribed', 'Leeds'],
  ['Cleo Diaz', 'cleo.diaz@example.com', 'subscribed', 'Oslo'],
  ['Dev Engel', 'dev.engel@example.org', 'subscribed', 'Graz'],
  ['Emil Ford', 'emil.ford@example.org', 'subscribed', 'Leeds'],
  ['Fay Grant', 'fay.grant@example.com', 'subscribed', 'Oslo'],
  ['Gus Hale', 'gus.hale@example.com', 'subscribed', 'Graz'],
  ['Hana Ito', 'hana.ito@example.org', 'subscribed', 'Leeds'],
  ['Ivo Janke', 'ivo.janke@example.com', 'unsubscribed', 'Graz'],
  ['Jun Kato', 'jun.kato@example.com', 'cleaned', 'Oslo'],
  ['Kim Lund', 'kim.lund@example.org', 'pending', 'Leeds'],
  ['Lea Moor', 'lea.moor@example.org', 'transactional', 'Graz'],
].map(([name = '', address = '', status = '', city = '']) => ({
  name,
  address,
  status: status as MemberStatus,
  city,
}));

const MEMBERS = 5;
const CITY = 'Oslo';
/** A little while ago. */
const SINCE_MS = 90 * 86_400_000;

type Tools = { readonly clock: Clock; readonly random: Random };

/** `number` counts accounts from 1. */
export function mailchimpAccount({ clock, random }: Tools, number: number): MailchimpAccount {
  const past: Tools = { clock: { now: () => clock.now() - SINCE_MS }, random };
  const account: MailchimpAccount = {
    id: hex(random, 12),
    name: number === 1 ? 'Sandbox Studio' : `Sandbox Studio ${number}`,
    email: `studio${number}@example.com`,
    login: hex(random, 5),
    lists: {},
    templates: [],
    next: 1000,
  };
  const newsletter = newList(past, account, 'Newsletter');
  const planted = PEOPLE.map(person => plantMember(past, account, newsletter, person));
  plantTag(past, account, newsletter, 'Regulars', planted.slice(0, 3));
  newsletter.segments.push({
    id: takeNumber(account),
    name: `People in ${CITY}`,
    createdAt: instant(past.clock.now()),
    condition: { field: 'CITY', value: CITY },
  });
  const members = newList(past, account, 'Members');
  for (const person of PEOPLE.slice(0, MEMBERS)) plantMember(past, account, members, person);
  return account;
}

export function klaviyoAccount({ clock, random }: Tools, number: number): KlaviyoAccount {
  const past: Tools = { clock: { now: () => clock.now() - SINCE_MS }, random };
  const account: KlaviyoAccount = {
    id: shortId(random),
    name: number === 1 ? 'Sandbox Shop' : `Sandbox Shop ${number}`,
    email: `shop${number}@example.com`,
    profiles: {},
    metrics: {},
    events: [],
    seen: {},
    lists: {},
    segments: {},
    webhooks: [],
    templates: [],
    universal: [],
    jobs: {},
  };
  const planted = PEOPLE.map((person, index) =>
    plantProfile(past, account, {
      ...person,
      consent: consentOf(person.status),
      suppressed: suppressionOf(person.status),
      old: index === 2,
    }),
  );
  newGroup(past, account, 'Newsletter', planted);
  newGroup(past, account, 'Members', planted.slice(0, MEMBERS));
  const segment: Group = {
    id: shortId(random),
    name: `People in ${CITY}`,
    createdAt: klaviyoInstant(past.clock.now()),
    members: null,
    city: CITY,
  };
  account.segments[segment.id] = segment;
  return account;
}

function newList({ clock, random }: Tools, account: MailchimpAccount, name: string): List {
  const list: List = {
    id: `a${hex(random, 5).slice(1)}`,
    webId: takeNumber(account),
    name,
    createdAt: instant(clock.now()),
    doubleOptin: false,
    members: {},
    mergeFields: [],
    segments: [],
    hooks: [],
    forgotten: [],
  };
  for (const [tag, label] of [
    ['FNAME', 'First Name'],
    ['LNAME', 'Last Name'],
    ['CITY', 'City'],
  ] as const) {
    list.mergeFields.push({
      merge_id: takeNumber(account),
      tag,
      name: label,
      type: 'text',
      required: false,
      public: true,
    });
  }
  account.lists[list.id] = list;
  return list;
}

function newGroup(
  { clock, random }: Tools,
  account: KlaviyoAccount,
  name: string,
  profiles: readonly Profile[],
): void {
  const at = klaviyoInstant(clock.now());
  const id = shortId(random);
  account.lists[id] = {
    id,
    name,
    createdAt: at,
    members: Object.fromEntries(profiles.map(profile => [profile.id, at])),
    city: null,
  };
}

function consentOf(status: MemberStatus): Consent {
  if (status === 'subscribed' || status === 'cleaned') return 'SUBSCRIBED';
  return status === 'unsubscribed' ? 'UNSUBSCRIBED' : 'NEVER_SUBSCRIBED';
}

function suppressionOf(status: MemberStatus): 'UNSUBSCRIBE' | 'HARD_BOUNCE' | null {
  if (status === 'unsubscribed') return 'UNSUBSCRIBE';
  return status === 'cleaned' ? 'HARD_BOUNCE' : null;
}

function hex(random: Random, bytes: number): string {
  return Buffer.from(random.bytes(bytes)).toString('hex');
}
