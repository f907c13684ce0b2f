/** German texts: why a calendar text is no event of ours, said to the organizer. `detail` is the value to blame, or empty. */
import type { Translation } from '../shape.ts';

const named = (detail: string) => (detail === '' ? '' : ` (${detail})`);

export const refusals = (): Translation['refusals'] => ({
  not_icalendar: () =>
    'Der Anhang ist keine iCalendar-Datei. Laden Sie uns aus Ihrem Kalender ein, oder hängen Sie eine .ics-Datei an.',
  vcalendar_1: () =>
    'Die Datei hat das alte Format vCalendar 1.0. Exportieren Sie sie als iCalendar (.ics, Version 2.0) und senden Sie sie noch einmal.',
  truncated: () => 'Die Kalenderdatei bricht mittendrin ab. Senden Sie die Einladung noch einmal.',
  no_event: () =>
    'Die Kalenderdatei enthält keinen Termin. Laden Sie uns zu einem Termin in Ihrem Kalender ein.',
  task_only: () =>
    'Die Kalenderdatei enthält eine Aufgabe oder eine Notiz, aber keinen Termin. Machen Sie einen Termin daraus und laden Sie uns noch einmal ein.',
  no_uid: () =>
    'Der Termin hat keine UID, deshalb ließen sich spätere Änderungen ihm nicht zuordnen. Erstellen Sie ihn in einem Kalender und laden Sie uns ein.',
  bad_uid: () =>
    'Die UID des Termins ist zu lang oder enthält Zeichen, die kein Kalender schreibt. Erstellen Sie den Termin in Ihrem Kalender neu und laden Sie uns ein.',
  no_start: () => 'Der Termin hat keinen Beginn. Legen Sie ein Datum fest und laden Sie uns noch einmal ein.',
  bad_start: detail =>
    `Der Beginn des Termins ist nicht lesbar${named(detail)}. Legen Sie Datum und Uhrzeit neu fest.`,
  bad_end: detail => `Das Ende des Termins ist nicht lesbar${named(detail)}. Legen Sie das Ende neu fest.`,
  end_before_start: detail =>
    `Der Termin endet, bevor er beginnt${named(detail)}. Legen Sie das Ende neu fest.`,
  unknown_zone: detail =>
    `Die Zeitzone des Termins ist nicht bekannt, und die Datei beschreibt sie nicht${named(detail)}. Wählen Sie in Ihrem Kalender eine Zeitzone und speichern Sie den Termin.`,
  floating_time: () =>
    'Der Termin hat keine Zeitzone, deshalb steht sein Zeitpunkt nicht fest. Wählen Sie in Ihrem Kalender eine Zeitzone und speichern Sie den Termin.',
  two_events: () =>
    'Die Einladung enthält mehr als einen Termin. Senden Sie jeden Termin in einer eigenen E-Mail.',
  two_calendars: () =>
    'Die E-Mail enthält mehr als einen Kalender. Senden Sie jeden Termin in einer eigenen E-Mail.',
  unknown_method: detail =>
    `Die Kalenderdatei hat einen unbekannten Zweck${named(detail)}. Senden Sie sie als Einladung.`,
  no_organizer: () => 'Im Termin steht kein Organisator. Laden Sie uns aus Ihrem Kalender als Gast ein.',
  too_large: () => 'Die Kalenderdaten sind zu groß. Nehmen Sie Bilder und lange Texte aus der Beschreibung.',
  too_many_lines: () =>
    'Die Kalenderdaten haben zu viele Zeilen. Senden Sie einen Termin pro E-Mail, mit weniger Gästen oder Änderungen.',
  line_too_long: () =>
    'Eine Zeile der Kalenderdaten ist zu lang. Nehmen Sie Bilder und lange Texte aus der Beschreibung.',
  too_deep: () =>
    'Die Kalenderdaten sind für einen Termin zu tief verschachtelt. Erstellen Sie den Termin in Ihrem Kalender neu und laden Sie uns ein.',
  too_many_changes: () =>
    'Die Serie hat zu viele einzeln geänderte Termine. Teilen Sie sie in kürzere Serien auf.',
  too_many_dates: () =>
    'Die Serie zählt zu viele einzelne Tage auf. Verwenden Sie eine Wiederholungsregel, oder teilen Sie sie in kürzere Serien auf.',
  rule_not_supported: detail =>
    `Diese Wiederholungsregel wird nicht unterstützt${named(detail)}. Verwenden Sie eine einfachere Regel.`,
  range_not_supported: () =>
    'Eine Änderung an „diesem und allen folgenden Terminen“ kam in einer Form, die wir nicht unterstützen. Beenden Sie die Serie und beginnen Sie eine neue.',
  year_out_of_range: detail =>
    `Der Termin liegt außerhalb der Jahre, die wir führen${named(detail)}. Prüfen Sie sein Datum und das Ende der Serie.`,
  too_long: () =>
    'Der Termin ist zu lang. Legen Sie das Ende auf höchstens ein Jahr und einen Tag nach dem Beginn, oder machen Sie eine Serie daraus.',
  sequence_out_of_range: detail =>
    `Die Revisionsnummer des Termins liegt außerhalb des zulässigen Bereichs${named(detail)}. Kopieren Sie den Termin in Ihrem Kalender, laden Sie uns zur Kopie ein und löschen Sie den alten.`,
});
