/** Spanish texts: calendar. Days, months and times come in as finished words, named by Intl in Spanish. */
import type { Translation } from '../shape.ts';

type Frequency = Parameters<Translation['calendar']['rule']['every']>[0];

/** No item begins with an “i”, which would ask for “e”. */
function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} y ${items.at(-1)}`;
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const ORDINALS: Readonly<Record<number, string>> = {
  1: 'el primer',
  2: 'el segundo',
  3: 'el tercer',
  4: 'el cuarto',
  5: 'el quinto',
  [-1]: 'el último',
  [-2]: 'el penúltimo',
};

const UNITS: Readonly<Record<Frequency, readonly [string, string]>> = {
  SECONDLY: ['segundo', 'segundos'],
  MINUTELY: ['minuto', 'minutos'],
  HOURLY: ['hora', 'horas'],
  DAILY: ['día', 'días'],
  WEEKLY: ['semana', 'semanas'],
  MONTHLY: ['mes', 'meses'],
  YEARLY: ['año', 'años'],
};

const change = (): Translation['calendar']['change'] => ({
  created: 'evento nuevo',
  createdDate: day => `fecha nueva: ${day}`,
  cancelled: 'cancelado',
  cancelledDate: day => `fecha cancelada: ${day}`,
  revived: 'finalmente se celebra',
  revivedDate: day => `finalmente se celebra: ${day}`,
  moved: (from, to, zone) => `pasa del ${from} al ${to}${zone === null ? '' : ` (${zone})`}`,
  lasts: (after, before) => `dura ${after} en lugar de ${before}`,
  rule: after => `ahora se repite ${after}`,
  repeatsNoMore: 'ya no se repite',
  extraDates: 'han cambiado sus fechas adicionales',
  times: 'horarios modificados',
  zone: (before, after) => `zona horaria modificada: ${after} en lugar de ${before}`,
  restored: days =>
    `${days.length === 1 ? 'finalmente se celebra' : 'finalmente se celebran'}: ${list(days)}`,
  reset: count =>
    count === 1
      ? 'una fecha modificada vuelve a seguir la serie'
      : `${count} fechas modificadas vuelven a seguir la serie`,
  confirmed: 'ahora está confirmado',
  tentative: 'ahora es provisional',
  title: (before, after) => `título modificado: «${after}» en lugar de «${before}»`,
  titleNow: after => `título nuevo: «${after}»`,
  titleGone: 'título eliminado',
  place: (before, after) => `lugar modificado: «${after}» en lugar de «${before}»`,
  placeNow: after => `lugar nuevo: «${after}»`,
  placeGone: 'lugar eliminado',
  join: 'enlace para participar modificado',
  joinNow: 'enlace para participar añadido',
  joinGone: 'enlace para participar eliminado',
  description: 'descripción modificada',
  link: 'enlace modificado',
  ofDate: (day, words) => `${day}: ${words}`,
});

const rule = (): Translation['calendar']['rule'] => ({
  every: (frequency, interval) =>
    interval === 1 ? `cada ${UNITS[frequency][0]}` : `cada ${interval} ${UNITS[frequency][1]}`,
  weekdays: 'de lunes a viernes',
  onDays: days => list(days.map(day => `el ${day}`)),
  nth: (n, day) => (ORDINALS[n] === undefined ? null : `${ORDINALS[n]} ${day}`),
  onNth: list,
  dayOrWorkday: { workday: 'día laborable', weekendDay: 'día de fin de semana', any: 'día' },
  onMonthDays: days => (days.length === 1 ? `el día ${list(days)}` : `los días ${list(days)}`),
  onLastDay: 'el último día',
  inMonths: months => `de ${list(months)}`,
  onDate: date => `el ${date}`,
  until: day => `hasta el ${day}`,
  times: count => (count === 1 ? 'una vez' : `${count} veces`),
  special: every => `${every}, según una regla propia`,
  dates: count => (count === 1 ? 'en una fecha' : `en ${count} fechas`),
  whole: (every, on, months, end) =>
    [[every, on, months].filter(part => part !== null).join(' '), end]
      .filter(part => part !== null)
      .join(', '),
});

const warning = (): Translation['calendar']['warning'] => ({
  severalMonthDays: 'se repite varios días del mes',
  severalOrdinals: 'se repite en varios días de la semana del mes',
  datesWithoutRule: 'enumera sus fechas una a una en lugar de seguir una regla',
  lastDay: 'se repite el último día del mes',
  setPosition: 'se repite el último de varios días del mes',
  subDaily: 'se repite más de una vez al día',
  yearDays: 'se repite según el día del año',
  weekNumbers: 'se repite según el número de la semana',
  severalTimes: 'se repite a varias horas del día',
  severalMonths: 'se repite en varios meses del año',
  severalRules: 'tiene más de una regla',
  outlook: reasons =>
    `Es posible que Outlook no muestre esta serie a algunos invitados porque ${list(reasons)}.`,
  zone: zone =>
    `En ${zone} los relojes no cambian según una regla anual. En algunos calendarios, ciertas fechas pueden aparecer con una hora de diferencia.`,
  customZone:
    'Esta serie usa una zona horaria personalizada. En algunos calendarios, ciertas fechas pueden aparecer con una hora de diferencia.',
  shortened:
    'La descripción es más larga de lo que puede contener una invitación, por lo que se ha acortado.',
});

export const calendar = (): Translation['calendar'] => ({
  untitled: 'Evento sin título',
  list,
  at: (day, time) => `${day}, ${time}`,
  hours: (day, from, to) => `${day}, de ${from} a ${to}`,
  moments: (from, to) => `del ${from}, al ${to}`,
  days: (first, last) => `del ${first}, al ${last}`,
  inZone: (words, zone) => `${words} (${zone})`,
  zoneAndOffset: (zone, offset) => `${zone}, ${offset}`,
  allDay: days => `${days}, todo el día`,
  floating: 'hora local de cada invitado',
  duration: (days, hours, minutes) =>
    list(
      [
        counted(days, 'día', 'días'),
        counted(hours, 'hora', 'horas'),
        counted(minutes, 'minuto', 'minutos'),
      ].filter(part => !part.startsWith('0 ')),
    ) || '0 minutos',
  change: change(),
  rule: rule(),
  warning: warning(),
  write: {
    join: url => `Participar: ${url}`,
    more: url => `Más información: ${url}`,
    cut: '…',
  },
});
