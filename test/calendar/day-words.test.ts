/** Days as each language says them. */
import { expect, test } from '@jest/globals';
import { longDay, said, shortDay } from '../../src/calendar/day-words.ts';

const day = (date: number) => Date.UTC(2026, 4, date);

test('the first of a month is an ordinal in French and in Brazil', () => {
  expect(longDay(day(1), 'fr')).toBe('vendredi 1er mai 2026');
  expect(longDay(day(11), 'fr')).toBe('lundi 11 mai 2026');
  expect(shortDay(day(1), false, 'fr')).toBe('ven. 1er mai');
  expect(said(day(1), 'monthDay', 'fr')).toBe('1er mai');
  expect(longDay(day(1), 'pt')).toBe('sexta-feira, 1º de maio de 2026');
  expect(longDay(day(21), 'pt')).toBe('quinta-feira, 21 de maio de 2026');
});

test('other languages say it with its number', () => {
  expect(longDay(day(1), 'en')).toBe('Friday 1 May 2026');
  expect(longDay(day(1), 'de')).toBe('Freitag, 1. Mai 2026');
  expect(longDay(day(1), 'es')).toBe('viernes, 1 de mayo de 2026');
});
