/** Mailchimp's list webhooks: signed over `t.body`, a form with bracketed keys (mailchimp.md 4). */
import { createHash } from 'node:crypto';
import type { Notice, Webhooks } from '../contract.ts';
import { headerOf, isFresh, isSignature } from '../signature.ts';

export const mailchimpWebhooks: Webhooks = {
  verify: ({ raw, headers, secret, now }) => {
    const header = headerOf(headers, 'x-mailchimp-signature');
    if (header === null) return false;
    const parts = header.split(',').map(part => part.trim());
    const time = parts.find(part => part.startsWith('t='))?.slice(2) ?? '';
    if (!/^\d{1,12}$/.test(time) || !isFresh(Number(time) * 1_000, now)) return false;
    return parts
      .filter(part => part.startsWith('v1='))
      .some(part => isSignature(secret, [`${time}.`, raw], part.slice(3)));
  },
  read: raw => {
    const form = new URLSearchParams(new TextDecoder().decode(raw));
    const type = form.get('type');
    if (type === null) return null;
    const notice = noticeOf(type, name => text(form.get(`data[${name}]`)), momentOf(form.get('fired_at')));
    return notice === null ? [] : [notice];
  },
};

type Data = (name: string) => string | null;

/** Null: a notice that is none of ours, such as a campaign that went out. */
function noticeOf(type: string, data: Data, at: string): Notice | null {
  const kind = kindOf(type, data('reason'));
  if (kind === null) return null;
  const base = { id: noticeId(type, data, at), kind, audience: data('list_id'), at };
  if (kind !== 'address') {
    return {
      ...base,
      contact: { id: null, reference: data('id'), address: data('email') },
      becomes: null,
    };
  }
  return {
    ...base,
    contact: { id: null, reference: data('old_id'), address: data('old_email') },
    becomes: { id: null, reference: data('new_id'), address: data('new_email') },
  };
}

function kindOf(type: string, reason: string | null): Notice['kind'] | null {
  const abuse = reason === 'abuse';
  switch (type) {
    case 'unsubscribe':
      return abuse ? 'complained' : 'unsubscribed';
    case 'cleaned':
      return abuse ? 'complained' : 'bounced';
    case 'subscribe':
      return 'subscribed';
    case 'upemail':
      return 'address';
    case 'profile':
      return 'profile';
    default:
      return null;
  }
}

/** A delivery has no id of its own; what makes it the same one is hashed, since an address may be among it. */
function noticeId(type: string, data: Data, at: string): string {
  const parts = [type, data('list_id'), data('id') ?? data('new_id'), data('email') ?? data('new_email'), at];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** `2009-03-26 21:35:57`, in UTC. */
function momentOf(firedAt: string | null): string {
  const moment = Date.parse(`${(firedAt ?? '').trim().replace(' ', 'T')}Z`);
  return new Date(Number.isNaN(moment) ? 0 : moment).toISOString();
}

function text(value: string | null): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
