/**
 * Every mail of ours from one description: a calm HTML page in tables (Outlook), and a plain-text twin that says the same.
 * Takes texts, never markup: everything is escaped here. No images, nothing loaded from anywhere.
 */
import type { MailContent } from './layout-content.ts';
import { footerHtmlOf, htmlAroundFooter, htmlOf } from './layout-html.ts';
import { footerTextOf, textBeforeFooter, textOf } from './layout-text.ts';

export type { Block, Fact, MailButton, MailContent, MailLink } from './layout-content.ts';

export function renderMail(content: MailContent): { readonly text: string; readonly html: string } {
  return { text: textOf(content), html: htmlOf(content) };
}

/** A body whose last words, whole lines, are each reader's own. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** `renderMail` in two steps: what is the same for all readers, then a footer for each. */
export function renderAround(content: Omit<MailContent, 'footer'>): {
  readonly text: Around;
  readonly html: Around;
} {
  return { text: { before: textBeforeFooter(content), after: '' }, html: htmlAroundFooter(content) };
}

export function renderFooter(footer: MailContent['footer']): {
  readonly text: string;
  readonly html: string;
} {
  return { text: footerTextOf(footer), html: footerHtmlOf(footer) };
}
