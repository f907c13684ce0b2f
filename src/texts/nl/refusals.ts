/** Dutch texts: why a calendar text is no event of ours, said to the organizer. `detail` is the value to blame, or empty. */
import type { Translation } from '../shape.ts';

const named = (detail: string) => (detail === '' ? '' : ` (${detail})`);

export const refusals = (): Translation['refusals'] => ({
  not_icalendar: () =>
    'De bijlage is geen iCalendar-bestand. Nodig ons uit vanuit je agenda, of voeg een .ics-bestand toe.',
  vcalendar_1: () =>
    'Het bestand heeft de oude indeling vCalendar 1.0. Exporteer het als iCalendar (.ics, versie 2.0) en stuur het opnieuw.',
  truncated: () => 'Het agendabestand breekt halverwege af. Stuur de uitnodiging opnieuw.',
  no_event: () => 'Het agendabestand bevat geen evenement. Nodig ons uit voor een evenement in je agenda.',
  task_only: () =>
    'Het agendabestand bevat een taak of een notitie, maar geen evenement. Maak er een evenement van en nodig ons opnieuw uit.',
  no_uid: () =>
    'Het evenement heeft geen UID, dus we zouden latere wijzigingen er niet aan kunnen koppelen. Maak het in een agenda en nodig ons uit.',
  bad_uid: () =>
    'De UID van het evenement is te lang of bevat tekens die geen enkele agenda gebruikt. Maak het evenement opnieuw in je agenda en nodig ons uit.',
  no_start: () => 'Het evenement heeft geen begin. Stel een datum in en nodig ons opnieuw uit.',
  bad_start: detail =>
    `Het begin van het evenement is niet leesbaar${named(detail)}. Stel de datum en de tijd opnieuw in.`,
  bad_end: detail =>
    `Het einde van het evenement is niet leesbaar${named(detail)}. Stel het einde opnieuw in.`,
  end_before_start: detail =>
    `Het evenement eindigt voordat het begint${named(detail)}. Stel het einde opnieuw in.`,
  unknown_zone: detail =>
    `De tijdzone van het evenement is onbekend en het bestand bevat er geen beschrijving van${named(detail)}. Kies een tijdzone in je agenda en sla het evenement op.`,
  floating_time: () =>
    'Het evenement heeft geen tijdzone, dus het tijdstip staat niet vast. Kies een tijdzone in je agenda en sla het evenement op.',
  two_events: () => 'De uitnodiging bevat meer dan één evenement. Stuur één evenement per mail.',
  two_calendars: () => 'De mail bevat meer dan één agenda. Stuur één evenement per mail.',
  unknown_method: detail =>
    `Het agendabestand heeft een onbekend doel${named(detail)}. Stuur het als uitnodiging.`,
  no_organizer: () => 'Het evenement noemt geen organisator. Nodig ons als gast uit vanuit je agenda.',
  too_large: () => 'De agendagegevens zijn te groot. Haal afbeeldingen en lange teksten uit de beschrijving.',
  too_many_lines: () =>
    'De agendagegevens hebben te veel regels. Stuur één evenement per mail, met minder gasten of wijzigingen.',
  line_too_long: () =>
    'Een regel van de agendagegevens is te lang. Haal afbeeldingen en lange teksten uit de beschrijving.',
  too_deep: () =>
    'De agendagegevens zijn te diep genest voor een evenement. Maak het evenement opnieuw in je agenda en nodig ons uit.',
  too_many_changes: () => 'De reeks heeft te veel gewijzigde data. Splits de reeks in kortere reeksen.',
  too_many_dates: () =>
    'De reeks bevat te veel losse data. Gebruik een herhaalregel, of splits de reeks in kortere reeksen.',
  rule_not_supported: detail =>
    `Deze herhaalregel wordt niet ondersteund${named(detail)}. Gebruik een eenvoudigere regel.`,
  range_not_supported: () =>
    'Er kwam een wijziging van ‘deze en volgende’ data in een vorm die we niet ondersteunen. Beëindig de reeks en begin een nieuwe.',
  year_out_of_range: detail =>
    `Het evenement ligt buiten de jaren die we bijhouden${named(detail)}. Controleer de datum en het einde van de reeks.`,
  too_long: () =>
    'Het evenement duurt te lang. Laat het binnen een jaar en een dag na het begin eindigen, of maak er een reeks van.',
  sequence_out_of_range: detail =>
    `Het revisienummer van het evenement valt buiten de grenzen${named(detail)}. Kopieer het evenement in je agenda, nodig ons uit voor de kopie en verwijder dit evenement.`,
});
