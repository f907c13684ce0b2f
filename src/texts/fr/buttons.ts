/** French texts: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'Oui', maybe: 'Peut-être', no: 'Non', ask: 'Répondre à l’invitation' },
  names: {
    yes: title => `Oui, je viens : ${title}`,
    maybe: title => `Peut-être que je viens : ${title}`,
    no: title => `Non, je ne viens pas : ${title}`,
    ask: title => `Répondre à l’invitation : ${title}`,
  },
  upcoming: 'À venir',
  savedName: title => `Répondre à l’invitation : ${title}`,
  savedUpcoming: 'Répondre à l’invitation : événements à venir',
  contrast: (color, text, better) =>
    `${text} sur ${color} est difficile à lire. Choisissez des couleurs plus contrastées, par exemple ${better} pour le texte, ou une nuance plus sombre ou plus claire que ${color}.`,
  notConnected: platform =>
    `Aucun compte ${platform} n’est connecté. Connectez-en d’abord un, ou créez un bouton pour un autre outil d’e-mailing.`,
  otherPlatform: platform => `Cette connexion n’est pas un compte ${platform}.`,
  audienceNeeded: (platform, names) =>
    `Un bouton pour ${platform} est créé pour une seule audience. Indiquez-en une parmi celles-ci : ${names}.`,
  noAudience: platform => `Le compte ${platform} n’a pas encore d’audience. Créez-en d’abord une là-bas.`,
  unknownAudience: names => `Le compte n’a pas cette audience. Il contient : ${names}.`,
  notSaved: 'Seul un bouton destiné à un compte connecté peut y être enregistré.',
  draft: 'Cet événement attend la confirmation de son organisateur. Confirmez-le, puis créez le bouton.',
  cancelled: 'Cet événement est annulé, il n’a donc pas de bouton.',
  ended: 'Cet événement est terminé, il n’a donc pas de bouton.',
});
