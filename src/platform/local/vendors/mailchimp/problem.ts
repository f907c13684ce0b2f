/** Mailchimp's errors: problem documents (RFC 7807), with field errors where a body doesn't fit. */
import type { VendorAnswer } from '../exchange.ts';

const GLOSSARY = 'https://mailchimp.com/developer/marketing/docs/errors/';
const TYPE = 'application/problem+json; charset=utf-8';

export function problem(
  status: number,
  title: string,
  detail: string,
  errors: readonly { readonly field: string; readonly message: string }[] = [],
): VendorAnswer {
  return {
    status,
    headers: { 'content-type': TYPE },
    body: JSON.stringify({
      type: GLOSSARY,
      title,
      status,
      detail,
      instance: '00000000-0000-4000-8000-000000000000',
      ...(errors.length === 0 ? {} : { errors }),
    }),
  };
}

export const notFound = (): VendorAnswer =>
  problem(404, 'Resource Not Found', 'The requested resource could not be found.');

export const invalid = (field: string, message: string): VendorAnswer =>
  problem(
    400,
    'Invalid Resource',
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    [{ field, message }],
  );

export const unreadable = (): VendorAnswer =>
  problem(400, 'JSON Parse Error', 'We encountered an unspecified JSON parsing error.');

export const badKey = (): VendorAnswer =>
  problem(
    401,
    'API Key Invalid',
    'Your API key may be invalid, or you’ve attempted to access the wrong datacenter.',
  );

export const compliance = (address: string): VendorAnswer =>
  problem(
    400,
    'Member In Compliance State',
    `${address} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
  );

export const forgotten = (address: string): VendorAnswer =>
  problem(
    400,
    'Forgotten Email Not Subscribed',
    `${address} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
  );

export const exists = (address: string): VendorAnswer =>
  problem(
    400,
    'Member Exists',
    `${address} is already a list member. Use PUT to insert or update list members.`,
  );

export const tooMany = (): VendorAnswer =>
  problem(429, 'Too Many Requests', 'You have exceeded the limit of 10 simultaneous connections.');
