/**
 * Arabic texts: calendar. Days, months and times come in as finished words, named by Intl in the same language. No isolates in what says
 * when: it stands in subjects, whose marks the composer takes out.
 */
import type { Translation } from '../shape.ts';
import { counted, NOUNS } from './counted.ts';
import { isolate } from './isolate.ts';

type Calendar = Translation['calendar'];
type Frequency = Parameters<Calendar['rule']['every']>[0];

const ORDINALS: Readonly<Record<number, string>> = {
  1: 'الأول',
  2: 'الثاني',
  3: 'الثالث',
  4: 'الرابع',
  5: 'الخامس',
  [-1]: 'الأخير',
  [-2]: 'قبل الأخير',
};

/** Every one, and what several are counted in. */
const UNITS = {
  SECONDLY: ['كل ثانية', NOUNS.second],
  MINUTELY: ['كل دقيقة', NOUNS.minute],
  HOURLY: ['كل ساعة', NOUNS.hour],
  DAILY: ['كل يوم', NOUNS.day],
  WEEKLY: ['كل أسبوع', NOUNS.week],
  MONTHLY: ['كل شهر', NOUNS.month],
  YEARLY: ['كل سنة', NOUNS.year],
} as const satisfies Readonly<Record<Frequency, unknown>>;

const WORKDAY = 'يوم العمل';

const list = (items: readonly string[]) => items.join(' و');

/** `يوم`, `يومي` or `أيام` before what they are. */
function daysNamed(days: readonly string[]): string {
  const word = days.length === 1 ? 'يوم' : days.length === 2 ? 'يومي' : 'أيام';
  return `${word} ${list(days)}`;
}

export const calendar = (): Calendar => ({
  untitled: 'حدث بلا عنوان',
  list,
  at: (day, time) => `${day}، الساعة ${time}`,
  hours: (day, from, to) => `${day}، من الساعة ${from} إلى ${to}`,
  moments: (from, to) => `من ${from} إلى ${to}`,
  days: (first, last) => `من ${first} إلى ${last}`,
  inZone: (words, zone) => `${words} (${zone})`,
  zoneAndOffset: (zone, offset) => `${zone}، ${offset}`,
  allDay: days => `${days}، طوال اليوم`,
  floating: 'التوقيت المحلي لكل ضيف',
  duration: (days, hours, minutes) =>
    list(
      [[days, NOUNS.day] as const, [hours, NOUNS.hour] as const, [minutes, NOUNS.minute] as const]
        .filter(([count]) => count > 0)
        .map(([count, noun]) => counted(count, noun)),
    ) || counted(0, NOUNS.minute),

  change: change(),
  rule: rule(),
  warning: warning(),

  write: {
    join: url => `رابط الانضمام: ${url}`,
    more: url => `المزيد: ${url}`,
    cut: '…',
  },
});

function change(): Calendar['change'] {
  const revived = (day: string) => `عاد موعد ${day} قائمًا بعد إلغائه`;
  return {
    created: 'حدث جديد',
    createdDate: day => `موعد جديد: ${day}`,
    cancelled: 'أُلغي',
    cancelledDate: day => `أُلغي موعد ${day}`,
    revived: 'عاد قائمًا بعد إلغائه',
    revivedDate: revived,
    moved: (from, to, zone) => `نُقل من ${from} إلى ${to}${zone === null ? '' : ` (${isolate(zone)})`}`,
    lasts: (after, before) => `تغيّرت المدة من ${before} إلى ${after}`,
    rule: after => `التكرار الآن: ${after}`,
    repeatsNoMore: 'لم يعد يتكرر',
    extraDates: 'تغيّرت المواعيد الإضافية',
    times: 'تغيّرت الأوقات',
    zone: (before, after) => `تغيّرت المنطقة الزمنية من ${isolate(before)} إلى ${isolate(after)}`,
    restored: days =>
      days.length === 1 ? revived(list(days)) : `عادت المواعيد التالية قائمة بعد إلغائها: ${list(days)}`,
    reset: count =>
      count === 1
        ? 'عاد موعد معدَّل واحد إلى ما هو محدَّد في السلسلة'
        : `مواعيد معدَّلة عادت إلى ما هو محدَّد في السلسلة: ${count}`,
    confirmed: 'أصبح مؤكدًا',
    tentative: 'أصبح مبدئيًا',
    title: (before, after) => `تغيّر اسم الحدث من «${isolate(before)}» إلى «${isolate(after)}»`,
    titleNow: after => `أصبح اسم الحدث «${isolate(after)}»`,
    titleGone: 'حُذف اسم الحدث',
    place: (before, after) => `تغيّر المكان من «${isolate(before)}» إلى «${isolate(after)}»`,
    placeNow: after => `أصبح المكان «${isolate(after)}»`,
    placeGone: 'حُذف المكان',
    join: 'تغيّر رابط الانضمام',
    joinNow: 'أُضيف رابط الانضمام',
    joinGone: 'حُذف رابط الانضمام',
    description: 'تغيّر الوصف',
    link: 'تغيّر الرابط',
    ofDate: (day, words) => `${day}: ${words}`,
  };
}

function rule(): Calendar['rule'] {
  return {
    every: (frequency, interval) => {
      const [one, noun] = UNITS[frequency];
      return interval === 1 ? one : `كل ${counted(interval, noun)}`;
    },
    weekdays: 'كل يوم من الاثنين إلى الجمعة',
    onDays: daysNamed,
    nth,
    onNth: list,
    dayOrWorkday: { workday: WORKDAY, weekendDay: 'يوم السبت أو الأحد', any: 'اليوم' },
    onMonthDays: daysNamed,
    onLastDay: 'في آخر يوم من الشهر',
    inMonths: months => `في ${list(months)}`,
    onDate: date => `في ${date}`,
    until: day => `حتى ${day}`,
    times: count => counted(count, NOUNS.time),
    special: every => `${every}، وفق قاعدة خاصة`,
    dates: count => `في ${counted(count, NOUNS.date)}`,
    whole: (every, on, months, end) =>
      [[every, on, months].filter(part => part !== null).join(' '), end]
        .filter(part => part !== null)
        .join('، '),
  };
}

function nth(n: number, day: string, weekday: number | null): string | null {
  const ordinal = ORDINALS[n];
  if (ordinal === undefined) return null;
  if (weekday !== null) return `يوم ${day} ${ordinal}`;
  // Which days are workdays differs from country to country.
  return day === WORKDAY ? `${day} ${ordinal} (من الاثنين إلى الجمعة)` : `${day} ${ordinal}`;
}

function warning(): Calendar['warning'] {
  return {
    severalMonthDays: 'تتكرر في عدة أيام من الشهر',
    severalOrdinals: 'تتكرر في أكثر من يوم من أيام الأسبوع خلال الشهر',
    datesWithoutRule: 'تذكر مواعيدها واحدًا واحدًا بدلًا من قاعدة',
    lastDay: 'تتكرر في آخر يوم من الشهر',
    setPosition: 'تتكرر في الأخير من عدة أيام خلال الشهر',
    subDaily: 'تتكرر أكثر من مرة في اليوم',
    yearDays: 'تتكرر حسب رقم اليوم في السنة',
    weekNumbers: 'تتكرر حسب رقم الأسبوع',
    severalTimes: 'تتكرر في عدة أوقات من اليوم',
    severalMonths: 'تتكرر في عدة أشهر من السنة',
    severalRules: 'لها أكثر من قاعدة',
    outlook: reasons => `قد لا يعرض Outlook هذه السلسلة لبعض الضيوف، لأنها ${list(reasons)}.`,
    zone: zone =>
      `لا تتغيّر الساعة في ${isolate(zone)} وفق قاعدة سنوية. قد تظهر بعض المواعيد بفارق ساعة في بعض التقاويم.`,
    customZone: 'المنطقة الزمنية لهذه السلسلة مخصّصة. قد تظهر بعض المواعيد بفارق ساعة في بعض التقاويم.',
    shortened: 'الوصف أطول مما تسمح به الدعوة، ولذلك اختُصر.',
  };
}
