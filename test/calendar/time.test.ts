import { describe, expect, test } from '@jest/globals';
import {
  canonicalZone,
  formatInstant,
  instantOf,
  isZone,
  offsetAt,
  parseInstant,
  wallClock,
  zoneDataVersion,
  zoneNames,
} from '../../src/calendar/time.ts';

describe('wall clocks and instants', () => {
  test.each([
    ['2026-03-03T16:00:00', 'Europe/Berlin', '2026-03-03T15:00:00Z'],
    ['2026-07-03T16:00:00', 'Europe/Berlin', '2026-07-03T14:00:00Z'],
    ['2026-07-01T12:00:00', 'Asia/Kathmandu', '2026-07-01T06:15:00Z'],
    ['2026-01-01T00:30:00', 'Pacific/Kiritimati', '2025-12-31T10:30:00Z'],
    ['2026-12-31T23:30:00', 'Pacific/Pago_Pago', '2027-01-01T10:30:00Z'],
    ['2026-06-15T09:00:00', 'Australia/Lord_Howe', '2026-06-14T22:30:00Z'],
    ['2026-12-15T09:00:00', 'Australia/Lord_Howe', '2026-12-14T22:00:00Z'],
    ['2060-07-01T12:00:00', 'America/New_York', '2060-07-01T16:00:00Z'],
    ['2026-05-01T08:00:00', 'Etc/UTC', '2026-05-01T08:00:00Z'],
  ])('%s in %s is %s, and back', (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant);
    expect(wallClock(instant, zone)).toBe(local);
  });

  test('a wall clock that spring skips is read with the offset before the change', () => {
    expect(instantOf('2026-03-29T02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00Z');
    expect(wallClock('2026-03-29T01:30:00Z', 'Europe/Berlin')).toBe('2026-03-29T03:30:00');
    expect(instantOf('2026-03-08T02:00:00', 'America/New_York')).toBe('2026-03-08T07:00:00Z');
  });

  test('a wall clock that autumn repeats is its first pass', () => {
    expect(instantOf('2026-10-25T02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00Z');
    expect(instantOf('2026-11-01T01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
    expect(wallClock('2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe('2026-10-25T02:30:00');
  });

  test('the edges of a change belong to the side they stand on', () => {
    expect(instantOf('2026-03-29T01:59:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:59Z');
    expect(instantOf('2026-03-29T03:00:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00Z');
    expect(instantOf('2026-10-25T03:00:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00Z');
  });

  test('a day that a zone left out altogether moves by its whole length', () => {
    expect(instantOf('2011-12-30T12:00:00', 'Pacific/Apia')).toBe('2011-12-30T22:00:00Z');
    expect(wallClock('2011-12-30T22:00:00Z', 'Pacific/Apia')).toBe('2011-12-31T12:00:00');
  });

  test('Vancouver keeps summer time from 2026 on, as the tz data of 2026f has it', () => {
    expect(zoneDataVersion()).toBe('2026f');
    expect(offsetAt('2026-01-15T20:00:00Z', 'America/Vancouver')).toBe(-480);
    expect(instantOf('2027-01-15T12:00:00', 'America/Vancouver')).toBe('2027-01-15T19:00:00Z');
    expect(offsetAt('2027-07-15T20:00:00Z', 'America/Vancouver')).toBe(-420);
  });

  test('local mean time keeps its seconds', () => {
    expect(instantOf('1850-01-01T00:00:00', 'Europe/Berlin')).toBe('1849-12-31T23:06:32Z');
  });
});

describe('instants as text', () => {
  test('are cut to the second and read with fractions', () => {
    expect(parseInstant('2026-03-03T15:00:00Z')).toBe(1_772_550_000_000);
    expect(parseInstant('2026-03-03T15:00:00.25Z')).toBe(1_772_550_000_250);
    expect(formatInstant(1_772_550_000_999)).toBe('2026-03-03T15:00:00Z');
    expect(formatInstant(-1)).toBe('1969-12-31T23:59:59Z');
  });

  test.each(['2026-02-30T00:00:00Z', '2026-03-03T15:00:00', '2026-03-03', 'yesterday', ''])(
    '%j is no instant',
    value => {
      expect(() => parseInstant(value)).toThrow(RangeError);
    },
  );
});

describe('zone names', () => {
  test('count in any case and under their old names', () => {
    expect(['Europe/Berlin', 'europe/berlin', 'US/Pacific', 'GMT', 'Mars/Olympus', ''].map(isZone)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test.each([
    ['US/Pacific', 'America/Los_Angeles'],
    ['america/new_york', 'America/New_York'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['UTC', 'Etc/UTC'],
    ['GMT', 'Etc/UTC'],
    ['Iceland', 'Atlantic/Reykjavik'],
    ['EST5EDT', 'America/New_York'],
    ['Europe/Stockholm', 'Europe/Stockholm'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['Mars/Olympus', null],
  ])('%s is called %s today', (name, today) => {
    expect(canonicalZone(name)).toBe(today);
  });

  test('every listed name is its own name of today', () => {
    const names = zoneNames();
    expect(names.length).toBeGreaterThan(400);
    expect(names.filter(name => canonicalZone(name) !== name)).toEqual([]);
  });

  test('an unknown zone is an error of the caller', () => {
    expect(() => instantOf('2026-03-03T16:00:00', 'Mars/Olympus')).toThrow(RangeError);
  });
});
