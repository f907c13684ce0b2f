import { describe, expect, test } from '@jest/globals';
import { explained } from '../../../src/platform/local/ui/explain.ts';

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'METHOD:REQUEST',
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'SUMMARY:Soup\\, bread\\nand <b>more</b>',
  'ATTENDEE;CN="Lee; Bob: Jr";PARTSTAT=NEEDS-ACTION:mailto:bob@exam',
  ' ple.org',
  'X-OWN:1',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

describe('the calendar object, explained', () => {
  const components = explained(CALENDAR);

  test('names its components in their order, a zone by its name', () => {
    expect(components.map(({ name, words }) => [name, words])).toEqual([
      ['VCALENDAR', 'The calendar object: one message between two calendars.'],
      ['VTIMEZONE', 'The rules of the zone Europe/Berlin: when its clocks change.'],
      ['VEVENT', 'One event, or one date of a series.'],
    ]);
  });

  test('gives values without the format’s own escapes, and folded lines whole', () => {
    expect(components[2]?.lines.map(({ name, parameters, value }) => [name, parameters, value])).toEqual([
      ['SUMMARY', [], 'Soup, bread\nand <b>more</b>'],
      ['ATTENDEE', ['CN="Lee; Bob: Jr"', 'PARTSTAT=NEEDS-ACTION'], 'mailto:bob@example.org'],
      ['X-OWN', [], '1'],
    ]);
  });

  test('says what a property means, and that an unknown one is the sender’s own', () => {
    const words = components[2]?.lines.map(line => line.words);
    expect(words?.[0]).toBe('The title.');
    expect(words?.[2]).toBe('A property of the sender’s own.');
  });

  test('takes names of the language itself for unknown properties', () => {
    const [event] = explained('BEGIN:VEVENT\r\nCONSTRUCTOR:x\r\nHASOWNPROPERTY:y\r\nEND:VEVENT\r\n');
    expect(event?.lines.map(line => line.words)).toEqual([
      'A property of the sender’s own.',
      'A property of the sender’s own.',
    ]);
  });

  test('hangs on nothing that is broken', () => {
    expect(explained('END:VEVENT\r\nBEGIN\r\n:::\r\nBEGIN:VEVENT\r\nX')).toEqual([
      {
        name: 'VEVENT',
        words: 'One event, or one date of a series.',
        lines: [{ name: 'X', parameters: [], value: '', words: 'A property of the sender’s own.' }],
      },
    ]);
  });
});
