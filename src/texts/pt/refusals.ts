/** Portuguese texts, as Brazil writes them: why a calendar text is no event of ours, said to the organizer. `detail` is the value to blame, or empty. */
import type { Translation } from '../shape.ts';

const named = (detail: string) => (detail === '' ? '' : ` (${detail})`);

export const refusals = (): Translation['refusals'] => ({
  not_icalendar: () =>
    'O anexo não é um arquivo iCalendar. Convide-nos pela sua agenda ou anexe um arquivo .ics.',
  vcalendar_1: () =>
    'O arquivo está no antigo formato vCalendar 1.0. Exporte-o como iCalendar (.ics, versão 2.0) e envie de novo.',
  truncated: () => 'O arquivo de calendário está cortado. Envie o convite de novo.',
  no_event: () =>
    'O arquivo de calendário não contém nenhum evento. Convide-nos para um evento da sua agenda.',
  task_only: () =>
    'O arquivo de calendário contém uma tarefa ou uma nota, mas nenhum evento. Transforme-a em um evento e convide-nos de novo.',
  no_uid: () =>
    'O evento não tem UID, por isso mudanças posteriores não poderiam ser associadas a ele. Crie-o em uma agenda e convide-nos.',
  bad_uid: () =>
    'O UID do evento é longo demais ou contém caracteres que nenhuma agenda escreve. Crie o evento de novo na sua agenda e convide-nos.',
  no_start: () => 'O evento não tem início. Defina uma data e convide-nos de novo.',
  bad_start: detail =>
    `Não é possível ler o início do evento${named(detail)}. Defina de novo a data e a hora.`,
  bad_end: detail => `Não é possível ler o fim do evento${named(detail)}. Defina-o de novo.`,
  end_before_start: detail => `O evento termina antes de começar${named(detail)}. Defina de novo o fim.`,
  unknown_zone: detail =>
    `O fuso horário do evento é desconhecido, e o arquivo não o descreve${named(detail)}. Escolha um fuso horário na sua agenda e salve o evento.`,
  floating_time: () =>
    'O evento não tem fuso horário, por isso o momento exato é incerto. Escolha um fuso horário na sua agenda e salve o evento.',
  two_events: () => 'O convite contém mais de um evento. Envie um evento por e-mail.',
  two_calendars: () => 'O e-mail contém mais de um calendário. Envie um evento por e-mail.',
  unknown_method: detail =>
    `O arquivo de calendário tem uma finalidade desconhecida${named(detail)}. Envie-o como convite.`,
  no_organizer: () => 'O evento não indica nenhum organizador. Convide-nos pela sua agenda.',
  too_large: () => 'Os dados de calendário são grandes demais. Retire imagens e textos longos da descrição.',
  too_many_lines: () =>
    'Os dados de calendário têm linhas demais. Envie um evento por e-mail, com menos convidados ou mudanças.',
  line_too_long: () =>
    'Uma linha dos dados de calendário é longa demais. Retire imagens e textos longos da descrição.',
  too_deep: () =>
    'Os dados de calendário estão aninhados demais para ser um evento. Crie o evento de novo na sua agenda e convide-nos.',
  too_many_changes: () => 'A série tem datas alteradas demais. Divida-a em séries menores.',
  too_many_dates: () =>
    'A série lista datas avulsas demais. Use uma regra de repetição ou divida-a em séries menores.',
  rule_not_supported: detail =>
    `Esta regra de repetição não é aceita${named(detail)}. Use uma regra mais simples.`,
  range_not_supported: () =>
    'Uma mudança em “este e os eventos seguintes” chegou em uma forma que não aceitamos. Encerre a série e comece uma nova.',
  year_out_of_range: detail =>
    `O evento está fora dos anos que guardamos${named(detail)}. Confira a data e o fim da série.`,
  too_long: () =>
    'O evento é longo demais. Defina o fim para no máximo um ano e um dia depois do início ou transforme-o em uma série.',
  sequence_out_of_range: detail =>
    `O número de revisão do evento está fora dos limites${named(detail)}. Copie o evento na sua agenda, convide-nos para a cópia e exclua este.`,
});
