/**
 * Rules that Outlook and Exchange take for "not supported calendar message" (imip 5.5). They are sent as they are: the organizer is
 * told, nothing is rewritten.
 */
import { type Language, texts } from '../texts/catalogue.ts';
import type { CalendarEvent } from './event.ts';
import { parseRule, type Rule } from './recurrence.ts';

/** What makes the series unsafe, in words; empty for a safe one. */
export function outlookUnsafe(event: CalendarEvent, language: Language = 'en'): string[] {
  const words = texts(language).calendar.warning;
  const rules = event.rrules.map(parseRule).filter(rule => rule !== null);
  const found = rules.flatMap(rule => unsafeParts(rule, language));
  if (event.rdates.length > 0 && rules.length === 0) found.push(words.datesWithoutRule);
  if (rules.length > 1) found.push(words.severalRules);
  return [...new Set(found)];
}

/** One sentence, or null. */
export function outlookWarning(event: CalendarEvent, language: Language = 'en'): string | null {
  const reasons = outlookUnsafe(event, language);
  return reasons.length === 0 ? null : texts(language).calendar.warning.outlook(reasons);
}

function unsafeParts(rule: Rule, language: Language): string[] {
  const words = texts(language).calendar.warning;
  const ordinals = rule.day.filter(day => day.ordinal !== 0).length;
  const tests: readonly (readonly [boolean, string])[] = [
    [['SECONDLY', 'MINUTELY', 'HOURLY'].includes(rule.frequency), words.subDaily],
    [rule.monthDay.length > 1, words.severalMonthDays],
    [rule.monthDay.some(day => day < 0), words.lastDay],
    [ordinals > 1, words.severalOrdinals],
    [rule.position.length > 1 || rule.position.some(position => position < 0), words.setPosition],
    [rule.yearDay.length > 0, words.yearDays],
    [rule.weekNumber.length > 0, words.weekNumbers],
    [rule.month.length > 1, words.severalMonths],
    [[rule.hour, rule.minute, rule.second].some(list => list.length > 1), words.severalTimes],
  ];
  return tests.filter(([unsafe]) => unsafe).map(([, reason]) => reason);
}
