/** What happens in an account without the API: people subscribe, leave, bounce, complain, change their address, are merged. */
import type { Hooks } from '../delivery.ts';
import type { VendorOptions } from '../vendor.ts';
import { newProfile } from './profile-write.ts';
import { merge } from './profiles.ts';
import {
  type Consent,
  instant,
  type KlaviyoAccount,
  type Profile,
  profileByEmail,
  shortId,
} from './state.ts';
import { type Topic, tell } from './webhooks.ts';

export interface KlaviyoPeople {
  subscribe(address: string, name?: string): Profile;
  unsubscribe(address: string): void;
  bounce(address: string): void;
  complain(address: string): void;
  /** Klaviyo tells nobody of it. */
  changeAddress(address: string, to: string): void;
  /** The first is gone afterwards. Klaviyo tells nobody of it. */
  merge(from: string, into: string): void;
  remove(address: string): void;
}

export function klaviyoPeople(
  options: VendorOptions,
  hooks: Hooks,
  account: () => KlaviyoAccount,
): KlaviyoPeople {
  const profileOf = (address: string): Profile => {
    const profile = profileByEmail(account(), address);
    if (profile === undefined) throw new Error('there is no such profile in the sandbox');
    return profile;
  };
  const become = (profile: Profile, consent: Consent, topic: Topic): void => {
    profile.consent = consent;
    profile.updatedAt = instant(options.clock.now());
    tell({ ...options, hooks, account: account() }, topic, profile);
    options.changed?.();
  };
  const suppress = (profile: Profile, reason: Profile['suppressions'][number]['reason']): void => {
    profile.suppressions.push({ reason, timestamp: instant(options.clock.now()) });
  };
  return {
    subscribe(address, name) {
      const profile =
        profileByEmail(account(), address) ?? newProfile({ ...options, account: account() }, address);
      if (name !== undefined) setName(profile, name);
      profile.suppressions = [];
      become(profile, 'SUBSCRIBED', 'event:klaviyo.subscribed_to_email_marketing');
      return profile;
    },
    unsubscribe(address) {
      const profile = profileOf(address);
      suppress(profile, 'UNSUBSCRIBE');
      become(profile, 'UNSUBSCRIBED', 'event:klaviyo.unsubscribed_from_email_marketing');
    },
    bounce(address) {
      const profile = profileOf(address);
      suppress(profile, 'HARD_BOUNCE');
      become(profile, profile.consent, 'event:klaviyo.bounced_email');
    },
    complain(address) {
      const profile = profileOf(address);
      suppress(profile, 'SPAM_COMPLAINT');
      become(profile, 'UNSUBSCRIBED', 'event:klaviyo.marked_email_as_spam');
    },
    changeAddress(address, to) {
      const profile = profileOf(address);
      profile.email = to;
      profile.updatedAt = instant(options.clock.now());
      options.changed?.();
    },
    merge(from, into) {
      merge(account(), profileOf(from).id, profileOf(into).id);
      options.changed?.();
    },
    remove(address) {
      delete account().profiles[profileOf(address).id];
      options.changed?.();
    },
  };
}

/** For seeds: as it were there for long, told to nobody. `old`: with one of the six-character ids. */
export function plantProfile(
  options: Pick<VendorOptions, 'clock' | 'random'>,
  account: KlaviyoAccount,
  person: {
    readonly address: string;
    readonly name: string;
    readonly consent: Consent;
    readonly suppressed: Profile['suppressions'][number]['reason'] | null;
    readonly city: string;
    readonly old?: boolean;
  },
): Profile {
  const fresh = newProfile({ ...options, account }, person.address);
  const profile = person.old === true ? { ...fresh, id: shortId(options.random) } : fresh;
  delete account.profiles[fresh.id];
  account.profiles[profile.id] = profile;
  setName(profile, person.name);
  profile.city = person.city;
  profile.consent = person.consent;
  if (person.suppressed !== null) {
    profile.suppressions.push({ reason: person.suppressed, timestamp: instant(options.clock.now()) });
  }
  return profile;
}

function setName(profile: Profile, name: string): void {
  const [first = '', ...rest] = name.split(' ');
  profile.firstName = first;
  profile.lastName = rest.join(' ') || null;
}
