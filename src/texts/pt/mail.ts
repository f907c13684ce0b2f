/** Portuguese texts, as Brazil writes them: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large:
      'O seu e-mail é maior do que podemos aceitar. Remova os anexos e envie o convite de novo, por favor.',
    structure:
      'O seu e-mail foi montado de uma forma que não conseguimos ler: tem partes aninhadas ou cabeçalhos demais. Envie o convite de novo pela sua agenda, por favor.',
    unreadable: 'Não conseguimos ler o seu e-mail. Envie o convite de novo pela sua agenda, por favor.',
  },
  linkLine: (label, url) => `${label}:\n${url}`,
});
