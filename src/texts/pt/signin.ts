/** Portuguese texts, as Brazil writes them: sign-in. */
import type { Translation } from '../shape.ts';

const minutesOf = (minutes: number) => (minutes === 1 ? 'um minuto' : `${minutes} minutos`);

export const signin = (): Translation['signin'] => ({
  mail: {
    brand: 'Simple Invite Service',
    subject: 'Seu link de acesso',
    preheader: minutes => `Ele funciona uma única vez, por ${minutesOf(minutes)}.`,
    title: 'Entrar',
    lead: 'Alguém, provavelmente você, pediu para entrar com este endereço.',
    button: 'Entrar',
    once: minutes =>
      `O link funciona uma única vez, por ${minutesOf(minutes)}, no navegador em que foi pedido.`,
    elsewhere:
      'Aberto em outro navegador ou em outro dispositivo, ele mostra um código de seis dígitos: digite-o onde você fez o pedido.',
    notYou:
      'Não foi você? Então não faça nada e não passe nenhum código a ninguém. Sem o link ou o código, ninguém entra.',
    footer: 'Este e-mail foi gerado automaticamente. Ninguém lê as respostas.',
  },
  frame: {
    footer: 'Simple Invite Service. Um único cookie mantém a sessão aberta; sem rastreadores.',
  },
  form: {
    title: 'Entrar',
    lead: 'Transforme qualquer evento da sua agenda em um convite que todo mundo pode pedir.',
    email: 'E-mail',
    hint: 'Enviamos um link por e-mail. Sem senha e sem criar conta antes: o primeiro acesso abre o seu espaço de trabalho.',
    button: 'Enviar link de acesso',
    local: 'Você usa este serviço na sua própria máquina',
    localBody:
      'Os e-mails não saem dela: seu link de acesso chega à caixa de saída local. O terminal em que o serviço foi iniciado também mostra um link que abre tudo de uma vez.',
    localLink: 'Abrir a caixa de saída local',
    begin: 'Ou comece na sua agenda',
    beginSteps: mailbox => [
      'Crie um evento na sua agenda ou abra um que já exista.',
      `Adicione ${mailbox} como convidado e envie o convite.`,
      'Abra o e-mail que chegar de volta: ele traz o link da sua página.',
    ],
  },
  once: {
    title: 'Mais um clique',
    body: 'Você veio de outro site. Confira o endereço e clique no botão desta página, por favor.',
  },
  limited: {
    title: 'Aguarde um momento, por favor',
    body: wait =>
      `Muitos links de acesso foram pedidos da sua rede em pouco tempo. Tente de novo ${wait}, por favor.`,
  },
  sent: {
    title: 'Confira a sua caixa de entrada',
    to: address => `Se ${address} puder receber nossos e-mails, um link de acesso já está a caminho.`,
    here: minutes => `Abra-o neste navegador. Ele funciona uma única vez, por ${minutesOf(minutes)}.`,
    elsewhere: 'Abriu o e-mail em outro lugar?',
    code: 'Código de seis dígitos',
    codeHint: 'O link mostra o código quando é aberto em outro navegador ou em outro dispositivo.',
    codeButton: 'Entrar com o código',
    wrong:
      'Esse código não confere. Compare-o com a página que o mostra, por favor; cada novo e-mail traz um novo código.',
    tooMany: wait => `Códigos demais foram testados aqui. Use o link do e-mail ou tente de novo ${wait}.`,
    again: 'Não chegou nada? Olhe na pasta de spam ou peça um novo link.',
    againLink: 'Pedir um novo link',
  },
  press: {
    title: 'Entrar',
    as: address => `Com o endereço ${address}.`,
    operator: 'Como operador desta instalação: você vê todos os espaços de trabalho.',
    button: 'Entrar',
    not: 'Você não pediu isto? Então feche esta página. Nada acontece.',
  },
  elsewhere: {
    title: 'Falta um passo',
    titleWith: code => `Seu código: ${code}`,
    body: 'Você pediu este link em outro navegador ou em outro dispositivo. Digite lá este código:',
    warn: 'Digite-o somente na página em que você fez o pedido. Nenhum de nós jamais vai pedi-lo a você. Se você não pediu nada, feche esta página.',
  },
  over: {
    title: 'Este link já foi usado ou é antigo demais',
    body: 'Um link de acesso funciona uma única vez e por pouco tempo. Se foi você que o usou, o acesso já está feito.',
    again: 'Pedir um novo link',
    open: 'Abrir o painel',
  },
  notBuilt: {
    title: 'O painel ainda não foi gerado',
    body: 'Quem administra esta instalação pode gerá-lo com “npm run build”. As páginas e a API funcionam sem ele.',
  },
});
