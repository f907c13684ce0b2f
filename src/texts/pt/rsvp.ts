/** Portuguese texts, as Brazil writes them: rsvp. */
import type { Translation } from '../shape.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `Sobre a sua proposta de horário: ${title}`,
    title: 'O horário continua o mesmo',
    lead: organizer =>
      `Agradecemos a sugestão de outro horário. Os horários deste evento são fixos, por isso a sua agenda mantém o que foi definido por ${organizer}. A sua proposta será repassada.`,
    comment: 'Os horários deste evento são fixos. A sua proposta foi repassada ao organizador.',
    proposed: 'Sua proposta',
    stays: 'Continua valendo',
    footer: 'Este e-mail foi gerado automaticamente, porque a sua agenda enviou uma proposta.',
  },
  message: {
    subject: sender => `Mensagem de ${sender}`,
    subjectAbout: (sender, title) => `Mensagem de ${sender} sobre “${title}”`,
    title: sender => `${sender} escreveu para você`,
    lead: 'Alguém respondeu a um dos seus convites com uma mensagem em vez de “Sim” ou “Não”. Isso não mudou nada.',
    unproven: 'Não conseguimos comprovar quem enviou esta mensagem.',
    said: 'Assunto',
    from: 'De',
    event: 'Evento',
    reply: sender => `Escrever para ${sender}`,
    empty: 'O e-mail não continha nenhum texto que possamos repassar.',
    attachments: 'Os anexos não são repassados.',
    cut: 'O restante foi omitido.',
    footer: 'Você recebe este e-mail porque envia convites com este endereço.',
  },
});
