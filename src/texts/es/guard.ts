/** Spanish texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Un momento, por favor',
  body: 'Desde su red se han pedido muchas invitaciones en poco tiempo, por eso comprobamos que no las pida un programa.',
  busy: 'El navegador está haciendo el cálculo. Tarda uno o dos segundos y no hay que pulsar nada.',
  mailFirst: '¿No ocurre nada? Pulse aquí: primero escribimos a la dirección para preguntar si le pertenece.',
  button: 'Recibir primero un correo',
});
