/** Opens the fakes: the shared core around a platform's own part, its people, and tokens for a test that needs no consent screen. */
import { newGrant } from './grants.ts';
import { klaviyoFake } from './klaviyo/fake.ts';
import { KLAVIYO_RULES } from './klaviyo/oauth.ts';
import { type KlaviyoPeople, klaviyoPeople } from './klaviyo/people.ts';
import { emptyKlaviyo, type KlaviyoAccount, type KlaviyoState } from './klaviyo/state.ts';
import { mailchimpFake } from './mailchimp/fake.ts';
import { MAILCHIMP_RULES } from './mailchimp/oauth.ts';
import { type MailchimpPeople, mailchimpPeople } from './mailchimp/people.ts';
import { emptyMailchimp, type MailchimpAccount, type MailchimpState } from './mailchimp/state.ts';
import { type Decision, decide } from './oauth-page.ts';
import { klaviyoAccount, mailchimpAccount } from './seed.ts';
import { openCore, type VendorCore, type VendorOptions } from './vendor.ts';

export interface SandboxTokens {
  readonly access: string;
  readonly refresh: string | null;
  readonly expiresAt: number | null;
  readonly account: string;
}

interface Shared extends VendorCore {
  /** A person's answer to a question of `authorize`: where his browser goes. Undefined: it was answered already. */
  decide(question: string, decision: Decision, account: string): string | undefined;
  /** Tokens as after a consent. */
  grant(account?: string, scopes?: readonly string[]): SandboxTokens;
}

export interface MailchimpVendor extends Shared {
  readonly platform: 'mailchimp';
  readonly state: MailchimpState;
  account(id?: string): MailchimpAccount;
  /** People of an account, the first where none is named. */
  people(account?: string): MailchimpPeople;
}

export interface KlaviyoVendor extends Shared {
  readonly platform: 'klaviyo';
  readonly state: KlaviyoState;
  account(id?: string): KlaviyoAccount;
  people(account?: string): KlaviyoPeople;
}

export type Vendor = MailchimpVendor | KlaviyoVendor;

const ALL_SCOPES = [
  'accounts:read',
  'events:read',
  'events:write',
  'lists:read',
  'lists:write',
  'metrics:read',
  'profiles:read',
  'profiles:write',
  'segments:read',
  'templates:read',
  'templates:write',
  'webhooks:read',
  'webhooks:write',
];

/** `standing`: as it was kept; else fresh with so many accounts. */
export function openMailchimp(
  options: VendorOptions,
  standing: MailchimpState | null,
  accounts = 1,
): MailchimpVendor {
  const state = standing ?? emptyMailchimp();
  if (standing === null) {
    for (let number = 1; number <= accounts; number += 1) {
      const account = mailchimpAccount(options, number);
      state.accounts[account.id] = account;
    }
  }
  const core = openCore(
    options,
    mailchimpFake(options, state, () => core.hooks),
  );
  const account = (id?: string): MailchimpAccount => accountIn(state.accounts, id);
  return {
    ...core,
    platform: 'mailchimp',
    state,
    account,
    people: id => mailchimpPeople(options, core.hooks, () => account(id)),
    decide: (question, decision, id) =>
      decide(options, state.oauth, MAILCHIMP_RULES, question, decision, account(id).id),
    grant: (id, scopes = []) => tokens(options, state, MAILCHIMP_RULES, account(id).id, scopes),
  };
}

export function openKlaviyo(
  options: VendorOptions,
  standing: KlaviyoState | null,
  accounts = 1,
): KlaviyoVendor {
  const state = standing ?? emptyKlaviyo();
  if (standing === null) {
    for (let number = 1; number <= accounts; number += 1) {
      const account = klaviyoAccount(options, number);
      state.accounts[account.id] = account;
    }
  }
  const core = openCore(
    options,
    klaviyoFake(options, state, () => core.hooks),
  );
  const account = (id?: string): KlaviyoAccount => accountIn(state.accounts, id);
  return {
    ...core,
    platform: 'klaviyo',
    state,
    account,
    people: id => klaviyoPeople(options, core.hooks, () => account(id)),
    decide: (question, decision, id) =>
      decide(options, state.oauth, KLAVIYO_RULES, question, decision, account(id).id),
    grant: (id, scopes = ALL_SCOPES) => tokens(options, state, KLAVIYO_RULES, account(id).id, scopes),
  };
}

function tokens(
  options: VendorOptions,
  state: MailchimpState | KlaviyoState,
  rules: typeof KLAVIYO_RULES,
  account: string,
  scopes: readonly string[],
): SandboxTokens {
  const { access, refresh } = newGrant(state.oauth, { ...options, rules }, account, scopes);
  const expiresAt = rules.accessMs === null ? null : options.clock.now() + rules.accessMs;
  return { access, refresh, expiresAt, account };
}

/** The first where none is named. */
function accountIn<T>(accounts: Readonly<Record<string, T>>, id: string | undefined): T {
  const found = id === undefined || id === '' ? Object.values(accounts)[0] : accounts[id];
  if (found === undefined) throw new Error('there is no such account in the sandbox');
  return found;
}
