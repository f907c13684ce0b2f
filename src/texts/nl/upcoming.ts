/** Dutch texts: the upcoming page, its digest, and following. */
import type { Translation } from '../shape.ts';

export const upcoming = (): Translation['upcoming'] => ({
  title: name => `Komende evenementen van ${name}`,
  heading: 'Komende evenementen',
  search: 'Zoeken',
  searchHint: 'Op titel of plaats.',
  find: 'Zoek',
  months: 'Maanden',
  all: 'Alle',
  open: title => `Details: ${title}`,
  details: 'Details',
  email: 'E-mailadres',
  emailHint: 'Het adres dat je agenda gebruikt.',
  follow: name => `Nodig me ook uit voor toekomstige evenementen van ${name}`,
  followHint:
    'We sturen één mail om te vragen of het adres van jou is. In elke uitnodiging staat een link waarmee je stopt.',
  send: 'Stuur me de uitnodigingen',
  sendFollow: 'Deze evenementen volgen',
  promise:
    'Je adres wordt alleen voor deze evenementen gebruikt, en in elke mail staat een link waarmee je stopt.',
  feed: 'Abonneren op de agenda',
  feedHint: 'Toont alle komende evenementen, zonder antwoordknoppen en zonder mails over wijzigingen.',
  none: 'Er is op dit moment niets gepland.',
  noneFound: 'Geen komend evenement voldoet hieraan.',
  more: 'Er zijn er meer: zoek, of kies een maand.',
  problems: {
    nothing: 'Kies minstens één evenement.',
    tooMany: most => `Kies hoogstens ${most} ${most === 1 ? 'evenement' : 'evenementen'} tegelijk.`,
    gone: 'Een van de evenementen die je koos, staat niet meer op het programma. De lijst is nu bijgewerkt.',
  },
  asked: {
    steps: from => [
      `Voor elk evenement komt er een mail van ${from}, meestal binnen een minuut. Is dit de eerste keer, of volg je de evenementen, dan vraagt eerst één mail of het adres van jou is.`,
      'Open elke uitnodiging en klik op Ja, Misschien of Nee. De organisator ziet je antwoord.',
      'De evenementen staan in je agenda en elke wijziging wordt vanzelf bijgewerkt.',
    ],
    back: 'Terug naar de evenementen',
  },
  digest: {
    subject: name => `Bevestig je aanvraag: evenementen van ${name}`,
    title: 'Is dit jouw adres?',
    lead: name => `Iemand, waarschijnlijk jij, heeft agenda-uitnodigingen van ${name} aangevraagd.`,
    follow:
      'Ook voor toekomstige evenementen: elk nieuw evenement komt als uitnodiging, en in elke uitnodiging staat een link waarmee je stopt.',
    button: 'Bekijken en bevestigen',
    not: 'Was jij dit niet? Dan hoef je niets te doen: er wordt geen uitnodiging verstuurd.',
    days: days => `De link is ${days} ${days === 1 ? 'dag' : 'dagen'} geldig.`,
    for: address => `Voor ${address}.`,
    press: 'Ja, stuur me de uitnodigingen',
    pressFollow: 'Ja, dit is mijn adres',
    notMe: 'Dit was ik niet',
    doneTitle: 'Bedankt',
    done: 'Je uitnodigingen zijn onderweg. Ze zijn er als het goed is binnen een minuut.',
    followed: name => `Je volgt ${name}. Elk nieuw evenement komt als uitnodiging.`,
    notMeDone: 'Bedankt. Je krijgt geen mail meer van deze organisator.',
  },
});
