/**
 * DESCRIPTION and its HTML twins made fit for other people's eyes: Google's fenced block and links that act for one guest
 * (`tok=`) taken out, Outlook's header and the organizer's meeting options too; the link to join found.
 */
import { all, type Component, first } from './component.ts';
import { type Property, parameter } from './content-line.ts';
import { htmlToText, looksLikeHtml, sanitiseHtml, tidy } from './html-text.ts';
import { unescapeText } from './text.ts';

export interface Described {
  readonly description: string | null;
  readonly html: string | null;
  readonly joinUrl: string | null;
}

export function describe(component: Component): Described {
  const raw = textOf(first(component, 'DESCRIPTION'));
  const markup = htmlOf(component, raw);
  const html = markup === null ? null : emptyAsNull(sanitiseHtml(withoutFence(markup), isShareable));
  const own = raw !== null && !looksLikeHtml(raw) ? emptyAsNull(tidy(withoutPrivateParts(raw))) : null;
  const derived = markup === null ? null : htmlToText(withoutFence(markup), isShareable);
  const description = own ?? (derived === null ? null : emptyAsNull(tidy(withoutPrivateParts(derived))));
  return { description, html, joinUrl: joinUrlOf(component, raw, markup) };
}

function emptyAsNull(text: string): string | null {
  return text === '' ? null : text;
}

function textOf(property: Property | null): string | null {
  return property === null ? null : unescapeText(property.value);
}

/** STYLED-DESCRIPTION (RFC 9073), X-ALT-DESC (Outlook), ALTREP (Thunderbird), DESCRIPTION itself (Google). */
function htmlOf(component: Component, raw: string | null): string | null {
  for (const name of ['STYLED-DESCRIPTION', 'X-ALT-DESC']) {
    const property = all(component, name).find(candidate =>
      /^text\/html/i.test(parameter(candidate, 'FMTTYPE') ?? ''),
    );
    const html = textOf(property ?? null)?.trim();
    if (html !== undefined && html !== '') return html;
  }
  const description = first(component, 'DESCRIPTION');
  const altrep = description === null ? null : dataUrl(parameter(description, 'ALTREP') ?? '');
  if (altrep !== null) return altrep;
  return raw !== null && looksLikeHtml(raw) ? raw.replace(/\r?\n/g, '<br>') : null;
}

function dataUrl(url: string): string | null {
  const match = /^data:text\/html(;[^,]{0,100})?,/i.exec(url);
  if (match === null) return null;
  const body = url.slice(match[0].length);
  if (/;base64/i.test(match[1] ?? '')) return Buffer.from(body, 'base64').toString('utf8');
  try {
    return decodeURIComponent(body);
  } catch {
    return null;
  }
}

const FENCE = /-::~[~:]{5,}::-/g;

/** Google's block between two fences; a fence without its twin takes the rest. */
export function withoutFence(text: string): string {
  const fences = [...text.matchAll(FENCE)];
  let kept = '';
  let from = 0;
  for (let index = 0; index < fences.length; index += 2) {
    kept += text.slice(from, fences[index]?.index);
    const twin = fences[index + 1];
    from = twin === undefined ? text.length : twin.index + twin[0].length;
  }
  return kept + text.slice(from);
}

const URLS = /https?:\/\/[^\s<>"'\]]{1,2000}/gi;

const MEETING_OPTIONS = /^https?:\/\/teams\.microsoft\.com\/meetingOptions/i;

/** False for a link that acts for whoever was invited, or belongs to the organizer alone. */
export function isShareable(url: string): boolean {
  return !isGuestLink(url) && !MEETING_OPTIONS.test(url);
}

function isGuestLink(url: string): boolean {
  return /^https?:\/\/(?:www\.|calendar\.)?google\.[a-z.]{2,10}\/(?:a\/[^/]{1,100}\/)?calendar\b|^https?:\/\/calendar\.google\./i.test(
    url,
  )
    ? /[?&;](?:amp;)?tok=/i.test(url)
    : false;
}

/** For one-line texts. */
export function withoutPrivateLinks(text: string): string {
  return text.replace(URLS, url => (isShareable(url) ? url : '')).trim();
}

/** A line that is little more than such a link goes as a whole ("View your event at …"). */
function withoutGuestLinks(text: string): string {
  const lines = text.split('\n').flatMap(line => {
    const links = line.match(URLS) ?? [];
    if (links.every(isShareable)) return [line];
    const rest = line.replace(URLS, url => (isShareable(url) ? url : ''));
    const bare = rest.replace(URLS, '').length <= 100 && !links.some(isShareable);
    return bare ? [] : [rest.replace(/<\s*>|\(\s*\)/g, '')];
  });
  return lines.join('\n');
}

/** `Learn more<https://…> | Meeting options<https://…>`: the second is a tool of the organizer. */
function withoutMeetingOptions(text: string): string {
  let kept = '';
  let from = 0;
  for (const match of text.matchAll(URLS)) {
    if (!MEETING_OPTIONS.test(match[0])) continue;
    kept = withoutLabel(kept + text.slice(from, match.index));
    from = match.index + match[0].length;
    if (text[from] === '>') from += 1;
  }
  return kept + text.slice(from);
}

/** The text without the label that stands before a link at its end, and the bar before that. */
function withoutLabel(text: string): string {
  let rest = trimEndOf(text, ' \t<');
  if (/meeting options$/i.test(rest.slice(-20))) rest = rest.slice(0, -'meeting options'.length);
  return trimEndOf(rest, ' \t|');
}

function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

const OUTLOOK_RULE = /^[ \t]*(?:\*~){5,}\*?[ \t]*$/m;

/** Old Outlook repeats time and place above a line of `*~*~*`, and hides that part from its own users. */
function withoutOutlookHeader(text: string): string {
  const rule = OUTLOOK_RULE.exec(text);
  return rule === null ? text : text.slice(rule.index + rule[0].length);
}

export function withoutPrivateParts(text: string): string {
  return withoutGuestLinks(withoutMeetingOptions(withoutOutlookHeader(withoutFence(text))));
}

const NAMED_LINKS = [
  'CONFERENCE',
  'X-GOOGLE-CONFERENCE',
  'X-MICROSOFT-SKYPETEAMSMEETINGURL',
  'X-MICROSOFT-ONLINEMEETINGEXTERNALLINK',
];
const MEETING =
  /^https?:\/\/(?:meet\.google\.com\/|teams\.microsoft\.com\/(?:l\/meetup-join|meet)\/|teams\.live\.com\/meet\/|(?:[a-z0-9-]{1,63}\.)?zoom(?:gov)?\.(?:us|com)\/(?:j|w|s|my)\/|[a-z0-9-]{1,63}\.webex\.com\/|whereby\.com\/|(?:www\.)?gotomeet\.me\/|meet\.goto\.com\/|global\.gotomeeting\.com\/join\/|meet\.jit\.si\/|bluejeans\.com\/|chime\.aws\/)[^\s]/i;

function joinUrlOf(component: Component, description: string | null, html: string | null): string | null {
  for (const name of NAMED_LINKS) {
    const url = webUrl(first(component, name)?.value);
    if (url !== null && isShareable(url)) return url;
  }
  const url = webUrl(first(component, 'URL')?.value);
  if (url !== null && MEETING.test(url)) return url;
  const location = textOf(first(component, 'LOCATION')) ?? '';
  const place = webUrl(location);
  if (place !== null && isShareable(place)) return place;
  return meetingIn(location) ?? meetingIn(description ?? '') ?? meetingIn(html ?? '');
}

/** The text, where it is one http or https address and nothing else. */
export function webUrl(text: string | undefined): string | null {
  const url = text?.trim() ?? '';
  return /^https?:\/\/[^\s<>"\\]{3,2000}$/i.test(url) ? url : null;
}

function meetingIn(text: string): string | null {
  for (const found of text.match(URLS) ?? []) {
    const url = found.replaceAll('&amp;', '&').replace(/[.,;:!?)]{1,10}$/, '');
    if (MEETING.test(url)) return url;
  }
  return null;
}
