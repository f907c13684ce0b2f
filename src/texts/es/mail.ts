/** Spanish texts: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large:
      'El correo es más grande de lo que podemos aceptar. Quite los archivos adjuntos y envíe de nuevo la invitación, por favor.',
    structure:
      'El correo está construido de una forma que no podemos leer: tiene demasiadas partes anidadas o demasiados encabezados. Envíe de nuevo la invitación desde su calendario, por favor.',
    unreadable:
      'No hemos podido leer el correo. Envíe de nuevo la invitación desde su calendario, por favor.',
  },
  linkLine: (label, url) => `${label}:\n${url}`,
});
