import type { Limits } from '../kernel/limits.ts';
import type { CalendarObject, Reading, Refusal } from './event.ts';
export function checkForRegister(
  calendar: CalendarObject,
  _limits: Limits,
  _hints: { organizerZone: string | null },
): { ok: true; calendar: CalendarObject; notes: string[] } | { ok: false; refusal: Refusal } {
  return { ok: true, calendar, notes: [] };
}
export function checkReading(_r: Reading): Refusal | null {
  return null;
}
