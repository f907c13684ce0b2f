/** What a platform prints into a mail, and what click tracking makes of a link. */
import { describe, expect, test } from '@jest/globals';
import { openCampaigns, profileReader, testReader } from '../../../../src/platform/local/vendors/campaign.ts';
import { openFaults } from '../../../../src/platform/local/vendors/faults.ts';
import { plantProfile } from '../../../../src/platform/local/vendors/klaviyo/people.ts';
import { klaviyoAccount } from '../../../../src/platform/local/vendors/seed.ts';
import { seededRandom, setClock } from '../../../support/world.ts';

const tools = { clock: setClock('2026-03-01T09:00:00Z'), random: seededRandom(7) };
const account = klaviyoAccount(tools, 1);
const profile = plantProfile(tools, account, {
  address: 'a+b@example.com',
  name: 'Ada Berg',
  consent: 'SUBSCRIBED',
  suppressed: null,
  city: 'Oslo',
});
profile.properties.rsvp_token = 'tok';
const campaigns = openCampaigns(tools.random);
const clickUrl = (mail: string, link: number): string => `http://127.0.0.1/click?mail=${mail}&link=${link}`;

describe('Klaviyo’s template language, as far as links use it', () => {
  test.each([
    ['{{ person.KlaviyoID }}', profile.id],
    ["{{ person|lookup:'rsvp_token'|default:'' }}", 'tok'],
    ["{{ person|lookup:'nothing'|default:'none' }}", 'none'],
    ['{{ person.nothing }}', ''],
    ['{{ email|urlencode }}', 'a%2Bb%40example.com'],
    ['{{ person.id }}', ''],
    ['{{first_name}}', 'Ada'],
    ['{% if x %}', ''],
    ['&#123;&#123; person.KlaviyoID &#125;&#125;', '&#123;&#123; person.KlaviyoID &#125;&#125;'],
  ])('%s prints %s', (tag, printed) => {
    const mail = campaigns.send('klaviyo', `<p>${tag}</p>`, profileReader(profile), clickUrl);
    expect(mail.html).toBe(`<p>${printed}</p>`);
  });
});

describe('click tracking', () => {
  test('tags are filled in before the link is hidden, and the tracking stands behind them', () => {
    const html =
      '<a href="https://sis.example.com/r/t?c={{ person.KlaviyoID }}">x</a><a href="mailto:a@example.com">y</a>';
    const mail = campaigns.send('klaviyo', html, profileReader(profile), clickUrl);
    expect(mail.html).toBe(
      `<a href="http://127.0.0.1/click?mail=${mail.id}&amp;link=0">x</a><a href="mailto:a@example.com">y</a>`,
    );
    expect(campaigns.click(mail.id, 0)).toBe(
      `https://sis.example.com/r/t?c=${profile.id}&utm_source=Klaviyo&utm_medium=campaign&_kx=${encodeURIComponent(profile.kx)}`,
    );
    expect(campaigns.click(mail.id, 1)).toBe(undefined);
    expect(campaigns.click('unknown', 0)).toBe(undefined);
  });

  test('a link without a query gets one, and a test send of Mailchimp says UNIQID for the contact', () => {
    const reader = testReader('mailchimp', 'test', 'raw');
    const mail = campaigns.send('mailchimp', "<a href='https://sis.example.com/e/x'>x</a>", reader, clickUrl);
    expect(campaigns.click(mail.id, 0)).toBe(
      'https://sis.example.com/e/x?utm_source=Newsletter&utm_campaign=sandbox&utm_medium=email&mc_cid=5c0ffee123&mc_eid=UNIQID',
    );
  });

  test('the oldest mails are forgotten', () => {
    const first = campaigns.send('klaviyo', '<p></p>', profileReader(profile), clickUrl);
    for (let at = 0; at < 200; at += 1)
      campaigns.send('klaviyo', '<p></p>', profileReader(profile), clickUrl);
    expect(campaigns.mail(first.id)).toBe(undefined);
  });
});

test('a fault that hits by chance hits about its share of the calls, and only those that fit', () => {
  const faults = openFaults({ clock: tools.clock, random: seededRandom(3) });
  faults.add({ kind: 'server_error', share: 0.05, matching: /^POST / });
  let hits = 0;
  for (let at = 0; at < 2000; at += 1) if (faults.strike('POST /x') !== undefined) hits += 1;
  expect(hits).toBeGreaterThan(70);
  expect(hits).toBeLessThan(130);
  for (let at = 0; at < 200; at += 1) expect(faults.strike('GET /x')).toBe(undefined);
});
