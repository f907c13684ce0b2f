/** RRULE: read strictly, written in one form, expanded like the rest of the world does, and never without end. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { formatLocal, parseLocal } from '../../src/calendar/civil.ts';
import { formatRule, parseRule, ruleStarts } from '../../src/calendar/recurrence.ts';
import '../support/runs.ts';

function starts(text: string, start: string, count = 6): string[] {
  const rule = parseRule(text);
  if (rule === null) throw new Error(`no rule: ${text}`);
  const found: string[] = [];
  for (const local of ruleStarts(rule, parseLocal(start), { until: null })) {
    found.push(formatLocal(local).replace('T09:00:00', ''));
    if (found.length >= count) break;
  }
  return found;
}

describe('rules of RFC 5545 3.3.10', () => {
  test.each([
    ['FREQ=DAILY;INTERVAL=10;COUNT=3', '1997-09-02', ['1997-09-02', '1997-09-12', '1997-09-22']],
    [
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH',
      '1997-09-02',
      ['1997-09-02', '1997-09-04', '1997-09-16', '1997-09-18', '1997-09-30', '1997-10-02'],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      '1997-08-05',
      ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      '1997-08-05',
      ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
    ],
    [
      'FREQ=MONTHLY;COUNT=4;BYDAY=1FR',
      '1997-09-05',
      ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05'],
    ],
    [
      'FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU',
      '1997-09-07',
      ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30', '1998-01-04', '1998-01-25'],
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=-3',
      '1997-09-28',
      ['1997-09-28', '1997-10-29', '1997-11-28', '1997-12-29', '1998-01-29', '1998-02-26'],
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=31',
      '1997-01-31',
      ['1997-01-31', '1997-03-31', '1997-05-31', '1997-07-31', '1997-08-31', '1997-10-31'],
    ],
    [
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      '1998-02-13',
      ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13', '2000-10-13', '2001-04-13'],
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
      '1997-09-29',
      ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30', '1998-01-29', '1998-02-26'],
    ],
    [
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      '1996-11-05',
      ['1996-11-05', '2000-11-07', '2004-11-02', '2008-11-04', '2012-11-06', '2016-11-08'],
    ],
    [
      'FREQ=YEARLY;BYDAY=20MO',
      '1997-05-19',
      ['1997-05-19', '1998-05-18', '1999-05-17', '2000-05-15', '2001-05-14', '2002-05-20'],
    ],
    [
      'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
      '1997-05-12',
      ['1997-05-12', '1998-05-11', '1999-05-17', '2000-05-15', '2001-05-14', '2002-05-13'],
    ],
    [
      'FREQ=YEARLY;INTERVAL=3;COUNT=5;BYYEARDAY=1,100,200',
      '1997-01-01',
      ['1997-01-01', '1997-04-10', '1997-07-19', '2000-01-01', '2000-04-09'],
    ],
    ['FREQ=YEARLY;COUNT=3;BYYEARDAY=-1', '1997-12-31', ['1997-12-31', '1998-12-31', '1999-12-31']],
    [
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      '2096-02-29',
      ['2096-02-29', '2104-02-29', '2108-02-29', '2112-02-29', '2116-02-29', '2120-02-29'],
    ],
    [
      'FREQ=YEARLY',
      '2024-02-29',
      ['2024-02-29', '2028-02-29', '2032-02-29', '2036-02-29', '2040-02-29', '2044-02-29'],
    ],
    [
      'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO',
      '2025-12-29',
      ['2025-12-29', '2027-01-04', '2028-01-03', '2029-01-01', '2029-12-31', '2030-12-30'],
    ],
  ])('%s from %s', (rule, start, expected) => {
    expect(starts(rule, `${start}T09:00:00`)).toEqual(expected);
  });

  test('below a day the coarser parts limit and the finer ones expand', () => {
    expect(starts('FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20', '1997-09-02T09:00:00', 5)).toEqual([
      '1997-09-02',
      '1997-09-02T09:20:00',
      '1997-09-02T10:00:00',
      '1997-09-02T10:20:00',
      '1997-09-03',
    ]);
    expect(starts('FREQ=HOURLY;INTERVAL=3;COUNT=4', '1997-09-02T09:00:00')).toEqual([
      '1997-09-02',
      '1997-09-02T12:00:00',
      '1997-09-02T15:00:00',
      '1997-09-02T18:00:00',
    ]);
    expect(starts('FREQ=MINUTELY;INTERVAL=90;COUNT=3;BYDAY=TU', '1997-09-02T09:00:00')).toEqual([
      '1997-09-02',
      '1997-09-02T10:30:00',
      '1997-09-02T12:00:00',
    ]);
  });

  test('the start is the first date also where it does not fit its rule, and counts', () => {
    expect(starts('FREQ=WEEKLY;BYDAY=MO;COUNT=3', '2026-03-03T09:00:00')).toEqual([
      '2026-03-03',
      '2026-03-09',
      '2026-03-16',
    ]);
  });

  test('COUNT and UNTIL end it', () => {
    const rule = parseRule('FREQ=DAILY');
    if (rule === null) throw new Error('no rule');
    const until = parseLocal('2026-03-05T09:00:00');
    expect([...ruleStarts(rule, parseLocal('2026-03-03T09:00:00'), { until })]).toHaveLength(3);
  });

  test('skipping ahead gives the same dates as walking there', () => {
    const texts = [
      'FREQ=DAILY;INTERVAL=3',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR',
      'FREQ=MONTHLY;BYDAY=2TU',
      'FREQ=YEARLY;INTERVAL=2',
    ];
    for (const text of texts) {
      const rule = parseRule(text);
      if (rule === null) throw new Error(text);
      const start = parseLocal('2020-01-07T09:00:00');
      const from = parseLocal('2031-05-01T00:00:00');
      const until = parseLocal('2036-01-01T00:00:00');
      const walked = [...ruleStarts(rule, start, { until })].filter(local => local >= from);
      expect([...ruleStarts(rule, start, { until, from })]).toEqual(walked);
    }
  });
});

describe('bounds', () => {
  test.each([
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6',
    'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYSETPOS=5',
  ])('%s never hits, and ends', text => {
    expect(starts(text, '2026-03-03T09:00:00')).toEqual(['2026-03-03']);
  });

  test('nothing is yielded far beyond any calendar', () => {
    const rule = parseRule('FREQ=YEARLY');
    if (rule === null) throw new Error('no rule');
    const all = [...ruleStarts(rule, parseLocal('2026-03-03T09:00:00'), { until: null })];
    expect(formatLocal(all.at(-1) ?? 0)).toBe('2200-03-03T09:00:00');
  });
});

describe('reading and writing', () => {
  test.each([
    '',
    'FREQ=FORTNIGHTLY',
    'INTERVAL=2',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=3;UNTIL=20260101',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;INTERVAL=1e3',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=MONTHLY;BYDAY=0MO',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=YEARLY;BYMONTH=13',
    'FREQ=DAILY;UNTIL=tomorrow',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=DAILY;WKST=',
    'FREQ=DAILY=WEEKLY',
    'FREQ=DAILY;BYDAY=MO\r\nATTENDEE:mailto:x@example.org',
  ])('%j is no rule', text => {
    expect(parseRule(text)).toBeNull();
  });

  test('stray semicolons, blanks and lower case are forgiven', () => {
    const rule = parseRule('freq=weekly; byday=mo,fr;;');
    expect(rule === null ? null : formatRule(rule)).toBe('FREQ=WEEKLY;BYDAY=MO,FR');
  });

  test('unknown parts are not passed on', () => {
    const rule = parseRule('FREQ=WEEKLY;X-FOO=1;RSCALE=GREGORIAN;COUNT=3');
    expect(rule === null ? null : formatRule(rule)).toBe('FREQ=WEEKLY;COUNT=3');
  });

  test('what was written reads as the same rule', () => {
    fc.assert(
      fc.property(ruleText(), text => {
        const rule = parseRule(text);
        expect(rule).not.toBeNull();
        if (rule !== null) expect(parseRule(formatRule(rule))).toEqual(rule);
      }),
    );
  });
});

function ruleText(): fc.Arbitrary<string> {
  const part = (name: string, values: readonly string[]) =>
    fc
      .subarray([...values], { minLength: 0, maxLength: Math.min(3, values.length) })
      .map(list => (list.length === 0 ? '' : `;${name}=${list.join(',')}`));
  const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
  const interval = fc.integer({ min: 1, max: 4 }).map(value => (value === 1 ? '' : `;INTERVAL=${value}`));
  const count = fc.integer({ min: 1, max: 20 }).map(value => `;COUNT=${value}`);
  const body = fc.oneof(
    fc.constant('FREQ=DAILY'),
    fc
      .tuple(part('BYMONTH', ['1', '5', '12']), part('BYDAY', weekdays))
      .map(([a, b]) => `FREQ=DAILY${a}${b}`),
    part('BYDAY', weekdays).map(days => `FREQ=WEEKLY${days}`),
    part('BYDAY', ['1MO', '-1FR', '3WE', '-2SU']).map(days => `FREQ=MONTHLY${days}`),
    part('BYMONTHDAY', ['1', '15', '28', '31', '-1']).map(days => `FREQ=MONTHLY${days}`),
    fc
      .tuple(part('BYMONTH', ['2', '6', '11']), part('BYMONTHDAY', ['3', '28']))
      .map(([a, b]) => `FREQ=YEARLY${a === '' ? ';BYMONTH=4' : a}${b}`),
  );
  return fc.tuple(body, interval, count).map(parts => parts.join(''));
}

describe('against an independent expander', () => {
  test('ical.js gives the same dates wherever the start fits its rule', () => {
    const start = fc
      .integer({ min: 0, max: 3_000 })
      .map(day => parseLocal('2021-01-01T09:00:00') + day * 86_400_000);
    fc.assert(
      fc.property(ruleText(), start, (text, local) => {
        const rule = parseRule(text);
        if (rule === null) throw new Error(text);
        // Ical.js moves a 29 February that a year lacks to 1 March.
        fc.pre(Number(formatLocal(local).slice(8, 10)) <= 28);
        const begin = ICAL.Time.fromString(formatLocal(local), new ICAL.Property('dtstart'));
        const iterator = ICAL.Recur.fromString(text).iterator(begin);
        const theirs: string[] = [];
        for (
          let next = iterator.next();
          next !== undefined && next !== null && theirs.length < 30;
          next = iterator.next()
        ) {
          theirs.push(next.toString());
        }
        // Where the start is no date of its rule, RFC 5545 leaves open what happens.
        fc.pre(theirs[0] === formatLocal(local));
        const ours: string[] = [];
        for (const each of ruleStarts(rule, local, { until: null })) ours.push(formatLocal(each));
        expect(ours.slice(0, 30)).toEqual(theirs);
      }),
      { numRuns: 400 },
    );
  });
});
