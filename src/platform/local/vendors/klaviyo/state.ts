/** What the Klaviyo fake remembers: accounts with profiles, events, metrics, lists, segments, webhooks, templates. Plain JSON. */
import type { Clock, Random } from '../../../../kernel/ports.ts';
import { emptyGrants, type GrantState } from '../grants.ts';

export type Consent = 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NEVER_SUBSCRIBED';
export type SuppressionReason =
  | 'HARD_BOUNCE'
  | 'INVALID_EMAIL'
  | 'SPAM_COMPLAINT'
  | 'UNSUBSCRIBE'
  | 'USER_SUPPRESSED';

export interface Profile {
  readonly id: string;
  /** The exchange id that click tracking appends to links. */
  readonly kx: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  externalId: string | null;
  city: string | null;
  properties: Record<string, unknown>;
  consent: Consent;
  suppressions: { reason: SuppressionReason; timestamp: string }[];
  readonly createdAt: string;
  updatedAt: string;
}

export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

export interface KlaviyoEvent {
  readonly id: string;
  readonly uuid: string;
  readonly metric: string;
  profile: string;
  readonly uniqueId: string;
  readonly at: string;
  readonly properties: { readonly [name: string]: unknown };
  /** Recorded without starting flows; the API doesn't tell it. */
  readonly backfill: boolean;
}

export interface Group {
  readonly id: string;
  name: string;
  readonly createdAt: string;
  /** Profile to when it joined; null: a segment, worked out from its rule. */
  members: Record<string, string> | null;
  /** A segment's: profiles of this city. */
  readonly city: string | null;
}

export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly topics: readonly string[];
  readonly createdAt: string;
  enabled: boolean;
}

export interface Piece {
  readonly id: string;
  name: string;
  /** A template's HTML, or a universal block's content. */
  html: string;
  editorType: string;
  definition: unknown;
  readonly createdAt: string;
  updatedAt: string;
}

export interface ImportJob {
  readonly id: string;
  readonly createdAt: string;
  readonly total: number;
  readonly profiles: readonly string[];
  readonly errors: readonly { readonly id: string; readonly detail: string; readonly payload: unknown }[];
}

export interface KlaviyoAccount {
  /** The public API key. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  profiles: Record<string, Profile>;
  metrics: Record<string, Metric>;
  events: KlaviyoEvent[];
  /** `profile metric unique_id` of every event: the same one counts once. */
  seen: Record<string, true>;
  lists: Record<string, Group>;
  segments: Record<string, Group>;
  webhooks: Webhook[];
  templates: Piece[];
  universal: Piece[];
  jobs: Record<string, ImportJob>;
}

export interface KlaviyoState {
  oauth: GrantState;
  accounts: Record<string, KlaviyoAccount>;
}

export const emptyKlaviyo = (): KlaviyoState => ({ oauth: emptyGrants(), accounts: {} });

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** 26 characters, as newer profiles have: time first. */
export function longId({ clock, random }: { clock: Clock; random: Random }): string {
  let time = clock.now();
  let head = '';
  for (let at = 0; at < 10; at += 1) {
    head = CROCKFORD[time % 32] + head;
    time = Math.floor(time / 32);
  }
  return head + [...random.bytes(16)].map(byte => CROCKFORD[byte % 32]).join('');
}

/** Six characters, as older profiles, lists and metrics have. */
export function shortId(random: Random): string {
  return [...random.bytes(6)].map(byte => LETTERS[byte % LETTERS.length]).join('');
}

export function exchangeId(random: Random): string {
  return `${Buffer.from(random.bytes(20)).toString('base64url')}==.${shortId(random)}`;
}

export function instant(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}+00:00`;
}

export function profileByEmail(account: KlaviyoAccount, email: string): Profile | undefined {
  const folded = email.trim().toLowerCase();
  return Object.values(account.profiles).find(profile => profile.email?.toLowerCase() === folded);
}

export function metricNamed(account: KlaviyoAccount, name: string): Metric | undefined {
  return Object.values(account.metrics).find(metric => metric.name === name);
}

export function membersOf(account: KlaviyoAccount, group: Group): { profile: Profile; joinedAt: string }[] {
  const { members } = group;
  if (members === null) {
    return Object.values(account.profiles)
      .filter(({ city }) => city === group.city)
      .map(profile => ({ profile, joinedAt: profile.createdAt }));
  }
  return Object.entries(members).flatMap(([id, joinedAt]) => {
    const profile = account.profiles[id];
    return profile === undefined ? [] : [{ profile, joinedAt }];
  });
}
