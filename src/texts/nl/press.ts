/** Dutch texts: the page behind a campaign's button. */
import type { Translation } from '../shape.ts';

export const press = (): Translation['press'] => ({
  title: event => `Je antwoord: ${event}`,
  question: 'Ben je erbij?',
  lead: {
    yes: 'Klik op de knop en je krijgt de uitnodiging per mail, als echte afspraak voor je agenda.',
    maybe: 'Klik op de knop en je krijgt de uitnodiging per mail, gemarkeerd als misschien.',
    no: 'Klik op de knop en de organisator weet het. Je krijgt er geen mail over.',
    ask: 'Kies je antwoord. Bij Ja of Misschien krijg je de uitnodiging per mail, als echte afspraak voor je agenda.',
  },
  buttons: { yes: 'Ja, ik ben erbij', maybe: 'Misschien', no: 'Nee, ik kan niet' },
  others: 'Of geef een ander antwoord',
  answers: { yes: 'Ja', maybe: 'Misschien', no: 'Nee' },
  for: address => `Je antwoordt voor ${address}.`,
  forSent: 'Je antwoordt voor het adres waarnaar deze mail is gestuurd.',
  notYou: 'Ben jij dit niet?',
  yourTime: 'Jouw tijd',
  decoy: 'Meer over deze pagina',
  decoyTitle: 'Verder is hier niets',
  decoyBody: 'Deze link is er voor programma’s die elke link volgen. Je antwoord verandert er niet door.',
  back: 'Terug naar de vraag',
  toEvent: 'Naar de pagina van het evenement',
  honeypot: 'Laat dit leeg',
  again: {
    title: 'Klik nog een keer',
    body: 'Mailprogramma’s openen links soms vanzelf, daarom vragen we het een tweede keer. Deze keer telt.',
  },
  conflict: {
    title: 'Binnen een minuut kwamen er twee verschillende antwoorden',
    body: 'Mailprogramma’s proberen soms elke link, daarom hebben we geen van beide bewaard. Klik op het antwoord dat je bedoelt: dat telt.',
  },
  old: {
    title: 'Deze pagina stond lang open',
    body: 'Er is nog niets gebeurd. Klik nog een keer.',
  },
  changed: {
    title: 'Het evenement is intussen gewijzigd',
    body: 'Wat je hier leest, is de nieuwste versie. Kijk nog een keer en klik dan opnieuw.',
  },
  elsewhere: {
    title: 'Nog één klik',
    body: 'Het antwoord kwam van een andere website. Klik hier zelf op de knop.',
  },
  limited: wait =>
    `Er kwamen in korte tijd veel antwoorden vanaf jouw netwerk. Probeer het ${wait} opnieuw. Er gaat niets verloren: de knop in de mail blijft werken.`,
  limitedTitle: 'Even geduld',
  other: {
    title: 'Naar welk adres sturen we de uitnodiging?',
    body: 'Vul je eigen adres in. We sturen er eerst een mail naartoe om zeker te weten dat het van jou is; je antwoord telt zodra je bevestigt.',
    plain:
      'Vul het adres in dat je agenda gebruikt. We sturen er eerst een mail naartoe om zeker te weten dat het van jou is.',
    button: 'Stuur me de uitnodiging',
    promise: 'Degene aan wie deze mail eerst was gestuurd, hoort hier niets van en merkt er niets van.',
    absentTitle: 'Dit adres staat niet meer op de lijst',
    absent:
      'De mail is gestuurd naar een adres dat niet meer op de lijst van de organisator staat, dus de knop kan je niet herkennen. Met je eigen adres lukt het toch.',
  },
  preview: {
    title: 'Dit is een voorbeeldweergave',
    body: 'De knop is geopend vanuit een testmail, een voorbeeld of een webarchief, dus hij weet niet wie je bent. Er is niets vastgelegd.',
    next: 'In de mail die abonnees krijgen, toont de knop het evenement en vraagt hij om één klik.',
  },
  expired: {
    title: 'Deze knop is verlopen',
    body: event => `Hij was gemaakt voor ‘${event}’ en werkte een beperkte tijd. Er is niets vastgelegd.`,
    next: 'Op de pagina van het evenement kun je de uitnodiging nog aanvragen.',
    over: 'In nieuwere mails van de organisator staan nieuwe knoppen.',
  },
  cancelled: {
    title: 'Dit evenement is geannuleerd',
    body: event =>
      `De organisator heeft ‘${event}’ geannuleerd. Je antwoord is niet meer nodig en er wordt niets verstuurd.`,
    next: 'Als het in je agenda staat, wordt het er vanzelf uitgehaald of doorgestreept.',
  },
  ended: {
    title: 'Dit evenement is afgelopen',
    body: event => `‘${event}’ is al geweest, dus er wordt niets meer voor verstuurd.`,
    next: 'De volgende mail van de organisator brengt het volgende evenement.',
  },
  progress: {
    title: answer => `Je antwoord is bewaard: ${answer}`,
    contact:
      'We vragen je adres op bij de mailingdienst van de organisator. Dat duurt meestal enkele seconden; de pagina kijkt vanzelf opnieuw.',
    connection:
      'De mailingdienst van de organisator reageert nu niet. Je antwoord is bewaard en de uitnodiging komt zodra die weer reageert. Je kunt deze pagina sluiten.',
    limited:
      'Er zijn in korte tijd veel uitnodigingen naar je adres gestuurd. De jouwe is bewaard en komt binnen een dag. Je kunt deze pagina sluiten.',
    look: 'Opnieuw kijken',
  },
  done: {
    title: answer => `Bedankt. Je antwoord: ${answer}`,
    sent: address =>
      `De uitnodiging is onderweg naar ${address}. Die is er als het goed is binnen een minuut.`,
    already: address => `De uitnodiging zit al in de mailbox van ${address}. Je antwoord hoort daarbij.`,
    confirm: address =>
      `We hebben een mail gestuurd naar ${address} om zeker te weten dat het adres van jou is. Bevestig in die mail, dan komt de uitnodiging.`,
    declined: 'De organisator ziet dat je niet kunt komen. Je krijgt geen mail.',
    stopped: address =>
      `Je antwoord is vastgelegd, maar er gaat geen mail naar ${address}: eerdere mails kwamen onbestelbaar terug, of er is gevraagd om geen mail meer te sturen.`,
    invalidTitle: 'Naar dat adres kunnen we niet mailen',
    invalid:
      'Op de lijst van de organisator staat voor jou een adres waar geen mail naartoe kan. Met een ander adres lukt het.',
    unreachableTitle: 'We konden je adres niet achterhalen',
    unreachable:
      'De mailingdienst van de organisator heeft ons je adres een hele dag niet doorgegeven, dus er is geen uitnodiging verstuurd. Op de pagina van het evenement kun je die zelf aanvragen.',
    overtakenTitle: 'Een nieuwer antwoord telt',
    overtaken: 'Je hebt intussen nog een keer geantwoord. Het nieuwere antwoord telt.',
    takenBackTitle: 'Er is geen antwoord bewaard',
    takenBack:
      'Er kwamen binnen een minuut twee verschillende antwoorden, dus we hebben geen van beide bewaard. Open de mail en klik op het antwoord dat je bedoelt.',
    noButInvite: 'Wil je het evenement toch in je agenda?',
    next: 'Wat je hierna ziet',
    change: 'Toch van gedachten veranderd?',
    copies: 'Na enkele minuten nog geen mail?',
    copiesHint:
      'Kijk eerst in je spammap. Met deze links voeg je een gewone kopie toe, die latere wijzigingen niet volgt.',
    file: 'Agendabestand (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    yahoo: 'Yahoo Calendar',
    instead: 'Een ander adres gebruiken',
  },
  mailbox: {
    gmail: [
      'In Gmail toont de mail het evenement naast je agenda, met Ja, Misschien en Nee.',
      'Staat het niet vanzelf in Google Calendar? Klik dan één keer op ‘Ik ken de afzender’, of antwoord in de mail.',
    ],
    outlook: [
      'In Outlook komt de mail binnen als vergaderverzoek; tot je antwoordt staat het als voorlopig in je agenda.',
      'Met Accepteren of Weigeren kun je je antwoord daar altijd nog wijzigen.',
    ],
    apple: [
      'In Mail van Apple staat boven de mail een balk ‘Voeg toe aan agenda’, en in Agenda staat de uitnodiging bij de ontvangen uitnodigingen.',
      'Accepteer de uitnodiging daar, dan staat het evenement in je agenda op al je apparaten.',
    ],
    other: [
      'De meeste mailprogramma’s tonen de uitnodiging met Ja, Misschien en Nee boven de tekst, ook Gmail, Outlook en Mail van Apple.',
      'Doet het jouwe dat niet, open dan de bijlage invite.ics met je agenda.',
    ],
  },
  instant: {
    title: answer => `Je antwoord: ${answer}`,
    body: seconds =>
      `Je hoeft niets meer te doen. Over ongeveer ${seconds} ${seconds === 1 ? 'seconde' : 'seconden'} telt je antwoord. Tot dan kun je het terugnemen.`,
    undo: 'Terugnemen',
    undoneTitle: 'Teruggenomen',
    undone: 'Er is niets vastgelegd en er wordt niets verstuurd.',
    committed: 'Je antwoord telt.',
    dropped:
      'Dit leek op een programma dat elke link probeert, daarom is er niets vastgelegd. Met één klik laat je zien dat jij het was.',
  },
});
