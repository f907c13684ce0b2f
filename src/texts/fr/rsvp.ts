/** French texts: rsvp. */
import type { Translation } from '../shape.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `Votre proposition d’horaire : ${title}`,
    title: 'L’horaire reste le même',
    lead: organizer =>
      `Merci pour votre proposition. Les horaires de cet événement sont fixes : votre agenda garde donc celui choisi par ${organizer}. Votre proposition est transmise.`,
    comment: 'Les horaires de cet événement sont fixes. Votre proposition a été transmise à l’organisateur.',
    proposed: 'Votre proposition',
    stays: 'Horaire maintenu',
    footer: 'Cet e-mail a été créé automatiquement, parce que votre agenda a envoyé une proposition.',
  },
  message: {
    subject: sender => `Message envoyé par ${sender}`,
    subjectAbout: (sender, title) => `Message envoyé par ${sender} au sujet de « ${title} »`,
    title: sender => `${sender} vous a écrit`,
    lead: 'Quelqu’un a répondu à l’une de vos invitations par un message plutôt que par « Oui » ou « Non ». Cela n’a rien changé.',
    unproven: 'Nous n’avons pas pu vérifier qui a envoyé ce message.',
    said: 'Objet',
    from: 'De',
    event: 'Événement',
    reply: sender => `Écrire à ${sender}`,
    empty: 'L’e-mail ne contenait aucun texte que nous puissions transmettre.',
    attachments: 'Les pièces jointes ne sont pas transmises.',
    cut: 'La suite a été coupée.',
    footer: 'Vous recevez cet e-mail parce que vous envoyez des invitations avec cette adresse.',
  },
});
