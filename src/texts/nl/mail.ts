/** Dutch texts: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large:
      'Je mail is groter dan we kunnen verwerken. Haal de bijlagen eruit en stuur de uitnodiging opnieuw.',
    structure:
      'Je mail is opgebouwd op een manier die we niet kunnen lezen: te veel geneste onderdelen of headers. Stuur de uitnodiging opnieuw vanuit je agenda.',
    unreadable: 'We konden je mail niet lezen. Stuur de uitnodiging opnieuw vanuit je agenda.',
  },
  linkLine: (label, url) => `${label}:\n${url}`,
});
