/**
 * The envelope of a mail from the lines that SES itself put on top: Return-Path and the first Received. Lower lines are the sender's and
 * count for nothing here but as a last guess at which of our mailboxes was meant. Never evidence of who sent it: the bytes decide that (D8).
 */
import type { Remote } from '../../intake/journal.ts';

export interface Envelope {
  /** Empty for `<>` and where nobody can tell. */
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  readonly remote: Remote;
}

interface Field {
  readonly name: string;
  readonly value: string;
}

const HEADER_BYTES = 262_144;
const RECEIVED =
  /^from (?<helo>\S+)(?: \([^[\]]*\[(?<ip>[0-9A-Fa-f.:]+)\][^)]*\))? by inbound-smtp\.[a-z0-9-]+\.amazonaws\.com with \S+ id \S+(?: for (?<for>[^;\s]+))?;/i;
const RECIPIENTS_NAMED_IN = new Set(['to', 'cc', 'delivered-to']);
const RECIPIENTS_MAX = 50;

export function envelopeOf(raw: Uint8Array, mailDomain: string): Envelope {
  const fields = fieldsOf(raw);
  const first = (name: string) => fields.find(field => field.name === name)?.value;
  const ses = RECEIVED.exec(first('received') ?? '')?.groups;
  // Without SES's line on top nothing above the sender's own headers is known.
  if (ses === undefined) {
    return { mailFrom: '', recipients: named(fields, mailDomain), remote: remoteOf(undefined, undefined) };
  }
  const recipient = ses.for?.replace(/^<|>$/g, '');
  return {
    mailFrom: /^<?([^<>\s]*)>?$/.exec(first('return-path') ?? '')?.[1] ?? '',
    recipients: isOf(mailDomain, recipient) ? [recipient] : named(fields, mailDomain),
    remote: remoteOf(ses.ip, ses.helo),
  };
}

function remoteOf(ip: string | undefined, helo: string | undefined): Remote {
  return { ip: ip ?? null, helo: helo ?? null, loopback: false };
}

function isOf(mailDomain: string, address: string | undefined): address is string {
  return address?.toLowerCase().endsWith(`@${mailDomain}`) === true;
}

function named(fields: readonly Field[], mailDomain: string): string[] {
  const found = new Set<string>();
  for (const { name, value } of fields) {
    if (!RECIPIENTS_NAMED_IN.has(name)) continue;
    for (const [address] of value.matchAll(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g)) {
      if (isOf(mailDomain, address)) found.add(address);
    }
  }
  return [...found].slice(0, RECIPIENTS_MAX);
}

/** The top header, unfolded. Latin-1 keeps every octet. */
function fieldsOf(raw: Uint8Array): Field[] {
  const text = Buffer.from(raw.subarray(0, HEADER_BYTES)).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const lines = text
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  return lines.flatMap(line => {
    const colon = line.indexOf(':');
    if (colon < 1) return [];
    return [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
  });
}
