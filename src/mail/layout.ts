/**
 * Every mail of ours from one description: a calm HTML page in tables (Outlook), and a plain-text twin that says the same.
 * Takes texts, never markup: everything is escaped here. No images, nothing loaded from anywhere.
 */
import type { MailContent } from './layout-content.ts';
import { htmlOf } from './layout-html.ts';
import { textOf } from './layout-text.ts';

export type { Block, Fact, MailButton, MailContent, MailLink } from './layout-content.ts';

export function renderMail(content: MailContent): { readonly text: string; readonly html: string } {
  return { text: textOf(content), html: htmlOf(content) };
}
