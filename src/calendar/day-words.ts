/** Days and months as each language names them, by Intl, from wall clocks that are already worked out (always with timeZone UTC). */
import type { Language } from '../texts/catalogue.ts';

/** English as most of the world's calendars write it: day before month, 24 hours. */
const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  pt: 'pt-BR',
  it: 'it-IT',
  nl: 'nl-NL',
  ja: 'ja-JP',
  ar: 'ar-u-nu-latn',
};
const STYLES = {
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  shortNoYear: { weekday: 'short', day: 'numeric', month: 'short' },
  monthDay: { day: 'numeric', month: 'long' },
  month: { month: 'long' },
  shortMonth: { month: 'short' },
  monthOfYear: { month: 'short', year: 'numeric' },
  weekday: { weekday: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type Style = keyof typeof STYLES;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(style: Style, language: Language): Intl.DateTimeFormat {
  const key = `${language}/${style}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', ...STYLES[style] });
  formats.set(key, made);
  return made;
}

/** The first of a month, where it is said as an ordinal and Intl doesn't. */
const FIRST: Partial<Record<Language, string>> = { fr: '1er', pt: '1º' };

export function said(local: number, style: Style, language: Language): string {
  const words = format(style, language).format(local);
  const first = FIRST[language];
  if (first !== undefined) return words.replace(/(?<!\d)1(?= \p{L})/u, first);
  // English as it always was: no comma behind the weekday, and three letters also for a short September.
  return language === 'en' ? words.replace(',', '').replace(/Sept\b/, 'Sep') : words;
}

/** `Tuesday 3 March 2026` */
export function longDay(local: number, language: Language = 'en'): string {
  return said(local, 'long', language);
}

/** `Tue 3 Mar`, with the year where it is asked for. */
export function shortDay(local: number, withYear: boolean, language: Language = 'en'): string {
  return said(local, withYear ? 'short' : 'shortNoYear', language);
}

/** `Mar` */
export function shortMonth(local: number, language: Language = 'en'): string {
  return said(local, 'shortMonth', language);
}

/** `Mar 2026` */
export function monthOfYear(local: number, language: Language = 'en'): string {
  return said(local, 'monthOfYear', language);
}
