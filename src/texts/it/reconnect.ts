/** Italian texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `${platform} va ricollegato`,
  preheader: platform => `Le risposte attendono qui finché ${platform} non ci lascia entrare.`,
  lead: (platform, account) =>
    `${platform} non ci lascia più entrare in «${account}»: l’accesso è stato revocato o è scaduto. L’account va ricollegato; ciò che attende sarà inviato allora.`,
  button: 'Ricollega',
  meanwhile: platform =>
    `Inviti e risposte continuano come prima. Le risposte vengono conservate e scritte in ${platform} non appena l’account è collegato.`,
  footer: 'Questa e-mail arriva a chi lavora in questo spazio di lavoro. È stata scritta da un programma.',
});
