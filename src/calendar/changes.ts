/**
 * What differs between two contents of one component, said to a person, and whether it is significant: times and status are
 * (RFC 5546 2.1.4), texts and places are not. What no guest would see as a change counts as none.
 */
import { type Language, texts } from '../texts/catalogue.ts';
import { parseLocal } from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { type CustomZones, type Frame, frameOfEvent, positionOf } from './frame.ts';
import { parseRule } from './recurrence.ts';
import { ruleWords } from './rule-words.ts';
import { isRecurring, lengthOf } from './series.ts';
import { shapeOf } from './shape.ts';
import { durationWords, shortMoment, zoneName } from './words.ts';

export interface Difference {
  readonly significant: boolean;
  readonly words: readonly string[];
}

export interface ZonesOfBoth {
  readonly before: CustomZones;
  readonly after: CustomZones;
}

/** Null: nothing that a guest would notice. */
export function differences(
  before: CalendarEvent,
  after: CalendarEvent,
  zones: ZonesOfBoth,
  language: Language = 'en',
): Difference | null {
  const time = timeWords(before, after, zones, language);
  const status = statusWords(before, after, language);
  const content = contentWords(before, after, language);
  const words = [...time, ...status, ...content];
  if (words.length === 0) return null;
  return { significant: time.length + status.length > 0, words };
}

function timeWords(
  before: CalendarEvent,
  after: CalendarEvent,
  zones: ZonesOfBoth,
  language: Language,
): string[] {
  if (shapeOf(before, zones.before) === shapeOf(after, zones.after)) return [];
  const frames = { before: frameOfEvent(before, zones.before), after: frameOfEvent(after, zones.after) };
  const found = [
    ...movedWords(before, after, frames, language),
    ...lengthWords(before, after, language),
    ...repeatWords(before, after, frames, language),
  ];
  return found.length > 0 ? found : zoneWords(before, after, frames, language);
}

interface Frames {
  readonly before: Frame;
  readonly after: Frame;
}

function movedWords(
  before: CalendarEvent,
  after: CalendarEvent,
  frames: Frames,
  language: Language,
): string[] {
  if (before.start === null || after.start === null) return [];
  const kept =
    before.start.kind === after.start.kind || (before.start.kind !== 'date' && after.start.kind !== 'date');
  if (kept && positionOf(before.start) === positionOf(after.start)) return [];
  const withYear = before.start.local.slice(0, 4) !== after.start.local.slice(0, 4);
  // Both times in the clock of the new one, so that a change of zone reads as what it does.
  const old = frames.before.kind === 'date' ? frames.before : frames.after;
  const from = shortMoment(before.start, old, withYear, language);
  const to = shortMoment(after.start, frames.after, withYear, language);
  return [texts(language).calendar.change.moved(from, to, zoneName(frames.after, positionOf(after.start)))];
}

function lengthWords(before: CalendarEvent, after: CalendarEvent, language: Language): string[] {
  const [old, now] = [lengthOf(before), lengthOf(after)];
  if (old === now) return [];
  return [texts(language).calendar.change.lasts(durationWords(now, language), durationWords(old, language))];
}

function repeatWords(
  before: CalendarEvent,
  after: CalendarEvent,
  frames: Frames,
  language: Language,
): string[] {
  const words = texts(language).calendar.change;
  if (isRecurring(before) && !isRecurring(after)) return [words.repeatsNoMore];
  const old = rulesInWords(before, frames.before, language);
  const now = rulesInWords(after, frames.after, language);
  if (old !== now && now !== '') return [words.rule(now)];
  const dates = (event: CalendarEvent) => event.rdates.map(positionOf).sort().join();
  return dates(before) === dates(after) ? [] : [words.extraDates];
}

function rulesInWords(event: CalendarEvent, frame: Frame, language: Language): string {
  const start = event.start === null ? 0 : parseLocal(event.start.local);
  const rules = event.rrules.map(parseRule).filter(rule => rule !== null);
  return texts(language).calendar.list(rules.map(rule => ruleWords(rule, start, frame, language)));
}

/** The first date stays where it is, later ones do not: the zone's clocks differ. */
function zoneWords(
  before: CalendarEvent,
  after: CalendarEvent,
  frames: Frames,
  language: Language,
): string[] {
  const words = texts(language).calendar.change;
  const old = before.start === null ? null : zoneName(frames.before, positionOf(before.start));
  const now = after.start === null ? null : zoneName(frames.after, positionOf(after.start));
  return old === null || now === null || old === now ? [words.times] : [words.zone(old, now)];
}

function statusWords(before: CalendarEvent, after: CalendarEvent, language: Language): string[] {
  const words = texts(language).calendar.change;
  const tentative = (event: CalendarEvent) => event.status === 'TENTATIVE';
  if (tentative(before) === tentative(after)) return [];
  return [tentative(after) ? words.tentative : words.confirmed];
}

function contentWords(before: CalendarEvent, after: CalendarEvent, language: Language): string[] {
  const words = texts(language).calendar.change;
  const join = before.joinUrl !== after.joinUrl;
  return [
    ...change(before.summary, after.summary, words.title, words.titleNow, words.titleGone),
    ...change(before.location, after.location, words.place, words.placeNow, words.placeGone),
    ...(join
      ? change(
          before.joinUrl,
          after.joinUrl,
          () => words.join,
          () => words.joinNow,
          words.joinGone,
        )
      : []),
    ...(sameDescription(before, after) ? [] : [words.description]),
    ...(plain(before.url) === plain(after.url) || (join && after.url === after.joinUrl) ? [] : [words.link]),
  ];
}

function change(
  before: string | null,
  after: string | null,
  changed: (before: string, after: string) => string,
  added: (after: string) => string,
  gone: string,
): string[] {
  const [old, now] = [plain(before), plain(after)];
  if (old === now) return [];
  if (now === '') return [gone];
  return [old === '' ? added(cut(now)) : changed(cut(old), cut(now))];
}

const SHOWN = 120;

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= SHOWN ? text : `${characters.slice(0, SHOWN - 1).join('')}…`;
}

/** White space that a program rewrote is no change. */
function plain(text: string | null): string {
  return (text ?? '').replaceAll(/[\s\u200b\ufeff]+/g, ' ').trim();
}

/** Programs regenerate their HTML with every mail: the words and the links count, not the mark-up. */
function sameDescription(before: CalendarEvent, after: CalendarEvent): boolean {
  if (plain(before.description) !== plain(after.description)) return false;
  return linksOf(before.html) === linksOf(after.html);
}

function linksOf(html: string | null): string {
  return [...(html ?? '').matchAll(/href\s*=\s*["']?([^"'\s>]{1,2000})/gi)].map(match => match[1]).join(' ');
}
