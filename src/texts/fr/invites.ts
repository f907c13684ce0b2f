/** French texts: invites. */
import type { Translation } from '../shape.ts';

export const invites = (): Translation['invites'] => ({
  untitled: 'Événement sans titre',
  subject: {
    invitation: (title, when) => `Invitation : ${title} – ${when}`,
    update: (title, when) => `Invitation mise à jour : ${title} – ${when}`,
    cancel: (title, when) => `Événement annulé : ${title} – ${when}`,
    confirm: title => `À confirmer : ${title}`,
  },
  lead: {
    invitation: organizer =>
      `${organizer} vous invite. Répondez par « Oui », « Peut-être » ou « Non » ; l’événement figure alors dans votre agenda et suit tous les changements.`,
    update: organizer => `${organizer} a modifié cet événement. Il est mis à jour dans votre agenda.`,
    instance: organizer =>
      `${organizer} a modifié une date de cet événement. Toutes les autres dates restent inchangées.`,
    cancel: organizer => `${organizer} a annulé cet événement. Vous pouvez le retirer de votre agenda.`,
    cancelInstance: organizer =>
      `${organizer} a annulé une date de cet événement. Toutes les autres dates restent inchangées.`,
    removed: 'Comme vous l’avez demandé, cet événement est retiré de votre agenda. Il a toujours lieu.',
  },
  preheader: (when, where) => (where === null ? when : `${when}, ${where}`),
  changed: 'Ce qui a changé',
  facts: {
    event: 'Événement',
    when: 'Quand',
    repeats: 'Répétition',
    where: 'Où',
    join: 'Participer',
    host: 'Organisateur',
  },
  join: 'Participer en ligne',
  about: 'À propos de cet événement',
  more: 'La suite de la description se trouve sur la page de l’événement.',
  page: 'Ouvrir la page de l’événement',
  noButtons: 'Pas de boutons « Oui » et « Non » ? Ouvrez le fichier joint invite.ics avec votre agenda.',
  footer: {
    asked: address => `Envoyé à ${address}, parce que cette invitation a été demandée avec cette adresse.`,
    listed: (address, organizer) =>
      `Envoyé à ${address}, parce que cette adresse est invitée par ${organizer}.`,
    stop: 'Ne plus recevoir d’e-mails de cet organisateur',
    notMe: 'Ce n’était pas moi',
  },
  confirm: {
    title: 'Cette adresse est-elle à vous ?',
    lead: title =>
      `Quelqu’un, sans doute vous, a demandé à recevoir l’invitation à l’événement « ${title} ».`,
    button: 'Oui, envoyer l’invitation',
    not: 'Ce n’était pas vous ? Alors ne faites rien : si vous n’appuyez pas sur le bouton, rien d’autre n’est envoyé.',
    days: days => `Le lien est valable ${days} ${days < 2 ? 'jour' : 'jours'}.`,
  },
});
