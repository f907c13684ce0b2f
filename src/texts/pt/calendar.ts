/** Portuguese texts, as Brazil writes them: calendar. Days, months and times come in as finished words, named by Intl in Portuguese. */
import type { Translation } from '../shape.ts';

type Frequency = Parameters<Translation['calendar']['rule']['every']>[0];

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} e ${items.at(-1)}`;
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** Saturday and Sunday are masculine, the five others end in “-feira” and are feminine. */
const ORDINALS: Readonly<Record<number, string>> = {
  1: 'primeir',
  2: 'segund',
  3: 'terceir',
  4: 'quart',
  5: 'quint',
  [-1]: 'últim',
  [-2]: 'penúltim',
};

const UNITS: Readonly<Record<Frequency, readonly [string, string]>> = {
  SECONDLY: ['a cada segundo', 'segundos'],
  MINUTELY: ['a cada minuto', 'minutos'],
  HOURLY: ['a cada hora', 'horas'],
  DAILY: ['todos os dias', 'dias'],
  WEEKLY: ['todas as semanas', 'semanas'],
  MONTHLY: ['todos os meses', 'meses'],
  YEARLY: ['todos os anos', 'anos'],
};

const change = (): Translation['calendar']['change'] => ({
  created: 'novo evento',
  createdDate: day => `nova data: ${day}`,
  cancelled: 'cancelado',
  cancelledDate: day => `data cancelada: ${day}`,
  revived: 'vai acontecer, afinal',
  revivedDate: day => `vai acontecer, afinal: ${day}`,
  moved: (from, to, zone) => `passa de ${from} para ${to}${zone === null ? '' : ` (${zone})`}`,
  lasts: (after, before) => `dura ${after} em vez de ${before}`,
  rule: after => `agora se repete ${after}`,
  repeatsNoMore: 'não se repete mais',
  extraDates: 'as datas adicionais mudaram',
  times: 'horários alterados',
  zone: (before, after) => `fuso horário alterado de ${before} para ${after}`,
  restored: days => `${days.length === 1 ? 'vai acontecer, afinal' : 'vão acontecer, afinal'}: ${list(days)}`,
  reset: count =>
    count === 1
      ? 'uma data alterada volta a seguir a série'
      : `${count} datas alteradas voltam a seguir a série`,
  confirmed: 'agora está confirmado',
  tentative: 'agora é provisório',
  title: (before, after) => `título alterado de “${before}” para “${after}”`,
  titleNow: after => `novo título: “${after}”`,
  titleGone: 'título removido',
  place: (before, after) => `local alterado de “${before}” para “${after}”`,
  placeNow: after => `novo local: “${after}”`,
  placeGone: 'local removido',
  join: 'link para participar alterado',
  joinNow: 'link para participar adicionado',
  joinGone: 'link para participar removido',
  description: 'descrição alterada',
  link: 'link alterado',
  ofDate: (day, words) => `${day}: ${words}`,
});

const rule = (): Translation['calendar']['rule'] => ({
  every: (frequency, interval) =>
    interval === 1 ? UNITS[frequency][0] : `a cada ${interval} ${UNITS[frequency][1]}`,
  weekdays: 'de segunda a sexta-feira',
  onDays: days => list(days.map(day => `${day.endsWith('feira') ? 'na' : 'no'} ${day}`)),
  nth: (n, day, weekday) => {
    const stem = ORDINALS[n];
    if (stem === undefined) return null;
    const feminine = weekday !== null && weekday >= 1 && weekday <= 5;
    return feminine ? `na ${stem}a ${day}` : `no ${stem}o ${day}`;
  },
  onNth: list,
  dayOrWorkday: { workday: 'dia útil', weekendDay: 'dia de fim de semana', any: 'dia' },
  onMonthDays: days => (days.length === 1 ? `no dia ${list(days)}` : `nos dias ${list(days)}`),
  onLastDay: 'no último dia',
  inMonths: months => `de ${list(months)}`,
  onDate: date => `em ${date}`,
  until: day => `até ${day}`,
  times: count => (count === 1 ? 'uma vez' : `${count} vezes`),
  special: every => `${every}, por uma regra própria`,
  dates: count => (count === 1 ? 'em uma data' : `em ${count} datas`),
  whole: (every, on, months, end) =>
    [[every, on, months].filter(part => part !== null).join(' '), end]
      .filter(part => part !== null)
      .join(', '),
});

const warning = (): Translation['calendar']['warning'] => ({
  severalMonthDays: 'se repete em vários dias do mês',
  severalOrdinals: 'se repete em vários dias da semana do mês',
  datesWithoutRule: 'lista as datas uma a uma em vez de seguir uma regra',
  lastDay: 'se repete no último dia do mês',
  setPosition: 'se repete no último de vários dias do mês',
  subDaily: 'se repete mais de uma vez por dia',
  yearDays: 'se repete pelo dia do ano',
  weekNumbers: 'se repete pelo número da semana',
  severalTimes: 'se repete em vários horários do dia',
  severalMonths: 'se repete em vários meses do ano',
  severalRules: 'tem mais de uma regra',
  outlook: reasons =>
    `O Outlook pode não mostrar esta série a alguns convidados, porque ela ${list(reasons)}.`,
  zone: zone =>
    `Em ${zone}, os relógios não mudam por uma regra anual. Em algumas agendas, certas datas podem aparecer com uma hora de diferença.`,
  customZone:
    'Esta série usa um fuso horário personalizado. Em algumas agendas, certas datas podem aparecer com uma hora de diferença.',
  shortened: 'A descrição é mais longa do que um convite pode conter e foi encurtada.',
});

export const calendar = (): Translation['calendar'] => ({
  untitled: 'Evento sem título',
  list,
  at: (day, time) => `${day}, ${time}`,
  hours: (day, from, to) => `${day}, de ${from} a ${to}`,
  moments: (from, to) => `de ${from}, a ${to}`,
  days: (first, last) => `de ${first}, a ${last}`,
  inZone: (words, zone) => `${words} (${zone})`,
  zoneAndOffset: (zone, offset) => `${zone}, ${offset}`,
  allDay: days => `${days}, o dia inteiro`,
  floating: 'horário local de cada convidado',
  duration: (days, hours, minutes) =>
    list(
      [
        counted(days, 'dia', 'dias'),
        counted(hours, 'hora', 'horas'),
        counted(minutes, 'minuto', 'minutos'),
      ].filter(part => !part.startsWith('0 ')),
    ) || '0 minutos',
  change: change(),
  rule: rule(),
  warning: warning(),
  write: {
    join: url => `Participar: ${url}`,
    more: url => `Mais informações: ${url}`,
    cut: '…',
  },
});
