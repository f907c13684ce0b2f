/** Profiles as contacts, and Klaviyo's consent in our words. */
import type { Contact } from '../contract.ts';
import { fieldsOf, listOf, nameOf, textOf } from '../json.ts';

/** A profile without an address is no contact of ours. */
export function contactOf(profile: unknown): Contact | null {
  const { id: given, attributes } = fieldsOf(profile);
  const fields = fieldsOf(attributes);
  const id = textOf(given);
  const address = textOf(fields.email);
  if (id === null || address === null) return null;
  return {
    id,
    reference: id,
    address,
    name: nameOf(fields.first_name, fields.last_name),
    consent: consentOf(fieldsOf(fieldsOf(fields.subscriptions).email).marketing),
  };
}

/** A suppression overrules a consent that was given: nothing may be sent. */
function consentOf(marketing: unknown): Contact['consent'] {
  const fields = fieldsOf(marketing);
  const reasons = listOf(fields.suppression).map(entry => fieldsOf(entry).reason);
  if (reasons.some(reason => reason === 'HARD_BOUNCE' || reason === 'INVALID_EMAIL')) return 'cleaned';
  if (reasons.length > 0) return 'unsubscribed';
  switch (fields.consent) {
    case 'SUBSCRIBED':
      return 'subscribed';
    case 'UNSUBSCRIBED':
      return 'unsubscribed';
    case 'PENDING':
    case 'PENDING_DOUBLE_OPT_IN':
      return 'pending';
    default:
      return 'none';
  }
}
