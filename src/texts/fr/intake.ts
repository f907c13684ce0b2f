/** French texts: the mails organizers get, and the page that confirms a draft. */
import type { Translation } from '../shape.ts';

export const intake = (): Translation['intake'] => ({
  brand: 'Simple Invite Service',
  untitled: 'votre événement',
  footer: {
    invited: create =>
      `Vous recevez cet e-mail parce que ${create} a reçu une invitation à un événement de votre agenda.`,
    named: create => `Vous recevez cet e-mail parce qu’un message en votre nom est arrivé à ${create}.`,
    automatic: 'Il a été créé automatiquement. Personne ne lit les réponses.',
    trace: arrival => `Référence de votre e-mail : ${arrival}`,
  },
  facts: {
    event: 'Événement',
    when: 'Quand',
    repeats: 'Répétition',
    where: 'Où',
    sender: 'Envoyé depuis',
    mail: 'Objet',
    line: 'Ligne des données d’agenda',
  },
  live: {
    subject: title => `Votre événement est publié : ${title}`,
    preheader: 'Voici sa page. Toute personne qui l’ouvre peut ajouter l’événement à son propre agenda.',
    title: 'Votre événement est publié',
    lead: title =>
      `« ${title} » a maintenant une page. Toute personne qui l’ouvre et y laisse une adresse reçoit une véritable invitation d’agenda et peut y répondre.`,
    open: 'Ouvrir la page de l’événement',
    share: 'À partager',
    page: 'Page de l’événement',
    campaign: 'Lien pour les boutons et les campagnes',
    file: 'Fichier d’agenda (.ics), si quelqu’un le demande',
    watch: 'Voir qui a demandé l’invitation',
    dashboard: 'Invitations et réponses de cet événement',
    dashboardHint:
      'Ce lien est pour vous : toute personne qui l’a voit les adresses de vos invités. Il fonctionne 30 jours.',
    changes: 'Si quelque chose change',
    changesList: create => [
      `Modifiez l’événement dans votre agenda comme d’habitude, et laissez ${create} parmi les invités. Toutes les personnes qui ont l’événement reçoivent le changement.`,
      'Annulez-le dans votre agenda, et il est annulé pour tout le monde.',
      'Les réponses se retrouvent ici, au lien ci-dessus. Votre propre liste d’invités reste la vôtre : nous n’invitons une deuxième fois personne de cette liste.',
    ],
    warnings: 'À vérifier',
  },
  notes: {
    floating_in_organizer_zone: zone =>
      `Votre agenda a envoyé cet événement sans fuseau horaire. Nous avons pris ${zone}, le fuseau de vos autres événements.`,
    plain: {
      floating_in_calendar_zone:
        'Votre agenda a envoyé cet événement sans fuseau horaire propre. Nous avons pris le fuseau de votre agenda.',
      summary_cut: 'Le titre est très long. Nous en avons gardé le début.',
      location_cut: 'Le lieu est très long. Nous en avons gardé le début.',
      description_cut: 'La description est très longue. Nous en avons gardé le début.',
      html_left_out: 'La description mise en forme est très longue. Nous en avons gardé le texte brut.',
      rule_in_override:
        'Une date modifiée ne peut pas se répéter elle-même. Nous l’avons prise comme une date unique.',
      continues_series:
        'Il prolonge une série que vous avez scindée. Les personnes qui ont la première partie dans leur agenda sont aussi invitées à celle-ci.',
      unreadable_line: 'Une ligne des données d’agenda n’a pas pu être lue et a été ignorée.',
    },
  },
  confirm: {
    subject: title => `À confirmer : ${title}`,
    preheader: 'Appuyez une fois, et tout continue. Sinon, il ne se passe rien.',
    title: 'Est-ce bien vous ?',
    lead: title =>
      `Un e-mail en votre nom nous demande de publier ou de modifier « ${title} ». Nous n’avons pas pu nous assurer qu’il venait de vous, rien n’a donc encore été fait.`,
    button: 'Vérifier et confirmer',
    notYou:
      'Si ce n’était pas vous, ne faites rien. Sans votre confirmation, rien n’est publié, personne n’est prévenu, et nous oublions la demande après quelques jours.',
    once: 'Nous demandons au plus une fois par jour. La page derrière le bouton montre toujours tout ce qui attend.',
  },
  zone: {
    subject: title => `Quel fuseau horaire ? ${title}`,
    preheader: 'Votre agenda a envoyé l’heure sans fuseau.',
    title: 'Une question avant la publication',
    lead: title =>
      `Votre agenda a envoyé « ${title} » sans fuseau horaire : nous ne pouvons donc pas savoir à quelle heure l’événement a lieu pour les personnes qui sont ailleurs.`,
    button: 'Choisir le fuseau horaire',
    after: 'Nous gardons votre choix pour les prochains événements qui arriveront sans fuseau.',
  },
  explain: {
    subject: about => `Non enregistré : « ${about} »`,
    subjectPlain: 'Votre e-mail n’a pas pu être enregistré',
    preheader: 'Ce qui n’allait pas, et ce que vous pouvez faire.',
    title: 'Nous n’avons pas pu enregistrer ceci',
    todo: 'Que faire',
    what: {
      no_calendar: create =>
        `Votre e-mail à ${create} ne contient aucune invitation d’agenda : il n’y a donc aucun événement à enregistrer.`,
      forwarded: () =>
        'Cette invitation appartient à quelqu’un d’autre : elle n’a pas été envoyée par la personne indiquée comme organisateur. Nous n’acceptons les événements que de leur propre organisateur.',
      tnef: () =>
        'Votre messagerie a envoyé l’invitation dans un format propre (winmail.dat) qu’aucun autre programme ne lit.',
      two_events: () =>
        'Votre e-mail contient plus d’un événement. Nous enregistrons un événement par e-mail.',
      method_not_supported: () =>
        'Votre agenda a demandé quelque chose que nous ne proposons pas pour un événement.',
      too_many_mails: () =>
        'Votre agenda nous a envoyé de très nombreux e-mails en peu de temps, nous n’avons donc pas pris en compte celui-ci. Les suivants seront ignorés sans message jusqu’à la fin de l’heure.',
      nothing_to_cancel: () =>
        'Vous avez annulé un événement que nous n’avons pas. Personne n’a été prévenu, puisque personne ne l’avait reçu de nous.',
      other: () => 'L’événement de votre e-mail ne peut pas être enregistré.',
    },
    hint: {
      no_calendar: create => [
        'Ouvrez l’événement dans votre agenda.',
        `Ajoutez ${create} aux invités.`,
        'Enregistrez-le et laissez l’agenda envoyer l’invitation.',
      ],
      forwarded: create => [
        `Demandez à l’organisateur d’ajouter ${create} aux invités de l’événement lui-même.`,
      ],
      tnef: () => [
        'Dans Outlook, ouvrez les options de l’e-mail ou de ce contact et choisissez d’envoyer les invitations au format iCalendar, ou en HTML plutôt qu’en texte enrichi.',
        'Envoyez ensuite de nouveau l’invitation.',
      ],
      two_events: () => ['Envoyez chaque événement dans un e-mail distinct.'],
      method_not_supported: () => [
        'Ouvrez l’événement dans votre agenda, enregistrez-le et envoyez de nouveau l’invitation complète.',
      ],
      too_many_mails: () => [
        'Une fois l’heure passée, enregistrez de nouveau l’événement dans votre agenda.',
      ],
      nothing_to_cancel: () => ['Vous n’avez rien à faire.'],
      other: () => ['Modifiez-le dans votre agenda et envoyez de nouveau l’invitation.'],
    },
  },
  reply: {
    accepted: title => `Accepté : ${title}`,
    declined: title => `Refusé : ${title}`,
    acceptedBody: 'L’événement est enregistré.',
    declinedBody: 'L’événement n’a pas pu être enregistré.',
  },
});
