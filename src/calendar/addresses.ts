/**
 * CAL-ADDRESS values (RFC 5545 3.3.3): `mailto:` in any case, percent-encoded, missing; iCloud tokens, principal paths and
 * addresses in quotes. Identity is an address of the house's one grammar or null.
 */
import { parseAddress } from '../kernel/address.ts';
import { type Property, parameter, parameterList } from './content-line.ts';
import type { Attendee, CalAddress } from './event.ts';

const MAILTO = /^\s*mailto:/i;

export function readCalAddress(property: Property): CalAddress {
  const { value, name } = parts(property);
  return {
    email: identity(value, parameter(property, 'EMAIL')),
    value,
    name,
    sentBy: addressIn(parameter(property, 'SENT-BY') ?? ''),
    mailto: MAILTO.test(value),
  };
}

const OWN = /^(?:CN|PARTSTAT|ROLE|CUTYPE|RSVP|DELEGATED-TO|DELEGATED-FROM)$/;

export function readAttendee(property: Property): Attendee {
  const others: [string, string][] = [];
  for (const [name] of property.parameters) {
    if (!OWN.test(name)) others.push([name, parameter(property, name) ?? '']);
  }
  return {
    ...readCalAddress(property),
    partstat: upper(parameter(property, 'PARTSTAT')),
    // Yahoo writes REQ_PARTICIPANT.
    role: upper(parameter(property, 'ROLE'))?.replaceAll('_', '-') ?? null,
    cutype: upper(parameter(property, 'CUTYPE')),
    rsvp: upper(parameter(property, 'RSVP')) === 'TRUE',
    ...(upper(parameter(property, 'RSVP')) === 'FALSE' ? { noReply: true as const } : {}),
    delegatedTo: parameterList(property, 'DELEGATED-TO').map(text => addressIn(text) ?? text),
    delegatedFrom: parameterList(property, 'DELEGATED-FROM').map(text => addressIn(text) ?? text),
    parameters: Object.fromEntries(others),
  };
}

function upper(text: string | null): string | null {
  return text === null || text === '' ? null : text.toUpperCase();
}

/** An unquoted colon in CN tears the line in the wrong place: `CN=Doe: Jane:mailto:jane@example.com`. */
function parts(property: Property): { readonly value: string; readonly name: string | null } {
  const value = property.value.trim();
  const name = parameter(property, 'CN');
  const torn = MAILTO.test(value) ? -1 : value.toLowerCase().indexOf(':mailto:');
  if (torn < 0) return { value, name: name === '' ? null : name };
  const rest = property.value.slice(0, property.value.length - value.length + torn);
  return { value: value.slice(torn + 1), name: name === null ? null : `${name}:${rest}` };
}

/** iCloud's token changes from message to message; the person is in EMAIL (RFC 7986 6.2). */
function identity(value: string, emailParameter: string | null): string | null {
  const written = addressIn(value);
  const told = emailParameter === null ? null : addressIn(emailParameter);
  const token = written?.toLowerCase().endsWith('@imip.me.com') ?? false;
  return token ? (told ?? written) : (written ?? told);
}

/** The address in a URI or a bare text, in its own spelling; null where there is none. */
export function addressIn(text: string): string | null {
  const bare = text
    .replace(MAILTO, '')
    .split('?')[0]
    ?.trim()
    .replace(/^<|>$/g, '')
    .replace(/^'(.*)'$/, '$1');
  if (bare === undefined || bare === '') return null;
  const decoded = percentDecoded(bare);
  const parsed = parseAddress(decoded);
  return parsed.ok ? parsed.address.typed : null;
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
