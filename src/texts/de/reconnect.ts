/** German texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `${platform} bitte neu verbinden`,
  preheader: platform => `Antworten warten hier, bis ${platform} uns wieder hineinlässt.`,
  lead: (platform, account) =>
    `${platform} lässt uns nicht mehr in „${account}“: Der Zugriff wurde entzogen oder ist abgelaufen. Bitte verbinden Sie das Konto neu; was wartet, wird dann gesendet.`,
  button: 'Neu verbinden',
  meanwhile: platform =>
    `Einladungen und Antworten gehen weiter wie bisher. Was geantwortet wird, bewahren wir auf und schreiben es zu ${platform}, sobald das Konto wieder verbunden ist.`,
  footer:
    'Sie erhalten diese E-Mail, weil Sie in diesem Arbeitsbereich arbeiten. Sie wurde automatisch erstellt.',
});
