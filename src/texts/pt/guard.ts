/** Portuguese texts, as Brazil writes them: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Um momento, por favor',
  body: 'Muitos convites foram pedidos da sua rede em pouco tempo, por isso verificamos se não é um programa que está pedindo.',
  busy: 'Seu navegador está fazendo o cálculo. Leva um ou dois segundos, e você não precisa fazer nada.',
  mailFirst: 'Nada acontece? Clique aqui: primeiro escrevemos para o endereço e perguntamos se é seu.',
  button: 'Receber primeiro um e-mail',
});
