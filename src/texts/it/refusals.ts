/** Italian texts: why a calendar text is no event of ours, said to the organizer. `detail` is the value to blame, or empty. */
import type { Translation } from '../shape.ts';

const named = (detail: string) => (detail === '' ? '' : ` (${detail})`);

export const refusals = (): Translation['refusals'] => ({
  not_icalendar: () =>
    'L’allegato non è un file iCalendar. Inviare l’invito dal calendario, oppure allegare un file .ics.',
  vcalendar_1: () =>
    'Il file è nel vecchio formato vCalendar 1.0. Esportarlo come iCalendar (.ics, versione 2.0) e inviarlo di nuovo.',
  truncated: () => 'Il file di calendario è incompleto. Inviare di nuovo l’invito.',
  no_event: () =>
    'Il file di calendario non contiene nessun evento. Aggiungerci come invitati a un evento del calendario.',
  task_only: () =>
    'Il file di calendario contiene un’attività o una nota, ma nessun evento. Trasformarla in un evento e inviare di nuovo l’invito.',
  no_uid: () =>
    'L’evento non ha un UID, perciò non si potrebbero abbinare le modifiche successive. Crearlo in un calendario e inviare l’invito.',
  bad_uid: () =>
    'L’UID dell’evento è troppo lungo o contiene caratteri che nessun calendario usa. Ricreare l’evento nel calendario e inviare l’invito.',
  no_start: () => 'L’evento non ha un inizio. Impostare una data e inviare di nuovo l’invito.',
  bad_start: detail =>
    `L’inizio dell’evento non è leggibile${named(detail)}. Impostarne di nuovo data e ora.`,
  bad_end: detail => `La fine dell’evento non è leggibile${named(detail)}. Impostare di nuovo la fine.`,
  end_before_start: detail =>
    `L’evento finisce prima di cominciare${named(detail)}. Impostare di nuovo la fine.`,
  unknown_zone: detail =>
    `Il fuso orario dell’evento è sconosciuto e il file non lo descrive${named(detail)}. Scegliere un fuso orario nel calendario e salvare l’evento.`,
  floating_time: () =>
    'L’evento non ha un fuso orario, perciò il momento in cui comincia non è certo. Scegliere un fuso orario nel calendario e salvare l’evento.',
  two_events: () => 'L’invito contiene più di un evento. Inviare un evento per email.',
  two_calendars: () => 'L’email contiene più di un calendario. Inviare un evento per email.',
  unknown_method: detail =>
    `Lo scopo del file di calendario è sconosciuto${named(detail)}. Inviarlo come invito.`,
  no_organizer: () => 'L’evento non indica nessun organizzatore. Aggiungerci come invitati dal calendario.',
  too_large: () =>
    'I dati di calendario sono troppo grandi. Togliere immagini e testi lunghi dalla descrizione.',
  too_many_lines: () =>
    'I dati di calendario hanno troppe righe. Inviare un evento per email, con meno invitati o meno modifiche.',
  line_too_long: () =>
    'Una riga dei dati di calendario è troppo lunga. Togliere immagini e testi lunghi dalla descrizione.',
  too_deep: () =>
    'I dati di calendario hanno troppi livelli annidati per essere un evento. Ricreare l’evento nel calendario e inviare l’invito.',
  too_many_changes: () => 'La serie ha troppe date modificate. Dividerla in serie più brevi.',
  too_many_dates: () =>
    'La serie elenca troppe date singole. Usare una regola di ripetizione, oppure dividerla in serie più brevi.',
  rule_not_supported: detail =>
    `Questa regola di ripetizione non è supportata${named(detail)}. Usare una regola più semplice.`,
  range_not_supported: () =>
    'È arrivata una modifica di «questo evento e i successivi» in una forma che non supportiamo. Terminare la serie e crearne una nuova.',
  year_out_of_range: detail =>
    `L’evento è al di fuori degli anni che gestiamo${named(detail)}. Controllarne la data e la fine della serie.`,
  too_long: () =>
    'L’evento è troppo lungo. Impostarne la fine entro un anno e un giorno dall’inizio, oppure farne una serie.',
  sequence_out_of_range: detail =>
    `Il numero di revisione dell’evento è fuori dai limiti${named(detail)}. Copiare l’evento nel calendario, inviare l’invito dalla copia ed eliminare questo.`,
});
