/** Italian texts: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'Sì', maybe: 'Forse', no: 'No', ask: 'Rispondi' },
  names: {
    yes: title => `Sì, partecipo: ${title}`,
    maybe: title => `Forse partecipo: ${title}`,
    no: title => `No, non partecipo: ${title}`,
    ask: title => `Rispondi all’invito: ${title}`,
  },
  upcoming: 'Prossimamente',
  savedName: title => `Invito: ${title}`,
  savedUpcoming: 'Invito: prossimi eventi',
  contrast: (color, text, better) =>
    `${text} su ${color} si legge male. Scegliere colori più diversi, per esempio ${better} sullo stesso sfondo, oppure una tonalità più scura o più chiara di ${color}.`,
  notConnected: platform =>
    `Nessun account ${platform} è collegato. Collegarne uno, oppure creare il pulsante per un altro servizio di mailing.`,
  otherPlatform: platform => `Questo collegamento non riguarda ${platform}.`,
  audienceNeeded: (platform, names) =>
    `Un pulsante per ${platform} vale per un solo pubblico. Indicarne uno tra: ${names}.`,
  noAudience: platform => `L’account ${platform} non ha ancora un pubblico. Crearne prima uno lì.`,
  unknownAudience: names => `L’account non ha questo pubblico. Quelli disponibili: ${names}.`,
  notSaved: 'Lì si può salvare solo un pulsante per un account collegato.',
  draft: 'Questo evento attende la conferma dell’organizzatore. Confermarlo, poi creare il pulsante.',
  cancelled: 'Questo evento è annullato, perciò non ha un pulsante.',
  ended: 'Questo evento è terminato, perciò non ha un pulsante.',
});
