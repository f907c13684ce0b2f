/** Portuguese texts, as Brazil writes them: the upcoming page, its digest, and following. */
import type { Translation } from '../shape.ts';

export const upcoming = (): Translation['upcoming'] => ({
  title: name => `Próximos eventos de ${name}`,
  heading: 'Próximos eventos',
  search: 'Busca',
  searchHint: 'Por título ou local.',
  find: 'Buscar',
  months: 'Meses',
  all: 'Todos',
  open: title => `Detalhes: ${title}`,
  details: 'Detalhes',
  email: 'E-mail',
  emailHint: 'O endereço que a sua agenda usa.',
  follow: name => `Receber também convites para futuros eventos de ${name}`,
  followHint:
    'Escrevemos uma vez para perguntar se o endereço é seu. Cada convite traz um link para parar de receber.',
  send: 'Receber os convites',
  sendFollow: 'Seguir estes eventos',
  promise:
    'Seu endereço é usado somente para estes eventos, e cada e-mail traz um link para parar de receber.',
  feed: 'Assinar o calendário',
  feedHint: 'Mostra todos os próximos eventos, sem respostas nem mudanças por e-mail.',
  none: 'Nada está previsto no momento.',
  noneFound: 'Nenhum próximo evento corresponde.',
  more: 'Há mais: faça uma busca ou escolha um mês.',
  problems: {
    nothing: 'Escolha pelo menos um evento, por favor.',
    tooMany: most =>
      `Escolha no máximo ${most === 1 ? 'um evento' : `${most} eventos`} de cada vez, por favor.`,
    gone: 'Um dos eventos escolhidos não está mais entre os próximos. A lista agora está atualizada.',
  },
  asked: {
    steps: from => [
      `Para cada evento chega um e-mail de ${from}, normalmente em até um minuto. Se for a primeira vez, ou se você quiser receber também os futuros, antes chega um e-mail que pergunta se o endereço é seu.`,
      'Abra cada convite e clique em “Sim”, “Talvez” ou “Não”. O organizador vê a sua resposta.',
      'Os eventos ficam na sua agenda e acompanham todas as mudanças sozinhos.',
    ],
    back: 'Voltar aos eventos',
  },
  digest: {
    subject: name => `Confirme, por favor: eventos de ${name}`,
    title: 'Este endereço é seu?',
    lead: name => `Alguém, provavelmente você, pediu convites para os eventos de ${name}.`,
    follow:
      'Também para futuros eventos: cada novo evento chega como convite, e cada convite traz um link para parar de receber.',
    button: 'Ver e confirmar',
    not: 'Não foi você? Então não faça nada: nenhum convite é enviado.',
    days: days => `O link vale por ${days === 1 ? 'um dia' : `${days} dias`}.`,
    for: address => `Para ${address}.`,
    press: 'Sim, enviar os convites',
    pressFollow: 'Sim, este endereço é meu',
    notMe: 'Não fui eu',
    doneTitle: 'Agradecemos',
    done: 'Seus convites estão a caminho. Devem chegar à sua caixa de entrada em até um minuto.',
    followed: name => `Você agora segue os eventos de ${name}. Cada novo evento chega como convite.`,
    notMeDone: 'Agradecemos. Você não vai mais receber e-mails deste organizador.',
  },
});
