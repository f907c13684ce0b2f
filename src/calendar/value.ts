/** DATE, DATE-TIME, DURATION and UTC-OFFSET values (RFC 5545 3.3.4 to 3.3.14) as numbers; null where a value is none. */
import { DAY, HOUR, localMs, MINUTE, SECOND } from './civil.ts';

export interface TimeValue {
  readonly kind: 'date' | 'utc' | 'local';
  /** Wall clock in milliseconds as if UTC. */
  readonly ms: number;
}

// Dashes and colons are ISO 8601's extended form, which some programs write; a missing second is none.
const TIME =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?[ ]?(Z|[+-]00:?00)?)?$/i;

export function readTime(text: string): TimeValue | null {
  const match = text.length > 40 ? null : TIME.exec(text.trim());
  if (match === null) return null;
  const part = (index: number) => Number(match[index] ?? 0);
  const ms = localMs(part(1), part(2), part(3), part(4), part(5), part(6));
  if (Number.isNaN(ms)) return null;
  if (match[4] === undefined) return { kind: 'date', ms };
  return { kind: match[7] === undefined ? 'local' : 'utc', ms };
}

export interface Duration {
  /** Weeks and days: nominal, counted on the wall clock. */
  readonly days: number;
  /** Hours, minutes and seconds: exact. */
  readonly ms: number;
  readonly negative: boolean;
}

const DURATION =
  /^([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/i;

export function readDuration(text: string): Duration | null {
  const match = text.length > 60 ? null : DURATION.exec(text.trim());
  if (match === null || match.slice(2).every(part => part === undefined)) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map(part => Number(part ?? 0));
  return {
    days: (weeks ?? 0) * 7 + (days ?? 0),
    ms: (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * SECOND,
    negative: match[1] === '-',
  };
}

/** Seconds east. */
export function readOffset(text: string): number | null {
  const match = /^([+-]?)(\d{2}):?(\d{2}):?(\d{2})?$/.exec(text.trim());
  if (match === null) return null;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  if (seconds * SECOND >= DAY) return null;
  return match[1] === '-' ? -seconds || 0 : seconds;
}
