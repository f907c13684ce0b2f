/** What people read of an event, as properties: title, description, place, links; and what Microsoft's programs want to know (imip 5.2). */
import type { Limits } from '../kernel/limits.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { httpUrl, oneLine, shortened, textValue } from './content-text.ts';
import { titleOf } from './describe.ts';
import type { CalendarEvent } from './event.ts';

export interface Detail {
  readonly html: boolean;
  /** Of the description. */
  readonly characters: number;
}

const BUSY = new Set(['FREE', 'TENTATIVE', 'BUSY', 'OOF', 'WORKINGELSEWHERE']);
const HTML_CHARACTERS = 16_000;
const CATEGORIES = 10;

export function detailLines(
  event: CalendarEvent,
  detail: Detail,
  pageUrl: string | null,
  limits: Limits,
  language: Language,
): string[] {
  const location = oneLine(event.location ?? httpUrl(event.joinUrl) ?? '', limits.LOCATION_CHARS);
  const url = httpUrl(pageUrl) ?? httpUrl(event.url);
  const categories = event.categories.slice(0, CATEGORIES).map(category => textValue(oneLine(category, 60)));
  return [
    `SUMMARY:${textValue(oneLine(titleOf(event, language), limits.SUMMARY_CHARS))}`,
    `DESCRIPTION:${textValue(descriptionOf(event, detail.characters, pageUrl, language))}`,
    ...(location === '' ? [] : [`LOCATION:${textValue(location)}`]),
    ...(isGeo(event.geo) ? [`GEO:${event.geo}`] : []),
    ...(url === null ? [] : [`URL:${url}`]),
    ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.join(',')}`]),
    ...(isPriority(event.priority) ? [`PRIORITY:${event.priority}`] : []),
  ];
}

function isGeo(geo: string | null): boolean {
  return geo !== null && /^-?\d{1,3}(?:\.\d{1,10})?;-?\d{1,3}(?:\.\d{1,10})?$/.test(geo);
}

function isPriority(priority: number | null): boolean {
  return priority !== null && Number.isInteger(priority) && priority >= 1 && priority <= 9;
}

/** Never empty: many programs show nothing else. The link to join stands in it, as not everybody looks at the place. */
function descriptionOf(
  event: CalendarEvent,
  characters: number,
  pageUrl: string | null,
  language: Language,
): string {
  const words = texts(language).calendar.write;
  const page = httpUrl(pageUrl);
  const join = httpUrl(event.joinUrl);
  const own = httpUrl(event.url);
  const text = (event.description ?? '').trim();
  const head = shortened(text, characters);
  const added = [
    ...(join !== null && !head.includes(join) ? [words.join(join)] : []),
    ...(own !== null && own !== join && own !== page && !head.includes(own) ? [own] : []),
    ...(page !== null && (head !== text || head === '') ? [words.more(page)] : []),
  ];
  const parts = head === '' ? added : [head, ...added];
  return parts.length === 0 ? titleOf(event, language) : parts.join('\n\n');
}

/** Outlook's own property for the formatted text; the HTML was sanitised when it was read. */
export function htmlLines(event: CalendarEvent): string[] {
  const html = (event.html ?? '').trim();
  if (html === '' || html.length > HTML_CHARACTERS) return [];
  const join = httpUrl(event.joinUrl);
  const link = join === null || html.includes(join) ? '' : `<p><a href="${join}">${join}</a></p>`;
  return [`X-ALT-DESC;FMTTYPE=text/html:${textValue(`<html><body>${html}${link}</body></html>`)}`];
}

/** `invited`: to a person, who shall not be asked to propose another time. */
export function microsoftLines(event: CalendarEvent, invited: boolean): string[] {
  const told = (event.busyStatus ?? '').toUpperCase();
  const usual = event.transp === 'TRANSPARENT' ? 'FREE' : 'BUSY';
  const intended = BUSY.has(told) ? told : usual;
  return [
    `X-MICROSOFT-CDO-BUSYSTATUS:${invited ? 'TENTATIVE' : intended}`,
    `X-MICROSOFT-CDO-INTENDEDSTATUS:${intended}`,
    `X-MICROSOFT-CDO-ALLDAYEVENT:${event.start?.kind === 'date' ? 'TRUE' : 'FALSE'}`,
    ...(invited ? ['X-MICROSOFT-DISALLOW-COUNTER:TRUE'] : []),
  ];
}
