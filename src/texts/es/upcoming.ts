/** Spanish texts: the upcoming page, its digest, and following. */
import type { Translation } from '../shape.ts';

export const upcoming = (): Translation['upcoming'] => ({
  title: name => `Próximos eventos de ${name}`,
  heading: 'Próximos eventos',
  search: 'Búsqueda',
  searchHint: 'Por título o lugar.',
  find: 'Buscar',
  months: 'Meses',
  all: 'Todos',
  open: title => `Detalles: ${title}`,
  details: 'Detalles',
  email: 'Correo electrónico',
  emailHint: 'La dirección que utiliza su calendario.',
  follow: name => `Recibir también las invitaciones a futuros eventos de ${name}`,
  followHint:
    'Escribimos una vez para preguntar si la dirección le pertenece. Cada invitación incluye un enlace para darse de baja.',
  send: 'Recibir las invitaciones',
  sendFollow: 'Seguir estos eventos',
  promise: 'Su dirección se usa solo para estos eventos, y cada correo incluye un enlace para darse de baja.',
  feed: 'Suscribirse al calendario',
  feedHint: 'Muestra todos los próximos eventos, sin respuestas ni cambios por correo.',
  none: 'No hay nada previsto por el momento.',
  noneFound: 'Ningún evento próximo coincide.',
  more: 'Hay más: use la búsqueda o elija un mes.',
  problems: {
    nothing: 'Elija al menos un evento, por favor.',
    tooMany: most => `Elija como máximo ${most === 1 ? 'un evento' : `${most} eventos`} a la vez, por favor.`,
    gone: 'Uno de los eventos elegidos ya no está entre los próximos. La lista ya está actualizada.',
  },
  asked: {
    steps: from => [
      `Por cada evento llega un correo de ${from}, normalmente en menos de un minuto. Si es la primera vez, o si quiere recibir también los futuros, antes llega un correo que pregunta si la dirección le pertenece.`,
      'Abra cada invitación y pulse «Sí», «Quizás» o «No». Quien organiza el evento ve la respuesta.',
      'Los eventos quedan en su calendario y siguen todos los cambios por sí solos.',
    ],
    back: 'Volver a los eventos',
  },
  digest: {
    subject: name => `Por confirmar: eventos de ${name}`,
    title: '¿Es esta su dirección?',
    lead: name => `Alguien, probablemente usted, ha pedido invitaciones a los eventos de ${name}.`,
    follow:
      'También para futuros eventos: cada uno llega como invitación, y cada invitación incluye un enlace para darse de baja.',
    button: 'Ver y confirmar',
    not: '¿No fue usted? Entonces no hace falta hacer nada: no se envía ninguna invitación.',
    days: days => `El enlace es válido durante ${days === 1 ? 'un día' : `${days} días`}.`,
    for: address => `Para ${address}.`,
    press: 'Sí, enviar las invitaciones',
    pressFollow: 'Sí, esta es mi dirección',
    notMe: 'No fui yo',
    doneTitle: 'Gracias',
    done: 'Las invitaciones van de camino. Deberían llegar a su bandeja de entrada en menos de un minuto.',
    followed: name => `Ahora sigue los eventos de ${name}. Cada evento nuevo llega como invitación.`,
    notMeDone: 'Gracias. No recibirá más correos de este organizador.',
  },
});
