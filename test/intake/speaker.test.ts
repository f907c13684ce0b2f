import { describe, expect, test } from '@jest/globals';
import { speakerOf } from '../../src/intake/speaker.ts';
import type { Invitation } from '../support/calendar-mail.ts';
import { read } from '../support/register.ts';

function speaker(of: Invitation, identity: string) {
  return speakerOf(read(of), identity);
}

describe('a calendar mail speaks', () => {
  test('for its organizer when he is the proven sender, in whatever capitals', () => {
    expect(
      speaker({ organizer: 'ORGANIZER;CN=Jane Roe:MAILTO:Jane@Example.com' }, 'jane@example.com'),
    ).toEqual({
      kind: 'organizer',
      address: 'jane@example.com',
      name: 'Jane Roe',
    });
  });

  test('for nobody when somebody else sent it', () => {
    expect(speaker({}, 'mallory@example.org')).toEqual({ kind: 'stranger' });
  });

  test('for the organizer behind a delegate who is the proven sender', () => {
    const organizer = 'ORGANIZER;CN=Jane Roe;SENT-BY="mailto:joe@example.com":mailto:jane@example.com';
    expect(speaker({ organizer }, 'joe@example.com')).toMatchObject({
      kind: 'delegate',
      address: 'jane@example.com',
    });
    expect(speaker({ organizer }, 'mallory@example.org')).toEqual({ kind: 'stranger' });
  });

  test('for the person behind an iCloud token', () => {
    const organizer = 'ORGANIZER;CN=Jane;EMAIL=jane@example.com:mailto:2_GEZDGNBVGY@imip.me.com';
    expect(speaker({ organizer }, 'jane@example.com')).toMatchObject({
      kind: 'organizer',
      address: 'jane@example.com',
    });
  });

  test('for the sender himself where the organizer is a calendar of a group', () => {
    const organizer = 'ORGANIZER;CN=Team:mailto:c_abc123@group.calendar.google.com';
    expect(speaker({ organizer }, 'jane@example.com')).toMatchObject({
      kind: 'organizer',
      address: 'jane@example.com',
    });
  });

  test('for its sender when a publication names no organizer, and for nobody when an invitation does', () => {
    const none = { organizer: 'X-NONE:1' };
    expect(speaker({ ...none, method: 'PUBLISH' }, 'jane@example.com')).toMatchObject({ kind: 'organizer' });
    expect(speaker({ ...none, method: null }, 'jane@example.com')).toMatchObject({ kind: 'organizer' });
    expect(speaker(none, 'jane@example.com')).toEqual({ kind: 'unnamed' });
    expect(speaker({ ...none, method: 'CANCEL' }, 'jane@example.com')).toEqual({ kind: 'unnamed' });
  });

  test('for nobody when its parts name different organizers', () => {
    const more = [
      'BEGIN:VEVENT\r\nUID:one@example.com\r\nDTSTAMP:20260301T080000Z\r\nRECURRENCE-ID:20260311T150000Z\r\nDTSTART:20260311T160000Z\r\nORGANIZER:mailto:victim@example.org\r\nEND:VEVENT',
    ];
    expect(speaker({ more }, 'jane@example.com')).toEqual({ kind: 'stranger' });
  });
});
