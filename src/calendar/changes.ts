/**
 * What differs between two contents of one component, said to a person, and whether it is significant: times and status are
 * (RFC 5546 2.1.4), texts and places are not. What no guest would see as a change counts as none.
 */
import type { CalendarEvent } from './event.ts';
import { type CustomZones, type Frame, frameOfEvent, positionOf } from './frame.ts';
import type { Saying } from './saying.ts';
import { rulesInWords, saidMoment, saidRules, sayingWords } from './saying-words.ts';
import { isRecurring, lengthOf } from './series.ts';
import { shapeOf } from './shape.ts';
import { zoneName } from './words.ts';

export interface Difference {
  readonly significant: boolean;
  /** In English. */
  readonly words: readonly string[];
  /** The same for any language. */
  readonly said: readonly Saying[];
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
): Difference | null {
  const times = timeChanges(before, after, zones);
  const status = statusChange(before, after);
  const said = [...times, ...status, ...contentChanges(before, after)];
  if (said.length === 0) return null;
  return differenceOf(times.length + status.length > 0, said);
}

export function differenceOf(significant: boolean, said: readonly Saying[]): Difference {
  return { significant, words: said.map(saying => sayingWords(saying)), said };
}

function timeChanges(before: CalendarEvent, after: CalendarEvent, zones: ZonesOfBoth): readonly Saying[] {
  if (shapeOf(before, zones.before) === shapeOf(after, zones.after)) return [];
  const frames = { before: frameOfEvent(before, zones.before), after: frameOfEvent(after, zones.after) };
  const found = [
    ...moveOf(before, after, frames),
    ...lengthChange(before, after),
    ...repeatChange(before, after, frames),
  ];
  return found.length > 0 ? found : [zoneChange(before, after, frames)];
}

interface Frames {
  readonly before: Frame;
  readonly after: Frame;
}

function moveOf(before: CalendarEvent, after: CalendarEvent, frames: Frames): readonly Saying[] {
  if (before.start === null || after.start === null) return [];
  const kept =
    before.start.kind === after.start.kind || (before.start.kind !== 'date' && after.start.kind !== 'date');
  if (kept && positionOf(before.start) === positionOf(after.start)) return [];
  const year = before.start.local.slice(0, 4) !== after.start.local.slice(0, 4);
  // Both times in the clock of the new one, so that a change of zone reads as what it does.
  const old = frames.before.kind === 'date' ? frames.before : frames.after;
  const from = saidMoment(before.start, old, year);
  const to = saidMoment(after.start, frames.after, year);
  return [{ say: 'moved', from, to, zone: zoneName(frames.after, positionOf(after.start)) }];
}

function lengthChange(before: CalendarEvent, after: CalendarEvent): readonly Saying[] {
  const [old, now] = [lengthOf(before), lengthOf(after)];
  return old === now ? [] : [{ say: 'lasts', after: now, before: old }];
}

function repeatChange(before: CalendarEvent, after: CalendarEvent, frames: Frames): readonly Saying[] {
  if (isRecurring(before) && !isRecurring(after)) return [{ say: 'repeatsNoMore' }];
  const rules = saidRules(after, frames.after);
  const now = rulesInWords(rules);
  if (now !== '' && now !== rulesInWords(saidRules(before, frames.before))) return [{ say: 'rule', rules }];
  const dates = (event: CalendarEvent) => event.rdates.map(positionOf).sort().join();
  return dates(before) === dates(after) ? [] : [{ say: 'extraDates' }];
}

/** The first date stays where it is, later ones do not: the zone's clocks differ. */
function zoneChange(before: CalendarEvent, after: CalendarEvent, frames: Frames): Saying {
  const old = before.start === null ? null : zoneName(frames.before, positionOf(before.start));
  const now = after.start === null ? null : zoneName(frames.after, positionOf(after.start));
  if (old === null || now === null || old === now) return { say: 'times' };
  return { say: 'zone', before: old, after: now };
}

function statusChange(before: CalendarEvent, after: CalendarEvent): readonly Saying[] {
  const tentative = (event: CalendarEvent) => event.status === 'TENTATIVE';
  if (tentative(before) === tentative(after)) return [];
  return [{ say: tentative(after) ? 'tentative' : 'confirmed' }];
}

function contentChanges(before: CalendarEvent, after: CalendarEvent): readonly Saying[] {
  const join = before.joinUrl !== after.joinUrl;
  return [
    ...textChange('title', before.summary, after.summary),
    ...textChange('place', before.location, after.location),
    ...(join ? joinChange(before.joinUrl, after.joinUrl) : []),
    ...(sameDescription(before, after) ? [] : [{ say: 'description' } as const]),
    ...(plain(before.url) === plain(after.url) || (join && after.url === after.joinUrl)
      ? []
      : [{ say: 'link' } as const]),
  ];
}

function textChange(what: 'title' | 'place', before: string | null, after: string | null): readonly Saying[] {
  const [old, now] = [cut(plain(before)), cut(plain(after))];
  if (plain(before) === plain(after)) return [];
  if (now === '') return [{ say: `${what}Gone` }];
  return [old === '' ? { say: `${what}Now`, after: now } : { say: what, before: old, after: now }];
}

function joinChange(before: string | null, after: string | null): readonly Saying[] {
  const [old, now] = [plain(before), plain(after)];
  if (old === now) return [];
  if (now === '') return [{ say: 'joinGone' }];
  return [{ say: old === '' ? 'joinNow' : 'join' }];
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
