/**
 * One zone's offsets over time, whoever told them (tz data or a VTIMEZONE), and the way between wall clock and instant.
 * A wall clock that a change skips or repeats is read with the offset before the change (RFC 5545 3.3.5).
 */
import { SECOND } from './civil.ts';

/** `offsets[i]` (seconds east) holds until the instant `untils[i]`; the last until is Infinity. */
export interface Timeline {
  readonly offsets: readonly number[];
  readonly untils: readonly number[];
}

/** Index of the first entry for which `fits` holds; `fits` is false, then true. */
export function firstWhere(length: number, fits: (index: number) => boolean): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Seconds east at an instant. */
export function offsetIn(timeline: Timeline, instant: number): number {
  const { offsets, untils } = timeline;
  return offsets[firstWhere(untils.length, index => instant < (untils[index] ?? Infinity))] ?? 0;
}

export function wallClockIn(timeline: Timeline, instant: number): number {
  return instant + offsetIn(timeline, instant) * SECOND;
}

export function instantIn(timeline: Timeline, local: number): number {
  const { offsets, untils } = timeline;
  const at = (index: number) => local - (offsets[index] ?? 0) * SECOND;
  const index = firstWhere(untils.length, i => at(i) < (untils[i] ?? Infinity));
  const skipped = index > 0 && at(index) < (untils[index - 1] ?? -Infinity);
  return skipped ? at(index - 1) : at(index);
}

export interface OffsetChange {
  readonly at: number;
  readonly offset: number;
}

/** The offset at `from`, then every real change up to `to`. */
export function changesWithin(timeline: Timeline, from: number, to: number): OffsetChange[] {
  const { offsets, untils } = timeline;
  let index = firstWhere(untils.length, i => from < (untils[i] ?? Infinity));
  const changes: OffsetChange[] = [{ at: from, offset: offsets[index] ?? 0 }];
  for (; index + 1 < offsets.length; index += 1) {
    const at = untils[index] ?? Infinity;
    if (at >= to) break;
    const offset = offsets[index + 1] ?? 0;
    if (offset !== changes.at(-1)?.offset) changes.push({ at, offset });
  }
  return changes;
}

export function sameChanges(one: readonly OffsetChange[], other: readonly OffsetChange[]): boolean {
  return (
    one.length === other.length &&
    one.every((change, i) => change.at === other[i]?.at && change.offset === other[i]?.offset)
  );
}
