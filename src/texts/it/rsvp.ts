/** Italian texts: rsvp. */
import type { Translation } from '../shape.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `Proposta di orario: ${title}`,
    title: 'L’orario resta invariato',
    lead: organizer =>
      `Grazie per aver proposto un altro orario. Gli orari di questo evento sono fissi, perciò nel calendario resta quello stabilito da ${organizer}. La proposta viene inoltrata.`,
    comment: 'Gli orari di questo evento sono fissi. La proposta è stata inoltrata all’organizzatore.',
    proposed: 'Proposta',
    stays: 'Resta',
    footer: 'Questa email è stata generata da un programma, perché il calendario ha inviato una proposta.',
  },
  message: {
    subject: sender => `Messaggio da ${sender}`,
    subjectAbout: (sender, title) => `Messaggio da ${sender}: ${title}`,
    title: sender => `Messaggio da ${sender}`,
    lead: 'Qualcuno ha risposto a un invito con un testo invece che con Sì o No. Il messaggio non ha modificato nulla.',
    unproven: 'Non è stato possibile verificare il mittente.',
    said: 'Oggetto',
    from: 'Da',
    event: 'Evento',
    reply: sender => `Scrivi a ${sender}`,
    empty: 'L’email non conteneva testo da inoltrare.',
    attachments: 'Gli allegati non vengono inoltrati.',
    cut: 'Il resto è stato omesso.',
    footer: 'Questa email arriva perché da questo indirizzo vengono inviati inviti.',
  },
});
