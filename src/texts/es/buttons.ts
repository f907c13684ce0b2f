/** Spanish texts: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'Sí', maybe: 'Quizás', no: 'No', ask: 'Confirmar asistencia' },
  names: {
    yes: title => `Sí, asistiré: ${title}`,
    maybe: title => `Quizás asista: ${title}`,
    no: title => `No asistiré: ${title}`,
    ask: title => `Confirmar asistencia: ${title}`,
  },
  upcoming: 'Próximos eventos',
  savedName: title => `Confirmar asistencia: ${title}`,
  savedUpcoming: 'Confirmar asistencia: próximos eventos',
  contrast: (color, text, better) =>
    `${text} sobre ${color} se lee mal. Elija colores con más contraste, por ejemplo ${better} para el texto, o un tono más oscuro o más claro que ${color}.`,
  notConnected: platform =>
    `No hay ninguna cuenta de ${platform} conectada. Conecte una primero o cree un botón para otra herramienta de correo.`,
  otherPlatform: platform => `Esta conexión no es una cuenta de ${platform}.`,
  audienceNeeded: (platform, names) =>
    `Un botón de ${platform} se crea para una sola audiencia. Indique una de estas: ${names}.`,
  noAudience: platform =>
    `La cuenta de ${platform} todavía no tiene ninguna audiencia. Cree primero una allí.`,
  unknownAudience: names => `La cuenta no tiene esa audiencia. Tiene: ${names}.`,
  notSaved: 'Solo un botón para una cuenta conectada se puede guardar en ella.',
  draft: 'Este evento espera la confirmación de quien lo organiza. Confírmelo y cree después el botón.',
  cancelled: 'Este evento se ha cancelado, así que no tiene botón.',
  ended: 'Este evento ya ha terminado, así que no tiene botón.',
});
