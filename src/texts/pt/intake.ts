/** Portuguese texts, as Brazil writes them: the mails organizers get, and the page that confirms a draft. */
import type { Translation } from '../shape.ts';

export const intake = (): Translation['intake'] => ({
  brand: 'Simple Invite Service',
  untitled: 'seu evento',
  footer: {
    invited: create => `Você recebe este e-mail porque ${create} foi convidado para um evento da sua agenda.`,
    named: create => `Você recebe este e-mail porque chegou a ${create} uma mensagem em seu nome.`,
    automatic: 'Ele foi gerado automaticamente. Ninguém lê as respostas.',
    trace: arrival => `Referência do seu e-mail: ${arrival}`,
  },
  facts: {
    event: 'Evento',
    when: 'Quando',
    repeats: 'Repetição',
    where: 'Onde',
    sender: 'Enviado de',
    mail: 'Assunto',
    line: 'Linha dos dados de calendário',
  },
  live: {
    subject: title => `Seu evento está no ar: ${title}`,
    preheader: 'Aqui está a página dele. Quem a abrir pode pôr o evento na própria agenda.',
    title: 'Seu evento está no ar',
    lead: title =>
      `“${title}” agora tem uma página. Quem a abrir e deixar um endereço recebe um convite de agenda de verdade e pode responder a ele.`,
    open: 'Abrir a página do evento',
    share: 'Para divulgar',
    page: 'Página do evento',
    campaign: 'Link para botões e campanhas',
    file: 'Arquivo de calendário (.ics), se alguém pedir',
    watch: 'Ver quem pediu o convite',
    dashboard: 'Convites e respostas deste evento',
    dashboardHint:
      'Este link é só seu: quem o tiver vê os endereços das pessoas convidadas. Ele funciona por 30 dias.',
    changes: 'Quando algo mudar',
    changesList: create => [
      `Edite o evento na sua agenda como sempre e mantenha ${create} entre os convidados. Todos os que têm o evento recebem a mudança.`,
      'Cancele o evento na sua agenda, e ele fica cancelado para todos.',
      'As respostas aparecem aqui, no link acima. A sua própria lista de convidados continua sua: não convidamos ninguém dela pela segunda vez.',
    ],
    warnings: 'Confira, por favor',
  },
  notes: {
    floating_in_organizer_zone: zone =>
      `Sua agenda enviou este evento sem fuso horário. Usamos ${zone}, o fuso dos seus outros eventos.`,
    plain: {
      floating_in_calendar_zone:
        'Sua agenda enviou este evento sem fuso horário próprio. Usamos o fuso da sua agenda.',
      summary_cut: 'O título é muito longo. Mantivemos o começo.',
      location_cut: 'O local é muito longo. Mantivemos o começo.',
      description_cut: 'A descrição é muito longa. Mantivemos o começo.',
      html_left_out: 'A descrição com formatação é muito longa. Mantivemos somente o texto sem formatação.',
      rule_in_override: 'Uma data alterada não pode se repetir sozinha. Nós a tratamos como essa única data.',
      continues_series:
        'Ele continua uma série que você dividiu. Quem tem a parte anterior na agenda também recebe o convite desta parte.',
      unreadable_line: 'Uma linha dos dados de calendário não pôde ser lida e foi omitida.',
    },
  },
  confirm: {
    subject: title => `Confirme, por favor: ${title}`,
    preheader: 'Um clique, e tudo segue. Sem ele, nada acontece.',
    title: 'Isto é seu?',
    lead: title =>
      `Um e-mail em seu nome nos pede para publicar ou alterar “${title}”. Não conseguimos ter certeza de que veio de você, por isso nada foi feito ainda.`,
    button: 'Ver e confirmar',
    notYou:
      'Se não foi você, não faça nada. Sem a sua confirmação, nada é publicado e ninguém é avisado, e depois de alguns dias esquecemos o pedido.',
    once: 'Perguntamos no máximo uma vez por dia. A página que o botão abre sempre mostra tudo o que está pendente.',
  },
  zone: {
    subject: title => `Qual fuso horário? ${title}`,
    preheader: 'Sua agenda enviou a hora sem fuso horário.',
    title: 'Uma pergunta antes de publicar',
    lead: title =>
      `Sua agenda enviou “${title}” sem fuso horário, por isso não temos como saber que horas são para quem está em outro lugar.`,
    button: 'Escolher o fuso horário',
    after: 'Guardamos a sua escolha para os próximos eventos que chegarem sem fuso horário.',
  },
  explain: {
    subject: about => `Não registrado: “${about}”`,
    subjectPlain: 'Seu e-mail não pôde ser registrado',
    preheader: 'O que deu errado e o que fazer.',
    title: 'Não conseguimos registrar isto',
    todo: 'O que fazer',
    what: {
      no_calendar: create =>
        `Seu e-mail para ${create} não contém nenhum convite de agenda, por isso não há evento para registrar.`,
      forwarded: () =>
        'Este convite é de outra pessoa: quem consta como organizador não o enviou. Só aceitamos eventos enviados pelo próprio organizador.',
      tnef: () =>
        'Seu programa de e-mail enviou o convite em um formato próprio (winmail.dat) que nenhum outro programa lê.',
      two_events: () => 'Seu e-mail contém mais de um evento. Registramos um evento por e-mail.',
      method_not_supported: () => 'Sua agenda pediu algo que não oferecemos para um evento.',
      too_many_mails: () =>
        'Sua agenda nos enviou e-mails demais em pouco tempo, por isso não aceitamos este. Os próximos serão ignorados sem aviso até a hora terminar.',
      nothing_to_cancel: () =>
        'Você cancelou um evento que não temos. Ninguém foi avisado, porque ninguém o tinha recebido de nós.',
      other: () => 'O evento do seu e-mail não pode ser registrado.',
    },
    hint: {
      no_calendar: create => [
        'Abra o evento na sua agenda.',
        `Adicione ${create} como convidado.`,
        'Salve-o e deixe a agenda enviar o convite.',
      ],
      forwarded: create => [`Peça ao organizador que adicione ${create} como convidado no próprio evento.`],
      tnef: () => [
        'No Outlook, abra as opções do e-mail ou deste contato e escolha enviar os convites como iCalendar, ou em HTML em vez de rich text.',
        'Depois envie o convite de novo.',
      ],
      two_events: () => ['Envie cada evento em um e-mail separado.'],
      method_not_supported: () => [
        'Abra o evento na sua agenda, salve-o e envie o convite completo de novo.',
      ],
      too_many_mails: () => ['Quando a hora terminar, salve o evento mais uma vez na sua agenda.'],
      nothing_to_cancel: () => ['Você não precisa fazer nada.'],
      other: () => ['Altere-o na sua agenda e envie o convite de novo.'],
    },
  },
  reply: {
    accepted: title => `Aceito: ${title}`,
    declined: title => `Recusado: ${title}`,
    acceptedBody: 'O evento está registrado.',
    declinedBody: 'O evento não pôde ser registrado.',
  },
});
