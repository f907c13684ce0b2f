/** Spanish texts: the page behind a campaign's button. */
import type { Translation } from '../shape.ts';

export const press = (): Translation['press'] => ({
  title: event => `Su respuesta: ${event}`,
  question: '¿Podrá asistir?',
  lead: {
    yes: 'Basta con pulsar el botón: la invitación llega al correo como un evento de calendario de verdad.',
    maybe: 'Basta con pulsar el botón: la invitación llega al correo con la respuesta «Quizás».',
    no: 'Basta con pulsar el botón para avisar a quien organiza el evento. No llega ningún correo.',
    ask: 'Elija su respuesta. Con «Sí» o «Quizás», la invitación llega al correo como un evento de calendario de verdad.',
  },
  buttons: { yes: 'Sí, allí estaré', maybe: 'Quizás', no: 'No podré asistir' },
  others: 'O responder otra cosa',
  answers: { yes: 'Sí', maybe: 'Quizás', no: 'No' },
  for: address => `La respuesta es para ${address}.`,
  forSent: 'La respuesta es para la dirección a la que se envió este correo.',
  notYou: '¿No es su dirección?',
  yourTime: 'En su hora local',
  decoy: 'Más sobre esta página',
  decoyTitle: 'Aquí no hay nada más',
  decoyBody:
    'Este enlace está pensado para los programas que siguen todos los enlaces. No cambia la respuesta.',
  back: 'Volver a la pregunta',
  toEvent: 'Ver la página del evento',
  honeypot: 'Dejar este campo vacío',
  again: {
    title: 'Pulse una vez más, por favor',
    body: 'Los programas de correo a veces abren los enlaces por su cuenta, por eso preguntamos de nuevo. Esta vez cuenta.',
  },
  conflict: {
    title: 'Llegaron dos respuestas distintas en un minuto',
    body: 'Los programas de correo a veces prueban todos los enlaces, así que no guardamos ninguna de las dos. Pulse la respuesta correcta: esa es la que cuenta.',
  },
  old: {
    title: 'Esta página ha estado abierta mucho tiempo',
    body: 'Todavía no ha pasado nada. Pulse una vez más, por favor.',
  },
  changed: {
    title: 'El evento acaba de cambiar',
    body: 'Aquí aparece la versión más reciente. Revísela y pulse de nuevo, por favor.',
  },
  elsewhere: {
    title: 'Pulse una vez más',
    body: 'La respuesta llegó desde otro sitio web. Pulse el botón en esta página, por favor.',
  },
  limited: wait =>
    `Llegaron muchas respuestas desde su red en poco tiempo. Inténtelo de nuevo ${wait}, por favor. No se pierde nada: el botón del correo sigue funcionando.`,
  limitedTitle: 'Un momento, por favor',
  other: {
    title: '¿A qué dirección enviamos la invitación?',
    body: 'Escriba su propia dirección. Primero enviamos allí un correo para comprobar que le pertenece; la respuesta cuenta en cuanto lo confirme.',
    plain:
      'Escriba la dirección que utiliza su calendario. Primero enviamos allí un correo para comprobar que le pertenece.',
    button: 'Recibir la invitación',
    promise: 'Quien recibió este correo al principio no se entera, y para esa persona no cambia nada.',
    absentTitle: 'Esta dirección ya no está en la lista',
    absent:
      'El correo se envió a una dirección que ya no figura en la lista de quien organiza el evento, así que el botón no puede saber de quién es la respuesta. Con su dirección funciona igualmente.',
  },
  preview: {
    title: 'Esto es una vista previa',
    body: 'El botón se abrió desde un correo de prueba, una vista previa o un archivo web, así que no sabe de quién es la respuesta. No se ha guardado nada.',
    next: 'En el correo que reciben los suscriptores, el botón muestra el evento y pide pulsar una vez.',
  },
  expired: {
    title: 'Este botón ha caducado',
    body: event => `Era para «${event}» y solo fue válido durante un tiempo. No se ha guardado nada.`,
    next: 'La invitación aún se puede pedir en la página del evento.',
    over: 'Los correos más recientes del mismo organizador traen botones más recientes.',
  },
  cancelled: {
    title: 'Este evento se ha cancelado',
    body: event => `Se ha cancelado «${event}». Ya no hace falta responder y no se envía nada.`,
    next: 'Si el evento está en su calendario, se eliminará o aparecerá tachado automáticamente.',
  },
  ended: {
    title: 'Este evento ya ha terminado',
    body: event => `«${event}» ya se celebró, así que no se envía nada más.`,
    next: 'El próximo evento llegará con el próximo correo del mismo organizador.',
  },
  progress: {
    title: answer => `Respuesta guardada: ${answer}`,
    contact:
      'Estamos pidiendo su dirección a la herramienta de correo. Suele tardar unos segundos; la página vuelve a comprobarlo por sí sola.',
    connection:
      'La herramienta de correo no nos responde en este momento. La respuesta está guardada y la invitación llegará en cuanto responda. Ya puede cerrar esta página.',
    limited:
      'Se enviaron muchas invitaciones a su dirección en poco tiempo. Esta queda guardada y llegará a lo largo del día. Ya puede cerrar esta página.',
    look: 'Comprobar de nuevo',
  },
  done: {
    title: answer => `Gracias. Su respuesta: ${answer}`,
    sent: address => `La invitación va de camino a ${address}. Debería llegar en menos de un minuto.`,
    already: address =>
      `La invitación ya está en el buzón de ${address}. La respuesta ha quedado registrada.`,
    confirm: address =>
      `Hemos escrito a ${address} para comprobar que esa dirección le pertenece. Confírmelo en ese correo y la invitación llegará.`,
    declined: 'Hemos registrado que no podrá asistir. No se envía ningún correo.',
    stopped: address =>
      `La respuesta queda registrada, pero no se envía ningún correo a ${address}: un envío anterior no se pudo entregar o desde esa dirección se pidió no recibir más correos.`,
    invalidTitle: 'No podemos escribir a esa dirección',
    invalid:
      'En la lista figura para usted una dirección a la que no se puede enviar correo. Con otra funciona.',
    unreachableTitle: 'No hemos podido averiguar su dirección',
    unreachable:
      'La herramienta de correo no nos ha dado su dirección durante un día entero, así que no se envió ninguna invitación. En la página del evento se puede pedir directamente.',
    overtakenTitle: 'Cuenta una respuesta más reciente',
    overtaken: 'Después de esta respuesta llegó otra. Cuenta la más reciente.',
    takenBackTitle: 'No se ha guardado ninguna respuesta',
    takenBack:
      'Llegaron dos respuestas distintas en un minuto, así que no guardamos ninguna. Abra el correo y pulse la correcta.',
    noButInvite: '¿Quiere tener el evento en el calendario de todos modos?',
    next: 'Qué ocurre ahora',
    change: '¿Ha cambiado de opinión?',
    copies: '¿No llega ningún correo después de unos minutos?',
    copiesHint:
      'Mire primero en la carpeta de spam. Estos enlaces añaden una simple copia, que no sigue los cambios posteriores.',
    file: 'Archivo de calendario (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    yahoo: 'Yahoo Calendar',
    instead: 'Usar otra dirección',
  },
  mailbox: {
    gmail: [
      'En Gmail, el correo muestra el evento junto a su calendario, con «Sí», «Quizás» y «No».',
      'Si no aparece por sí solo en Google Calendar, pulse una vez «Conozco al remitente» o responda desde el correo.',
    ],
    outlook: [
      'En Outlook, el correo llega como convocatoria de reunión; queda en el calendario como provisional hasta que responda.',
      'Allí puede cambiar la respuesta en cualquier momento con «Aceptar» o «Rechazar».',
    ],
    apple: [
      'En Apple Mail, un aviso encima del correo ofrece añadirlo al calendario, y la app Calendario muestra la invitación en su bandeja de entrada.',
      'Acéptela allí y el evento quedará en el calendario de todos sus dispositivos.',
    ],
    other: [
      'La mayoría de los programas de correo, entre ellos Gmail, Outlook y Apple Mail, muestran «Sí», «Quizás» y «No» encima del texto.',
      'Si el suyo no lo hace, abra el archivo adjunto invite.ics con su calendario.',
    ],
  },
  instant: {
    title: answer => `Su respuesta: ${answer}`,
    body: seconds =>
      `No hay que hacer nada más. En unos ${seconds} segundos la respuesta cuenta. Hasta entonces la respuesta se puede retirar.`,
    undo: 'Retirar la respuesta',
    undoneTitle: 'Respuesta retirada',
    undone: 'No se guarda nada y no se envía nada.',
    committed: 'La respuesta cuenta.',
    dropped:
      'Esto parecía un programa que prueba todos los enlaces, así que no se guardó nada. Pulse una vez para confirmar la respuesta.',
  },
});
