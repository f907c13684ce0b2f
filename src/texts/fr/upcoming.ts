/** French texts: the upcoming page, its digest, and following. */
import type { Translation } from '../shape.ts';

export const upcoming = (): Translation['upcoming'] => ({
  title: name => `Événements à venir : ${name}`,
  heading: 'Événements à venir',
  search: 'Recherche',
  searchHint: 'Par titre ou par lieu.',
  find: 'Rechercher',
  months: 'Mois',
  all: 'Tous',
  open: title => `Détails : ${title}`,
  details: 'Détails',
  email: 'Adresse e-mail',
  emailHint: 'Celle que votre agenda utilise.',
  follow: name => `M’inviter aussi aux prochains événements proposés par ${name}`,
  followHint:
    'Nous vous écrivons une fois pour vérifier que l’adresse est à vous. Chaque invitation contient un lien pour vous désabonner.',
  send: 'Recevoir les invitations',
  sendFollow: 'Suivre ces événements',
  promise:
    'Votre adresse ne sert qu’à ces événements, et chaque e-mail contient un lien pour vous désabonner.',
  feed: 'S’abonner à l’agenda',
  feedHint: 'Affiche tous les événements à venir, sans réponses ni changements par e-mail.',
  none: 'Rien n’est prévu pour le moment.',
  noneFound: 'Aucun événement à venir ne correspond.',
  more: 'Il y en a d’autres : faites une recherche ou choisissez un mois.',
  problems: {
    nothing: 'Veuillez choisir au moins un événement.',
    tooMany: most => `Veuillez choisir au plus ${most} ${most < 2 ? 'événement' : 'événements'} à la fois.`,
    gone: 'L’un des événements choisis ne fait plus partie des événements à venir. La liste est maintenant à jour.',
  },
  asked: {
    steps: from => [
      `Pour chaque événement, un e-mail envoyé par ${from} arrive, en général en moins d’une minute. La première fois, ou si vous suivez les prochains événements, un e-mail vous demande d’abord si l’adresse est à vous.`,
      'Ouvrez chaque invitation et choisissez « Oui », « Peut-être » ou « Non ». L’organisateur voit votre réponse.',
      'Les événements figurent dans votre agenda et suivent tous les changements d’eux-mêmes.',
    ],
    back: 'Revenir aux événements',
  },
  digest: {
    subject: name => `À confirmer : événements proposés par ${name}`,
    title: 'Cette adresse est-elle à vous ?',
    lead: name =>
      `Quelqu’un, sans doute vous, a demandé à recevoir les invitations aux événements proposés par ${name}.`,
    follow:
      'Y compris pour les prochains événements : chacun arrive sous forme d’invitation, et chaque invitation contient un lien pour vous désabonner.',
    button: 'Voir et confirmer',
    not: 'Ce n’était pas vous ? Alors ne faites rien : aucune invitation n’est envoyée.',
    days: days => `Le lien est valable ${days} ${days < 2 ? 'jour' : 'jours'}.`,
    for: address => `Pour ${address}.`,
    press: 'Oui, envoyer les invitations',
    pressFollow: 'Oui, cette adresse est à moi',
    notMe: 'Ce n’était pas moi',
    doneTitle: 'Merci',
    done: 'Vos invitations sont en route. Elles devraient arriver dans votre boîte de réception en moins d’une minute.',
    followed: name =>
      `Vous suivez maintenant les événements proposés par ${name}. Chaque nouvel événement arrive sous forme d’invitation.`,
    notMeDone: 'Merci. Vous ne recevrez plus d’e-mails de cet organisateur.',
  },
});
