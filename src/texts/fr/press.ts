/** French texts: the page behind a campaign's button. */
import type { Translation } from '../shape.ts';

export const press = (): Translation['press'] => ({
  title: event => `Votre réponse : ${event}`,
  question: 'Serez-vous là ?',
  lead: {
    yes: 'Appuyez sur le bouton : l’invitation arrive dans votre boîte de réception, comme un véritable événement d’agenda.',
    maybe:
      'Appuyez sur le bouton : l’invitation arrive dans votre boîte de réception, avec la réponse « Peut-être ».',
    no: 'Appuyez sur le bouton : l’organisateur en est informé. Vous ne recevez aucun e-mail.',
    ask: 'Choisissez votre réponse. Avec « Oui » ou « Peut-être », l’invitation arrive dans votre boîte de réception, comme un véritable événement d’agenda.',
  },
  buttons: { yes: 'Oui, je serai là', maybe: 'Peut-être', no: 'Non, je ne peux pas' },
  others: 'Ou répondre autrement',
  answers: { yes: 'Oui', maybe: 'Peut-être', no: 'Non' },
  for: address => `Vous répondez pour ${address}.`,
  forSent: 'Vous répondez pour l’adresse à laquelle cet e-mail a été envoyé.',
  notYou: 'Ce n’est pas vous ?',
  yourTime: 'Votre heure locale',
  decoy: 'En savoir plus sur cette page',
  decoyTitle: 'Il n’y a rien de plus ici',
  decoyBody:
    'Ce lien est destiné aux programmes qui suivent tous les liens. Il ne change rien à votre réponse.',
  back: 'Revenir à la question',
  toEvent: 'Voir la page de l’événement',
  honeypot: 'Laissez ce champ vide',
  again: {
    title: 'Encore une fois, s’il vous plaît',
    body: 'Les messageries ouvrent parfois les liens d’elles-mêmes, c’est pourquoi nous vous demandons de confirmer. Cette fois, votre réponse compte.',
  },
  conflict: {
    title: 'Deux réponses différentes sont arrivées en moins d’une minute',
    body: 'Les messageries essaient parfois tous les liens, nous n’avons donc gardé aucune des deux réponses. Choisissez la bonne : c’est elle qui compte.',
  },
  old: {
    title: 'Cette page est restée ouverte longtemps',
    body: 'Rien n’a encore été fait. Veuillez appuyer encore une fois.',
  },
  changed: {
    title: 'L’événement a changé pendant que vous le consultiez',
    body: 'Vous voyez ici la version la plus récente. Veuillez la vérifier, puis appuyer de nouveau.',
  },
  elsewhere: {
    title: 'Appuyez encore une fois',
    body: 'Votre réponse est arrivée d’un autre site. Veuillez appuyer vous-même sur le bouton ici.',
  },
  limited: wait =>
    `Beaucoup de réponses sont arrivées de votre réseau en peu de temps. Veuillez réessayer ${wait}. Rien n’est perdu : le bouton de l’e-mail reste valable.`,
  limitedTitle: 'Veuillez patienter un instant',
  other: {
    title: 'À quelle adresse envoyer l’invitation ?',
    body: 'Saisissez votre propre adresse. Nous y écrivons d’abord pour être sûrs qu’elle est à vous ; votre réponse compte dès que vous l’avez confirmé.',
    plain:
      'Saisissez l’adresse que votre agenda utilise. Nous y écrivons d’abord pour être sûrs qu’elle est à vous.',
    button: 'Recevoir l’invitation',
    promise: 'La personne qui a reçu cet e-mail en premier n’en sait rien, et rien ne change pour elle.',
    absentTitle: 'Cette adresse n’est plus sur la liste',
    absent:
      'L’e-mail a été envoyé à une adresse qui n’est plus sur la liste de l’organisateur : le bouton ne peut donc pas savoir qui vous êtes. Avec votre adresse, cela fonctionne quand même.',
  },
  preview: {
    title: 'Ceci est un aperçu',
    body: 'Le bouton a été ouvert depuis un e-mail de test, un aperçu ou une archive web : il ne sait donc pas qui vous êtes. Rien n’a été enregistré.',
    next: 'Dans l’e-mail que reçoivent vos abonnés, il montre l’événement et demande d’appuyer une fois.',
  },
  expired: {
    title: 'Ce bouton a expiré',
    body: event => `Il concernait « ${event} » et n’était valable qu’un temps. Rien n’a été enregistré.`,
    next: 'Sur la page de l’événement, vous pouvez encore demander l’invitation.',
    over: 'Les e-mails plus récents de l’organisateur contiennent des boutons plus récents.',
  },
  cancelled: {
    title: 'Cet événement est annulé',
    body: event =>
      `L’organisateur a annulé « ${event} ». Votre réponse n’est plus nécessaire, et rien n’est envoyé.`,
    next: 'Si l’événement figure dans votre agenda, il y est retiré ou barré automatiquement.',
  },
  ended: {
    title: 'Cet événement est terminé',
    body: event => `« ${event} » a déjà eu lieu, plus rien n’est donc envoyé à ce sujet.`,
    next: 'Le prochain e-mail de l’organisateur annoncera le prochain événement.',
  },
  progress: {
    title: answer => `Votre réponse est notée : ${answer}`,
    contact:
      'Nous demandons votre adresse à l’outil d’e-mailing. Cela prend en général quelques secondes ; la page vérifie d’elle-même.',
    connection:
      'L’outil d’e-mailing ne nous répond pas pour le moment. Votre réponse est notée, et l’invitation partira dès qu’il répondra. Vous pouvez fermer cette page.',
    limited:
      'Beaucoup d’invitations ont été envoyées à votre adresse en peu de temps. La vôtre est notée et arrivera dans la journée. Vous pouvez fermer cette page.',
    look: 'Vérifier de nouveau',
  },
  done: {
    title: answer => `Merci. Votre réponse : ${answer}`,
    sent: address => `L’invitation est en route vers ${address}. Elle devrait arriver en moins d’une minute.`,
    already: address =>
      `L’invitation se trouve déjà dans la boîte de réception de l’adresse ${address}. Votre réponse y est associée.`,
    confirm: address =>
      `Nous avons écrit à ${address} pour être sûrs que cette adresse est à vous. Confirmez-le dans cet e-mail, et l’invitation arrivera.`,
    declined: 'L’organisateur voit que vous ne pouvez pas venir. Aucun e-mail ne vous est envoyé.',
    stopped: address =>
      `Votre réponse est enregistrée, mais aucun e-mail n’est envoyé à ${address} : un envoi précédent n’a pas pu être distribué, ou cette adresse ne souhaite plus recevoir nos e-mails.`,
    invalidTitle: 'Nous ne pouvons pas écrire à cette adresse',
    invalid:
      'L’adresse qui figure pour vous sur la liste ne peut recevoir aucun e-mail. Avec une autre, cela fonctionne.',
    unreachableTitle: 'Nous n’avons pas pu obtenir votre adresse',
    unreachable:
      'L’outil d’e-mailing ne nous a pas communiqué votre adresse pendant toute une journée, aucune invitation n’a donc été envoyée. Sur la page de l’événement, vous pouvez la demander directement.',
    overtakenTitle: 'Une réponse plus récente compte',
    overtaken: 'Vous avez répondu une nouvelle fois depuis. C’est la réponse la plus récente qui compte.',
    takenBackTitle: 'Aucune réponse n’est enregistrée',
    takenBack:
      'Deux réponses différentes sont arrivées en moins d’une minute, nous n’en avons donc gardé aucune. Ouvrez l’e-mail et choisissez la bonne.',
    noButInvite: 'Voulez-vous quand même l’événement dans votre agenda ?',
    next: 'Ce qui va se passer',
    change: 'Vous avez changé d’avis ?',
    copies: 'Pas d’e-mail après quelques minutes ?',
    copiesHint:
      'Regardez d’abord dans le dossier des indésirables (spam). Ces liens ajoutent une simple copie, qui ne suit pas les changements ultérieurs.',
    file: 'Fichier d’agenda (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    yahoo: 'Yahoo Calendar',
    instead: 'Utiliser une autre adresse',
  },
  mailbox: {
    gmail: [
      'Dans Gmail, l’e-mail montre l’événement à côté de votre agenda, avec « Oui », « Peut-être » et « Non ».',
      'S’il n’apparaît pas tout seul dans Google Calendar, appuyez une fois sur « Je connais l’expéditeur » ou répondez dans l’e-mail.',
    ],
    outlook: [
      'Dans Outlook, l’e-mail arrive comme une demande de réunion ; elle reste provisoire dans le calendrier jusqu’à votre réponse.',
      'Vous pouvez y changer votre réponse à tout moment avec « Accepter » ou « Refuser ».',
    ],
    apple: [
      'Dans Apple Mail, un bandeau au-dessus de l’e-mail propose l’ajout au calendrier, et l’app Calendrier affiche l’invitation dans sa boîte de réception.',
      'Acceptez-la, et l’événement figure dans votre calendrier sur tous vos appareils.',
    ],
    other: [
      'La plupart des messageries, dont Gmail, Outlook et Apple Mail, affichent « Oui », « Peut-être » et « Non » au-dessus du texte.',
      'Si la vôtre ne le fait pas, ouvrez le fichier joint invite.ics avec votre agenda.',
    ],
  },
  instant: {
    title: answer => `Votre réponse : ${answer}`,
    body: seconds =>
      `Vous n’avez rien d’autre à faire. Dans environ ${seconds} ${seconds < 2 ? 'seconde' : 'secondes'}, votre réponse compte. D’ici là, vous pouvez annuler votre réponse.`,
    undo: 'Annuler ma réponse',
    undoneTitle: 'Réponse annulée',
    undone: 'Rien n’est enregistré, et rien n’est envoyé.',
    committed: 'Votre réponse compte.',
    dropped:
      'Cela ressemblait à un programme qui essaie tous les liens, rien n’a donc été enregistré. Appuyez une fois pour confirmer que c’était bien vous.',
  },
});
