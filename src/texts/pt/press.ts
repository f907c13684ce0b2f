/** Portuguese texts, as Brazil writes them: the page behind a campaign's button. */
import type { Translation } from '../shape.ts';

export const press = (): Translation['press'] => ({
  title: event => `Sua resposta: ${event}`,
  question: 'Você vai participar?',
  lead: {
    yes: 'Basta um clique no botão: o convite chega ao seu e-mail como um evento de agenda de verdade.',
    maybe: 'Basta um clique no botão: o convite chega ao seu e-mail com a resposta “Talvez”.',
    no: 'Basta um clique no botão: quem organiza fica sabendo. Você não recebe nenhum e-mail.',
    ask: 'Escolha sua resposta. Com “Sim” ou “Talvez”, o convite chega ao seu e-mail como um evento de agenda de verdade.',
  },
  buttons: { yes: 'Sim, eu vou', maybe: 'Talvez', no: 'Não posso ir' },
  others: 'Ou responder de outra forma',
  answers: { yes: 'Sim', maybe: 'Talvez', no: 'Não' },
  for: address => `Você está respondendo por ${address}.`,
  forSent: 'Você está respondendo pelo endereço para o qual este e-mail foi enviado.',
  notYou: 'Não é você?',
  yourTime: 'No seu horário',
  decoy: 'Mais sobre esta página',
  decoyTitle: 'Não há mais nada aqui',
  decoyBody: 'Este link existe para programas que seguem todos os links. Ele não altera a sua resposta.',
  back: 'Voltar à pergunta',
  toEvent: 'Ver a página do evento',
  honeypot: 'Deixe este campo vazio',
  again: {
    title: 'Clique mais uma vez, por favor',
    body: 'Programas de e-mail às vezes abrem links sozinhos, por isso perguntamos de novo. Este clique vale.',
  },
  conflict: {
    title: 'Chegaram duas respostas diferentes em um minuto',
    body: 'Programas de e-mail às vezes testam todos os links, por isso não guardamos nenhuma das duas. Clique na resposta certa: é ela que vale.',
  },
  old: {
    title: 'Esta página ficou aberta por muito tempo',
    body: 'Nada aconteceu ainda. Clique mais uma vez, por favor.',
  },
  changed: {
    title: 'O evento acabou de mudar',
    body: 'Aqui está a versão mais recente. Confira e clique de novo, por favor.',
  },
  elsewhere: {
    title: 'Mais um clique',
    body: 'O clique veio de outro site. Clique no botão desta página, por favor.',
  },
  limited: wait =>
    `Muitas respostas chegaram da sua rede em pouco tempo. Tente de novo ${wait}, por favor. Nada se perde: o botão do e-mail continua funcionando.`,
  limitedTitle: 'Aguarde um momento, por favor',
  other: {
    title: 'Qual endereço deve receber o convite?',
    body: 'Digite o seu próprio endereço. Primeiro escrevemos para ele, para ter certeza de que é seu; sua resposta vale assim que você confirmar.',
    plain:
      'Digite o endereço que a sua agenda usa. Primeiro escrevemos para ele, para ter certeza de que é seu.',
    button: 'Receber o convite',
    promise: 'Quem recebeu este e-mail primeiro não fica sabendo, e nada muda para essa pessoa.',
    absentTitle: 'Este endereço não está mais na lista',
    absent:
      'O e-mail foi enviado para um endereço que não está mais na lista do organizador, por isso o botão não tem como saber quem você é. Com o seu endereço, funciona mesmo assim.',
  },
  preview: {
    title: 'Esta é uma prévia',
    body: 'O botão foi aberto em um e-mail de teste, uma prévia ou um arquivo da web, por isso não sabe quem você é. Nada foi registrado.',
    next: 'No e-mail que os seus assinantes recebem, ele mostra o evento e pede um clique.',
  },
  expired: {
    title: 'Este botão expirou',
    body: event => `Ele era de “${event}” e valeu por tempo limitado. Nada foi registrado.`,
    next: 'Na página do evento, você ainda pode pedir o convite.',
    over: 'E-mails mais novos do organizador trazem botões mais novos.',
  },
  cancelled: {
    title: 'Este evento foi cancelado',
    body: event => `O organizador cancelou “${event}”. Não é mais preciso responder, e nada será enviado.`,
    next: 'Se o evento está na sua agenda, ele será removido ou riscado automaticamente.',
  },
  ended: {
    title: 'Este evento já terminou',
    body: event => `“${event}” já aconteceu, por isso nada mais é enviado sobre ele.`,
    next: 'O próximo e-mail do organizador traz o próximo evento.',
  },
  progress: {
    title: answer => `Sua resposta está guardada: ${answer}`,
    contact:
      'Estamos pedindo o seu endereço à ferramenta de e-mail. Isso costuma levar alguns segundos; a página verifica de novo sozinha.',
    connection:
      'A ferramenta de e-mail não está nos respondendo agora. Sua resposta está guardada, e o convite chega assim que ela responder. Você pode fechar esta página.',
    limited:
      'Muitos convites foram enviados para o seu endereço em pouco tempo. O seu está guardado e chega ao longo do dia. Você pode fechar esta página.',
    look: 'Verificar de novo',
  },
  done: {
    title: answer => `Agradecemos. Sua resposta: ${answer}`,
    sent: address => `O convite está a caminho de ${address}. Deve chegar em até um minuto.`,
    already: address => `O convite já está na caixa de entrada de ${address}. Sua resposta foi registrada.`,
    confirm: address =>
      `Escrevemos para ${address} para ter certeza de que o endereço é seu. Confirme nesse e-mail, e o convite chega.`,
    declined: 'O organizador vê que você não pode ir. Nenhum e-mail é enviado a você.',
    stopped: address =>
      `Sua resposta foi registrada, mas nenhum e-mail é enviado para ${address}: um envio anterior não pôde ser entregue, ou esse endereço pediu para não receber mais e-mails nossos.`,
    invalidTitle: 'Não conseguimos escrever para esse endereço',
    invalid: 'A lista tem para você um endereço que não pode receber e-mails. Com outro, funciona.',
    unreachableTitle: 'Não conseguimos descobrir o seu endereço',
    unreachable:
      'A ferramenta de e-mail não nos informou o seu endereço durante um dia inteiro, por isso nenhum convite foi enviado. Na página do evento, você pode pedir o convite diretamente.',
    overtakenTitle: 'Vale uma resposta mais recente',
    overtaken: 'Você respondeu mais uma vez depois. Vale a resposta mais recente.',
    takenBackTitle: 'Nenhuma resposta foi guardada',
    takenBack:
      'Chegaram duas respostas diferentes em um minuto, por isso não guardamos nenhuma. Abra o e-mail e clique na resposta certa.',
    noButInvite: 'Quer ter o evento na agenda mesmo assim?',
    next: 'O que acontece agora',
    change: 'Mudou de ideia?',
    copies: 'Nenhum e-mail depois de alguns minutos?',
    copiesHint:
      'Olhe primeiro na pasta de spam. Estes links adicionam uma simples cópia, que não acompanha mudanças posteriores.',
    file: 'Arquivo de calendário (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    yahoo: 'Yahoo Calendar',
    instead: 'Usar outro endereço',
  },
  mailbox: {
    gmail: [
      'No Gmail, o e-mail mostra o evento ao lado da sua agenda, com “Sim”, “Talvez” e “Não”.',
      'Se ele não aparecer sozinho no Google Calendar, clique uma vez em “Conheço o remetente” ou responda no e-mail.',
    ],
    outlook: [
      'No Outlook, o e-mail chega como solicitação de reunião; ela fica no calendário como provisória até você responder.',
      'Ali você pode mudar sua resposta a qualquer momento com “Aceitar” ou “Recusar”.',
    ],
    apple: [
      'No Apple Mail, um aviso acima do e-mail oferece adicioná-lo ao calendário, e o app Calendário mostra o convite na caixa de entrada dele.',
      'Aceite ali, e o evento fica no calendário de todos os seus dispositivos.',
    ],
    other: [
      'A maioria dos programas de e-mail, como Gmail, Outlook e Apple Mail, mostra “Sim”, “Talvez” e “Não” acima do texto.',
      'Se o seu não mostrar, abra o arquivo anexo invite.ics com a sua agenda.',
    ],
  },
  instant: {
    title: answer => `Sua resposta: ${answer}`,
    body: seconds =>
      `Não é preciso fazer mais nada. Em cerca de ${seconds} ${seconds === 1 ? 'segundo' : 'segundos'}, sua resposta vale. Até lá, você pode voltar atrás.`,
    undo: 'Voltar atrás',
    undoneTitle: 'Resposta desfeita',
    undone: 'Nada foi registrado, e nada é enviado.',
    committed: 'Sua resposta vale.',
    dropped:
      'Isso parecia um programa que testa todos os links, por isso nada foi registrado. Um clique confirma que foi você.',
  },
});
