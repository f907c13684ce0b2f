/** French texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Un instant, s’il vous plaît',
  body: 'Beaucoup d’invitations ont été demandées depuis votre réseau en peu de temps. Nous vérifions donc qu’aucune machine ne fait la demande.',
  busy: 'Votre navigateur fait le calcul. Cela prend une seconde ou deux, et vous n’avez rien à faire.',
  mailFirst:
    'Rien ne bouge ? Appuyez ici : nous écrivons d’abord à l’adresse pour demander si elle est bien à vous.',
  button: 'D’abord m’écrire un e-mail',
});
