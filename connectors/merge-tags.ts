/**
 * What each platform fills into a link when it sends, and what stays when it doesn't (a test send, a preview, an archive page).
 * Light on purpose: the click page reads it and loads nothing else of a connector. mailchimp.md 2.1, klaviyo.md 2.1.
 */
import type { PlatformName } from './contract.ts';

export interface MergeTags {
  /** Prints the contact's reference. Goes last in a link. */
  readonly contact: string;
  /** Prints the contact's own token (instant mode). */
  readonly token: string;
  readonly unsubscribe: string;
}

/** Name of the field that carries a contact's token: Mailchimp allows ten characters. */
export const TOKEN_FIELD = { mailchimp: 'RSVPTOK', klaviyo: 'rsvp_token' } as const;

export const MERGE_TAGS: Readonly<Record<PlatformName, MergeTags>> = {
  mailchimp: {
    contact: '*|UNIQID|*',
    token: `*|${TOKEN_FIELD.mailchimp}|*`,
    unsubscribe: '*|UNSUB|*',
  },
  klaviyo: {
    contact: '{{ person.KlaviyoID }}',
    token: `{{ person|lookup:'${TOKEN_FIELD.klaviyo}'|default:'' }}`,
    unsubscribe: '{% unsubscribe_link %}',
  },
};

/** A link that was opened without being sent to a contact: the tag itself, nothing, or a test send's stand-in. */
export function isPlaceholder(reference: string): boolean {
  const text = reference.trim();
  return text === '' || /^\*\|.*\|\*$|^\*\||\{\{|\{%|^%7b%7b|^__\w+__$|^(?:none|null|undefined)$/i.test(text);
}
