/** What types cannot say of the translations: nothing that is told gets lost, nothing stays English, and each language keeps its typography. */
import { describe, expect, test } from '@jest/globals';
import { de } from '../../src/texts/de/index.ts';
import { en } from '../../src/texts/en/index.ts';
import { es } from '../../src/texts/es/index.ts';
import { fr } from '../../src/texts/fr/index.ts';
import { pt } from '../../src/texts/pt/index.ts';

const LANGUAGES = { de: de(), es: es(), fr: fr(), pt: pt() };
const AREAS = Object.keys(LANGUAGES.de);

/** What differs from a word for each argument; by the end of the path. */
const TOLD: Readonly<Record<string, readonly unknown[]>> = {
  'calendar.list': [['told1', 'told2']],
  'calendar.duration': [2, 3, 4],
  'change.restored': [['told1', 'told2']],
  'rule.every': ['WEEKLY', 2],
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
  'No',
  'Online',
  'Outlook.com',
  'Simple Invite Service',
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
