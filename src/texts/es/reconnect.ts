/** Spanish texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `Hay que volver a conectar ${platform}`,
  preheader: platform => `Las respuestas esperan aquí hasta que ${platform} nos deje entrar.`,
  lead: (platform, account) =>
    `${platform} ya no nos deja entrar en «${account}»: el acceso se ha retirado o ha caducado. Es necesario volver a conectar la cuenta; lo que espera se enviará entonces.`,
  button: 'Volver a conectar',
  meanwhile: platform =>
    `Las invitaciones y las respuestas siguen como antes. Lo que se responda se guarda y se escribe en ${platform} en cuanto la cuenta esté conectada.`,
  footer: 'Este correo llega a quienes trabajan en este espacio de trabajo. Se ha generado automáticamente.',
});
