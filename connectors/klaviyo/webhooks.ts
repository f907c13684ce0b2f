/** Klaviyo's system webhooks: signed over the body followed by the time as its header says it (klaviyo.md 4). */
import type { Notice, Webhooks } from '../contract.ts';
import { type Fields, fieldsOf, listOf, textOf } from '../json.ts';
import { NOTICES_PER_DELIVERY } from '../limits.ts';
import { headerOf, isFresh, isSignature } from '../signature.ts';
import { TOPICS } from './topics.ts';

export const klaviyoWebhooks: Webhooks = {
  verify: ({ raw, headers, secret, now }) => {
    const signature = headerOf(headers, 'klaviyo-signature');
    const time = headerOf(headers, 'klaviyo-timestamp');
    if (signature === null || time === null || !isFresh(Date.parse(time), now)) return false;
    return isSignature(secret, [raw, time], signature);
  },
  read: raw => {
    const body = parsed(raw);
    if (body === null || !Array.isArray(body.data) || body.data.length > NOTICES_PER_DELIVERY) return null;
    const sentAt = momentOf(fieldsOf(body.meta).timestamp) ?? new Date(0).toISOString();
    return body.data.map(fieldsOf).flatMap(entry => noticeOf(entry, sentAt));
  },
};

/** None for a topic that is none of ours, and for one without an id to know a repeat by. */
function noticeOf(entry: Fields, sentAt: string): Notice[] {
  const kind = TOPICS.get(textOf(entry.topic) ?? '');
  const id = textOf(entry.external_id);
  if (kind === undefined || id === null) return [];
  const event = eventIn(entry.payload);
  const attributes = fieldsOf(event.attributes);
  const profile = textOf(fieldsOf(fieldsOf(fieldsOf(event.relationships).profile).data).id);
  return [
    {
      id,
      kind,
      audience: null,
      contact: { id: profile, reference: profile, address: addressIn(entry.payload, attributes) },
      becomes: null,
      at: momentOf(attributes.datetime) ?? sentAt,
    },
  ];
}

/** As "get event" answers: the event under `data`. */
function eventIn(payload: unknown): Fields {
  const fields = fieldsOf(payload);
  return fields.data === undefined ? fields : fieldsOf(fields.data);
}

function addressIn(payload: unknown, attributes: Fields): string | null {
  const profile = listOf(fieldsOf(payload).included)
    .map(fieldsOf)
    .find(({ type }) => type === 'profile');
  return textOf(fieldsOf(profile?.attributes).email) ?? textOf(fieldsOf(attributes.event_properties).email);
}

function momentOf(value: unknown): string | null {
  const moment = Date.parse(textOf(value) ?? '');
  return Number.isNaN(moment) ? null : new Date(moment).toISOString();
}

function parsed(raw: Uint8Array): Fields | null {
  try {
    return fieldsOf(JSON.parse(new TextDecoder().decode(raw)));
  } catch {
    return null;
  }
}
