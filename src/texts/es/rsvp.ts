/** Spanish texts: rsvp. */
import type { Translation } from '../shape.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `Sobre su propuesta de horario: ${title}`,
    title: 'El horario no cambia',
    lead: organizer =>
      `Gracias por proponer otro horario. Los horarios de este evento son fijos, así que en su calendario se mantiene el que ha fijado ${organizer}. Haremos llegar la propuesta.`,
    comment: 'Los horarios de este evento son fijos. La propuesta se ha hecho llegar a quien lo organiza.',
    proposed: 'Su propuesta',
    stays: 'Se mantiene',
    footer: 'Este correo se ha generado automáticamente porque su calendario envió una propuesta.',
  },
  message: {
    subject: sender => `Mensaje de ${sender}`,
    subjectAbout: (sender, title) => `Mensaje de ${sender} sobre «${title}»`,
    title: sender => `${sender} le ha escrito`,
    lead: 'Alguien respondió a una de sus invitaciones con un mensaje en lugar de «Sí» o «No». Con ello no ha cambiado nada.',
    unproven: 'No hemos podido comprobar quién lo envió.',
    said: 'Asunto',
    from: 'De',
    event: 'Evento',
    reply: sender => `Escribir a ${sender}`,
    empty: 'El correo no contenía ningún texto que podamos reenviar.',
    attachments: 'Los archivos adjuntos no se reenvían.',
    cut: 'El resto se ha omitido.',
    footer: 'Recibe este correo porque envía invitaciones con esta dirección.',
  },
});
