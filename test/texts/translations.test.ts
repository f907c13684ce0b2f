/** What types cannot say of the translations: nothing that is told gets lost, nothing stays English, and each language keeps its typography. */
import { describe, expect, test } from '@jest/globals';
import { ar } from '../../src/texts/ar/index.ts';
import { de } from '../../src/texts/de/index.ts';
import { en } from '../../src/texts/en/index.ts';
import { es } from '../../src/texts/es/index.ts';
import { fr } from '../../src/texts/fr/index.ts';
import { it } from '../../src/texts/it/index.ts';
import { ja } from '../../src/texts/ja/index.ts';
import { nl } from '../../src/texts/nl/index.ts';
import { pt } from '../../src/texts/pt/index.ts';

const LANGUAGES = {
  ar: ar(),
  de: de(),
  es: es(),
  fr: fr(),
  it: it(),
  ja: ja(),
  nl: nl(),
  pt: pt(),
};
const AREAS = Object.keys(LANGUAGES.de);

/** What differs from a word for each argument; by the end of the path. */
const TOLD: Readonly<Record<string, readonly unknown[]>> = {
  'calendar.list': [['told1', 'told2']],
  'calendar.duration': [3, 4, 5],
  'change.restored': [['told1', 'told2']],
  'rule.every': ['WEEKLY', 3],
  'rule.nth': [2, 'told1', 2],
  'rule.onDays': [['told1', 'told2']],
  'rule.onNth': [['told1', 'told2']],
  'rule.onMonthDays': [['told1', 'told2']],
  'rule.inMonths': [['told1', 'told2']],
  'warning.outlook': [['told1', 'told2']],
  'limited.seconds': [600],
  'limited.hours': [5],
};

/** Each text as it is said, by its path. */
function said(found: unknown, path: string): (readonly [string, string])[] {
  if (typeof found === 'string') return [[path, found]];
  if (typeof found === 'function') {
    const known = Object.entries(TOLD).find(([end]) => path.endsWith(end))?.[1];
    const told = known ?? Array.from({ length: found.length }, (_, i) => `told${i + 1}`);
    return said(found(...told), path);
  }
  if (typeof found !== 'object' || found === null) return [];
  return Object.entries(found).flatMap(([name, each]) => said(each, `${path}.${name}`));
}

function allOf(texts: object): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).flatMap(([area, found]) => said(found, area)));
}

const english = new Map([...allOf(en)].filter(([path]) => AREAS.includes(path.split('.')[0] ?? '')));

/** Names, and words that are the same in English and another language. */
const SAME = [
  'Audience',
  'Details',
  'Details: told1',
  'Error: told1',
  'Google Calendar',
  'Mail',
  'No',
  'Online',
  'Outlook.com',
  'Simple Invite Service',
  'Stream',
  'Widget',
  'Yahoo Calendar',
  'told1',
  'told1 told2 told3, told4',
  'told1 (told2)',
  'told1, told2',
  'told1: told2',
  'told1:\ntold2',
  '…',
];

describe.each(Object.entries(LANGUAGES))('the texts in %s', (_, texts) => {
  const words = allOf(texts);

  test('say whatever the English ones say of what they are told', () => {
    const kept = (text: string) => [...new Set(text.match(/told\d|\d+|@(?=\w)/g) ?? [])].sort();
    const lost = [...english].flatMap(([path, text]) => {
      const here = words.get(path) ?? '';
      return kept(text).every(part => here.includes(part)) ? [] : [`${path}: ${here}`];
    });
    expect(english.size).toBeGreaterThan(500);
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
    expect(lost).toEqual([]);
  });

  test('leave nothing in English but names', () => {
    const left = [...words].filter(([path, text]) => english.get(path) === text && !SAME.includes(text));
    expect(left).toEqual([]);
  });

  test('have neither typewriter quotes nor spaces at their ends or in pairs', () => {
    const wrong = [...words].filter(([, text]) => text.trim() !== text || / {2}|["']/.test(text));
    expect(wrong).toEqual([]);
  });
});

test('French has a narrow space before : ; ! ? and inside its quotes', () => {
  const wrong = [...allOf(LANGUAGES.fr)].filter(([, text]) => /[^\u202f][:;!?»]|«[^\u202f]/.test(text));
  expect(wrong).toEqual([]);
});

test('Spanish opens what it asks, and German quotes begin below', () => {
  const asked = [...allOf(LANGUAGES.es)].filter(([, text]) => text.includes('?') && !text.includes('¿'));
  const german = [...allOf(LANGUAGES.de)].filter(
    ([, text]) => text.split('„').length !== text.split('“').length || text.includes('”'),
  );
  expect([asked, german]).toEqual([[], []]);
});

/** What a sentence is made of: names, addresses and the like left out. */
const ownWords = (text: string) => text.replaceAll(/[\w.:@/+-]+/g, 'x');

test('Arabic has its own comma, semicolon and question mark, and Latin digits', () => {
  const wrong = [...allOf(LANGUAGES.ar)].filter(([, text]) => /[,;?\u0660-\u0669]/.test(text));
  expect(wrong).toEqual([]);
});

test('Arabic keeps a name of either direction apart, also one that tries to get out', () => {
  const { done } = LANGUAGES.ar.press;
  expect(done.already('a@example.org')).toContain('\u2068a@example.org\u2069');
  expect(done.already('a\u2069\u202eb')).toContain('\u2068ab\u2069');
});

test('Arabic puts no marks into what is copied, linked or a subject', () => {
  const areas = LANGUAGES.ar;
  const { asked } = areas.pages;
  const bare = [
    ...asked.steps('told1'),
    asked.nothingBody('told1'),
    areas.intake.live.changesList('told1'),
    areas.intake.explain.hint.no_calendar('told1'),
    areas.signin.form.beginSteps('told1'),
    areas.mail.linkLine('told1', 'told2'),
    ...Object.values(areas.calendar.write).map(text => (typeof text === 'string' ? text : text('told1'))),
    ...Object.values(areas.invites.subject).map(subject => subject('told1', 'told2')),
    areas.rsvp.counter.subject('told1'),
    areas.rsvp.message.subjectAbout('told1', 'told2'),
  ];
  expect(bare.flat().filter(text => /[\u2066-\u2069]/.test(text))).toEqual([]);
});

test('Japanese has no spaces between its words, and its own punctuation', () => {
  const wrong = [...allOf(LANGUAGES.ja)].filter(([, text]) =>
    /[\u3040-\u30ff\u4e00-\u9fff] [\u3040-\u30ff\u4e00-\u9fff]|[,;:!?()]/.test(ownWords(text)),
  );
  expect(wrong).toEqual([]);
});

test('Italian and Dutch quotes come in pairs', () => {
  const italian = [...allOf(LANGUAGES.it)].filter(
    ([, text]) => text.split('«').length !== text.split('»').length || /[“”„]/.test(text),
  );
  const dutch = [...allOf(LANGUAGES.nl)].filter(([, text]) => /[“”„«»]/.test(text) || /‘[^’]*$/.test(text));
  expect([italian, dutch]).toEqual([[], []]);
});

test('the name of a button begins with what is seen on it', () => {
  const wrong = Object.values(LANGUAGES).flatMap(({ buttons: { answers, names } }) =>
    (['yes', 'maybe', 'no', 'ask'] as const).filter(each => !names[each]('told1').startsWith(answers[each])),
  );
  expect(wrong).toEqual([]);
});

test('Arabic counts in six forms', () => {
  const { limited } = LANGUAGES.ar.pages;
  expect([60, 120, 180, 660, 6000].map(limited.seconds)).toEqual([
    'بعد دقيقة واحدة',
    'بعد دقيقتين',
    'بعد 3 دقائق',
    'بعد 11 دقيقة',
    'بعد 100 دقيقة',
  ]);
  expect(LANGUAGES.ar.calendar.duration(0, 0, 0)).toBe('0 دقيقة');
});

test('a rule stands in the order of the language', () => {
  const rule = (texts: (typeof LANGUAGES)['de']) => texts.calendar.rule;
  const whole = (texts: (typeof LANGUAGES)['de'], day: string, month: string) => {
    const words = rule(texts);
    const first = words.nth(1, day, 0);
    return words.whole(
      words.every('YEARLY', 1),
      words.onNth([String(first)]),
      words.inMonths([month]),
      words.times(5),
    );
  };
  expect(whole(LANGUAGES.it, 'domenica', 'marzo')).toBe('ogni anno la prima domenica di marzo, 5 volte');
  expect(whole(LANGUAGES.nl, 'zondag', 'maart')).toBe('elk jaar op de eerste zondag in maart, 5 keer');
  expect(whole(LANGUAGES.ja, '日曜日', '3月')).toBe('毎年3月の第1日曜日（全5回）');
  expect(whole(LANGUAGES.ar, 'الأحد', 'مارس')).toBe('كل سنة يوم الأحد الأول في مارس، 5 مرات');
  expect(rule(LANGUAGES.ja).whole('毎日', '火曜日・木曜日', null, null)).toBe('毎日（火曜日・木曜日のみ）');
  expect(rule(LANGUAGES.ja).whole('毎月', '5日', '3月・6月', null)).toBe('毎月5日（3月・6月のみ）');
  expect(rule(LANGUAGES.ja).whole('2週間ごと', '火曜日', null, '全3回')).toBe('2週間ごとの火曜日（全3回）');
  expect(rule(LANGUAGES.it).onDate('8 marzo')).toBe('l’8 marzo');
  expect(rule(LANGUAGES.it).onDate('18 marzo')).toBe('il 18 marzo');
});

test('months, weekdays and counts agree with what is said of them', () => {
  const rule = (texts: (typeof LANGUAGES)['de']) => texts.calendar.rule;
  expect(rule(LANGUAGES.pt).onNth([String(rule(LANGUAGES.pt).nth(1, 'segunda-feira', 1))])).toBe(
    'na primeira segunda-feira',
  );
  expect(rule(LANGUAGES.pt).nth(-1, 'domingo', 0)).toBe('no último domingo');
  expect(rule(LANGUAGES.pt).nth(-1, rule(LANGUAGES.pt).dayOrWorkday.workday, null)).toBe(
    'no último dia útil',
  );
  expect(rule(LANGUAGES.fr).every('WEEKLY', 2)).toBe('toutes les 2 semaines');
  expect(rule(LANGUAGES.fr).every('YEARLY', 2)).toBe('tous les 2 ans');
  expect(rule(LANGUAGES.fr).inMonths(['août'])).toBe('du mois d’août');
  expect(rule(LANGUAGES.fr).onMonthDays(['1', '15'])).toBe('le 1er et le 15');
  expect(rule(LANGUAGES.de).onMonthDays(['1', '15'])).toBe('am 1. und 15.');
  expect(rule(LANGUAGES.es).onMonthDays(['15'])).toBe('el día 15');
  expect(LANGUAGES.fr.calendar.duration(0, 1, 30)).toBe('1 heure et 30 minutes');
  expect(LANGUAGES.de.calendar.duration(1, 0, 10)).toBe('1 Tag und 10 Minuten');
  expect(LANGUAGES.es.calendar.duration(0, 0, 0)).toBe('0 minutos');
  expect(LANGUAGES.de.upcoming.digest.days(1)).toBe('Der Link gilt einen Tag.');
});
