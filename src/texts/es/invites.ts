/** Spanish texts: invites. */
import type { Translation } from '../shape.ts';

export const invites = (): Translation['invites'] => ({
  untitled: 'Evento sin título',
  subject: {
    invitation: (title, when) => `Invitación: ${title} – ${when}`,
    update: (title, when) => `Invitación actualizada: ${title} – ${when}`,
    cancel: (title, when) => `Evento cancelado: ${title} – ${when}`,
    confirm: title => `Por confirmar: ${title}`,
  },
  lead: {
    invitation: organizer =>
      `Tiene una invitación de ${organizer}. Responda «Sí», «Quizás» o «No»; el evento queda entonces en su calendario y sigue todos los cambios.`,
    update: organizer => `${organizer} ha cambiado este evento. Su calendario se actualiza también.`,
    instance: organizer =>
      `${organizer} ha cambiado una fecha de este evento. Todas las demás siguen como estaban.`,
    cancel: organizer => `${organizer} ha cancelado este evento. Puede quitarlo de su calendario.`,
    cancelInstance: organizer =>
      `${organizer} ha cancelado una fecha de este evento. Todas las demás siguen como estaban.`,
    removed: 'Tal como se pidió, este evento se quita de su calendario. El evento sigue en pie.',
  },
  preheader: (when, where) => (where === null ? when : `${when}, ${where}`),
  changed: 'Qué ha cambiado',
  facts: {
    event: 'Evento',
    when: 'Cuándo',
    repeats: 'Se repite',
    where: 'Dónde',
    join: 'Participar',
    host: 'Organiza',
  },
  join: 'Participar en línea',
  about: 'Sobre este evento',
  more: 'La descripción continúa en la página del evento.',
  page: 'Abrir la página del evento',
  noButtons: '¿No aparecen los botones «Sí» y «No»? Abra el archivo adjunto invite.ics con su calendario.',
  footer: {
    asked: address => `Enviado a ${address} porque la invitación se pidió con esa dirección.`,
    listed: (address, organizer) => `Enviado a ${address} porque ${organizer} invita a esa dirección.`,
    stop: 'No recibir más correos de este organizador',
    notMe: 'No fui yo',
  },
  confirm: {
    title: '¿Es esta su dirección?',
    lead: title => `Alguien, probablemente usted, ha pedido la invitación de calendario para «${title}».`,
    button: 'Sí, enviar la invitación',
    not: '¿No fue usted? Entonces no hace falta hacer nada: si no se pulsa el botón, no se envía nada más.',
    days: days => `El enlace es válido durante ${days === 1 ? 'un día' : `${days} días`}.`,
  },
});
