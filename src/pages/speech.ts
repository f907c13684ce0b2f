/** What language a page speaks, and how its own links and forms keep it. */
import type { Ports } from '../kernel/ports.ts';
import { languageOf } from '../organizers/brand.ts';
import { directionOf, LANGUAGE_NAMES, LANGUAGES, type Language } from '../texts/languages.ts';
import { type Html, html } from './html.ts';
import { type PageRequest, pathOf, type Speech } from './page.ts';
import { chosenLanguage, visitorLanguage } from './visitor-language.ts';

export type { Speech };

/** For pages that are nobody's but the developer's. */
export const ENGLISH: Speech = { language: 'en', wish: null, chosen: false, path: '' };

/** `fallback`: of whoever the page is. */
export function speechOf(
  request: Pick<PageRequest, 'path' | 'headers'>,
  fallback: Language = 'en',
  path: string = pathOf(request),
): Speech {
  const wish = visitorLanguage(request);
  return { language: wish ?? fallback, wish, chosen: chosenLanguage(request) !== null, path };
}

/** The workspace is asked only where the visitor has no wish that we can meet. */
export async function speechFor(
  ports: Pick<Ports, 'table'>,
  request: Pick<PageRequest, 'path' | 'headers'>,
  { workspace }: { readonly workspace: string },
): Promise<Speech> {
  const speech = speechOf(request);
  return speech.wish === null ? { ...speech, language: await languageOf(ports, workspace) } : speech;
}

/** A link to a page of ours, in the language that was chosen on this one. */
export function inSpeech({ chosen, language }: Pick<Speech, 'chosen' | 'language'>, href: string): string {
  return chosen ? withLanguage(href, language) : href;
}

function withLanguage(href: string, language: Language): string {
  return `${href}${href.includes('?') ? '&' : '?'}lang=${language}`;
}

/** Attributes of a document's root. */
export function rootOf({ language }: Pick<Speech, 'language'>): Html {
  const rightToLeft = directionOf(language) === 'rtl';
  return html`lang="${language}"${rightToLeft ? html` dir="rtl"` : null}`;
}

/** Each language by its own name; the one that is spoken is no link. */
export function languageLinks({ language: spoken, path }: Speech, label: string): Html | null {
  if (path === '') return null;
  const items = LANGUAGES.map(language =>
    language === spoken
      ? html`<li lang="${language}" aria-current="true">${LANGUAGE_NAMES[language]}</li>`
      : html`<li><a href="${withLanguage(path, language)}" hreflang="${language}" lang="${language}" rel="nofollow">${LANGUAGE_NAMES[language]}</a></li>`,
  );
  return html`<nav aria-label="${label}"><ul class="languages">${items}</ul></nav>`;
}
