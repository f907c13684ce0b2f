/** French texts: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large:
      'Votre e-mail est trop volumineux pour nous. Veuillez retirer les pièces jointes et envoyer de nouveau l’invitation.',
    structure:
      'Nous ne pouvons pas lire votre e-mail tel qu’il est construit : il contient trop de parties imbriquées ou d’en-têtes. Veuillez envoyer de nouveau l’invitation depuis votre agenda.',
    unreadable:
      'Nous n’avons pas pu lire votre e-mail. Veuillez envoyer de nouveau l’invitation depuis votre agenda.',
  },
  linkLine: (label, url) => `${label} :\n${url}`,
});
