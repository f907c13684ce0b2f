/** What an event's page holds beside its form: where, copies, the next dates, and what it tells machines. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { choosePageOptions } from '../../src/events/choose-page.ts';
import { mailCalendar, mailEvent, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;

beforeEach(async () => {
  world = await localWorld();
});

afterEach(() => world.close());

async function bodyOf(slug: string): Promise<string> {
  return (await visit(world, `/e/${slug}`)).body;
}

function dataIn(body: string): Record<string, unknown> {
  const text = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(body)?.[1] ?? '';
  return JSON.parse(text) as Record<string, unknown>;
}

describe('an event’s page', () => {
  test('leads to a map, and offers plain copies at the usual calendars', async () => {
    const { slug } = await mailEvent(world);
    const body = await bodyOf(slug);
    expect(body).toContain('href="https://www.openstreetmap.org/search?query=Town+park"');
    for (const host of [
      'calendar.google.com',
      'outlook.live.com',
      'outlook.office.com',
      'calendar.yahoo.com',
    ]) {
      expect(body).toContain(`href="https://${host}/`);
    }
    expect(body).toContain(`href="/e/${slug}.ics"`);
    expect(body).toContain('dates=20260305T170000Z%2F20260305T183000Z');
  });

  test('tells machines the event and its one address', async () => {
    const { slug } = await mailEvent(world);
    const body = await bodyOf(slug);
    expect(body).toContain(`<link rel="canonical" href="http://127.0.0.1:3000/e/${slug}">`);
    expect(body).toContain('<meta property="og:title" content="Spring picnic">');
    expect(body).not.toContain('name="robots"');
    expect(dataIn(body)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: 'Spring picnic',
      startDate: '2026-03-05T17:00:00Z',
      endDate: '2026-03-05T18:30:00Z',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      location: { '@type': 'Place', name: 'Town park', address: 'Town park' },
      organizer: { '@type': 'Organization', name: 'Ada Example' },
      url: `http://127.0.0.1:3000/e/${slug}`,
    });
  });

  test('an all-day event’s last day, a moved and a cancelled event are told as they are', async () => {
    const start = ';VALUE=DATE:20260310';
    const { slug } = await mailEvent(world, { start, end: ';VALUE=DATE:20260312' });
    expect(dataIn(await bodyOf(slug))).toMatchObject({ startDate: '2026-03-10', endDate: '2026-03-11' });
    world.clock.advance(60_000);
    await mailCalendar(world, { start, end: ';VALUE=DATE:20260313', sequence: 1 });
    expect(dataIn(await bodyOf(slug))).toMatchObject({ eventStatus: 'https://schema.org/EventRescheduled' });
    world.clock.advance(60_000);
    await mailCalendar(world, { method: 'CANCEL', start, end: ';VALUE=DATE:20260313', sequence: 2 });
    expect(dataIn(await bodyOf(slug))).toMatchObject({ eventStatus: 'https://schema.org/EventCancelled' });
  });

  test('the link to join stands nowhere on the page, its data or its copies, until the organizer lets it', async () => {
    const join = 'https://meet.google.com/abc-defg-hij';
    const event = await mailEvent(world, {
      lines: [
        'SUMMARY:Call',
        `LOCATION:${join}`,
        `DESCRIPTION:Join at ${join}`,
        `X-GOOGLE-CONFERENCE:${join}`,
      ],
    });
    const hidden = await bodyOf(event.slug);
    expect(hidden).not.toContain('abc-defg-hij');
    expect(hidden).toContain('The link to join comes with the invite.');
    expect(dataIn(hidden)).toMatchObject({ location: { '@type': 'VirtualLocation' } });
    await choosePageOptions(world, event, { joinLink: true, noIndex: true });
    const shown = await bodyOf(event.slug);
    expect(shown).toContain(`href="${join}"`);
    expect(shown).toContain('<meta name="robots" content="noindex">');
  });

  test('nothing that an organizer writes ends the data block', async () => {
    const { slug } = await mailEvent(world, {
      lines: ['SUMMARY:</script><script>alert(1)</script>', 'LOCATION:<!--<script>'],
    });
    const body = await bodyOf(slug);
    // The data block, and our own script.
    expect(body.match(/<script/g)).toHaveLength(2);
    expect(dataIn(body).name).toBe('</script><script>alert(1)</script>');
  });
});
