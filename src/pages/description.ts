/**
 * An event's description for the page. The HTML that `calendar/html-text` sanitised is looked at once more before it is let
 * through; where anything in it is not on the list, the plain text is shown. The link to join never shows (T16, T20).
 */
import type { EventFacts } from '../calendar/describe.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { type Child, type Html, html, trusted, webUrl } from './html.ts';

const TAG = /<[^>]*>?/g;
const PLAIN_TAG =
  /^<(?:\/?(?:p|b|strong|i|em|u|s|ul|ol|li|blockquote|pre|code|h[1-6]|div|span|table|thead|tbody|tr|td|th)|\/?a|br ?\/?|hr ?\/?)>$/;
const LINK_TAG = /^<a href="(?:https?:\/\/|mailto:)[^"<>\s]*">$/;
const HEADING = /<(\/?)h[1-6]>/g;
const REL = 'noreferrer noopener nofollow';
const WEB_ADDRESS = /https?:\/\/[^\s<>"']{1,2000}/g;
const TRAILING = /[.,;:!?)\]]+$/;

export function describedBody(
  facts: Pick<EventFacts, 'description' | 'html' | 'joinUrl'>,
  language: Language,
): Html | null {
  const rich = facts.html;
  if (rich !== null && rich.trim() !== '' && isAllowed(rich) && !holds(rich, facts.joinUrl))
    return trusted(inPlace(rich));
  const text = (facts.description ?? '').trim();
  return text === '' ? null : html`${paragraphs(withoutJoin(text, facts.joinUrl, language))}`;
}

export function isAllowed(rich: string): boolean {
  for (const [tag] of rich.matchAll(TAG)) {
    if (!PLAIN_TAG.test(tag) && !LINK_TAG.test(tag)) return false;
  }
  return true;
}

/** Headings below the page's own, links that lend no weight (nofollow). */
function inPlace(rich: string): string {
  return rich.replace(HEADING, '<$1h3>').replaceAll('<a href="', `<a rel="${REL}" href="`);
}

function holds(rich: string, joinUrl: string | null): boolean {
  return joinUrl !== null && rich.replaceAll('&amp;', '&').includes(joinUrl);
}

function withoutJoin(text: string, joinUrl: string | null, language: Language): string {
  return joinUrl === null ? text : text.split(joinUrl).join(texts(language).pages.event.joinHidden);
}

function paragraphs(text: string): readonly Html[] {
  return text
    .split(/\n{2,}/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(
      part =>
        html`<p>${part.split('\n').map((line, index) => html`${index === 0 ? null : html`<br>`}${linked(line)}`)}</p>`,
    );
}

function linked(line: string): readonly Child[] {
  const children: Child[] = [];
  let done = 0;
  for (const match of line.matchAll(WEB_ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    const url = webUrl(address);
    if (url === null) continue;
    children.push(line.slice(done, match.index), html`<a href="${url}" rel="${REL}">${address}</a>`);
    done = match.index + address.length;
  }
  children.push(line.slice(done));
  return children;
}
