/**
 * The HTML of our mails. Tables carry the layout (role=presentation), at most 600 px wide; headings, a table of facts with row headers and
 * real links carry the meaning. Buttons are VML for Outlook on Windows. Only http, https and mailto ever become links.
 */

import type { Block, Fact, MailButton, MailContent, MailLink } from './layout-content.ts';
import { FONT, LIGHT, MONO, styleSheet } from './layout-style.ts';

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);
/** Where lines begin. */
type Side = 'left' | 'right';

/** Keeps an inbox from filling up its preview with the body's first words. */
const PREVIEW_PADDING = '&#847;&zwnj;&nbsp;'.repeat(60);

export function htmlOf(content: MailContent): string {
  const { before, after } = htmlAroundFooter(content);
  return `${before}${footerHtmlOf(content.footer)}${after}`;
}

export function footerHtmlOf(footer: MailContent['footer']): string {
  return footer.map(line => `${footerLine(line)}\n`).join('');
}

/** The page up to the footer's first line, and from the end of its last. */
export function htmlAroundFooter(content: Omit<MailContent, 'footer'>): {
  readonly before: string;
  readonly after: string;
} {
  const direction = RIGHT_TO_LEFT.has(content.language.split('-')[0]?.toLowerCase() ?? '') ? 'rtl' : 'ltr';
  const side = direction === 'rtl' ? 'right' : 'left';
  const language = escapeHtml(content.language);
  const before = `<!DOCTYPE html>
<html lang="${language}" dir="${direction}" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(content.title)}</title>
<!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>td,th,div,p,a,h1,h2{font-family:'Segoe UI',Arial,sans-serif !important}</style><![endif]-->
<style>
${styleSheet()}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background-color:${LIGHT.ground};font-family:${FONT}">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true">${escapeHtml(content.preheader)}${PREVIEW_PADDING}</div>
<div role="article" aria-roledescription="email" aria-label="${escapeHtml(content.title)}" lang="${language}" dir="${direction}">
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:${LIGHT.ground}">
<tr><td align="center" style="padding:24px 12px 32px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;margin:0 auto">
<tr><td class="soft" style="padding:0 8px 14px;text-align:${side};font:600 14px/20px ${FONT};color:${LIGHT.soft}">${escapeHtml(content.brand.name)}</td></tr>
<tr><td class="card pad" style="padding:40px;text-align:${side};background-color:${LIGHT.card};border:1px solid ${LIGHT.line};border-radius:14px">
${bodyRows(content, side).join('\n')}
</td></tr>
<tr><td class="soft" style="padding:20px 8px 0;text-align:${side};font:400 13px/20px ${FONT};color:${LIGHT.soft}">
`;
  const after = `</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</div>
</body>
</html>
`;
  return { before, after };
}

function bodyRows(content: Omit<MailContent, 'footer'>, side: Side): readonly string[] {
  const rows = [
    `<h1 class="ink title" dir="auto" style="margin:0 0 12px;font:700 30px/37px ${FONT};letter-spacing:-0.4px;color:${LIGHT.ink}">${escapeHtml(content.title)}</h1>`,
  ];
  if (content.lead) {
    rows.push(
      `<p class="soft" style="margin:0 0 24px;font:400 18px/28px ${FONT};color:${LIGHT.soft}">${lines(content.lead)}</p>`,
    );
  }
  if (content.facts?.length) rows.push(factsTable(content.facts, side));
  rows.push(...content.blocks.map(block => blockHtml(block, side)));
  return rows;
}

function blockHtml(block: Block, side: Side): string {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block.text);
    case 'heading':
      return `<h2 class="ink" style="margin:32px 0 10px;font:700 20px/27px ${FONT};color:${LIGHT.ink}">${escapeHtml(block.text)}</h2>`;
    case 'button':
      return buttonRow([block], side);
    case 'buttons':
      return buttonRow(block.buttons, side);
    case 'link':
      return `<p style="margin:0 0 18px;font:400 16px/25px ${FONT}">${anchor(block)}</p>`;
    case 'note':
      return panel(
        `class="note ink" style="padding:14px 18px;background-color:${LIGHT.noteGround};border-${side}:4px solid ${LIGHT.noteLine};border-radius:6px;font:400 16px/25px ${FONT};color:${LIGHT.ink}"`,
        lines(block.text),
      );
    case 'list':
      return `<ul class="ink" style="margin:0 0 18px;padding:0 22px;font:400 16px/26px ${FONT};color:${LIGHT.ink}">${block.items.map(item => `<li dir="auto" style="margin:0 0 6px">${lines(item)}</li>`).join('')}</ul>`;
    case 'quote':
      return `<blockquote class="soft line" dir="auto" style="margin:0 0 18px;padding:2px 18px;border-${side}:3px solid ${LIGHT.line};font:400 16px/25px ${FONT};color:${LIGHT.soft}">${lines(block.text)}</blockquote>`;
    case 'code':
      return panel(
        `class="panel ink" style="padding:14px 18px;background-color:${LIGHT.panel};border-radius:8px;font:400 14px/22px ${MONO};color:${LIGHT.ink};word-break:break-all"`,
        lines(block.text),
      );
    case 'facts':
      return factsTable(block.facts, side);
  }
}

function paragraph(text: string): string {
  return `<p class="ink" dir="auto" style="margin:0 0 18px;font:400 16px/26px ${FONT};color:${LIGHT.ink}">${lines(text)}</p>`;
}

function panel(attributes: string, inner: string): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px"><tr><td ${attributes}>${inner}</td></tr></table>`;
}

/** A real table: a screen reader says label and value together. Values are people's words, which may run the other way. */
function factsTable(facts: readonly Fact[], side: Side): string {
  const rows = facts.map(([label, value], index) => {
    const top = index === 0 ? 14 : 6;
    const bottom = index === facts.length - 1 ? 14 : 6;
    return `<tr><th scope="row" class="soft label" valign="top" align="${side}" width="110" style="padding:${top}px 18px ${bottom}px;width:110px;text-align:start;font:600 14px/24px ${FONT};color:${LIGHT.soft}">${escapeHtml(label)}</th><td class="ink value" valign="top" dir="auto" style="padding:${top}px 18px ${bottom}px;font:500 16px/24px ${FONT};color:${LIGHT.ink};word-break:break-word">${factValue(value)}</td></tr>`;
  });
  return `<table class="panel" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 26px;background-color:${LIGHT.panel};border-radius:10px">${rows.join('')}</table>`;
}

function factValue(value: string): string {
  const url = value.trim();
  return /^https?:\/\/[^\s]+$/.test(url) ? anchor({ label: url, url }) : lines(value);
}

function buttonRow(buttons: readonly MailButton[], side: Side): string {
  // Programs that read no logical properties are many: the gap is after each button, wherever that is.
  const gap = side === 'right' ? '0 0 0 12px' : '0 12px 0 0';
  const cells = buttons.map(button => `<td class="stack" style="padding:${gap}">${buttonHtml(button)}</td>`);
  return `<table role="presentation" class="full" cellpadding="0" cellspacing="0" border="0" style="margin:6px 0 24px"><tr>${cells.join('')}</tr></table>`;
}

function buttonHtml({ label, url, tone }: MailButton): string {
  const href = safeUrl(url);
  if (href === null) return escapeHtml(label);
  const quiet = tone === 'quiet';
  const ground = quiet ? LIGHT.card : LIGHT.accent;
  const ink = quiet ? LIGHT.accent : LIGHT.onAccent;
  const text = escapeHtml(label);
  // Outlook needs the width beforehand; 9 px a character fits its 16 px bold face.
  const width = Math.min(520, 56 + [...label].length * 9);
  return `<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w="urn:schemas-microsoft-com:office:word" href="${href}" style="height:48px;v-text-anchor:middle;width:${width}px" arcsize="18%" strokecolor="${LIGHT.accent}" fillcolor="${ground}"><w:anchorlock/><center style="color:${ink};font-family:'Segoe UI',Arial,sans-serif;font-size:16px;font-weight:bold">${text}</center></v:roundrect><![endif]--><!--[if !mso]><!--><a class="${quiet ? 'quiet' : 'button'} wide" href="${href}" style="display:inline-block;padding:13px 26px;background-color:${ground};border:1px solid ${LIGHT.accent};border-radius:9px;font:600 16px/22px ${FONT};color:${ink};text-decoration:none">${text}</a><!--<![endif]-->`;
}

function anchor({ label, url }: MailLink): string {
  const href = safeUrl(url);
  if (href === null) return escapeHtml(label);
  return `<a class="link" href="${href}" style="color:${LIGHT.accent};text-decoration:underline;word-break:break-word">${escapeHtml(label)}</a>`;
}

function footerLine(line: string | MailLink): string {
  if (typeof line === 'string') return `<p style="margin:0 0 6px">${lines(line)}</p>`;
  const href = safeUrl(line.url);
  if (href === null) return `<p style="margin:0 0 6px">${escapeHtml(line.label)}</p>`;
  return `<p style="margin:0 0 6px"><a class="soft" href="${href}" style="color:${LIGHT.soft};text-decoration:underline">${escapeHtml(line.label)}</a></p>`;
}

function lines(text: string): string {
  return escapeHtml(text.trim()).replace(/\r\n?|[\n\u2028\u2029]/g, '<br>');
}

/** Escaped for an attribute, or null for a scheme that a mail must not carry. */
function safeUrl(url: string): string | null {
  return /^(?:https?:\/\/|mailto:)[^\s"'<>\\]+$/i.test(url) ? escapeHtml(url) : null;
}

const ESCAPES: { readonly [char: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  if (/^[ !#-%(-;=?-~]*$/.test(text)) return text;
  return text.replace(/[&<>"']/g, char => ESCAPES[char] ?? char).replace(/[^\P{Cc}\n\r\t]/gu, '');
}
