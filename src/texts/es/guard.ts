/** Spanish texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Un momento, por favor',
  body: 'Desde esta red se han pedido muchas invitaciones en poco tiempo, por eso comprobamos que no las pida una máquina.',
  busy: 'El navegador está haciendo el cálculo. Tarda uno o dos segundos y no hay que pulsar nada.',
  mailFirst:
    '¿No pasa nada? Entonces, al pulsar aquí, primero escribimos a la dirección para preguntar si es la correcta.',
  button: 'Escribir primero un correo',
});
