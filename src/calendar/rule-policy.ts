/** Which repeat rules the service takes (RFC 5545 3.3.10, L14): daily or slower, bounded lists, no more dates than anyone reads. */
import type { Limits } from '../kernel/limits.ts';
import { parseLocal, yearOf } from './civil.ts';
import type { CalendarEvent, RefusalCode } from './event.ts';
import { parseRule, type Rule } from './recurrence.ts';

type RuleLimits = Pick<Limits, 'RRULE_COUNT' | 'RRULE_YEARS' | 'RRULE_BY_PRODUCT' | 'DATES_LISTED'>;

export interface RuleProblem {
  readonly code: RefusalCode;
  readonly detail: string;
  /** The properties to blame, and the value of the very one. */
  readonly names: readonly string[];
  readonly value: string;
}

export function ruleProblem(event: CalendarEvent, limits: RuleLimits): RuleProblem | null {
  if (event.exdates.length + event.rdates.length > limits.DATES_LISTED) {
    return { code: 'too_many_dates', detail: '', names: ['RDATE', 'EXDATE'], value: '' };
  }
  const period = event.rdates.find(({ value }) => value.includes('/'));
  if (period !== undefined) {
    const { value } = period;
    return { code: 'rule_not_supported', detail: `RDATE:${value}`, names: ['RDATE'], value };
  }
  const [text, ...more] = event.rrules;
  if (text === undefined) return null;
  const rule = parseRule(text);
  const fits = more.length === 0 && rule !== null && isSupported(rule, event.start?.local ?? '', limits);
  if (fits) return null;
  const detail = [text, ...more].join(' and ');
  return { code: 'rule_not_supported', detail, names: ['RRULE'], value: more[0] ?? text };
}

const TOO_OFTEN = new Set(['SECONDLY', 'MINUTELY', 'HOURLY']);

function isSupported(rule: Rule, start: string, limits: RuleLimits): boolean {
  if (TOO_OFTEN.has(rule.frequency)) return false;
  if (rule.count !== null && rule.count > limits.RRULE_COUNT) return false;
  if (byProduct(rule) > limits.RRULE_BY_PRODUCT) return false;
  if (rule.until === null) return true;
  const until = Number(rule.until.slice(0, 4));
  return Number.isNaN(parseLocal(start)) || until - yearOf(parseLocal(start)) <= limits.RRULE_YEARS;
}

function byProduct(rule: Rule): number {
  const { second, minute, hour, day, monthDay, yearDay, weekNumber, month, position } = rule;
  return [second, minute, hour, day, monthDay, yearDay, weekNumber, month, position]
    .map(list => Math.max(1, list.length))
    .reduce((product, length) => product * length, 1);
}
