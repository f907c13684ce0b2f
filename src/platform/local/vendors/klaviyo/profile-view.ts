/** A profile as the API shows it; its subscriptions only where they are asked for. */
import type { Consent, Profile } from './state.ts';
import type { Resource, Visit } from './visit.ts';

export function profileView(visit: Visit, profile: Profile): Resource {
  const fields = visit.request.query.get('fields[profile]');
  const attributes: Record<string, unknown> = {
    email: profile.email,
    phone_number: null,
    external_id: profile.externalId,
    first_name: profile.firstName,
    last_name: profile.lastName,
    organization: null,
    locale: null,
    title: null,
    image: null,
    created: profile.createdAt,
    updated: profile.updatedAt,
    last_event_date: null,
    location: { city: profile.city },
    properties: profile.properties,
  };
  const more = visit.request.query.get('additional-fields[profile]') ?? '';
  const picked =
    fields === null
      ? attributes
      : Object.fromEntries(Object.entries(attributes).filter(([name]) => fields.split(',').includes(name)));
  return {
    type: 'profile',
    id: profile.id,
    attributes: more.split(',').includes('subscriptions')
      ? { ...picked, subscriptions: subscriptions(profile) }
      : picked,
  };
}

function subscriptions(profile: Profile): object {
  const { consent, suppressions } = profile;
  return {
    email: {
      marketing: {
        can_receive_email_marketing: consent !== 'UNSUBSCRIBED' && suppressions.length === 0,
        consent: consent satisfies Consent,
        consent_timestamp: consent === 'NEVER_SUBSCRIBED' ? null : profile.createdAt,
        last_updated: profile.updatedAt,
        method: null,
        method_detail: null,
        custom_method_detail: null,
        double_optin: null,
        suppression: suppressions,
        list_suppressions: [],
      },
    },
  };
}
