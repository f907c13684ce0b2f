/** Reports about mail of ours: delivery status (RFC 3464), complaints (RFC 5965), read receipts (RFC 8098). Reads what to find our mail by. */
import { fieldNamed, type HeaderField, readHeaderBlock } from './header.ts';
import { type MimePart, walkParts } from './structure.ts';
import { bodyBytes } from './transfer.ts';

export interface DsnRecipient {
  /** Final-Recipient, else Original-Recipient; null when unreadable. */
  readonly address: string | null;
  /** Lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`; empty when not given. */
  readonly action: string;
  /** RFC 3463, such as `5.1.1`; null when not given. */
  readonly status: string | null;
}

export interface Dsn {
  readonly kind: 'delivery' | 'complaint' | 'receipt';
  readonly recipients: readonly DsnRecipient[];
  /** Of the first failed recipient, else of the first. */
  readonly action: string;
  readonly status: string | null;
  /** A permanent failure: `failed` with a status that isn't 4.x.x. */
  readonly hard: boolean;
  /** Of the returned message. */
  readonly originalMessageId: string | null;
  /** X-SIS-Send of the returned message: which mail of ours it was. */
  readonly send: string | null;
  /** UIDs in a returned calendar, in file order. */
  readonly uids: readonly string[];
}

const REPORTS: { readonly [type: string]: Dsn['kind'] } = {
  'message/delivery-status': 'delivery',
  'message/global-delivery-status': 'delivery',
  'message/feedback-report': 'complaint',
  'message/disposition-notification': 'receipt',
};
const RETURNED_HEADERS = new Set(['text/rfc822-headers', 'message/global-headers']);

export function readDsn(raw: Uint8Array, root: MimePart): Dsn | null {
  if (root.type !== 'multipart/report') return null;
  const report = root.children.find(part => REPORTS[part.type] !== undefined);
  if (report === undefined) return null;
  const blocks = statusBlocks(bodyBytes(raw, report));
  const recipients = blocks.flatMap(recipientOf);
  const first = recipients.find(({ action }) => action === 'failed') ?? recipients[0];
  const returned = returnedFields(raw, root);
  return {
    kind: REPORTS[report.type] ?? 'delivery',
    recipients,
    action: first?.action ?? '',
    status: first?.status ?? null,
    hard: first?.action === 'failed' && !(first.status ?? '5').startsWith('4'),
    originalMessageId: returnedId(returned, blocks),
    send: fieldNamed(returned, 'x-sis-send')?.trim() || null,
    uids: returnedUids(raw, root),
  };
}

function returnedId(
  returned: readonly HeaderField[],
  blocks: readonly (readonly HeaderField[])[],
): string | null {
  const reported = blocks.map(fields => fieldNamed(fields, 'original-message-id')).find(Boolean);
  return fieldNamed(returned, 'message-id') ?? reported ?? null;
}

function statusBlocks(body: Uint8Array): readonly (readonly HeaderField[])[] {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n{2,}/);
  return blocks
    .filter(block => block.trim() !== '')
    .map(block => readHeaderBlock(Buffer.from(block, 'latin1')).fields);
}

function recipientOf(fields: readonly HeaderField[]): readonly DsnRecipient[] {
  const named = fieldNamed(fields, 'final-recipient') ?? fieldNamed(fields, 'original-recipient');
  if (named === undefined) return [];
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fieldNamed(fields, 'status') ?? '');
  return [
    {
      address:
        (named.includes(';') ? named.slice(named.indexOf(';') + 1) : named).replace(/[<>\s]/g, '') || null,
      action: (fieldNamed(fields, 'action') ?? '').trim().toLowerCase(),
      status: status === null ? null : status[0],
    },
  ];
}

function returnedFields(raw: Uint8Array, root: MimePart): readonly HeaderField[] {
  for (const part of root.children) {
    const message = part.children[0];
    if (part.type === 'message/rfc822' && message !== undefined) return message.header.fields;
    if (RETURNED_HEADERS.has(part.type)) return readHeaderBlock(bodyBytes(raw, part)).fields;
  }
  return [];
}

function returnedUids(raw: Uint8Array, root: MimePart): readonly string[] {
  const uids = new Set<string>();
  for (const part of walkParts(root)) {
    if (!part.nested || (part.type !== 'text/calendar' && part.type !== 'application/ics')) continue;
    for (const uid of uidsIn(bodyBytes(raw, part))) uids.add(uid);
  }
  return [...uids];
}

function uidsIn(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const unfolded = text.replace(/\r?\n[ \t]/g, '');
  return [...unfolded.matchAll(/^UID(?:;[^:\r\n]{0,200})?:([^\r\n]{1,512})\r?$/gim)].map(match =>
    (match[1] ?? '').trim(),
  );
}
