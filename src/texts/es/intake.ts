/** Spanish texts: the mails organizers get, and the page that confirms a draft. */
import type { Translation } from '../shape.ts';

export const intake = (): Translation['intake'] => ({
  brand: 'Simple Invite Service',
  untitled: 'su evento',
  footer: {
    invited: create => `Recibe este correo porque se invitó a ${create} a un evento de su calendario.`,
    named: create => `Recibe este correo porque llegó a ${create} un mensaje en su nombre.`,
    automatic: 'Se ha generado automáticamente. Nadie lee las respuestas.',
    trace: arrival => `Referencia de su correo: ${arrival}`,
  },
  facts: {
    event: 'Evento',
    when: 'Cuándo',
    repeats: 'Se repite',
    where: 'Dónde',
    sender: 'Se envía desde',
    mail: 'Asunto',
    line: 'Línea de los datos de calendario',
  },
  live: {
    subject: title => `Su evento está publicado: ${title}`,
    preheader: 'Aquí está su página. Quien la abra puede añadir el evento a su propio calendario.',
    title: 'Su evento está publicado',
    lead: title =>
      `«${title}» ya tiene una página. Quien la abra y deje una dirección recibe una invitación de calendario de verdad y puede responderla.`,
    open: 'Abrir la página del evento',
    share: 'Para compartir',
    page: 'Página del evento',
    campaign: 'Enlace para botones y campañas',
    file: 'Archivo de calendario (.ics), por si alguien lo pide',
    watch: 'Ver quién ha pedido la invitación',
    dashboard: 'Invitaciones y respuestas de este evento',
    dashboardHint:
      'Este enlace es solo para usted: quien lo tenga ve las direcciones de las personas invitadas. Funciona durante 30 días.',
    changes: 'Si algo cambia',
    changesList: create => [
      `Edite el evento en su calendario como siempre y deje ${create} entre los invitados. Todas las personas que tienen el evento reciben el cambio.`,
      'Cancélelo en su calendario y quedará cancelado para todos.',
      'Las respuestas se ven aquí, en el enlace de arriba. Su propia lista de invitados sigue siendo suya: no invitamos por segunda vez a nadie que figure en ella.',
    ],
    warnings: 'Conviene revisar',
  },
  notes: {
    floating_in_organizer_zone: zone =>
      `Su calendario envió este evento sin zona horaria. Hemos usado ${zone}, la zona de sus otros eventos.`,
    plain: {
      floating_in_calendar_zone:
        'Su calendario envió este evento sin zona horaria propia. Hemos usado la zona de su calendario.',
      summary_cut: 'El título es muy largo. Hemos conservado el principio.',
      location_cut: 'El lugar es muy largo. Hemos conservado el principio.',
      description_cut: 'La descripción es muy larga. Hemos conservado el principio.',
      html_left_out: 'La descripción con formato es muy larga. Hemos conservado solo el texto sin formato.',
      rule_in_override:
        'Una fecha modificada no puede repetirse por sí misma. La hemos tratado como esa única fecha.',
      continues_series:
        'Continúa una serie que se dividió. Quien tiene la parte anterior en el calendario recibe también la invitación a esta parte.',
      unreadable_line: 'Una línea de los datos de calendario no se pudo leer y se ha omitido.',
    },
  },
  confirm: {
    subject: title => `Por confirmar: ${title}`,
    preheader: 'Pulse una vez y seguimos adelante. Si no, no ocurre nada.',
    title: '¿Es suyo este mensaje?',
    lead: title =>
      `Un correo en su nombre nos pide publicar o cambiar «${title}». No hemos podido comprobar que sea suyo, así que todavía no se ha hecho nada.`,
    button: 'Ver y confirmar',
    notYou:
      'Si no fue usted, no haga nada. Sin su confirmación no se publica nada ni se avisa a nadie, y al cabo de unos días olvidamos la solicitud.',
    once: 'Preguntamos como máximo una vez al día. La página que abre el botón siempre muestra todo lo que está pendiente.',
  },
  zone: {
    subject: title => `¿Qué zona horaria? ${title}`,
    preheader: 'Su calendario envió la hora sin zona horaria.',
    title: 'Una pregunta antes de publicarlo',
    lead: title =>
      `Su calendario envió «${title}» sin zona horaria, así que no podemos saber a qué hora es para quienes están en otro lugar.`,
    button: 'Elegir la zona horaria',
    after: 'Guardamos su elección para los próximos eventos que lleguen sin zona horaria.',
  },
  explain: {
    subject: about => `No registrado: «${about}»`,
    subjectPlain: 'Su correo no se pudo registrar',
    preheader: 'Qué ha fallado y qué se puede hacer.',
    title: 'No hemos podido registrar esto',
    todo: 'Qué se puede hacer',
    what: {
      no_calendar: create =>
        `Su correo a ${create} no contiene ninguna invitación de calendario, así que no hay ningún evento que registrar.`,
      forwarded: () =>
        'Esta invitación es de otra persona: no la envió quien figura como organizador. Solo aceptamos eventos enviados por su propio organizador.',
      tnef: () =>
        'Su programa de correo envió la invitación en un formato propio (winmail.dat) que ningún otro programa lee.',
      two_events: () => 'Su correo contiene más de un evento. Registramos un evento por correo.',
      method_not_supported: () => 'Su calendario ha pedido algo que no ofrecemos para un evento.',
      too_many_mails: () =>
        'Su calendario nos ha enviado muchísimos correos en poco tiempo, así que no hemos aceptado este. Los siguientes se omitirán sin aviso hasta que pase la hora.',
      nothing_to_cancel: () =>
        'Ha cancelado un evento que no tenemos. No se ha avisado a nadie, porque nadie lo había recibido de nosotros.',
      other: () => 'El evento de su correo no se puede registrar.',
    },
    hint: {
      no_calendar: create => [
        'Abra el evento en su calendario.',
        `Añada ${create} como invitado.`,
        'Guárdelo y deje que el calendario envíe la invitación.',
      ],
      forwarded: create => [
        `Pida a quien organiza el evento que añada ${create} como invitado en el propio evento.`,
      ],
      tnef: () => [
        'En Outlook, abra las opciones del correo o de este contacto y elija enviar las invitaciones como iCalendar, o en HTML en lugar de texto enriquecido.',
        'Después envíe de nuevo la invitación.',
      ],
      two_events: () => ['Envíe cada evento en un correo distinto.'],
      method_not_supported: () => [
        'Abra el evento en su calendario, guárdelo y envíe de nuevo la invitación completa.',
      ],
      too_many_mails: () => ['Cuando haya pasado la hora, guarde el evento otra vez en su calendario.'],
      nothing_to_cancel: () => ['No hace falta hacer nada.'],
      other: () => ['Cámbielo en su calendario y envíe de nuevo la invitación.'],
    },
  },
  reply: {
    accepted: title => `Aceptado: ${title}`,
    declined: title => `Rechazado: ${title}`,
    acceptedBody: 'El evento está registrado.',
    declinedBody: 'El evento no se pudo registrar.',
  },
});
