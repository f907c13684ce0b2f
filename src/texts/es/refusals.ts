/** Spanish texts: why a calendar text is no event of ours, said to the organizer. `detail` is the value to blame, or empty. */
import type { Translation } from '../shape.ts';

const named = (detail: string) => (detail === '' ? '' : ` (${detail})`);

export const refusals = (): Translation['refusals'] => ({
  not_icalendar: () =>
    'El archivo adjunto no es un archivo iCalendar. Invítenos desde su calendario o adjunte un archivo .ics.',
  vcalendar_1: () =>
    'El archivo está en el antiguo formato vCalendar 1.0. Expórtelo como iCalendar (.ics, versión 2.0) y envíelo de nuevo.',
  truncated: () => 'El archivo de calendario está cortado. Envíe de nuevo la invitación.',
  no_event: () =>
    'El archivo de calendario no contiene ningún evento. Invítenos a un evento de su calendario.',
  task_only: () =>
    'El archivo de calendario contiene una tarea o una nota, pero ningún evento. Conviértala en un evento e invítenos de nuevo.',
  no_uid: () =>
    'El evento no tiene UID, así que los cambios posteriores no se podrían asociar con él. Créelo en un calendario e invítenos.',
  bad_uid: () =>
    'El UID del evento es demasiado largo o contiene caracteres que ningún calendario escribe. Cree de nuevo el evento en su calendario e invítenos.',
  no_start: () => 'El evento no tiene comienzo. Ponga una fecha e invítenos de nuevo.',
  bad_start: detail =>
    `No se puede leer el comienzo del evento${named(detail)}. Vuelva a poner su fecha y hora.`,
  bad_end: detail => `No se puede leer el final del evento${named(detail)}. Vuelva a ponerlo.`,
  end_before_start: detail => `El evento termina antes de empezar${named(detail)}. Vuelva a poner su final.`,
  unknown_zone: detail =>
    `La zona horaria del evento es desconocida y el archivo no la describe${named(detail)}. Elija una zona horaria en su calendario y guarde el evento.`,
  floating_time: () =>
    'El evento no tiene zona horaria, así que no se sabe con certeza cuándo es. Elija una zona horaria en su calendario y guarde el evento.',
  two_events: () => 'La invitación contiene más de un evento. Envíe un solo evento por correo.',
  two_calendars: () => 'El correo contiene más de un calendario. Envíe un solo evento por correo.',
  unknown_method: detail =>
    `El archivo de calendario tiene una finalidad desconocida${named(detail)}. Envíelo como invitación.`,
  no_organizer: () => 'El evento no indica ningún organizador. Invítenos desde su calendario.',
  too_large: () =>
    'Los datos de calendario son demasiado grandes. Quite las imágenes y los textos largos de la descripción.',
  too_many_lines: () =>
    'Los datos de calendario tienen demasiadas líneas. Envíe un solo evento por correo, con menos invitados o cambios.',
  line_too_long: () =>
    'Una línea de los datos de calendario es demasiado larga. Quite las imágenes y los textos largos de la descripción.',
  too_deep: () =>
    'Los datos de calendario están demasiado anidados para ser un evento. Cree de nuevo el evento en su calendario e invítenos.',
  too_many_changes: () => 'La serie tiene demasiadas fechas modificadas. Divídala en series más cortas.',
  too_many_dates: () =>
    'La serie enumera demasiadas fechas sueltas. Use una regla de repetición o divídala en series más cortas.',
  rule_not_supported: detail =>
    `Esta regla de repetición no se admite${named(detail)}. Use una regla más sencilla.`,
  range_not_supported: () =>
    'Un cambio de «este evento y los siguientes» llegó en una forma que no admitimos. Termine la serie y empiece una nueva.',
  year_out_of_range: detail =>
    `El evento queda fuera de los años que manejamos${named(detail)}. Compruebe su fecha y el final de la serie.`,
  too_long: () =>
    'El evento es demasiado largo. Ponga su final como máximo un año y un día después del comienzo o conviértalo en una serie.',
  sequence_out_of_range: detail =>
    `El número de revisión del evento está fuera de los límites${named(detail)}. Copie el evento en su calendario, invítenos a la copia y elimine este.`,
});
