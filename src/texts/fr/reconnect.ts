/** French texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `Merci de reconnecter ${platform}`,
  preheader: platform => `Les réponses attendent ici que ${platform} nous laisse entrer.`,
  lead: (platform, account) =>
    `${platform} ne nous laisse plus accéder à « ${account} » : l’accès a été retiré ou a expiré. Reconnectez le compte ; ce qui attend sera alors envoyé.`,
  button: 'Reconnecter',
  meanwhile: platform =>
    `Les invitations et les réponses continuent comme avant. Les réponses sont conservées, puis transmises à ${platform} dès que le compte est reconnecté.`,
  footer:
    'Vous recevez cet e-mail parce que vous travaillez dans cet espace de travail. Il a été créé automatiquement.',
});
