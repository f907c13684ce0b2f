/** Portuguese texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `Conecte ${platform} novamente`,
  preheader: platform => `As respostas esperam aqui até que ${platform} nos deixe entrar.`,
  lead: (platform, account) =>
    `${platform} não nos deixa mais entrar em “${account}”: o acesso foi retirado ou expirou. Conecte a conta novamente; o que está esperando será enviado em seguida.`,
  button: 'Conectar novamente',
  meanwhile: platform =>
    `Convites e respostas continuam como antes. O que as pessoas respondem fica guardado e é gravado em ${platform} assim que a conta estiver conectada.`,
  footer: 'Este e-mail é enviado a quem trabalha neste espaço de trabalho. Ele foi gerado automaticamente.',
});
