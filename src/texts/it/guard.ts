/** Italian texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Un momento, per favore',
  body: 'Da questa rete sono stati chiesti molti inviti in poco tempo: verifichiamo che non sia una macchina a chiederli.',
  busy: 'Il browser sta facendo il calcolo. Bastano uno o due secondi, e non serve premere nulla.',
  mailFirst: 'Non succede niente? Premendo qui scriviamo prima all’indirizzo per chiedere conferma.',
  button: 'Prima una mail di conferma',
});
