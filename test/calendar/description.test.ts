import { describe, expect, test } from '@jest/globals';
import { htmlToText, looksLikeHtml, sanitiseHtml } from '../../src/calendar/html-text.ts';
import { readOne } from './calendar-text.ts';

const START = 'DTSTART:20260303T150000Z';
const FENCE = '-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-';
const GUEST_LINK = 'https://calendar.google.com/calendar/event?action=VIEW&eid=Zm9v&tok=c2VjcmV0';

function described(...lines: string[]) {
  return readOne([START, ...lines]);
}

describe("Google's private parts", () => {
  test('[R-56] the fenced block goes, the link to join stays', () => {
    const { description, joinUrl } = described(
      `DESCRIPTION:Agenda\\n\\n${FENCE}\\nJoin: https://meet.google.com/abc-defg-hij\\nView your event at ${GUEST_LINK}.\\n${FENCE}\\nBring a friend`,
    );
    expect(description).toBe('Agenda\n\nBring a friend');
    expect(joinUrl).toBe('https://meet.google.com/abc-defg-hij');
  });

  test('a fence without its twin takes the rest', () => {
    expect(described(`DESCRIPTION:Agenda\\n${FENCE}\\nView ${GUEST_LINK}`).description).toBe('Agenda');
  });

  test('[R-56] a link that acts for the guest goes with its line, others stay', () => {
    expect(
      described(`DESCRIPTION:Agenda\\nView your event at ${GUEST_LINK}.\\nhttps://example.com/?tok=1`)
        .description,
    ).toBe('Agenda\nhttps://example.com/?tok=1');
    expect(described(`DESCRIPTION:See https://example.com/a and ${GUEST_LINK}`).description).toBe(
      'See https://example.com/a and',
    );
  });

  test('[R-56] nor does it survive in HTML, as link or as text', () => {
    const { html, description } = described(
      `DESCRIPTION:<p>Agenda</p><a href="${GUEST_LINK.replaceAll('&', '&amp;')}">View</a> or ${GUEST_LINK}`,
    );
    expect(`${html} ${description}`).not.toMatch(/tok=|View/);
    expect(html).toBe('<p>Agenda</p> or');
  });
});

describe('other clients', () => {
  test("Outlook's header above its rule of stars goes", () => {
    expect(
      described('DESCRIPTION:When: Tuesday\\nWhere: here\\n\\n*~*~*~*~*~*~*~*~*~*\\n\\nAgenda').description,
    ).toBe('Agenda');
  });

  test("the organizer's meeting options of Teams go", () => {
    const text =
      'Join<https://teams.microsoft.com/l/meetup-join/19%3ax/0>\\nLearn More<https://aka.ms/JoinTeamsMeeting> | Meeting options<https://teams.microsoft.com/meetingOptions/?organizerId=1>';
    expect(described(`DESCRIPTION:${text}`)).toMatchObject({
      description:
        'Join<https://teams.microsoft.com/l/meetup-join/19%3ax/0>\nLearn More<https://aka.ms/JoinTeamsMeeting>',
      joinUrl: 'https://teams.microsoft.com/l/meetup-join/19%3ax/0',
    });
  });

  test('HTML without a mark is turned into text and kept as HTML', () => {
    expect(described('DESCRIPTION:<b>Hello</b>&nbsp\\;world<br>again')).toMatchObject({
      description: 'Hello world\nagain',
      html: '<b>Hello</b> world<br>again',
    });
  });

  test.each([
    ['STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>One</p>'],
    ['X-ALT-DESC;FMTTYPE=text/html:<p>One</p>'],
    ['DESCRIPTION;ALTREP="data:text/html,%3Cp%3EOne%3C%2Fp%3E":One'],
  ])('%s gives HTML', line => {
    expect(described(line)).toMatchObject({ html: '<p>One</p>', description: 'One' });
  });

  test('plain text stays plain', () => {
    expect(described('DESCRIPTION:1 < 2 and <jane@example.com>\\n\\n\\nend')).toMatchObject({
      description: '1 < 2 and <jane@example.com>\n\nend',
      html: null,
    });
  });
});

describe('the link to join', () => {
  test.each([
    [
      ['CONFERENCE;VALUE=URI:https://meet.example.com/a', 'X-GOOGLE-CONFERENCE:https://meet.google.com/b'],
      'https://meet.example.com/a',
    ],
    [
      ['X-GOOGLE-CONFERENCE:https://meet.google.com/b', 'LOCATION:https://example.com/c'],
      'https://meet.google.com/b',
    ],
    [
      ['X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/1'],
      'https://teams.microsoft.com/l/meetup-join/1',
    ],
    [['URL:https://example.zoom.us/j/123?pwd=x'], 'https://example.zoom.us/j/123?pwd=x'],
    [['URL:https://example.com/page', 'LOCATION:https://example.com/room'], 'https://example.com/room'],
    [['LOCATION:Zoom\\; https://zoom.us/j/123.'], 'https://zoom.us/j/123'],
    [
      ['DESCRIPTION:Read https://example.com first\\, then https://whereby.com/room!'],
      'https://whereby.com/room',
    ],
    [
      ['X-ALT-DESC;FMTTYPE=text/html:<a href="https://zoom.us/j/1?a=1&amp\\;b=2">x</a>'],
      'https://zoom.us/j/1?a=1&b=2',
    ],
    [['CONFERENCE;VALUE=URI:tel:+1-555-0100', 'URL:https://example.com/page'], null],
    [['LOCATION:javascript:alert(1)'], null],
    [[`LOCATION:${GUEST_LINK}`], null],
  ])('%j leads to %s', (lines, url) => {
    expect(described(...lines).joinUrl).toBe(url);
  });
});

describe('HTML', () => {
  test('keeps an allow-list, closes what is open, escapes the rest', () => {
    expect(
      sanitiseHtml(
        '<html><head><title>x</title><style>p{}</style></head><body onload="x()"><p class=MsoNormal style="mso-x:1">Hi <i>there<b>!</p><o:p></o:p><form><input></form><a href="javascript:x()">a</a><a href=\'https://example.com/?a=1&amp;b="2"\'>b</a><iframe src=x>no</iframe>5 < 6 & 7',
      ),
    ).toBe('<p>Hi <i>there<b>!</b></i></p><a>a</a><a>b</a>5 &lt; 6 &amp; 7');
  });

  test('a script hidden in comments, entities or an unclosed tag stays text or goes', () => {
    expect(sanitiseHtml('<!-- <script>x</script> -->a<scr<script>b</script>c')).not.toContain('<script');
    expect(sanitiseHtml('&lt;script&gt;x&lt;/script&gt;')).toBe('&lt;script&gt;x&lt;/script&gt;');
    expect(sanitiseHtml('<img src=x onerror=alert(1)>')).toBe('');
    expect(sanitiseHtml('<p <script>x')).not.toContain('<script');
  });

  test('becomes text with lines, bullets and links', () => {
    expect(
      htmlToText(
        '<h1>Agenda</h1><ul><li>One</li><li>Two &amp; three</li></ul><p>See <a href="https://example.com/x">the page</a>, <a href="https://example.com/y">https://example.com/y</a>, <a href="mailto:jane@example.com">jane@example.com</a></p>',
      ),
    ).toBe(
      'Agenda\n\n- One\n- Two & three\n\nSee the page <https://example.com/x>, https://example.com/y, jane@example.com',
    );
  });

  test('is told from text that only holds angle brackets', () => {
    expect(['<br>', 'a<BR/>b', '<p class="x">', 'x</div>'].map(looksLikeHtml)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['a < b > c', '<jane@example.com>', '<https://example.com>', '<brief>'].map(looksLikeHtml),
    ).toEqual([false, false, false, false]);
  });
});
