/** Dutch texts: the mails organizers get, and the page that confirms a draft. */
import type { Translation } from '../shape.ts';

type Intake = Translation['intake'];

export const intake = (): Intake => ({
  brand: 'Simple Invite Service',
  untitled: 'evenement zonder titel',
  footer: {
    invited: create => `Je krijgt deze mail omdat ${create} is uitgenodigd voor een evenement in je agenda.`,
    named: create => `Je krijgt deze mail omdat er een mail uit jouw naam bij ${create} is binnengekomen.`,
    automatic: 'De mail is door een programma geschreven. Niemand leest de antwoorden erop.',
    trace: arrival => `Kenmerk van je mail: ${arrival}`,
  },
  facts: {
    event: 'Evenement',
    when: 'Wanneer',
    repeats: 'Herhaling',
    where: 'Waar',
    sender: 'Verstuurd vanaf',
    mail: 'Onderwerp',
    line: 'Regel in het agendabestand',
  },
  live: {
    subject: title => `Je evenement staat online: ${title}`,
    preheader: 'Hier is de pagina. Wie die opent, kan het evenement in de eigen agenda zetten.',
    title: 'Je evenement staat online',
    lead: title =>
      `‘${title}’ heeft nu een eigen pagina. Wie die opent en een adres achterlaat, krijgt een echte agenda-uitnodiging en kan daarop antwoorden.`,
    open: 'Open de pagina van het evenement',
    share: 'Deel het',
    page: 'Pagina van het evenement',
    campaign: 'Link voor knoppen en campagnes',
    file: 'Agendabestand (.ics), als iemand erom vraagt',
    watch: 'Bekijk wie erom heeft gevraagd',
    dashboard: 'Uitnodigingen en antwoorden van dit evenement',
    dashboardHint:
      'Deze link is van jou: wie hem heeft, ziet de adressen van de mensen die je hebt uitgenodigd. Hij werkt 30 dagen.',
    changes: 'Als er iets wijzigt',
    changesList: create => [
      `Bewerk het evenement in je agenda zoals altijd en laat ${create} tussen de gasten staan. Iedereen die het evenement heeft, krijgt de wijziging.`,
      'Annuleer je het in je agenda, dan is het voor iedereen geannuleerd.',
      'Antwoorden komen hier terug, bij de link hierboven. Je eigen gastenlijst blijft van jou: wie daarop staat, nodigen we niet nog een keer uit.',
    ],
    warnings: 'Kijk hier even naar',
  },
  notes: notes(),
  confirm: {
    subject: title => `Bevestig dit: ${title}`,
    preheader: 'Eén klik en het gaat verder. Zonder die klik gebeurt er niets.',
    title: 'Komt dit van jou?',
    lead: title =>
      `Een mail uit jouw naam vraagt ons om ‘${title}’ te publiceren of te wijzigen. We konden niet vaststellen dat hij van jou komt, dus er is nog niets gedaan.`,
    button: 'Bekijken en bevestigen',
    notYou:
      'Was jij dit niet? Dan hoef je niets te doen. Zonder je bevestiging wordt er niets gepubliceerd en hoort niemand iets, en na enkele dagen vergeten we het.',
    once: 'We vragen dit hoogstens één keer per dag. De pagina achter de knop toont altijd alles wat wacht.',
  },
  zone: {
    subject: title => `Welke tijdzone? ${title}`,
    preheader: 'Je agenda stuurde de tijd zonder tijdzone.',
    title: 'Eén vraag voordat het online gaat',
    lead: title =>
      `Je agenda stuurde ‘${title}’ zonder tijdzone, dus we weten niet hoe laat het is voor mensen elders.`,
    button: 'Kies de tijdzone',
    after: 'We onthouden je keuze voor latere evenementen zonder tijdzone.',
  },
  explain: explain(),
  reply: {
    accepted: title => `Geaccepteerd: ${title}`,
    declined: title => `Geweigerd: ${title}`,
    acceptedBody: 'Het evenement is geregistreerd.',
    declinedBody: 'Het evenement kon niet worden geregistreerd.',
  },
});

function notes(): Intake['notes'] {
  return {
    floating_in_organizer_zone: zone =>
      `Je agenda stuurde dit evenement zonder tijdzone. We hebben ${zone} genomen, de tijdzone van je andere evenementen.`,
    plain: {
      floating_in_calendar_zone:
        'Je agenda stuurde dit evenement zonder eigen tijdzone. We hebben de tijdzone van je agenda genomen.',
      summary_cut: 'De titel is erg lang. We hebben het begin ervan bewaard.',
      location_cut: 'De plaats is erg lang. We hebben het begin ervan bewaard.',
      description_cut: 'De beschrijving is erg lang. We hebben het begin ervan bewaard.',
      html_left_out: 'De opgemaakte beschrijving is erg lang. We hebben de platte tekst ervan bewaard.',
      rule_in_override:
        'Een gewijzigde datum kan zichzelf niet herhalen. We hebben hem als die ene datum opgenomen.',
      continues_series:
        'Dit is het vervolg van een reeks die je hebt gesplitst. Wie het eerdere deel in de agenda heeft, wordt ook voor dit deel uitgenodigd.',
      unreadable_line: 'Een regel van het agendabestand was niet leesbaar en is weggelaten.',
    },
  };
}

function explain(): Intake['explain'] {
  return {
    subject: about => `Niet geregistreerd: ‘${about}’`,
    subjectPlain: 'Je mail kon niet worden geregistreerd',
    preheader: 'Wat er mis was, en wat je kunt doen.',
    title: 'We konden dit niet registreren',
    todo: 'Wat je kunt doen',
    what: {
      no_calendar: create =>
        `Je mail aan ${create} bevat geen agenda-uitnodiging, dus er is geen evenement om te registreren.`,
      forwarded: () =>
        'Deze uitnodiging is van iemand anders: de persoon die als organisator staat vermeld, heeft de uitnodiging niet verstuurd. We nemen evenementen alleen van hun eigen organisator aan.',
      tnef: () =>
        'Je mailprogramma stuurde de uitnodiging in een eigen vorm (winmail.dat) die geen ander programma leest.',
      two_events: () => 'Je mail bevat meer dan één evenement. We registreren één evenement per mail.',
      method_not_supported: () => 'Je agenda vroeg om iets wat we voor een evenement niet aanbieden.',
      too_many_mails: () =>
        'Je agenda heeft ons in korte tijd heel veel mails gestuurd, dus deze hebben we niet aangenomen. Tot het uur voorbij is, slaan we volgende mails over zonder het te melden.',
      nothing_to_cancel: () =>
        'Je hebt een evenement geannuleerd dat we niet hebben. Niemand heeft bericht gekregen, want niemand had het van ons.',
      other: () => 'Het evenement in je mail kan niet worden geregistreerd.',
    },
    hint: {
      no_calendar: create => [
        'Open het evenement in je agenda.',
        `Voeg ${create} toe als gast.`,
        'Sla het op en laat je agenda de uitnodiging versturen.',
      ],
      forwarded: create => [
        `Vraag de organisator om ${create} als gast aan het evenement zelf toe te voegen.`,
      ],
      tnef: () => [
        'Open in Outlook de opties van de mail of van deze contactpersoon en kies ervoor om uitnodigingen als iCalendar te versturen, of als HTML in plaats van RTF.',
        'Stuur de uitnodiging daarna opnieuw.',
      ],
      two_events: () => ['Stuur elk evenement in een eigen mail.'],
      method_not_supported: () => [
        'Open het evenement in je agenda, sla het op en stuur de hele uitnodiging opnieuw.',
      ],
      too_many_mails: () => ['Sla het evenement nog een keer op in je agenda als het uur voorbij is.'],
      nothing_to_cancel: () => ['Je hoeft niets te doen.'],
      other: () => ['Wijzig het in je agenda en stuur de uitnodiging opnieuw.'],
    },
  };
}
