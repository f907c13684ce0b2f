/** German texts: invites. */
import type { Translation } from '../shape.ts';

export const invites = (): Translation['invites'] => ({
  untitled: 'Termin ohne Titel',
  subject: {
    invitation: (title, when) => `Einladung: ${title} – ${when}`,
    update: (title, when) => `Aktualisierte Einladung: ${title} – ${when}`,
    cancel: (title, when) => `Abgesagt: ${title} – ${when}`,
    confirm: title => `Bitte bestätigen: ${title}`,
  },
  lead: {
    invitation: organizer =>
      `${organizer} lädt Sie ein. Antworten Sie mit „Ja“, „Vielleicht“ oder „Nein“; dann steht der Termin in Ihrem Kalender und folgt jeder Änderung.`,
    update: organizer =>
      `${organizer} hat diesen Termin geändert. Der Eintrag in Ihrem Kalender ändert sich mit.`,
    instance: organizer =>
      `${organizer} hat einen Termin dieser Serie geändert. Alle anderen bleiben, wie sie sind.`,
    cancel: organizer =>
      `${organizer} hat diesen Termin abgesagt. Sie können ihn aus Ihrem Kalender entfernen.`,
    cancelInstance: organizer =>
      `${organizer} hat einen Termin dieser Serie abgesagt. Alle anderen bleiben, wie sie sind.`,
    removed: 'Wie gewünscht, wird dieser Termin aus Ihrem Kalender entfernt. Er findet weiterhin statt.',
  },
  preheader: (when, where) => (where === null ? when : `${when}, ${where}`),
  changed: 'Was sich geändert hat',
  facts: {
    event: 'Termin',
    when: 'Wann',
    repeats: 'Wiederholung',
    where: 'Wo',
    join: 'Teilnahme',
    host: 'Organisator',
  },
  join: 'Online teilnehmen',
  about: 'Zu diesem Termin',
  more: 'Die ganze Beschreibung steht auf der Seite des Termins.',
  page: 'Seite des Termins öffnen',
  noButtons: 'Kein „Ja“ und „Nein“ zu sehen? Öffnen Sie die angehängte Datei invite.ics mit Ihrem Kalender.',
  footer: {
    asked: address => `Gesendet an ${address}, weil die Einladung mit dieser Adresse angefordert wurde.`,
    listed: (address, organizer) => `Gesendet an ${address}, weil ${organizer} diese Adresse einlädt.`,
    stop: 'E-Mails dieses Organisators abbestellen',
    notMe: 'Das war ich nicht',
  },
  confirm: {
    title: 'Ist das Ihre Adresse?',
    lead: title => `Jemand, vermutlich Sie, hat die Kalendereinladung zu „${title}“ angefordert.`,
    button: 'Ja, Einladung senden',
    not: 'Waren Sie das nicht? Dann tun Sie einfach nichts: Ohne den Klick auf den Button wird nichts weiter gesendet.',
    days: days => `Der Link gilt ${days === 1 ? 'einen Tag' : `${days} Tage`}.`,
  },
});
