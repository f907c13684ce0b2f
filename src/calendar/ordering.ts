/**
 * Which of two messages about one component is newer (RFC 5546 2.1.5, with what real clients need on top): SEQUENCE, DTSTAMP,
 * CANCEL over REQUEST, LAST-MODIFIED, and last the larger hash, so that the order of arrival never decides.
 */
import type { CalendarEvent } from './event.ts';
import type { Order, Stamp } from './state.ts';
import { formatInstant, parseInstant } from './time.ts';

export type { Stamp } from './state.ts';

/** A DTSTAMP further ahead than this is not believed. */
const AHEAD_MS = 24 * 3_600_000;

/** X-MICROSOFT-CDO-APPT-SEQUENCE counts too: old Exchange raises it and leaves SEQUENCE at 0. */
export function sequenceOf(event: Pick<CalendarEvent, 'sequence' | 'apptSequence'>): number {
  return Math.max(event.sequence ?? 0, event.apptSequence ?? 0, 0);
}

export function stampOf(event: CalendarEvent, method: Stamp['method'], receivedAt: string): Stamp {
  return {
    sequence: sequenceOf(event),
    dtstamp: believable(event.dtstamp, receivedAt),
    method,
    lastModified: event.lastModified,
    hash: event.hash,
  };
}

function believable(dtstamp: string | null, receivedAt: string): string {
  const received = parseInstant(receivedAt);
  const told = dtstamp === null ? Number.NaN : parseInstant(dtstamp);
  return formatInstant(Number.isNaN(told) || told > received + AHEAD_MS ? received : told);
}

/** Positive: `a` is newer. Zero only for equal content under an equal stamp. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return (
    compareOrder(a, b) ||
    rank(a) - rank(b) ||
    compareText(a.lastModified ?? '', b.lastModified ?? '') ||
    compareText(a.hash, b.hash)
  );
}

/** Messages about different components share no more than these two. */
export function compareOrder(a: Order, b: Order): number {
  return a.sequence - b.sequence || compareText(a.dtstamp, b.dtstamp);
}

/** Only their content tells them apart: the sender gave no order (D3). */
export function isTied(a: Stamp, b: Stamp): boolean {
  return (
    compareOrder(a, b) === 0 &&
    a.method === b.method &&
    a.lastModified === b.lastModified &&
    a.hash !== b.hash
  );
}

export function newerOrder(a: Order | null, b: Order | null): Order | null {
  if (a === null || b === null) return a ?? b;
  return compareOrder(a, b) >= 0 ? a : b;
}

function rank(stamp: Stamp): number {
  return stamp.method === 'cancel' ? 1 : 0;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
