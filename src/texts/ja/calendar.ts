/** Japanese texts: calendar. Days, months and times come in as finished words, named by Intl in the same language. */
import type { Translation } from '../shape.ts';

type Calendar = Translation['calendar'];
type Frequency = Parameters<Calendar['rule']['every']>[0];

/** Every one, and what follows the number of several. */
const UNITS: Readonly<Record<Frequency, readonly [string, string]>> = {
  SECONDLY: ['毎秒', '秒ごと'],
  MINUTELY: ['毎分', '分ごと'],
  HOURLY: ['毎時', '時間ごと'],
  DAILY: ['毎日', '日ごと'],
  WEEKLY: ['毎週', '週間ごと'],
  MONTHLY: ['毎月', 'か月ごと'],
  YEARLY: ['毎年', '年ごと'],
};

const list = (items: readonly string[]) => items.join('、');
/** Within a rule, whose parts are told apart by commas already. */
const dots = (items: readonly string[]) => items.join('・');

export const calendar = (): Calendar => ({
  untitled: '無題のイベント',
  list,
  at: (day, time) => `${day} ${time}`,
  hours: (day, from, to) => `${day} ${from}～${to}`,
  moments: (from, to) => `${from}～${to}`,
  days: (first, last) => `${first}～${last}`,
  inZone: (words, zone) => `${words}（${zone}）`,
  zoneAndOffset: (zone, offset) => `${zone}、${offset}`,
  allDay: days => `${days}（終日）`,
  floating: '各ゲストの現地時刻',
  duration: (days, hours, minutes) =>
    [[days, '日'] as const, [hours, '時間'] as const, [minutes, '分'] as const]
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join('') || '0分',

  change: change(),
  rule: rule(),
  warning: warning(),

  write: {
    join: url => `参加リンク：${url}`,
    more: url => `詳細：${url}`,
    cut: '…',
  },
});

function change(): Calendar['change'] {
  const restored = (days: string) => `${days}の中止は取り消され、開催されることになりました`;
  return {
    created: '新しいイベントです',
    createdDate: day => `${day}が追加されました`,
    cancelled: '中止になりました',
    cancelledDate: day => `${day}は中止になりました`,
    revived: '中止は取り消され、開催されることになりました',
    revivedDate: restored,
    moved: (from, to, zone) => `日時が${from}から${to}${zone === null ? '' : `（${zone}）`}に変更されました`,
    lasts: (after, before) => `所要時間が${before}から${after}に変更されました`,
    rule: after => `繰り返しが「${after}」に変更されました`,
    repeatsNoMore: '繰り返しがなくなりました',
    extraDates: '追加の日程が変更されました',
    times: '時刻が変更されました',
    zone: (before, after) => `タイムゾーンが${before}から${after}に変更されました`,
    restored: days => restored(list(days)),
    reset: count => `個別に変更されていた${count}回分が、元の繰り返しに戻りました`,
    confirmed: '開催が確定しました',
    tentative: '仮の予定になりました',
    title: (before, after) => `タイトルが「${before}」から「${after}」に変更されました`,
    titleNow: after => `タイトルが「${after}」になりました`,
    titleGone: 'タイトルが削除されました',
    place: (before, after) => `場所が「${before}」から「${after}」に変更されました`,
    placeNow: after => `場所が「${after}」になりました`,
    placeGone: '場所が削除されました',
    join: '参加リンクが変更されました',
    joinNow: '参加リンクが追加されました',
    joinGone: '参加リンクが削除されました',
    description: '説明が変更されました',
    link: 'リンクが変更されました',
    ofDate: (day, words) => `${day}：${words}`,
  };
}

function rule(): Calendar['rule'] {
  return {
    every: (frequency, interval) =>
      interval === 1 ? UNITS[frequency][0] : `${interval}${UNITS[frequency][1]}`,
    weekdays: '毎週月曜日～金曜日',
    onDays: dots,
    nth,
    onNth: dots,
    dayOrWorkday: { workday: '平日', weekendDay: '土曜日または日曜日', any: '日' },
    onMonthDays: days => dots(days.map(day => `${day}日`)),
    onLastDay: '末日',
    inMonths: dots,
    onDate: date => date,
    until: day => `${day}まで`,
    times: count => `全${count}回`,
    special: every => `${every}（特別な規則）`,
    dates: count => `全${count}回（日付を個別に指定）`,
    whole,
  };
}

function nth(n: number, day: string, weekday: number | null): string | null {
  if (n === -2) return `最後から2番目の${day}`;
  if (n === -1) return weekday === null ? `最後の${day}` : `最終${day}`;
  if (n < 1 || n > 5) return null;
  if (weekday !== null) return `第${n}${day}`;
  return n === 1 ? `最初の${day}` : `${n}番目の${day}`;
}

/** `毎年3月の第1月曜日（全5回）`, `2週間ごとの火曜日`, `毎日（火曜日・木曜日のみ）` */
function whole(every: string, on: string | null, months: string | null, end: string | null): string {
  const yearly = every.includes('年');
  const day = yearly && months !== null ? [months, on].filter(part => part !== null).join('の') : on;
  const only = yearly ? null : months;
  return `${withDay(every, day)}${[only === null ? null : `${only}のみ`, end]
    .filter(part => part !== null)
    .map(part => `（${part}）`)
    .join('')}`;
}

function withDay(every: string, day: string | null): string {
  if (day === null) return every;
  if (every === UNITS.DAILY[0]) return `${every}（${day}のみ）`;
  return `${every}${every.startsWith('毎') ? '' : 'の'}${day}`;
}

function warning(): Calendar['warning'] {
  return {
    severalMonthDays: '1か月のうち複数の日に繰り返す',
    severalOrdinals: '1か月のうち複数の曜日に繰り返す',
    datesWithoutRule: '規則ではなく、日付を個別に指定している',
    lastDay: '月の末日に繰り返す',
    setPosition: '1か月の複数の日のうち、最後の日に繰り返す',
    subDaily: '1日に2回以上繰り返す',
    yearDays: '年初からの日数で繰り返す',
    weekNumbers: '週番号で繰り返す',
    severalTimes: '1日のうち複数の時刻に繰り返す',
    severalMonths: '1年のうち複数の月に繰り返す',
    severalRules: '規則が2つ以上ある',
    outlook: reasons =>
      `Outlookを使っているゲストの一部に、この繰り返しが表示されないことがあります。理由：${list(reasons)}`,
    zone: zone =>
      `${zone}では、時計の変更が毎年同じ規則で行われません。一部のカレンダーで、日によって1時間ずれて表示されることがあります。`,
    customZone:
      'この繰り返しでは、独自のタイムゾーンが使われています。一部のカレンダーで、日によって1時間ずれて表示されることがあります。',
    shortened: '説明が招待に入る長さを超えているため、短くしました。',
  };
}
