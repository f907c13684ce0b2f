/** Portuguese texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Um momento, por favor',
  body: 'Muitos convites foram pedidos a partir desta rede em pouco tempo, por isso verificamos que não é uma máquina a pedir.',
  busy: 'O navegador está a fazer o cálculo. Demora um ou dois segundos e não é preciso premir nada.',
  mailFirst: 'Nada acontece? Ao premir aqui, primeiro escrevemos para o endereço e perguntamos se é seu.',
  button: 'Escrever-me primeiro',
});
