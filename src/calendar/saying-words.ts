/** A change in the words of a language. */
import { type Language, texts } from '../texts/catalogue.ts';
import { parseLocal } from './civil.ts';
import { shortDay } from './day-words.ts';
import type { CalendarEvent, Moment } from './event.ts';
import { type Frame, positionOf } from './frame.ts';
import { parseRule } from './recurrence.ts';
import { ruleWords } from './rule-words.ts';
import type { SaidDay, SaidMoment, SaidRule, Saying } from './saying.ts';
import { untilIn } from './series.ts';
import { durationWords, timeOfDay } from './words.ts';

export function sayingWords(saying: Saying, language: Language = 'en'): string {
  const words = texts(language).calendar.change;
  switch (saying.say) {
    case 'createdDate':
    case 'cancelledDate':
    case 'revivedDate':
      return words[saying.say](dayWords(saying.day, language));
    case 'moved':
      return words.moved(momentWords(saying.from, language), momentWords(saying.to, language), saying.zone);
    case 'lasts':
      return words.lasts(durationWords(saying.after, language), durationWords(saying.before, language));
    case 'rule':
      return words.rule(rulesInWords(saying.rules, language));
    case 'zone':
    case 'title':
    case 'place':
      return words[saying.say](saying.before, saying.after);
    case 'titleNow':
    case 'placeNow':
      return words[saying.say](saying.after);
    case 'restored':
      return words.restored(saying.days.map(day => dayWords(day, language)));
    case 'reset':
      return words.reset(saying.count);
    case 'ofDate':
      return ofDateWords(saying.day, sayingWords(saying.of, language), language);
    default:
      return words[saying.say];
  }
}

/** "moved from … to …" names its date itself, everything else gets it put before. */
function ofDateWords(of: SaidDay, text: string, language: Language): string {
  const day = dayWords(of, language);
  return text.includes(day) ? text : texts(language).calendar.change.ofDate(day, text);
}

function dayWords({ local, year }: SaidDay, language: Language): string {
  return shortDay(local, year, language);
}

function momentWords(moment: SaidMoment, language: Language): string {
  const day = dayWords(moment, language);
  return moment.time ? `${day} ${timeOfDay(moment.local)}` : day;
}

/** A date alone for all-day events. */
export function saidMoment(moment: Moment, frame: Frame, year: boolean): SaidMoment {
  const local = moment.utc === null ? parseLocal(moment.local) : frame.toLocal(positionOf(moment));
  return { local, year, time: moment.kind !== 'date' };
}

export function saidRules(event: CalendarEvent, frame: Frame): readonly SaidRule[] {
  const start = event.start === null ? 0 : parseLocal(event.start.local);
  return event.rrules.flatMap(text => {
    const rule = parseRule(text);
    return rule === null ? [] : [{ rule: text, start, until: untilIn(frame, rule) }];
  });
}

export function rulesInWords(rules: readonly SaidRule[], language: Language = 'en'): string {
  const words = rules.map(({ rule, start, until }) => {
    const parsed = parseRule(rule);
    return parsed === null ? '' : ruleWords(parsed, start, until, language);
  });
  return texts(language).calendar.list(words);
}
