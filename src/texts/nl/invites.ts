/** Dutch texts: invites. */
import type { Translation } from '../shape.ts';

export const invites = (): Translation['invites'] => ({
  untitled: 'Evenement zonder titel',
  subject: {
    invitation: (title, when) => `Uitnodiging: ${title} @ ${when}`,
    update: (title, when) => `Bijgewerkte uitnodiging: ${title} @ ${when}`,
    cancel: (title, when) => `Geannuleerd: ${title} @ ${when}`,
    confirm: title => `Bevestig je aanvraag: ${title}`,
  },
  lead: {
    invitation: organizer =>
      `${organizer} nodigt je uit. Antwoord met Ja, Misschien of Nee; dan staat het evenement in je agenda en wordt elke wijziging bijgewerkt.`,
    update: organizer => `${organizer} heeft dit evenement gewijzigd. De afspraak in je agenda wijzigt mee.`,
    instance: organizer =>
      `${organizer} heeft één datum van dit evenement gewijzigd. Alle andere data blijven zoals ze zijn.`,
    cancel: organizer =>
      `${organizer} heeft dit evenement geannuleerd. Je kunt het uit je agenda verwijderen.`,
    cancelInstance: organizer =>
      `${organizer} heeft één datum van dit evenement geannuleerd. Alle andere data blijven zoals ze zijn.`,
    removed: 'Zoals je vroeg, wordt dit evenement uit je agenda gehaald. Het gaat wel gewoon door.',
  },
  preheader: (when, where) => (where === null ? when : `${when}, ${where}`),
  changed: 'Wat er is gewijzigd',
  facts: {
    event: 'Evenement',
    when: 'Wanneer',
    repeats: 'Herhaling',
    where: 'Waar',
    join: 'Deelnemen',
    host: 'Organisator',
  },
  join: 'Online deelnemen',
  about: 'Over dit evenement',
  more: 'De beschrijving gaat verder op de pagina van het evenement.',
  page: 'Open de pagina van het evenement',
  noButtons: 'Zie je geen Ja en Nee om op te klikken? Open dan de bijlage invite.ics met je agenda.',
  footer: {
    asked: address => `Verstuurd naar ${address}, omdat met dat adres om deze uitnodiging is gevraagd.`,
    listed: (address, organizer) => `Verstuurd naar ${address}, omdat ${organizer} dat adres uitnodigt.`,
    stop: 'Geen mails meer van deze organisator',
    notMe: 'Dit was ik niet',
  },
  confirm: {
    title: 'Is dit jouw adres?',
    lead: title => `Iemand, waarschijnlijk jij, heeft de agenda-uitnodiging voor ‘${title}’ aangevraagd.`,
    button: 'Ja, stuur me de uitnodiging',
    not: 'Was jij dit niet? Dan hoef je niets te doen: zonder klik op de knop wordt er niets meer verstuurd.',
    days: days => `De link werkt ${days} ${days === 1 ? 'dag' : 'dagen'}.`,
  },
});
