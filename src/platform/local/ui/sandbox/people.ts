/** Contacts of either platform in one shape, for the screens. */
import { memberReader, profileReader, type Reader } from '../../vendors/campaign.ts';
import { tagName } from '../../vendors/mailchimp/member-view.ts';
import type { Sandbox } from '../../vendors/sandbox.ts';
import type { Platform } from '../../vendors/vendor.ts';

export interface Person {
  /** Names him in a path. */
  readonly id: string;
  /** Null: contacts live in no audience. */
  readonly audience: { readonly id: string; readonly name: string } | null;
  readonly name: string;
  readonly address: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly properties: readonly (readonly [name: string, value: string])[];
  /** Newest first. */
  readonly events: readonly { readonly at: string; readonly name: string; readonly details: string }[];
  readonly reader: Reader;
}

export function peopleOf(sandbox: Sandbox, platform: Platform): readonly Person[] {
  return platform === 'mailchimp' ? membersOf(sandbox) : profilesOf(sandbox);
}

export function personOf(sandbox: Sandbox, platform: Platform, id: string): Person | undefined {
  return peopleOf(sandbox, platform).find(person => person.id === id);
}

function membersOf(sandbox: Sandbox): readonly Person[] {
  return Object.values(sandbox.mailchimp.account().lists).flatMap(list =>
    Object.values(list.members).map(member => ({
      id: member.contactId,
      audience: { id: list.id, name: list.name },
      name: [member.mergeFields.FNAME, member.mergeFields.LNAME].filter(Boolean).join(' '),
      address: member.address,
      status: member.status,
      tags: Object.keys(member.tags).map(tag => tagName(list, tag)),
      properties: Object.entries(member.mergeFields).filter(([, value]) => value !== ''),
      events: member.events
        .map(({ name, occurred_at, properties }) => ({
          at: occurred_at,
          name,
          details: detailsOf(properties),
        }))
        .reverse(),
      reader: memberReader(list, member),
    })),
  );
}

function profilesOf(sandbox: Sandbox): readonly Person[] {
  const account = sandbox.klaviyo.account();
  return Object.values(account.profiles).map(profile => ({
    id: profile.id,
    audience: null,
    name: [profile.firstName, profile.lastName].filter(Boolean).join(' '),
    address: profile.email ?? '',
    status: [profile.consent, ...profile.suppressions.map(({ reason }) => reason)]
      .map(word => word.toLowerCase().replaceAll('_', ' '))
      .join(', '),
    tags: [],
    properties: Object.entries(profile.properties).map(([name, value]) => [name, wordsOf(value)] as const),
    events: account.events
      .filter(event => event.profile === profile.id)
      .map(event => ({
        at: event.at,
        name: account.metrics[event.metric]?.name ?? '',
        details: detailsOf(event.properties),
      }))
      .reverse(),
    reader: profileReader(profile),
  }));
}

function detailsOf(properties: { readonly [name: string]: unknown }): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}: ${wordsOf(value)}`)
    .join(', ');
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.map(wordsOf).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
