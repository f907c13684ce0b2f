/** The parts of one of our own mails, for showing: what a reader's program would take for HTML, text and calendar. */
import type { Limits } from '../../../kernel/limits.ts';
import { type MimePart, readStructure, walkParts } from '../../../mail/structure.ts';
import { bodyBytes } from '../../../mail/transfer.ts';

export interface MailParts {
  readonly html: string | null;
  readonly text: string | null;
  readonly calendar: string | null;
}

export function mailParts(raw: Uint8Array, limits: Limits): MailParts {
  const structure = readStructure(raw, limits);
  if (!structure.ok) return { html: null, text: null, calendar: null };
  const parts = [...walkParts(structure.root)];
  const first = (type: string): string | null => {
    const part = parts.find(one => one.type === type && !one.nested);
    return part === undefined ? null : decoded(raw, part);
  };
  return { html: first('text/html'), text: first('text/plain'), calendar: first('text/calendar') };
}

/** What we write is UTF-8; anything else shows with replacement characters. */
function decoded(raw: Uint8Array, part: MimePart): string {
  return new TextDecoder().decode(bodyBytes(raw, part));
}
