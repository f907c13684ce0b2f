/** A mail to many: what all its readers share and what is one reader's own; and both together, for the reference composer. */
import { createHash } from 'node:crypto';
import type { MailToCompose } from './compose.ts';
import type { Around } from './layout.ts';
import type { OwnObject } from './object-lines.ts';

/** Whose mail it is, as far as the lines at its end say. */
export interface Reader {
  readonly address: string;
  /** Where he stops these mails. */
  readonly stop: string;
}

export type SharedMail = Pick<MailToCompose, 'from' | 'subject' | 'listId' | 'autoSubmitted'> & {
  readonly text: Around;
  readonly html: Around;
  /** The lines inside the bodies, each with its line end: his words stand in them, escaped and otherwise as they are. */
  footer(reader: Reader): { readonly text: string; readonly html: string };
  readonly calendar: { readonly method: string; readonly filename: string };
};

export type OwnMail = Pick<MailToCompose, 'to' | 'messageId' | 'date'> & {
  readonly inReplyTo: string | null;
  readonly unsubscribe: { readonly url: string };
  readonly ics: OwnObject;
};

/** Both together, for the reference composer. */
export function wholeMail(shared: SharedMail, { ics, inReplyTo, ...own }: OwnMail): MailToCompose {
  const { text, html, footer, calendar, ...rest } = shared;
  const lines = footer({ address: own.to.address, stop: own.unsubscribe.url });
  return {
    ...rest,
    ...own,
    text: `${text.before}${lines.text}${text.after}`,
    html: `${html.before}${lines.html}${html.after}`,
    calendar: { ...calendar, ics: `${ics.start}${ics.rest}` },
    inReplyTo,
    references: inReplyTo === null ? [] : [inReplyTo],
    boundary: boundaryOf(shared),
  };
}

/** Nothing can hold its own hash: boundaries and marks made of it stand nowhere but where they were put. */
export function hashOf(shared: SharedMail): string {
  return createHash('sha256').update(JSON.stringify(shared)).digest('hex');
}

export function boundaryOf(shared: SharedMail): string {
  return hashOf(shared).slice(0, 24);
}
