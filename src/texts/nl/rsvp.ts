/** Dutch texts: rsvp. */
import type { Translation } from '../shape.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `Over je voorstel: ${title}`,
    title: 'De tijd blijft zoals hij is',
    lead: organizer =>
      `Bedankt voor je voorstel voor een andere tijd. De tijden van dit evenement liggen vast, dus in je agenda blijft de tijd staan die ${organizer} heeft gekozen. Je voorstel wordt doorgegeven.`,
    comment: 'De tijden van dit evenement liggen vast. Je voorstel is doorgegeven aan de organisator.',
    proposed: 'Jouw voorstel',
    stays: 'Het blijft',
    footer: 'Deze mail is door een programma gemaakt, omdat je agenda een voorstel heeft gestuurd.',
  },
  message: {
    subject: sender => `Bericht van ${sender}`,
    subjectAbout: (sender, title) => `Bericht van ${sender} over ${title}`,
    title: sender => `${sender} heeft je geschreven`,
    lead: 'Iemand heeft op een van je uitnodigingen geantwoord met tekst in plaats van Ja of Nee. Er is daardoor niets gewijzigd.',
    unproven: 'We konden niet vaststellen wie dit heeft gestuurd.',
    said: 'Onderwerp',
    from: 'Van',
    event: 'Evenement',
    reply: sender => `Schrijf ${sender}`,
    empty: 'De mail bevatte geen tekst die we kunnen doorgeven.',
    attachments: 'Bijlagen worden niet doorgegeven.',
    cut: 'De rest is weggelaten.',
    footer: 'Je krijgt deze mail omdat je met dit adres uitnodigingen verstuurt.',
  },
});
