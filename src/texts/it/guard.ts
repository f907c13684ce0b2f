/** Italian texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Un momento, per favore',
  body: 'Da questa rete sono stati richiesti molti inviti in poco tempo: verifichiamo che non sia un programma a richiederli.',
  busy: 'Il browser sta eseguendo la verifica. Bastano uno o due secondi e non serve premere nulla.',
  mailFirst: 'Non succede nulla? Premendo qui inviamo prima un’email per verificare l’indirizzo.',
  button: 'Inviatemi prima un’email',
});
