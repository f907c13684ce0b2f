/** What an organizer's edit is called, and whether it makes older answers void. */
import { describe, expect, test } from '@jest/globals';
import { differences } from '../../src/calendar/changes.ts';
import { event, type Told, weekly } from '../support/events.ts';

const NO_ZONES = { before: {}, after: {} };

function told(before: Told, after: Told) {
  const found = differences(event(before), event(after), NO_ZONES);
  return found === null ? null : { significant: found.significant, words: found.words };
}

describe('times', () => {
  test.each<[string, Told, Told, string[]]>([
    [
      'another hour',
      { start: '2026-03-03T10:00' },
      { start: '2026-03-03T14:00' },
      ['moved from Tue 3 Mar 10:00 to Tue 3 Mar 14:00 (Europe/Berlin)'],
    ],
    [
      'another year',
      { start: '2026-12-31T10:00' },
      { start: '2027-01-05T10:00' },
      ['moved from Thu 31 Dec 2026 10:00 to Tue 5 Jan 2027 10:00 (Europe/Berlin)'],
    ],
    [
      'another length',
      { start: '2026-03-03T10:00', end: '2026-03-03T11:00' },
      { start: '2026-03-03T10:00', end: '2026-03-03T12:30' },
      ['lasts 2 hours 30 minutes instead of 1 hour'],
    ],
    [
      'another place on earth and another instant',
      { start: '2026-03-03T10:00' },
      { start: '2026-03-03T10:00 America/New_York' },
      ['moved from Tue 3 Mar 04:00 to Tue 3 Mar 10:00 (America/New_York)'],
    ],
    ['another day', { start: '2026-03-03' }, { start: '2026-03-04' }, ['moved from Tue 3 Mar to Wed 4 Mar']],
    [
      'a day that becomes an hour',
      { start: '2026-03-03' },
      { start: '2026-03-03T10:00' },
      ['moved from Tue 3 Mar to Tue 3 Mar 10:00 (Europe/Berlin)', 'lasts 1 hour instead of 1 day'],
    ],
    [
      'UTC',
      { start: '2026-03-03T10:00Z' },
      { start: '2026-03-03T11:00Z' },
      ['moved from Tue 3 Mar 10:00 to Tue 3 Mar 11:00 (UTC)'],
    ],
    [
      'a rule',
      {},
      { rrule: 'FREQ=WEEKLY;UNTIL=20260630T140000Z' },
      ['now repeats every week on Tuesday, until Tuesday 30 June 2026'],
    ],
    ['no rule any more', { rrule: 'FREQ=WEEKLY' }, {}, ['no longer repeats']],
    [
      'extra dates',
      { rrule: 'FREQ=WEEKLY' },
      { rrule: 'FREQ=WEEKLY', rdates: ['2026-03-05T16:00'] },
      ['its extra dates have changed'],
    ],
    [
      'a rule without words',
      { rrule: 'FREQ=YEARLY;BYWEEKNO=20' },
      { rrule: 'FREQ=YEARLY;BYWEEKNO=21' },
      ['times changed'],
    ],
    ['tentative', {}, { status: 'TENTATIVE' }, ['is now tentative']],
    ['confirmed', { status: 'TENTATIVE' }, { status: 'CONFIRMED' }, ['is now confirmed']],
  ])('%s is significant', (_, before, after, words) => {
    expect(told(before, after)).toEqual({ significant: true, words });
  });

  test.each<[string, Told, Told]>([
    ['CONFIRMED written out', {}, { status: 'CONFIRMED' }],
    [
      'the same UNTIL as another text',
      { rrule: 'FREQ=WEEKLY;UNTIL=20260630T140000Z' },
      { rrule: 'UNTIL=20260630T160000;FREQ=WEEKLY;INTERVAL=1' },
    ],
    ['the same length as DURATION', {}, { end: '2026-03-03T17:00' }],
  ])('%s is no change', (_, before, after) => {
    expect(told(before, after)).toBeNull();
  });
});

describe('texts', () => {
  test.each<[string, Told, Told, string[]]>([
    ['title', {}, { summary: 'Summer' }, ['title changed from "Spring Webinar" to "Summer"']],
    ['first title', { summary: null }, { summary: 'Summer' }, ['title is now "Summer"']],
    ['title removed', {}, { summary: ' ' }, ['title removed']],
    ['place', { location: 'Room 1' }, { location: 'Room 2' }, ['place changed from "Room 1" to "Room 2"']],
    ['first place', {}, { location: 'Room 2' }, ['place is now "Room 2"']],
    ['no place', { location: 'Room 1' }, {}, ['place removed']],
    ['link to join', {}, { joinUrl: 'https://meet.example.com/a' }, ['link to join added']],
    [
      'another link to join',
      { joinUrl: 'https://meet.example.com/a' },
      { joinUrl: 'https://meet.example.com/b' },
      ['link to join changed'],
    ],
    ['description', {}, { description: 'Bring a mug.' }, ['description changed']],
    [
      'a link in the description',
      { html: '<a href="https://a.example/">x</a>' },
      { html: '<a href="https://b.example/">x</a>' },
      ['description changed'],
    ],
    ['link', {}, { url: 'https://example.com/' }, ['link changed']],
  ])('[R-74] %s is told, and not significant', (_, before, after, words) => {
    expect(told(before, after)).toEqual({ significant: false, words });
  });

  test.each<[string, Told, Told]>([
    ['white space', { description: 'a\n b' }, { description: 'a b ' }],
    ['mark-up made anew', { html: '<p class="x">Hi</p>' }, { html: '<div>Hi</div>' }],
    [
      'CLASS, CATEGORIES, PRIORITY, TRANSP',
      {},
      { class: 'PRIVATE', categories: ['x'], priority: 1, transp: 'TRANSPARENT' },
    ],
  ])('%s is nothing to tell', (_, before, after) => {
    expect(told(before, after)).toBeNull();
  });

  test('several changes are told in one go', () => {
    expect(
      told({ start: '2026-03-03T10:00' }, { start: '2026-03-03T14:00', summary: 'Summer' })?.words,
    ).toEqual([
      'moved from Tue 3 Mar 10:00 to Tue 3 Mar 14:00 (Europe/Berlin)',
      'title changed from "Spring Webinar" to "Summer"',
    ]);
  });

  test('a title of ten thousand characters is cut in the words', () => {
    expect(told({}, { summary: 'x'.repeat(10_000) })?.words[0]?.length).toBeLessThan(200);
  });

  test('an endless series compares as fast as a short one', () => {
    const long = weekly({ rrule: 'FREQ=DAILY' });
    expect(differences(long, { ...long, summary: 'New' }, NO_ZONES)?.significant).toBe(false);
  });
});
