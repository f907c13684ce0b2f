/** What we want to be told of, and what each topic means. Changed addresses and merges have no topic: they show when a profile is read. */
import type { Notice } from '../contract.ts';

export const TOPICS: ReadonlyMap<string, Notice['kind']> = new Map([
  ['event:klaviyo.unsubscribed_from_email_marketing', 'unsubscribed'],
  ['event:klaviyo.subscribed_to_email_marketing', 'subscribed'],
  ['event:klaviyo.bounced_email', 'bounced'],
  ['event:klaviyo.marked_email_as_spam', 'complained'],
]);
