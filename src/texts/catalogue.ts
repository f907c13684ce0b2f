/**
 * Every sentence a person reads, by language; code holds none. A new language is a folder with the same files as `en`.
 * No text here knows HTML: escaping is the renderer's work.
 */
import { buttons } from './en/buttons.ts';
import { calendar } from './en/calendar.ts';
import { connections } from './en/connections.ts';
import { dashboard } from './en/dashboard.ts';
import { intake } from './en/intake.ts';
import { invites } from './en/invites.ts';
import { local } from './en/local.ts';
import { mail } from './en/mail.ts';
import { pages } from './en/pages.ts';
import { press } from './en/press.ts';
import { refusals } from './en/refusals.ts';
import { reporting } from './en/reporting.ts';
import { rsvp } from './en/rsvp.ts';
import { sandbox } from './en/sandbox.ts';
import { signin } from './en/signin.ts';
import { upcoming } from './en/upcoming.ts';

const en = {
  buttons,
  calendar,
  connections,
  refusals,
  mail,
  dashboard,
  intake,
  invites,
  rsvp,
  pages,
  press,
  sandbox,
  signin,
  upcoming,
  local,
  reporting,
} as const;

export type Texts = typeof en;
export type Language = 'en';

const languages: Readonly<Record<Language, Texts>> = { en };

export function texts(language: Language = 'en'): Texts {
  return languages[language];
}
