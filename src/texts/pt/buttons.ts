/** Portuguese texts, as Brazil writes them: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'Sim', maybe: 'Talvez', no: 'Não', ask: 'Confirmar presença' },
  names: {
    yes: title => `Sim, eu vou: ${title}`,
    maybe: title => `Talvez eu vá: ${title}`,
    no: title => `Não vou: ${title}`,
    ask: title => `Confirmar presença: ${title}`,
  },
  upcoming: 'Próximos eventos',
  savedName: title => `Confirmar presença: ${title}`,
  savedUpcoming: 'Confirmar presença: próximos eventos',
  contrast: (color, text, better) =>
    `${text} sobre ${color} é difícil de ler. Escolha cores com mais contraste, por exemplo ${better} para o texto, ou um tom mais escuro ou mais claro que ${color}.`,
  notConnected: platform =>
    `Nenhuma conta do ${platform} está conectada. Conecte uma primeiro ou crie um botão para outra ferramenta de e-mail.`,
  otherPlatform: platform => `Esta conexão não é uma conta do ${platform}.`,
  audienceNeeded: (platform, names) =>
    `Um botão do ${platform} é criado para um único público. Indique um destes: ${names}.`,
  noAudience: platform => `A conta do ${platform} ainda não tem nenhum público. Crie um por lá primeiro.`,
  unknownAudience: names => `A conta não tem esse público. Ela tem: ${names}.`,
  notSaved: 'Só um botão para uma conta conectada pode ser salvo nela.',
  draft: 'Este evento espera a confirmação do organizador. Confirme-o e depois crie o botão.',
  cancelled: 'Este evento foi cancelado, por isso não tem botão.',
  ended: 'Este evento já terminou, por isso não tem botão.',
});
