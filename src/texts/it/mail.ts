/** Italian texts: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large:
      'L’email è più grande di quanto possiamo accettare. Togliere gli allegati e inviare di nuovo l’invito.',
    structure:
      'L’email ha una struttura che non possiamo leggere: troppe parti annidate o troppe intestazioni. Inviare di nuovo l’invito dal calendario.',
    unreadable: 'Non è stato possibile leggere l’email. Inviare di nuovo l’invito dal calendario.',
  },
  linkLine: (label, url) => `${label}:\n${url}`,
});
