/** Arabic counts: the noun's form follows the number. */

interface Noun {
  /** The words for one and for two hold the number themselves. */
  readonly one: string;
  readonly two: string;
  /** 3 to 10, and what ends in 03 to 10. */
  readonly few: string;
  /** 11 to 99, and what ends in them. */
  readonly many: string;
  /** 0, whole hundreds, and what ends in 01 or 02. */
  readonly other: string;
}

/** As after a preposition (`بعد يومين`), which every sentence here has. */
export const NOUNS = {
  second: { one: 'ثانية واحدة', two: 'ثانيتين', few: 'ثوانٍ', many: 'ثانية', other: 'ثانية' },
  minute: { one: 'دقيقة واحدة', two: 'دقيقتين', few: 'دقائق', many: 'دقيقة', other: 'دقيقة' },
  hour: { one: 'ساعة واحدة', two: 'ساعتين', few: 'ساعات', many: 'ساعة', other: 'ساعة' },
  day: { one: 'يوم واحد', two: 'يومين', few: 'أيام', many: 'يومًا', other: 'يوم' },
  week: { one: 'أسبوع واحد', two: 'أسبوعين', few: 'أسابيع', many: 'أسبوعًا', other: 'أسبوع' },
  month: { one: 'شهر واحد', two: 'شهرين', few: 'أشهر', many: 'شهرًا', other: 'شهر' },
  year: { one: 'سنة واحدة', two: 'سنتين', few: 'سنوات', many: 'سنة', other: 'سنة' },
  time: { one: 'مرة واحدة', two: 'مرتين', few: 'مرات', many: 'مرة', other: 'مرة' },
  date: { one: 'موعد واحد', two: 'موعدين', few: 'مواعيد', many: 'موعدًا', other: 'موعد' },
} as const satisfies Readonly<Record<string, Noun>>;

let rules: Intl.PluralRules | undefined;

export function counted(count: number, noun: Noun): string {
  rules ??= new Intl.PluralRules('ar');
  const category = rules.select(count);
  if (category === 'one') return noun.one;
  if (category === 'two') return noun.two;
  return `${count} ${category === 'few' || category === 'many' ? noun[category] : noun.other}`;
}
