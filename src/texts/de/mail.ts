/** German texts: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large:
      'Ihre E-Mail ist größer, als wir annehmen können. Bitte entfernen Sie die Anhänge und senden Sie die Einladung noch einmal.',
    structure:
      'Ihre E-Mail ist so aufgebaut, dass wir sie nicht lesen können: Sie hat zu viele verschachtelte Teile oder Kopfzeilen. Bitte senden Sie die Einladung noch einmal aus Ihrem Kalender.',
    unreadable:
      'Wir konnten Ihre E-Mail nicht lesen. Bitte senden Sie die Einladung noch einmal aus Ihrem Kalender.',
  },
  linkLine: (label, url) => `${label}:\n${url}`,
});
