/** Italian texts: invites. */
import type { Translation } from '../shape.ts';

export const invites = (): Translation['invites'] => ({
  untitled: 'Evento senza titolo',
  subject: {
    invitation: (title, when) => `Invito: ${title} @ ${when}`,
    update: (title, when) => `Invito aggiornato: ${title} @ ${when}`,
    cancel: (title, when) => `Evento annullato: ${title} @ ${when}`,
    confirm: title => `Confermare la richiesta: ${title}`,
  },
  lead: {
    invitation: organizer =>
      `Invito da ${organizer}. Basta rispondere Sì, Forse o No: l’evento compare nel calendario e si aggiorna a ogni modifica.`,
    update: organizer =>
      `${organizer} ha modificato questo evento. Anche l’evento nel calendario viene aggiornato.`,
    instance: organizer =>
      `${organizer} ha modificato una data di questo evento. Tutte le altre date restano invariate.`,
    cancel: organizer => `${organizer} ha annullato questo evento. Lo si può togliere dal calendario.`,
    cancelInstance: organizer =>
      `${organizer} ha annullato una data di questo evento. Tutte le altre date restano invariate.`,
    removed: 'Come richiesto, questo evento viene tolto dal calendario. L’evento si svolge comunque.',
  },
  preheader: (when, where) => (where === null ? when : `${when}, ${where}`),
  changed: 'Che cosa è cambiato',
  facts: {
    event: 'Evento',
    when: 'Quando',
    repeats: 'Ripetizione',
    where: 'Dove',
    join: 'Link',
    host: 'Organizzatore',
  },
  join: 'Partecipa online',
  about: 'Informazioni sull’evento',
  more: 'La descrizione continua sulla pagina dell’evento.',
  page: 'Apri la pagina dell’evento',
  noButtons: 'Non si vedono i pulsanti Sì e No? Aprire con il calendario il file allegato invite.ics.',
  footer: {
    asked: address =>
      `Email inviata a ${address}, perché con questo indirizzo è stato richiesto questo invito.`,
    listed: (address, organizer) =>
      `Email inviata a ${address}, perché questo indirizzo è tra gli invitati di ${organizer}.`,
    stop: 'Non ricevere più email da questo organizzatore',
    notMe: 'Non l’ho chiesto io',
  },
  confirm: {
    title: 'Confermare questo indirizzo?',
    lead: title =>
      `Qualcuno, probabilmente chi usa questo indirizzo, ha richiesto l’invito di calendario per «${title}».`,
    button: 'Sì, inviatemi l’invito',
    not: 'La richiesta è di qualcun altro? Non serve fare nulla: senza premere il pulsante non viene inviato altro.',
    days: days => (days === 1 ? 'Il link funziona per un giorno.' : `Il link funziona per ${days} giorni.`),
  },
});
