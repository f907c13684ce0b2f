/** What the Mailchimp fake remembers: accounts with audiences, members with tags and events, templates. Plain JSON, so that it can be kept. */
import { createHash } from 'node:crypto';
import type { Random } from '../../../../kernel/ports.ts';
import { emptyGrants, type GrantState } from '../grants.ts';

export type MemberStatus =
  | 'subscribed'
  | 'unsubscribed'
  | 'cleaned'
  | 'pending'
  | 'transactional'
  | 'archived';

export interface MemberEvent {
  readonly name: string;
  readonly occurred_at: string;
  readonly properties: { readonly [name: string]: string };
  /** Recorded without starting automations; the API doesn't tell it. */
  readonly isSyncing: boolean;
}

export interface Member {
  readonly contactId: string;
  readonly webId: number;
  address: string;
  status: MemberStatus;
  mergeFields: Record<string, string>;
  /** Tag id to when it was added. */
  tags: Record<string, string>;
  events: MemberEvent[];
  readonly createdAt: string;
  changedAt: string;
  reason: string | null;
}

export interface MergeField {
  readonly merge_id: number;
  readonly tag: string;
  name: string;
  readonly type: string;
  required: boolean;
  public: boolean;
}

export interface Segment {
  readonly id: number;
  name: string;
  readonly createdAt: string;
  /** Null: a static one, which is what a tag is. */
  readonly condition: { readonly field: string; readonly value: string } | null;
}

export interface ListHook {
  readonly id: string;
  readonly url: string;
  readonly events: Readonly<Record<string, boolean>>;
  readonly sources: Readonly<Record<string, boolean>>;
  readonly secret: string;
}

export interface List {
  readonly id: string;
  readonly webId: number;
  name: string;
  readonly createdAt: string;
  readonly doubleOptin: boolean;
  /** By MD5 of the lower-case address. */
  members: Record<string, Member>;
  mergeFields: MergeField[];
  segments: Segment[];
  hooks: ListHook[];
  /** Hashes of the permanently deleted. */
  forgotten: string[];
}

export interface Template {
  readonly id: number;
  name: string;
  html: string;
  readonly createdAt: string;
  editedAt: string;
}

export interface MailchimpAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly login: string;
  lists: Record<string, List>;
  templates: Template[];
  /** The next number for whatever needs one. */
  next: number;
}

export interface MailchimpState {
  oauth: GrantState;
  accounts: Record<string, MailchimpAccount>;
}

export const emptyMailchimp = (): MailchimpState => ({ oauth: emptyGrants(), accounts: {} });

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** No trimming, no plus-stripping. */
export function memberHash(address: string): string {
  return md5(address.toLowerCase());
}

/** What `*|UNIQID|*` prints: of the address, so it changes with it and is the same in every audience. */
export function uniqueEmailId(address: string): string {
  return md5(`unique:${address.toLowerCase()}`).slice(0, 10);
}

export function contactId(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex');
}

/** By MD5, address or contact id, as the path takes it. */
export function memberAt(list: List, reference: string): Member | undefined {
  return (
    list.members[reference] ??
    list.members[memberHash(reference)] ??
    (reference.length === 32
      ? Object.values(list.members).find(member => member.contactId === reference)
      : undefined)
  );
}

export function tagOf(list: List, name: string): Segment | undefined {
  return list.segments.find(segment => segment.condition === null && segment.name === name);
}

export function takeNumber(account: MailchimpAccount): number {
  account.next += 1;
  return account.next;
}

export function membersOf(list: List, segment: Segment): Member[] {
  const { condition } = segment;
  return Object.values(list.members).filter(member =>
    condition === null
      ? member.tags[String(segment.id)] !== undefined
      : (member.mergeFields[condition.field] ?? '') === condition.value,
  );
}

/** As Mailchimp writes instants: no fraction of a second. */
export function instant(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}+00:00`;
}
