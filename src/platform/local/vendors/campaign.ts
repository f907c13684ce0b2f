/**
 * A campaign of the sandbox: the pasted HTML as a contact gets it, merge tags filled in after we signed, and every link going through click
 * tracking, which appends what each vendor appends. A test send fills in nothing, or the vendor's stand-ins (mailchimp.md 2.1, klaviyo.md 2.1).
 */
import type { Random } from '../../../kernel/ports.ts';
import { chance } from './grants.ts';
import type { Profile } from './klaviyo/state.ts';
import type { List, Member } from './mailchimp/state.ts';
import { memberHash, uniqueEmailId } from './mailchimp/state.ts';
import type { Platform } from './vendor.ts';

/** What a tag prints; undefined: the platform leaves it as it is written. */
export type Fill = (tag: string) => string | undefined;

export interface Reader {
  /** As the screen names him. */
  readonly name: string;
  readonly fill: Fill;
  /** Appended to every link, in this order. */
  readonly tracking: readonly (readonly [name: string, value: string])[];
}

export interface CampaignMail {
  readonly id: string;
  readonly platform: Platform;
  readonly to: string;
  /** Links lead to `clickUrl(id, n)`. */
  readonly html: string;
  /** Where they lead in the end, tags filled in. */
  readonly links: readonly string[];
  readonly tracking: Reader['tracking'];
}

export interface Campaigns {
  send(
    platform: Platform,
    html: string,
    reader: Reader,
    clickUrl: (mail: string, link: number) => string,
  ): CampaignMail;
  mail(id: string): CampaignMail | undefined;
  /** Where a click leads: the link with its tracking behind it. */
  click(id: string, link: number): string | undefined;
}

const MAILS_KEPT = 200;
const CAMPAIGN = '5c0ffee123';
const HREF = /\bhref\s*=\s*(["'])(.*?)\1/gis;
const MAILCHIMP_TAG = /\*\|([A-Z0-9_:]+)\|\*/g;
const KLAVIYO_TAG = /\{\{\s*([^{}]*?)\s*\}\}|\{%\s*([^{}%]*?)\s*%\}/g;

export function openCampaigns(random: Random): Campaigns {
  const mails = new Map<string, CampaignMail>();
  return {
    send(platform, html, reader, clickUrl) {
      const id = chance(random, 9);
      const links: string[] = [];
      const filled = filledIn(platform, html, reader.fill);
      const tracked = filled.replace(HREF, (whole, quote: string, href: string) => {
        const target = href.replaceAll('&amp;', '&').trim();
        if (!/^https?:/i.test(target)) return whole;
        const known = links.indexOf(target);
        const number = known < 0 ? links.push(target) - 1 : known;
        return `href=${quote}${clickUrl(id, number).replaceAll('&', '&amp;')}${quote}`;
      });
      const mail: CampaignMail = {
        id,
        platform,
        to: reader.name,
        html: tracked,
        links,
        tracking: reader.tracking,
      };
      mails.set(id, mail);
      for (const old of mails.keys()) {
        if (mails.size <= MAILS_KEPT) break;
        mails.delete(old);
      }
      return mail;
    },
    mail: id => mails.get(id),
    click(id, link) {
      const mail = mails.get(id);
      const target = mail?.links[link];
      if (mail === undefined || target === undefined || !URL.canParse(target)) return undefined;
      const query = mail.tracking.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
      return new URL(`${target}${target.includes('?') ? '&' : '?'}${query}`).href;
    },
  };
}

export function memberReader(list: List, member: Member): Reader {
  const unique = uniqueEmailId(member.address);
  const values: Readonly<Record<string, string>> = {
    ...Object.fromEntries(list.mergeFields.map(({ tag }) => [tag, member.mergeFields[tag] ?? ''])),
    EMAIL: member.address,
    UNIQID: unique,
    EMAIL_UID: unique,
    'LIST:UID': list.id,
    CAMPAIGN_UID: CAMPAIGN,
    UNSUB: `https://example.us1.list-manage.com/unsubscribe?u=${list.id}&id=${memberHash(member.address)}`,
  };
  return {
    name: member.address,
    fill: tag => (tag.startsWith('URL:') ? encoded(values[tag.slice('URL:'.length)]) : values[tag]),
    tracking: mailchimpTracking(unique),
  };
}

export function profileReader(profile: Profile): Reader {
  return {
    name: profile.email ?? profile.id,
    fill: tag => klaviyoValue(profile, tag),
    tracking: [
      ['utm_source', 'Klaviyo'],
      ['utm_medium', 'campaign'],
      ['_kx', profile.kx],
    ],
  };
}

/** A test send: tags stay as they are written, or are filled with what a vendor puts in their place. */
export function testReader(platform: Platform, name: string, kind: 'raw' | 'placeholder'): Reader {
  const stand = platform === 'mailchimp' ? '__test_email__' : '';
  return {
    name,
    fill: () => (kind === 'raw' ? undefined : stand),
    tracking:
      platform === 'mailchimp'
        ? mailchimpTracking('UNIQID')
        : [
            ['utm_source', 'Klaviyo'],
            ['utm_medium', 'campaign'],
          ],
  };
}

function mailchimpTracking(unique: string): Reader['tracking'] {
  return [
    ['utm_source', 'Newsletter'],
    ['utm_campaign', 'sandbox'],
    ['utm_medium', 'email'],
    ['mc_cid', CAMPAIGN],
    ['mc_eid', unique],
  ];
}

function filledIn(platform: Platform, html: string, fill: Fill): string {
  return platform === 'mailchimp'
    ? html.replace(MAILCHIMP_TAG, (whole, tag: string) => fill(tag) ?? whole)
    : html.replace(KLAVIYO_TAG, (whole, value?: string, tag?: string) => fill(value ?? `% ${tag}`) ?? whole);
}

/** As much of Klaviyo's template language as links use: a value, `lookup`, `default`, `urlencode`. What is missing prints as nothing. */
function klaviyoValue(profile: Profile, expression: string): string {
  if (expression.startsWith('% unsubscribe')) return 'https://manage.example.com/unsubscribe';
  const [name = '', ...filters] = expression.split('|').map(part => part.trim());
  let value: unknown = plainValue(profile, name);
  for (const filter of filters) {
    const [word = '', argument = ''] = filter.split(/:(.*)/s);
    const text = argument.trim().replace(/^(['"])(.*)\1$/, '$2');
    if (word === 'lookup') value = profile.properties[text];
    else if (word === 'default' && (value ?? '') === '') value = text;
    else if (word === 'urlencode') value = encoded(String(value ?? ''));
  }
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function plainValue(profile: Profile, name: string): unknown {
  switch (name) {
    case 'person.KlaviyoID':
      return profile.id;
    case 'person.id':
      return profile.externalId;
    case 'email':
    case 'person.email':
      return profile.email;
    case 'first_name':
    case 'person.first_name':
      return profile.firstName;
    case 'last_name':
    case 'person.last_name':
      return profile.lastName;
    default:
      return name.startsWith('person.') ? profile.properties[name.slice('person.'.length)] : undefined;
  }
}

function encoded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : encodeURIComponent(text);
}
