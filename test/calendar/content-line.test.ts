import { describe, expect, test } from '@jest/globals';
import { parameter, parameterList, readContentLine } from '../../src/calendar/content-line.ts';
import { textList, unescapeText } from '../../src/calendar/text.ts';

function read(text: string) {
  const property = readContentLine({ number: 1, text });
  if (property === null) throw new Error('no content line');
  return property;
}

describe('content lines', () => {
  test('name and parameter names count in any case', () => {
    const property = read('dtstart;tzid=Europe/Berlin:20260303T160000');
    expect(property.name).toBe('DTSTART');
    expect(parameter(property, 'TZID')).toBe('Europe/Berlin');
    expect(property.value).toBe('20260303T160000');
  });

  test('a quoted parameter may hold what separates', () => {
    const property = read('ATTENDEE;CN="Doe, Jane: the; first";RSVP=TRUE:mailto:jane@example.com');
    expect(parameter(property, 'CN')).toBe('Doe, Jane: the; first');
    expect(parameter(property, 'RSVP')).toBe('TRUE');
    expect(property.value).toBe('mailto:jane@example.com');
  });

  test('an unquoted parameter may hold blanks and commas', () => {
    expect(parameter(read('DTSTART;TZID=W. Europe Standard Time:20260303T160000'), 'TZID')).toBe(
      'W. Europe Standard Time',
    );
    expect(parameter(read('ATTENDEE;CN=Doe, Jane:mailto:jane@example.com'), 'CN')).toBe('Doe, Jane');
  });

  test('[R-13] carets decode in parameters (RFC 6868)', () => {
    expect(parameter(read("X;CN=George Herman ^'Babe^' Ruth^n^^1^x:v"), 'CN')).toBe(
      'George Herman "Babe" Ruth\n^1^x',
    );
  });

  test('a list of addresses splits outside of the quotes', () => {
    const property = read(
      'ATTENDEE;DELEGATED-TO="mailto:a@example.com","mailto:b,c@example.com":mailto:d@example.com',
    );
    expect(parameterList(property, 'DELEGATED-TO')).toEqual([
      'mailto:a@example.com',
      'mailto:b,c@example.com',
    ]);
  });

  test('a quote that never closes is a character', () => {
    const property = read('ATTENDEE;CN="Jane:mailto:jane@example.com');
    expect(property.value).toBe('mailto:jane@example.com');
    expect(parameter(property, 'CN')).toBe('Jane');
  });

  test.each(['Dear team,', '', ':value', ';x=y:z', '&nbsp; And a blank.', 'NAME', 'NAME;X=1'])(
    '%j is no content line',
    text => {
      expect(readContentLine({ number: 1, text })).toBeNull();
    },
  );
});

describe('text values', () => {
  test.each([
    ['one\\ntwo\\Nthree', 'one\ntwo\nthree'],
    ['a\\, b\\; c', 'a, b; c'],
    ['C:\\\\new', 'C:\\new'],
    ['\\\\n', '\\n'],
    ['no \\: escape', 'no \\: escape'],
    ['ends with \\', 'ends with \\'],
  ])('[R-13] %j decodes', (value, expected) => {
    expect(unescapeText(value)).toBe(expected);
  });

  test('a list splits at the commas that nothing hides', () => {
    expect(textList('Work, Board\\, annual,,\\;x')).toEqual(['Work', 'Board, annual', ';x']);
  });
});
