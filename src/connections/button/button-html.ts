/**
 * A button as mail programs bear it (mailchimp.md 5): a table with one cell and everything inline; for Outlook on Windows, which draws with
 * Word, a VML shape with the same link. No picture, no style sheet, no script: editors and mail programs throw those away.
 */
import type { Brand } from '../../organizers/brand.ts';
import { directionOf, type Language } from '../../texts/languages.ts';

export interface Button {
  readonly label: string;
  /** What a screen reader says. */
  readonly name: string;
  /** With the platform's merge tag in place. */
  readonly link: string;
}

export interface ButtonGroup {
  readonly title: string;
  readonly when: string;
  readonly where: string | null;
  readonly buttons: readonly Button[];
}

const HEIGHT_PX = 44;
const LEAST_WIDTH_PX = 96;
const CHAR_PX = 10;
const PADDING_PX = 24;
const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '{': '&#123;',
  '}': '&#125;',
  '*': '&#42;',
};
const FONT = 'Arial,Helvetica,sans-serif';

export function buttonHtml(
  groups: readonly ButtonGroup[],
  brand: Pick<Brand, 'color' | 'textColor'>,
  heading: string | null = null,
  language: Language = 'en',
): string {
  const parts = groups.map(group => groupRow(group, brand)).join('\n');
  const head =
    heading === null ? '' : `${row(`<strong style="font-size:20px;">${escaped(heading)}</strong>`)}\n`;
  // The mail around it may speak another language.
  const spoken = `lang="${language}"${directionOf(language) === 'rtl' ? ' dir="rtl"' : ''}`;
  return `<table ${spoken} role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%" style="max-width:600px;">\n${head}${parts}\n</table>`;
}

/** For the text part of a mail, where nobody makes it out of the HTML. */
export function buttonText(groups: readonly ButtonGroup[], heading: string | null = null): string {
  const parts = groups.map(({ title, when, where, buttons }) =>
    [
      ...[title, when, ...(where === null ? [] : [where])].map(tagless),
      ...buttons.map(({ label, link }) => `${label}: ${link}`),
    ].join('\n'),
  );
  return [...(heading === null ? [] : [heading]), ...parts].join('\n\n');
}

function groupRow(
  { title, when, where, buttons }: ButtonGroup,
  brand: Pick<Brand, 'color' | 'textColor'>,
): string {
  const facts = [when, ...(where === null ? [] : [where])].map(escaped).join('<br>');
  return [
    row(`<strong>${escaped(title)}</strong><br>${facts}`),
    `<tr><td style="padding:0 0 16px 0;">\n${buttonRow(buttons, brand)}\n</td></tr>`,
  ].join('\n');
}

/** No colour of its own: it takes the mail's, by day and by night. */
function row(content: string): string {
  return `<tr><td style="padding:0 0 12px 0;font-family:${FONT};font-size:16px;line-height:24px;">${content}</td></tr>`;
}

/** Side by side where there is room, below each other on a phone; Outlook, which knows no inline blocks, gets a table. */
function buttonRow(buttons: readonly Button[], brand: Pick<Brand, 'color' | 'textColor'>): string {
  const cells = buttons.map(
    button =>
      `<div style="display:inline-block;vertical-align:top;margin:0 8px 8px 0;">\n${oneButton(button, brand)}\n</div>`,
  );
  return [
    '<!--[if mso]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td style="padding-right:8px;"><![endif]-->',
    cells.join('\n<!--[if mso]></td><td style="padding-right:8px;"><![endif]-->\n'),
    '<!--[if mso]></td></tr></table><![endif]-->',
  ].join('\n');
}

function oneButton(
  { label, name, link }: Button,
  { color, textColor }: Pick<Brand, 'color' | 'textColor'>,
): string {
  const width = Math.max(LEAST_WIDTH_PX, label.length * CHAR_PX + 2 * PADDING_PX);
  const href = hrefOf(link);
  const text = escaped(label);
  return `<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w="urn:schemas-microsoft-com:office:word" href="${href}" style="height:${HEIGHT_PX}px;v-text-anchor:middle;width:${width}px;" arcsize="18%" strokecolor="${color}" fillcolor="${color}"><w:anchorlock/><center style="color:${textColor};font-family:${FONT};font-size:16px;font-weight:bold;">${text}</center></v:roundrect><![endif]-->
<!--[if !mso]><!-->
<table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td align="center" bgcolor="${color}" style="background-color:${color};border-radius:8px;"><a href="${href}" target="_blank" aria-label="${attribute(name)}" style="display:inline-block;min-width:${LEAST_WIDTH_PX - 2 * PADDING_PX}px;padding:0 ${PADDING_PX}px;background-color:${color};border:1px solid ${color};border-radius:8px;color:${textColor};font-family:${FONT};font-size:16px;font-weight:bold;line-height:${HEIGHT_PX}px;text-align:center;text-decoration:none;">${text}</a></td></tr></table>
<!--<![endif]-->`;
}

/** Also what a platform would take for the beginning or end of a merge tag: a title is the organizer's, and stays a title. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>{}*]/g, character => ENTITIES[character] ?? '');
}

function tagless(text: string): string {
  return text.replaceAll(/\{(?=[{%])/g, '{ ').replaceAll('*|', '* |');
}

/** Merge tags stay as they are written: platforms read them before anybody reads HTML. */
function hrefOf(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return escaped(text).replaceAll('"', '&quot;');
}
