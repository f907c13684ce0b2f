/** An audience's members as contacts. */
import { createHash } from 'node:crypto';
import type { Contact } from '../contract.ts';
import { fieldsOf, nameOf, textOf } from '../json.ts';

export const MEMBER_FIELDS = [
  'contact_id',
  'unique_email_id',
  'email_address',
  'full_name',
  'merge_fields',
  'status',
];

const CONSENTS: ReadonlySet<unknown> = new Set([
  'subscribed',
  'unsubscribed',
  'pending',
  'transactional',
  'cleaned',
  'archived',
]);

/** MD5 of the lower-case address, as it is: not trimmed, plus kept. */
export function memberHash(address: string): string {
  return createHash('md5').update(address.toLowerCase()).digest('hex');
}

/** Null: what makes a contact is missing. */
export function contactOf(member: unknown): Contact | null {
  const fields = fieldsOf(member);
  const reference = textOf(fields.unique_email_id);
  const address = textOf(fields.email_address);
  if (reference === null || address === null) return null;
  const merged = fieldsOf(fields.merge_fields);
  return {
    // Members of segments come without their lasting id.
    id: textOf(fields.contact_id) ?? reference,
    reference,
    address,
    name: textOf(fields.full_name) ?? nameOf(merged.FNAME, merged.LNAME),
    consent: CONSENTS.has(fields.status) ? (fields.status as Contact['consent']) : 'none',
  };
}
