/** The plain-text twin of a mail: what somebody reads on a watch, in a terminal or by ear. */
import { type Texts, texts } from '../texts/catalogue.ts';
import { languageIn } from '../texts/languages.ts';
import type { Block, Fact, MailButton, MailContent, MailLink } from './layout-content.ts';

const RULE = '-'.repeat(40);

export function textOf(content: MailContent): string {
  return `${textBeforeFooter(content)}${footerTextOf(content.footer)}`;
}

/** Up to where the footer's first line begins. */
export function textBeforeFooter(content: Omit<MailContent, 'footer'>): string {
  const words = texts(languageIn(content.language) ?? 'en').mail;
  const pieces = [underlined(content.title, '=')];
  if (content.lead) pieces.push(clean(content.lead));
  if (content.facts?.length) pieces.push(factsText(content.facts));
  pieces.push(...content.blocks.map(block => blockText(block, words)));
  pieces.push(`${RULE}\n${content.brand.name}`);
  return `${pieces.filter(piece => piece !== '').join('\n\n')}\n`;
}

export function footerTextOf(footer: MailContent['footer']): string {
  return footer.map(line => `${footerText(line)}\n`).join('');
}

function blockText(block: Block, words: Texts['mail']): string {
  switch (block.kind) {
    case 'paragraph':
      return clean(block.text);
    case 'heading':
      return underlined(block.text, '-');
    case 'button':
    case 'link':
      return linkText(block, words);
    case 'buttons':
      return block.buttons.map((button: MailButton) => linkText(button, words)).join('\n\n');
    case 'note':
      return prefixed(block.text, '! ');
    case 'list':
      return block.items.map(item => `- ${clean(item).replace(/\n/g, '\n  ')}`).join('\n');
    case 'quote':
      return prefixed(block.text, '> ');
    case 'code':
      return prefixed(block.text, '    ');
    case 'facts':
      return factsText(block.facts);
  }
}

function factsText(facts: readonly Fact[]): string {
  const width = Math.min(16, Math.max(...facts.map(([label]) => [...label].length)) + 2);
  const indent = ' '.repeat(width);
  return facts
    .map(([label, value]) => {
      const head = `${clean(label)}:`;
      return `${head.padEnd(width)}${head.length >= width ? ' ' : ''}${clean(value).replace(/\n/g, `\n${indent}`)}`;
    })
    .join('\n');
}

function linkText({ label, url }: MailLink, words: Texts['mail']): string {
  return words.linkLine(clean(label), clean(url));
}

function footerText(line: string | MailLink): string {
  return typeof line === 'string' ? clean(line) : `${clean(line.label)}: ${clean(line.url)}`;
}

function underlined(text: string, mark: string): string {
  const line = clean(text).replace(/\n/g, ' ');
  return `${line}\n${mark.repeat(Math.min([...line].length, 60))}`;
}

function prefixed(text: string, prefix: string): string {
  return clean(text)
    .split('\n')
    .map(line => `${prefix}${line}`.trimEnd())
    .join('\n');
}

/** Line ends as LF, other controls out. */
function clean(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.trim();
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}
