/** Dutch texts: sign-in. */
import type { Translation } from '../shape.ts';

const minutesSaid = (count: number) => `${count} ${count === 1 ? 'minuut' : 'minuten'}`;

export const signin = (): Translation['signin'] => ({
  mail: {
    brand: 'Simple Invite Service',
    subject: 'Je inloglink',
    preheader: minutes => `De link werkt één keer, ${minutesSaid(minutes)} lang.`,
    title: 'Inloggen',
    lead: 'Iemand, waarschijnlijk jij, wil met dit adres inloggen.',
    button: 'Inloggen',
    once: minutes =>
      `De link werkt één keer, ${minutesSaid(minutes)} lang, in de browser waarin je hem hebt aangevraagd.`,
    elsewhere:
      'In een andere browser of op een ander apparaat toont de link een code van zes cijfers: vul die in waar je de link hebt aangevraagd.',
    notYou:
      'Was jij dit niet? Dan hoef je niets te doen; geef ook niemand een code. Zonder de link of de code komt niemand binnen.',
    footer: 'Deze mail is door een programma gemaakt. Niemand leest de antwoorden erop.',
  },
  frame: { footer: 'Simple Invite Service. Eén cookie houdt je ingelogd; geen trackers.' },
  form: {
    title: 'Inloggen',
    lead: 'Maak van elk evenement in je agenda een uitnodiging die iedereen kan aanvragen.',
    email: 'E-mailadres',
    hint: 'We mailen je een link. Geen wachtwoord, en je hoeft niet eerst een account te maken: bij de eerste keer inloggen krijg je je eigen werkruimte.',
    button: 'Mail me een inloglink',
    local: 'Je draait dit op je eigen computer',
    localBody:
      'Mail verlaat deze computer niet: je inloglink komt in de lokale outbox. In de terminal waarin de dienst is gestart, staat ook een link die meteen alles opent.',
    localLink: 'Open de lokale outbox',
    begin: 'Of begin in je agenda',
    beginSteps: mailbox => [
      'Maak een evenement in je agenda, of open een bestaand evenement.',
      `Voeg ${mailbox} toe als gast en verstuur de uitnodiging.`,
      'Open de mail die terugkomt: daarin staat de link naar je pagina.',
    ],
  },
  once: {
    title: 'Nog één klik',
    body: 'Je kwam hier vanaf een andere website. Controleer het adres en klik zelf op de knop.',
  },
  limited: {
    title: 'Even geduld',
    body: wait =>
      `Er zijn in korte tijd veel inloglinks aangevraagd vanaf jouw netwerk. Probeer het ${wait} opnieuw.`,
  },
  sent: {
    title: 'Kijk in je mail',
    to: address => `Als ${address} mail van ons kan ontvangen, is er een inloglink onderweg.`,
    here: minutes => `Open de link in deze browser. Hij werkt één keer, ${minutesSaid(minutes)} lang.`,
    elsewhere: 'De mail ergens anders geopend?',
    code: 'Code van zes cijfers',
    codeHint: 'De link toont de code als je hem in een andere browser of op een ander apparaat opent.',
    codeButton: 'Inloggen met de code',
    wrong:
      'Die code klopt niet. Vergelijk hem met de pagina waarop hij staat; elke nieuwe mail heeft een nieuwe code.',
    tooMany: wait =>
      `Hier zijn te veel codes geprobeerd. Gebruik de link in de mail, of probeer het ${wait} opnieuw.`,
    again: 'Niets gekregen? Kijk in je spammap, of vraag een nieuwe link aan.',
    againLink: 'Opnieuw aanvragen',
  },
  press: {
    title: 'Inloggen',
    as: address => `Als ${address}.`,
    operator: 'Als beheerder van deze installatie: je ziet alle werkruimtes.',
    button: 'Inloggen',
    not: 'Heb je dit niet aangevraagd? Sluit dan deze pagina. Er gebeurt niets.',
  },
  elsewhere: {
    title: 'Nog één stap',
    titleWith: code => `Je code: ${code}`,
    body: 'Je hebt deze link in een andere browser of op een ander apparaat aangevraagd. Vul deze code daar in:',
    warn: 'Vul hem alleen in op de pagina waar je zelf de link hebt aangevraagd. Wij vragen je er nooit om. Heb je niets aangevraagd, sluit dan deze pagina.',
  },
  over: {
    title: 'Deze link is al gebruikt of te oud',
    body: 'Een inloglink werkt één keer, en niet lang. Heb je er zelf op geklikt, dan ben je al ingelogd.',
    again: 'Nieuwe link aanvragen',
    open: 'Open het dashboard',
  },
  notBuilt: {
    title: 'Het dashboard is nog niet gebouwd',
    body: 'Wie deze installatie beheert, kan het bouwen met ‘npm run build’. De pagina’s en de API werken ook zonder.',
  },
});
