/** What happens in an account without the API: people subscribe and leave, change their address, are cleaned; webhooks tell of it. */
import { createHmac } from 'node:crypto';
import type { Hooks } from '../delivery.ts';
import type { VendorOptions } from '../vendor.ts';
import { addMember, moveMember } from './members.ts';
import {
  instant,
  type List,
  type MailchimpAccount,
  type Member,
  type MemberStatus,
  memberHash,
  takeNumber,
  uniqueEmailId,
} from './state.ts';

type Source = 'user' | 'admin';
type Told = { readonly [name: string]: string };

export interface MailchimpPeople {
  subscribe(list: string, person: { address: string; name?: string }): Member;
  unsubscribe(list: string, address: string): void;
  clean(list: string, address: string): void;
  changeAddress(list: string, address: string, to: string): void;
  rename(list: string, address: string, name: string): void;
  archive(list: string, address: string): void;
  /** Deleted for good: gone, and can't be added by the API. */
  forget(list: string, address: string): void;
}

export function mailchimpPeople(
  options: VendorOptions,
  hooks: Hooks,
  account: () => MailchimpAccount,
): MailchimpPeople {
  const listOf = (id: string): List => known(account().lists[id], 'audience');
  const memberOf = (list: List, address: string): Member =>
    known(list.members[memberHash(address)], 'member');
  const tell = (list: List, type: string, data: Told, source: Source = 'user'): void => {
    const fired = new Date(options.clock.now()).toISOString();
    for (const hook of list.hooks) {
      if (hook.events[type] !== true || hook.sources[source] !== true) continue;
      const body = new URLSearchParams({ type, fired_at: `${fired.slice(0, 10)} ${fired.slice(11, 19)}` });
      for (const [name, value] of Object.entries({ ...data, list_id: list.id }))
        body.set(`data${bracketed(name)}`, value);
      const text = body.toString();
      hooks.post({
        hook: hook.id,
        url: hook.url,
        about: type,
        body: text,
        type: 'application/x-www-form-urlencoded',
        headers: now => ({ 'x-mailchimp-signature': signed(hook.secret, text, now) }),
      });
    }
    options.changed?.();
  };
  const become = (list: List, member: Member, status: MemberStatus, reason: string | null): void => {
    member.status = status;
    member.reason = reason;
    member.changedAt = instant(options.clock.now());
    if (list.members[memberHash(member.address)] !== member)
      throw new Error('the member was moved meanwhile');
  };
  return {
    subscribe(id, { address, name }) {
      const list = listOf(id);
      list.forgotten = list.forgotten.filter(hash => hash !== memberHash(address));
      const standing = list.members[memberHash(address)];
      const member =
        standing ?? addMember({ ...options, account: account() }, list, { address, status: 'subscribed' });
      become(list, member, 'subscribed', null);
      if (name !== undefined) setName(member, name);
      tell(list, 'subscribe', about(member));
      return member;
    },
    unsubscribe(id, address) {
      const list = listOf(id);
      const member = memberOf(list, address);
      become(list, member, 'unsubscribed', 'N/A (Unsubscribed by the contact)');
      tell(list, 'unsubscribe', { action: 'unsub', reason: 'manual', ...about(member) });
    },
    clean(id, address) {
      const list = listOf(id);
      const member = memberOf(list, address);
      become(list, member, 'cleaned', 'N/A (Hard bounce)');
      tell(list, 'cleaned', { campaign_id: 'c0000000001', reason: 'hard', email: member.address }, 'admin');
    },
    changeAddress(id, address, to) {
      const list = listOf(id);
      const member = memberOf(list, address);
      moveMember(list, member, to);
      member.changedAt = instant(options.clock.now());
      tell(list, 'upemail', { new_id: uniqueEmailId(to), new_email: to, old_email: address });
    },
    rename(id, address, name) {
      const list = listOf(id);
      const member = memberOf(list, address);
      setName(member, name);
      tell(list, 'profile', about(member));
    },
    archive(id, address) {
      const list = listOf(id);
      become(list, memberOf(list, address), 'archived', null);
      options.changed?.();
    },
    forget(id, address) {
      const list = listOf(id);
      delete list.members[memberHash(address)];
      list.forgotten.push(memberHash(address));
      options.changed?.();
    },
  };
}

/** For seeds: as `subscribe`, but nobody is told. */
export function plantMember(
  options: Pick<VendorOptions, 'clock' | 'random'>,
  account: MailchimpAccount,
  list: List,
  person: {
    readonly address: string;
    readonly name: string;
    readonly status: MemberStatus;
    readonly city: string;
  },
): Member {
  const member = addMember({ ...options, account }, list, person);
  setName(member, person.name);
  member.mergeFields.CITY = person.city;
  if (person.status === 'unsubscribed') member.reason = 'N/A (Unsubscribed by the contact)';
  return member;
}

export function plantTag(
  options: Pick<VendorOptions, 'clock'>,
  account: MailchimpAccount,
  list: List,
  name: string,
  members: readonly Member[],
): void {
  const now = instant(options.clock.now());
  const id = takeNumber(account);
  list.segments.push({ id, name, createdAt: now, condition: null });
  for (const member of members) member.tags[String(id)] = now;
}

/** `t=<unix>,v1=<hex>` over time, a dot and the raw body. */
export function signed(secret: string, raw: string, now: number): string {
  const time = String(Math.floor(now / 1000));
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${raw}`).digest('hex')}`;
}

function setName(member: Member, name: string): void {
  const [first = '', ...rest] = name.split(' ');
  member.mergeFields.FNAME = first;
  member.mergeFields.LNAME = rest.join(' ');
}

function about(member: Member): Told {
  return {
    id: uniqueEmailId(member.address),
    email: member.address,
    email_type: 'html',
    ip_opt: '',
    web_id: String(member.webId),
    'merges.EMAIL': member.address,
    'merges.FNAME': member.mergeFields.FNAME ?? '',
    'merges.LNAME': member.mergeFields.LNAME ?? '',
  };
}

/** `merges.EMAIL` is `[merges][EMAIL]`. */
function bracketed(name: string): string {
  return name
    .split('.')
    .map(part => `[${part}]`)
    .join('');
}

function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`there is no such ${what} in the sandbox`);
  return found;
}
