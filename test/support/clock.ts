/** A clock that stands still until a test moves it. */
import type { Clock } from '../../src/kernel/ports.ts';

export interface TestClock extends Clock {
  set(iso: string): void;
  advance(ms: number): void;
}

export function testClock(iso = '2026-03-02T09:00:00Z'): TestClock {
  let now = Date.parse(iso);
  return {
    now: () => now,
    set: next => {
      now = Date.parse(next);
    },
    advance: ms => {
      now += ms;
    },
  };
}
