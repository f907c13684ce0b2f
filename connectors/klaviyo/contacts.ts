/** One contact, by what a link carries or by address. */
import type { Contact } from '../contract.ts';
import { PlatformError } from '../contract.ts';
import { listOf } from '../json.ts';
import { contactOf } from './profiles.ts';
import { locationOf } from './refusal.ts';
import { called, type KlaviyoApi, type Reply } from './sdk.ts';

const PROFILE_ID = /^[A-Za-z0-9]{4,40}$/;
const EXCHANGE = 'kx:';
const EXCHANGE_CHARS = 200;
const WANTED = {
  additionalFieldsProfile: ['subscriptions' as const],
  fieldsProfile: ['email' as const, 'first_name' as const, 'last_name' as const, 'subscriptions' as const],
};

/** A profile's id, or `kx:<value>` for the exchange id that Klaviyo puts on links. */
export async function byReference(api: KlaviyoApi, reference: string): Promise<Contact | null> {
  if (reference.startsWith(EXCHANGE)) {
    const value = reference.slice(EXCHANGE.length);
    return value === '' || value.length > EXCHANGE_CHARS ? null : find(api, '_kx', value);
  }
  return PROFILE_ID.test(reference) ? byId(api, reference, true) : null;
}

export async function byAddress(api: KlaviyoApi, address: string): Promise<Contact | null> {
  const contact = await find(api, 'email', address);
  return contact?.address.toLowerCase() === address.toLowerCase() ? contact : null;
}

/** A merged profile answers as its survivor, or sends us there; an id of nobody is 404. */
async function byId(api: KlaviyoApi, id: string, mayMove: boolean): Promise<Contact | null> {
  let survivor: string | null = null;
  try {
    const reply = await called('reads', async () => {
      try {
        return await api.profiles.getProfile(id, WANTED);
      } catch (error) {
        survivor = idIn(locationOf(error));
        throw error;
      }
    });
    return contactOf(reply.body.data);
  } catch (error) {
    if (survivor !== null && survivor !== id && mayMove) return byId(api, survivor, false);
    if (error instanceof PlatformError && error.kind === 'absent') return null;
    throw error;
  }
}

async function find(api: KlaviyoApi, field: string, value: string): Promise<Contact | null> {
  const reply: Reply = await called('reads', () =>
    api.profiles.getProfiles({ ...WANTED, filter: api.equals(field, value), pageSize: 1 }),
  );
  return contactOf(listOf(reply.body.data)[0]);
}

/** Only the id is taken from a link: the token goes nowhere but to our own base. */
function idIn(location: string | null): string | null {
  return /\/api\/profiles\/([A-Za-z0-9]{4,40})\/?(?:\?.*)?$/.exec(location ?? '')?.[1] ?? null;
}
