/**
 * Every sentence a person reads, by language; code holds none. A new language is a folder with the same files as `en`, without those that only
 * organizers' tools show: these stay English. No text here knows HTML: escaping is the renderer's work.
 */
import { ar } from './ar/index.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import { fr } from './fr/index.ts';
import { it } from './it/index.ts';
import { ja } from './ja/index.ts';
import type { Language } from './languages.ts';
import { nl } from './nl/index.ts';
import { pt } from './pt/index.ts';
import type { Texts, Translation } from './shape.ts';

export { LANGUAGES, type Language } from './languages.ts';
export type { Texts } from './shape.ts';

/** Made on first use: a process that serves one language pays for one. */
const makers: Readonly<Record<Exclude<Language, 'en'>, () => Translation>> = {
  ar,
  de,
  es,
  fr,
  it,
  ja,
  nl,
  pt,
};
const made = new Map<Language, Texts>([['en', en]]);

export function texts(language: Language = 'en'): Texts {
  const known = made.get(language);
  if (known !== undefined || language === 'en') return known ?? en;
  const whole: Texts = { ...en, ...makers[language]() };
  made.set(language, whole);
  return whole;
}
