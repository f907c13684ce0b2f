import { describe, expect, test } from '@jest/globals';
import { addressIn } from '../../src/calendar/addresses.ts';
import { readObject, readOne } from './calendar-text.ts';

const START = ['DTSTART:20260303T150000Z', 'DTEND:20260303T160000Z'];

describe('addresses', () => {
  test.each([
    ['mailto:jane@example.com', 'jane@example.com'],
    ['MAILTO:Jane.Roe@Example.COM', 'Jane.Roe@example.com'],
    ['Mailto: jane@example.com', 'jane@example.com'],
    ['jane@example.com', 'jane@example.com'],
    ['mailto:jane%2Bwork@example.com', 'jane+work@example.com'],
    ['mailto:jane%40example.com', 'jane@example.com'],
    ['mailto:jane@example.com?subject=Hi', 'jane@example.com'],
    ["mailto:'jane@example.com'", 'jane@example.com'],
    ['mailto:<jane@example.com>', 'jane@example.com'],
    ['mailto:jane@bücher.example', 'jane@xn--bcher-kva.example'],
    ['mailto:100%@example.com', '100%@example.com'],
    ['invalid:nomail', null],
    ['mailto:', null],
    ['/aMTIzNDU2Nzg5/principal/', null],
    ['urn:uuid:5c1d52a1-6d0e-4c8e-9a3e-0f4d6b1c2d3e', null],
    ['https://calendar.example.com/principals/jane/', null],
  ])('[R-14] %s is %s', (value, expected) => {
    expect(addressIn(value)).toBe(expected);
  });

  test('[R-14] EMAIL names the person behind a principal path', () => {
    const event = readOne([
      ...START,
      'ATTENDEE;CN=Sam Poe;EMAIL=sam@example.com;PARTSTAT=ACCEPTED:/aMTIzNDU2Nzg5/principal/',
    ]);
    expect(event.attendees).toMatchObject([
      { email: 'sam@example.com', value: '/aMTIzNDU2Nzg5/principal/', mailto: false, partstat: 'ACCEPTED' },
    ]);
  });

  test('[R-15] an iCloud token is not the organizer: EMAIL is, and the token stays readable', () => {
    const lines = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:BC26EAAD',
      'DTSTART:20260303T150000Z',
      'ORGANIZER;CN=Jane Roe;EMAIL=jane@example.com:mailto:2_GEZDQOBWHA3TCNJR@imip.me.com',
      'END:VEVENT',
      'END:VCALENDAR',
    ];
    const other = lines.map(line => line.replace('2_GEZDQOBWHA3TCNJR', '2_MFRGGZDFMZTWQ2LK'));
    const [first, second] = [lines, other].map(content => readLines(content));
    expect(first?.organizer).toEqual({
      email: 'jane@example.com',
      value: 'mailto:2_GEZDQOBWHA3TCNJR@imip.me.com',
      name: 'Jane Roe',
      sentBy: null,
      mailto: true,
    });
    expect(second?.organizer?.email).toBe('jane@example.com');
    expect(second?.hash).toBe(first?.hash);
  });

  test('EMAIL does not replace an address that is one', () => {
    const event = readOne([...START, 'ATTENDEE;EMAIL=other@example.com:mailto:sam@example.com']);
    expect(event.attendees[0]?.email).toBe('sam@example.com');
  });

  test('an unquoted colon in the name does not swallow the address', () => {
    const event = readOne([...START, 'ATTENDEE;CN=Sales: North:mailto:north@example.com']);
    expect(event.attendees[0]).toMatchObject({ email: 'north@example.com', name: 'Sales: North' });
  });

  test('delegates, guests and odd roles of an attendee are kept', () => {
    const event = readOne([
      ...START,
      'ATTENDEE;ROLE=REQ_PARTICIPANT;RSVP=true;CUTYPE=individual;PARTSTAT=accepted;X-NUM-GUESTS=2;DELEGATED-FROM="mailto:a@example.com":mailto:b@example.com',
    ]);
    expect(event.attendees[0]).toMatchObject({
      role: 'REQ-PARTICIPANT',
      rsvp: true,
      cutype: 'INDIVIDUAL',
      partstat: 'ACCEPTED',
      delegatedFrom: ['a@example.com'],
      parameters: { 'X-NUM-GUESTS': '2' },
    });
  });

  test('SENT-BY is an address of its own', () => {
    const [organizer] = [
      readLines([
        'BEGIN:VCALENDAR',
        'BEGIN:VEVENT',
        'UID:1',
        'DTSTART:20260303T150000Z',
        'ORGANIZER;CN=Jane;SENT-BY="MAILTO:assistant@example.com":MAILTO:jane@example.com',
        'END:VEVENT',
        'END:VCALENDAR',
      ])?.organizer,
    ];
    expect(organizer).toMatchObject({ email: 'jane@example.com', sentBy: 'assistant@example.com' });
  });
});

function readLines(lines: readonly string[]) {
  return readObject(lines).events[0];
}
