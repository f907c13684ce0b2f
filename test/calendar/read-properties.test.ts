import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readContentLine } from '../../src/calendar/content-line.ts';
import { sanitiseHtml } from '../../src/calendar/html-text.ts';
import { checkReading, readCalendar } from '../../src/calendar/read.ts';
import { textList, unescapeText } from '../../src/calendar/text.ts';
import { instantOf, wallClock, zoneNames } from '../../src/calendar/time.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { bytes, CENTRAL_EUROPE, calendarOf, EU_RULES, eventOf, text, windowsBlock } from './calendar-text.ts';
import '../support/runs.ts';

const LINES = calendarOf([
  ...windowsBlock('W. Europe Standard Time', CENTRAL_EUROPE, EU_RULES),
  ...eventOf([
    'DTSTART;TZID=W. Europe Standard Time:20260303T160000',
    'DTEND;TZID=W. Europe Standard Time:20260303T170000',
    'ATTENDEE;CN="Grüße, José 🎉";RSVP=TRUE:mailto:sam@example.com',
    'DESCRIPTION:日本語\\, and a long line of text that any program would have to fold somewhere.',
    'RRULE:FREQ=WEEKLY;COUNT=5',
  ]),
]);

/** Line numbers move with folds: they are left out. */
function meaning(content: Uint8Array): unknown {
  const reading = readCalendar(content);
  if (!reading.ok) return reading.refusal.code;
  const { line: _, methodLine: __, ...calendar } = reading.calendar;
  return { ...calendar, events: calendar.events.map(({ source: _, ...event }) => ({ ...event, line: 0 })) };
}

const EXPECTED = meaning(bytes(text(LINES)));

describe('however a file is written down, it means the same', () => {
  test('the reference is an event', () => {
    expect(EXPECTED).toMatchObject({
      repairs: [],
      events: [{ start: { utc: '2026-03-03T15:00:00Z' }, attendees: [{ name: 'Grüße, José 🎉' }] }],
    });
  });

  test('[R-10][R-11] folded at any octet, with any line end, by blank or tab', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('\r\n', '\n', '\r', '\r\r\n'),
        fc.array(fc.tuple(fc.nat({ max: 2_000 }), fc.constantFrom(' ', '\t')), { maxLength: 30 }),
        fc.boolean(),
        (end, folds, mark) => {
          const plain = Buffer.from(text(LINES, '\n'), 'utf8');
          const at = new Map(folds.map(([place, blank]) => [place % plain.length, blank]));
          const out: Buffer[] = mark ? [Buffer.from([0xef, 0xbb, 0xbf])] : [];
          for (const [index, octet] of plain.entries()) {
            const blank = at.get(index);
            // A fold at the start of a line would join it to the line before.
            if (blank !== undefined && index > 0 && plain[index - 1] !== 0x0a)
              out.push(Buffer.from(end + blank));
            out.push(octet === 0x0a ? Buffer.from(end) : Buffer.from([octet]));
          }
          expect(meaning(Buffer.concat(out))).toEqual(EXPECTED);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('[R-11] with names of properties, components and parameters in any case', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }), flips => {
        let turn = 0;
        const flip = (word: string) =>
          [...word]
            .map(char => (flips[turn++ % flips.length] ? char.toLowerCase() : char.toUpperCase()))
            .join('');
        const lines = LINES.map(line =>
          line
            .replace(/^(BEGIN|END):(.+)$/, (_, name, kind) => `${flip(name)}:${flip(kind)}`)
            .replace(/^(?!begin|end)[A-Z-]+/i, flip)
            .replace(/;(TZID|CN|RSVP)=/g, flip),
        );
        expect(meaning(bytes(text(lines)))).toEqual(EXPECTED);
      }),
      { numRuns: 100 },
    );
  });

  test('with properties in any order', () => {
    const from = LINES.indexOf('BEGIN:VEVENT') + 1;
    const until = LINES.indexOf('END:VEVENT');
    fc.assert(
      fc.property(
        fc.shuffledSubarray(LINES.slice(from, until), { minLength: until - from, maxLength: until - from }),
        inside => {
          const lines = [...LINES.slice(0, from), ...inside, ...LINES.slice(until)];
          expect(meaning(bytes(text(lines)))).toEqual(EXPECTED);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('whatever comes in', () => {
  const pieces = fc.constantFrom(
    ...['BEGIN:VCALENDAR', 'END:VCALENDAR', 'BEGIN:VEVENT', 'END:VEVENT', 'BEGIN:VTIMEZONE', 'END:VTIMEZONE'],
    ...[
      'BEGIN:STANDARD',
      'END:STANDARD',
      'TZID:X',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY',
      'DTSTART:16010101T000000',
    ],
    ...[
      'DTSTART;TZID=X:20260303T160000',
      'UID:1',
      'METHOD:REQUEST',
      'DURATION:P1D',
      'ORGANIZER:mailto:a@example.com',
    ],
    ...[
      'RECURRENCE-ID:20260303',
      'EXDATE:x,20260303',
      'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE',
      ':',
      ';',
      '"',
      ' ',
      '',
    ],
  );

  test('octets are read or refused, never thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), content => {
        const checked = checkReading(readCalendar(content), DEFAULT_LIMITS, {
          organizerZone: 'Europe/Berlin',
        });
        expect(typeof checked.ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });

  test('neither are shuffled and cut calendars', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.constantFrom(...LINES), fc.string({ maxLength: 40 })), {
          maxLength: 40,
        }),
        fc.nat(),
        (lines, cut) => {
          const whole = bytes(`BEGIN:VCALENDAR\r\n${text(lines)}`);
          const content = cut % 3 === 0 ? whole.subarray(0, cut % whole.length) : whole;
          const checked = checkReading(readCalendar(content), DEFAULT_LIMITS, { organizerZone: null });
          if (!checked.ok) expect(checked.refusal.sentence).not.toBe('');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a text comes back from its escaped form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), value => {
        const escaped = value.replace(/[\\;,]/g, char => `\\${char}`).replaceAll('\n', '\\n');
        expect(unescapeText(escaped)).toBe(value);
        const trimmed = value.trim();
        expect(textList(escaped)).toEqual(trimmed === '' ? [] : [trimmed]);
      }),
    );
  });

  test('a parameter in quotes never changes the value', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }).filter(name => !/["\r\n]/.test(name)),
        name => {
          const line = readContentLine({ number: 1, text: `ATTENDEE;CN="${name}":mailto:a@example.com` });
          expect(line?.value).toBe('mailto:a@example.com');
        },
      ),
    );
  });

  test('sanitised HTML holds allowed tags alone, and stays as it is when sanitised again', () => {
    const markup = fc.array(
      fc.oneof(
        fc.constantFrom(
          '<p>',
          '</p>',
          '<b',
          '<script>',
          '</script>',
          '<a href="https://example.com">',
          '</a>',
          '<img src=x onerror=y>',
          '<',
          '>',
          '<!--',
          '-->',
          '&lt;',
          '&',
          '"',
          "'",
          '<br/>',
          '<svg/onload=x>',
          '<a href=javascript:x>',
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(markup, parts => {
        const clean = sanitiseHtml(parts.join(''));
        const tags = clean.match(/<[^>]*>?/g) ?? [];
        expect(
          tags.filter(
            tag =>
              !/^<\/?(?:p|br|b|strong|i|em|u|s|a|ul|ol|li|h[1-6]|pre|code|hr|t[rdh])>$|^<a href="https:\/\/example\.com">$/.test(
                tag,
              ),
          ),
        ).toEqual([]);
        expect(sanitiseHtml(clean)).toBe(clean);
      }),
      { numRuns: 500 },
    );
  });

  test('a wall clock of any zone leads to an instant that shows it, but where a change skips it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zoneNames()),
        fc.integer({ min: 0, max: 4_102_444_799 }),
        (zone, seconds) => {
          const local = new Date(seconds * 1_000).toISOString().slice(0, 19);
          const instant = instantOf(local, zone);
          const shown = wallClock(instant, zone);
          // A skipped clock shows the one after the change; both are the same instant.
          expect(instantOf(shown, zone)).toBe(instant);
          expect(shown >= local).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
