/** Portuguese texts, as Brazil writes them: invites. */
import type { Translation } from '../shape.ts';

export const invites = (): Translation['invites'] => ({
  untitled: 'Evento sem título',
  subject: {
    invitation: (title, when) => `Convite: ${title} – ${when}`,
    update: (title, when) => `Convite atualizado: ${title} – ${when}`,
    cancel: (title, when) => `Evento cancelado: ${title} – ${when}`,
    confirm: title => `Confirme, por favor: ${title}`,
  },
  lead: {
    invitation: organizer =>
      `Você recebeu um convite de ${organizer}. Responda “Sim”, “Talvez” ou “Não”; o evento fica então na sua agenda e acompanha todas as mudanças.`,
    update: organizer => `${organizer} alterou este evento. Na sua agenda, ele muda também.`,
    instance: organizer =>
      `${organizer} alterou uma data deste evento. Todas as outras continuam como estão.`,
    cancel: organizer => `${organizer} cancelou este evento. Você pode removê-lo da sua agenda.`,
    cancelInstance: organizer =>
      `${organizer} cancelou uma data deste evento. Todas as outras continuam como estão.`,
    removed: 'Como você pediu, este evento é removido da sua agenda. Ele continua marcado.',
  },
  preheader: (when, where) => (where === null ? when : `${when}, ${where}`),
  changed: 'O que mudou',
  facts: {
    event: 'Evento',
    when: 'Quando',
    repeats: 'Repetição',
    where: 'Onde',
    join: 'Participar',
    host: 'Organização',
  },
  join: 'Participar online',
  about: 'Sobre este evento',
  more: 'A descrição continua na página do evento.',
  page: 'Abrir a página do evento',
  noButtons: 'Não aparecem os botões “Sim” e “Não”? Abra o arquivo anexo invite.ics com a sua agenda.',
  footer: {
    asked: address => `Enviado para ${address}, porque o convite foi pedido com esse endereço.`,
    listed: (address, organizer) =>
      `Enviado para ${address}, porque esse endereço foi convidado por ${organizer}.`,
    stop: 'Não receber mais e-mails deste organizador',
    notMe: 'Não fui eu',
  },
  confirm: {
    title: 'Este endereço é seu?',
    lead: title => `Alguém, provavelmente você, pediu o convite de agenda para “${title}”.`,
    button: 'Sim, enviar o convite',
    not: 'Não foi você? Então não faça nada: sem o clique no botão, nada mais é enviado.',
    days: days => `O link vale por ${days === 1 ? 'um dia' : `${days} dias`}.`,
  },
});
