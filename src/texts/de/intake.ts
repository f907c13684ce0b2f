/** German texts: the mails organizers get, and the page that confirms a draft. */
import type { Translation } from '../shape.ts';

export const intake = (): Translation['intake'] => ({
  brand: 'Simple Invite Service',
  untitled: 'Ihr Termin',
  footer: {
    invited: create =>
      `Sie bekommen diese E-Mail, weil ${create} zu einem Termin in Ihrem Kalender eingeladen wurde.`,
    named: create => `Sie bekommen diese E-Mail, weil in Ihrem Namen eine E-Mail an ${create} kam.`,
    automatic: 'Sie wurde automatisch erstellt. Antworten darauf liest niemand.',
    trace: arrival => `Kennung Ihrer E-Mail: ${arrival}`,
  },
  facts: {
    event: 'Termin',
    when: 'Wann',
    repeats: 'Wiederholung',
    where: 'Wo',
    sender: 'Absender',
    mail: 'Betreff',
    line: 'Zeile der Kalenderdaten',
  },
  live: {
    subject: title => `Ihr Termin ist veröffentlicht: ${title}`,
    preheader: 'Hier ist seine Seite. Wer sie öffnet, kann den Termin in den eigenen Kalender übernehmen.',
    title: 'Ihr Termin ist veröffentlicht',
    lead: title =>
      `„${title}“ hat jetzt eine Seite. Wer sie öffnet und eine Adresse angibt, bekommt eine echte Kalendereinladung und kann darauf antworten.`,
    open: 'Seite des Termins öffnen',
    share: 'Weitergeben',
    page: 'Seite des Termins',
    campaign: 'Link für Buttons und Kampagnen',
    file: 'Kalenderdatei (.ics), falls jemand danach fragt',
    watch: 'Wer die Einladung angefordert hat',
    dashboard: 'Einladungen und Antworten zu diesem Termin',
    dashboardHint:
      'Dieser Link ist nur für Sie: Wer ihn hat, sieht die Adressen der Eingeladenen. Er gilt 30 Tage.',
    changes: 'Wenn sich etwas ändert',
    changesList: create => [
      `Bearbeiten Sie den Termin wie immer in Ihrem Kalender, und lassen Sie ${create} unter den Gästen stehen. Alle, die den Termin haben, bekommen die Änderung.`,
      'Sagen Sie ihn in Ihrem Kalender ab, dann ist er für alle abgesagt.',
      'Die Antworten finden Sie über den Link oben. Ihre eigene Gästeliste bleibt Ihre: Wer darauf steht, wird von uns nicht noch einmal eingeladen.',
    ],
    warnings: 'Bitte beachten',
  },
  notes: {
    floating_in_organizer_zone: zone =>
      `Ihr Kalender hat diesen Termin ohne Zeitzone gesendet. Wir haben ${zone} angenommen, die Zeitzone Ihrer anderen Termine.`,
    plain: {
      floating_in_calendar_zone:
        'Ihr Kalender hat diesen Termin ohne eigene Zeitzone gesendet. Wir haben die Zeitzone Ihres Kalenders angenommen.',
      summary_cut: 'Der Titel ist sehr lang. Wir haben nur seinen Anfang übernommen.',
      location_cut: 'Die Ortsangabe ist sehr lang. Wir haben nur ihren Anfang übernommen.',
      description_cut: 'Die Beschreibung ist sehr lang. Wir haben nur ihren Anfang übernommen.',
      html_left_out: 'Die formatierte Beschreibung ist sehr lang. Wir haben nur den reinen Text übernommen.',
      rule_in_override:
        'Ein einzeln geänderter Termin kann sich nicht selbst wiederholen. Wir haben ihn als diesen einen Termin übernommen.',
      continues_series:
        'Er setzt eine Serie fort, die Sie geteilt haben. Wer den früheren Teil im Kalender hat, wird auch zu diesem Teil eingeladen.',
      unreadable_line: 'Eine Zeile der Kalenderdaten war nicht lesbar und wurde weggelassen.',
    },
  },
  confirm: {
    subject: title => `Bitte bestätigen: ${title}`,
    preheader: 'Ein Klick, und es geht weiter. Ohne ihn geschieht nichts.',
    title: 'Kommt das von Ihnen?',
    lead: title =>
      `Eine E-Mail in Ihrem Namen bittet uns, „${title}“ zu veröffentlichen oder zu ändern. Wir konnten nicht sicher sein, dass sie von Ihnen kommt. Deshalb ist noch nichts geschehen.`,
    button: 'Ansehen und bestätigen',
    notYou:
      'Waren Sie das nicht, dann tun Sie einfach nichts. Ohne Ihre Bestätigung wird nichts veröffentlicht und niemand benachrichtigt, und nach einigen Tagen löschen wir die Anfrage.',
    once: 'Wir fragen höchstens einmal am Tag. Die Seite hinter dem Button zeigt immer alles, was noch wartet.',
  },
  zone: {
    subject: title => `Welche Zeitzone? ${title}`,
    preheader: 'Ihr Kalender hat die Uhrzeit ohne Zeitzone gesendet.',
    title: 'Eine Frage vor der Veröffentlichung',
    lead: title =>
      `Ihr Kalender hat „${title}“ ohne Zeitzone gesendet. Deshalb können wir nicht wissen, wie spät es dann anderswo ist.`,
    button: 'Zeitzone wählen',
    after: 'Wir merken uns Ihre Wahl für spätere Termine, die ohne Zeitzone kommen.',
  },
  explain: {
    subject: about => `Nicht eingetragen: „${about}“`,
    subjectPlain: 'Ihre E-Mail konnte nicht eingetragen werden',
    preheader: 'Was nicht gestimmt hat und was Sie tun können.',
    title: 'Das konnten wir nicht eintragen',
    todo: 'Was Sie tun können',
    what: {
      no_calendar: create =>
        `Ihre E-Mail an ${create} enthält keine Kalendereinladung, also auch keinen Termin, den wir eintragen könnten.`,
      forwarded: () =>
        'Diese Einladung gehört jemand anderem: Die Person, die als Organisator eingetragen ist, hat sie nicht gesendet. Wir nehmen Termine nur vom Organisator selbst an.',
      tnef: () =>
        'Ihr Mailprogramm hat die Einladung in einem eigenen Format (winmail.dat) gesendet, das kein anderes Programm liest.',
      two_events: () => 'Ihre E-Mail enthält mehr als einen Termin. Wir tragen einen Termin pro E-Mail ein.',
      method_not_supported: () =>
        'Ihr Kalender hat um etwas gebeten, das wir für einen Termin nicht anbieten.',
      too_many_mails: () =>
        'Ihr Kalender hat uns in kurzer Zeit sehr viele E-Mails gesendet, deshalb haben wir diese nicht angenommen. Weitere übergehen wir ohne Nachricht, bis die Stunde vorbei ist.',
      nothing_to_cancel: () =>
        'Sie haben einen Termin abgesagt, den wir nicht kennen. Es wurde niemand benachrichtigt, weil ihn niemand von uns hatte.',
      other: () => 'Der Termin in Ihrer E-Mail kann nicht eingetragen werden.',
    },
    hint: {
      no_calendar: create => [
        'Öffnen Sie den Termin in Ihrem Kalender.',
        `Fügen Sie ${create} als Gast hinzu.`,
        'Speichern Sie ihn und lassen Sie den Kalender die Einladung senden.',
      ],
      forwarded: create => [`Bitten Sie den Organisator, ${create} als Gast zum Termin selbst hinzuzufügen.`],
      tnef: () => [
        'Öffnen Sie in Outlook die Optionen der E-Mail oder dieses Kontakts und wählen Sie, dass Einladungen als iCalendar gesendet werden, oder HTML statt Rich-Text.',
        'Senden Sie die Einladung dann noch einmal.',
      ],
      two_events: () => ['Senden Sie jeden Termin in einer eigenen E-Mail.'],
      method_not_supported: () => [
        'Öffnen Sie den Termin in Ihrem Kalender, speichern Sie ihn und senden Sie die ganze Einladung noch einmal.',
      ],
      too_many_mails: () => [
        'Speichern Sie den Termin noch einmal in Ihrem Kalender, wenn die Stunde vorbei ist.',
      ],
      nothing_to_cancel: () => ['Sie müssen nichts tun.'],
      other: () => ['Ändern Sie ihn in Ihrem Kalender und senden Sie die Einladung noch einmal.'],
    },
  },
  reply: {
    accepted: title => `Zugesagt: ${title}`,
    declined: title => `Abgelehnt: ${title}`,
    acceptedBody: 'Der Termin ist eingetragen.',
    declinedBody: 'Der Termin konnte nicht eingetragen werden.',
  },
});
