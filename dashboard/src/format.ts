/** Dates and numbers as people read them. */
import type { Event } from './api/shapes.ts';

const DAY_MS = 86_400_000;

export function numberText(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

/** In the reader's own zone. */
export function momentText(at: string | null): string {
  if (at === null) return '';
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** In the event's zone, which is named. */
export function whenText(event: Pick<Event, 'start' | 'end' | 'timeZone' | 'allDay'>): string {
  const { start, end, allDay } = event;
  if (start === null) return '';
  if (allDay) return daysText(start, end);
  const zone = event.timeZone ?? 'UTC';
  const format = new Intl.DateTimeFormat('en', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: isZone(zone) ? zone : 'UTC',
  });
  const range =
    end === null ? format.format(new Date(start)) : format.formatRange(new Date(start), new Date(end));
  return `${range} (${isZone(zone) ? zoneText(zone) : 'UTC'})`;
}

/** The end of an all-day event is the day after its last. */
function daysText(start: string, end: string | null): string {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
  const first = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  const last = end === null ? first : new Date(Date.parse(`${end.slice(0, 10)}T00:00:00Z`) - DAY_MS);
  return last <= first ? format.format(first) : format.formatRange(first, last);
}

function zoneText(zone: string): string {
  return zone === 'Etc/UTC' ? 'UTC' : zone.replaceAll('_', ' ');
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
