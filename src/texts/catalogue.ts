/**
 * Every sentence a person reads, by language; code holds none. A new language is a folder with the same files as `en`.
 * No text here knows HTML: escaping is the renderer's work.
 */
import { intake } from './en/intake.ts';
import { invites } from './en/invites.ts';
import { local } from './en/local.ts';
import { mail } from './en/mail.ts';
import { pages } from './en/pages.ts';
import { rsvp } from './en/rsvp.ts';

const en = { mail, intake, invites, rsvp, pages, local } as const;

export type Texts = typeof en;
export type Language = 'en';

const languages: Readonly<Record<Language, Texts>> = { en };

export function texts(language: Language = 'en'): Texts {
  return languages[language];
}
