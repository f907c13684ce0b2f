/** French texts: sign-in. */
import type { Translation } from '../shape.ts';

const minutesOf = (minutes: number) => `${minutes} ${minutes < 2 ? 'minute' : 'minutes'}`;

export const signin = (): Translation['signin'] => ({
  mail: {
    brand: 'Simple Invite Service',
    subject: 'Votre lien de connexion',
    preheader: minutes => `Il fonctionne une seule fois, pendant ${minutesOf(minutes)}.`,
    title: 'Se connecter',
    lead: 'Quelqu’un, sans doute vous, a demandé à se connecter avec cette adresse.',
    button: 'Se connecter',
    once: minutes =>
      `Le lien fonctionne une seule fois, pendant ${minutesOf(minutes)}, dans le navigateur où vous l’avez demandé.`,
    elsewhere:
      'Ouvert dans un autre navigateur ou sur un autre appareil, il affiche un code à six chiffres : saisissez-le là où vous l’avez demandé.',
    notYou:
      'Ce n’était pas vous ? Alors ne faites rien, et ne donnez de code à personne. Sans le lien ni le code, personne ne peut entrer.',
    footer: 'Cet e-mail a été créé automatiquement. Personne ne lit les réponses.',
  },
  frame: { footer: 'Simple Invite Service. Un seul cookie maintient votre connexion ; aucun traqueur.' },
  form: {
    title: 'Se connecter',
    lead: 'Transformez n’importe quel événement de votre agenda en une invitation que tout le monde peut demander.',
    email: 'Adresse e-mail',
    hint: 'Nous vous envoyons un lien par e-mail. Pas de mot de passe, pas de compte à créer : la première connexion ouvre votre espace de travail.',
    button: 'M’envoyer un lien',
    local: 'Vous utilisez ce service sur votre propre machine',
    localBody:
      'Les e-mails n’en sortent pas : votre lien de connexion arrive dans la boîte d’envoi locale. Le terminal où le service a démarré affiche aussi un lien qui ouvre tout d’un coup.',
    localLink: 'Ouvrir la boîte d’envoi locale',
    begin: 'Ou commencer dans votre agenda',
    beginSteps: mailbox => [
      'Créez un événement dans votre agenda, ou ouvrez-en un.',
      `Ajoutez ${mailbox} aux invités et envoyez l’invitation.`,
      'Ouvrez l’e-mail que vous recevez en retour : il contient le lien vers votre page.',
    ],
  },
  once: {
    title: 'Appuyez encore une fois',
    body: 'Vous arrivez d’un autre site. Veuillez vérifier l’adresse et appuyer vous-même sur le bouton.',
  },
  limited: {
    title: 'Veuillez patienter un instant',
    body: wait =>
      `Beaucoup de liens de connexion ont été demandés depuis votre réseau en peu de temps. Veuillez réessayer ${wait}.`,
  },
  sent: {
    title: 'Consultez votre boîte de réception',
    to: address =>
      `Si ${address} peut recevoir nos e-mails, un lien de connexion est en route vers cette adresse.`,
    here: minutes =>
      `Ouvrez-le dans ce navigateur. Il fonctionne une seule fois, pendant ${minutesOf(minutes)}.`,
    elsewhere: 'Vous avez ouvert l’e-mail ailleurs ?',
    code: 'Code à six chiffres',
    codeHint: 'Le lien l’affiche quand il est ouvert dans un autre navigateur ou sur un autre appareil.',
    codeButton: 'Se connecter avec le code',
    wrong:
      'Ce code n’est pas le bon. Veuillez le comparer avec la page qui l’affiche ; chaque nouvel e-mail a un nouveau code.',
    tooMany: wait => `Trop de codes ont été essayés ici. Utilisez le lien de l’e-mail, ou réessayez ${wait}.`,
    again: 'Rien reçu ? Regardez dans le dossier des indésirables (spam), ou demandez un nouveau lien.',
    againLink: 'Demander un nouveau lien',
  },
  press: {
    title: 'Se connecter',
    as: address => `Avec l’adresse ${address}.`,
    operator: 'En tant qu’opérateur de cette installation : vous voyez tous les espaces de travail.',
    button: 'Se connecter',
    not: 'Vous n’avez rien demandé ? Alors fermez cette page. Il ne se passe rien.',
  },
  elsewhere: {
    title: 'Encore une étape',
    titleWith: code => `Votre code : ${code}`,
    body: 'Vous avez demandé ce lien dans un autre navigateur ou sur un autre appareil. Saisissez-y ce code :',
    warn: 'Saisissez-le uniquement sur la page où vous avez fait votre demande. Aucun d’entre nous ne vous le demandera jamais. Si vous n’avez rien demandé, fermez cette page.',
  },
  over: {
    title: 'Ce lien a déjà servi, ou il est trop ancien',
    body: 'Un lien de connexion fonctionne une seule fois, et peu de temps. Si vous l’avez utilisé vous-même, la connexion est déjà faite.',
    again: 'Demander un nouveau lien',
    open: 'Ouvrir le tableau de bord',
  },
  notBuilt: {
    title: 'Le tableau de bord n’est pas encore construit',
    body: 'La personne qui gère cette installation peut le construire avec « npm run build ». Les pages et l’API fonctionnent sans lui.',
  },
});
