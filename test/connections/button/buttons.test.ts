/** Buttons as the API makes them: whom the links stand for, which audience, when they end, where they are saved. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/connections/account/connection.ts';
import { buttonOperations } from '../../../src/connections/button/button-operations.ts';
import { openEnvelope } from '../../../src/connections/button/envelope.ts';
import type { Principal } from '../../../src/kernel/operation.ts';
import { setBrand } from '../../../src/organizers/brand.ts';
import type { Organizer } from '../../../src/organizers/organizer.ts';
import { organizerByAddress } from '../../../src/organizers/store.ts';
import { LANGUAGES, texts } from '../../../src/texts/catalogue.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  signedIn,
} from '../../support/connected.ts';
import { leftovers, readOf } from '../../support/leftovers.ts';
import { registering } from '../../support/register.ts';

interface Made {
  readonly html: string;
  readonly text: string;
  readonly links: Readonly<Record<string, string>>;
  readonly events: readonly { readonly id: string; readonly links: Readonly<Record<string, string>> }[];
  readonly expiresAt: string | null;
  readonly saved: { readonly id: string; readonly place: string } | null;
}

let world: AccountsWorld;
let browser: Browser;
let organizer: Organizer;
let event: string;

beforeEach(async () => {
  world = await accountsWorld();
  browser = await signedIn(world);
  organizer = (await organizerByAddress(world, 'ada@example.com')) as Organizer;
  event = await registered('one@example.com', 'Spring picnic', '20260310');
});
afterEach(() => world.close());

async function registered(uid: string, summary: string, day: string): Promise<string> {
  const outcome = await registering(world, organizer, `arr_${uid}`, {
    from: 'ada@example.com',
    uid,
    summary,
    start: `;TZID=Europe/Berlin:${day}T160000`,
    end: `;TZID=Europe/Berlin:${day}T170000`,
  });
  if (outcome.event === null) throw new Error('not registered');
  return outcome.event.id;
}

async function make(body: object, id = event, principal?: Principal): Promise<Made> {
  const [operation] = buttonOperations;
  const whoAsks: Principal = principal ?? { kind: 'workspace', workspace: browser.workspace, key: 'key_1' };
  const answered = await operation?.run(world, {
    principal: whoAsks,
    params: { id },
    query: undefined,
    body: operation.body?.parse(body),
  });
  if (answered === undefined || !('json' in answered)) throw new Error('no answer');
  return answered.json as Made;
}

function tokenOf(link: string | undefined): string {
  return /\/r\/([^?]+)/.exec(link ?? '')?.[1] ?? '';
}

const firstList = (): string => Object.keys(world.mailchimp.vendor.account().lists)[0] ?? '';

describe('links', () => {
  test('each answer has a sealed link of its own, the contact’s merge tag last and unencoded', async () => {
    const connection = await connected(world, browser, 'mailchimp');
    const { links } = await make({
      platform: 'mailchimp',
      connection: connection.id,
      audience: firstList(),
      answers: ['no', 'yes', 'maybe'],
    });
    expect(Object.keys(links).sort()).toEqual(['maybe', 'no', 'yes']);
    for (const [answer, link] of Object.entries(links)) {
      expect(link.startsWith(`${world.settings.baseUrl}/r/`)).toBe(true);
      expect(link.endsWith('?c=*|UNIQID|*')).toBe(true);
      expect(await openEnvelope(world, tokenOf(link))).toEqual({
        ok: true,
        envelope: {
          workspace: browser.workspace,
          connection: connection.id,
          audience: firstList(),
          event,
          answer,
          expiresAt: Date.parse('2026-06-08T16:00:00Z') / 1000,
        },
      });
    }
  });

  test('Klaviyo needs no audience and prints the profile’s id; without answers there is one button that asks', async () => {
    const connection = await connected(world, browser, 'klaviyo');
    const { links, expiresAt } = await make({ platform: 'klaviyo' });
    expect(Object.keys(links)).toEqual(['ask']);
    expect(links.ask?.endsWith('?c={{ person.KlaviyoID }}')).toBe(true);
    const opened = await openEnvelope(world, tokenOf(links.ask));
    expect(opened).toMatchObject({
      ok: true,
      envelope: { connection: connection.id, audience: null, answer: 'ask' },
    });
    expect(expiresAt).toBe('2026-06-08T16:00:00.000Z');
  });

  test('any other mail tool gets the event’s page, or a link that asks for the address', async () => {
    const asking = await make({ platform: 'other', answers: 'ask' });
    expect(asking.links.ask).toMatch(new RegExp(`^${world.settings.baseUrl}/e/spring-picnic-`));
    expect(asking.expiresAt).toBe(null);
    const { links } = await make({ platform: 'other', answers: ['yes', 'no'] });
    expect(links.yes).not.toContain('?');
    expect(await openEnvelope(world, tokenOf(links.yes))).toMatchObject({
      ok: true,
      envelope: { connection: null, audience: null, answer: 'yes' },
    });
  });

  test('a link outlives its event by 90 days, and then says when it ended', async () => {
    await connected(world, browser, 'klaviyo');
    const { links } = await make({ platform: 'klaviyo' });
    world.clock.set('2026-06-08T15:59:59Z');
    expect((await openEnvelope(world, tokenOf(links.ask))).ok).toBe(true);
    world.clock.set('2026-06-08T16:00:01Z');
    expect(await openEnvelope(world, tokenOf(links.ask))).toMatchObject({ ok: false, reason: 'expired' });
  });

  test('an upcoming list has a button for each next event of the organizer, soonest first', async () => {
    const later = await registered('two@example.com', 'Summer picnic', '20260701');
    const sooner = await registered('three@example.com', 'Breakfast', '20260305');
    const { events, html, links } = await make({ platform: 'other', variant: 'upcoming' });
    expect(events.map(({ id }) => id)).toEqual([sooner, event, later]);
    expect(links).toEqual(events[0]?.links);
    expect(html.indexOf('Breakfast')).toBeLessThan(html.indexOf('Summer picnic'));
  });
});

describe('audiences', () => {
  test('Mailchimp asks for one and names them where there are several', async () => {
    await connected(world, browser, 'mailchimp');
    const [first, second] = Object.keys(world.mailchimp.vendor.account().lists);
    await expect(make({ platform: 'mailchimp' })).rejects.toMatchObject({
      code: 'audience_needed',
      field: 'audience',
      message: `A Mailchimp button is made for one audience. Name one of: Newsletter (${first}), Members (${second}).`,
    });
    await expect(make({ platform: 'mailchimp', audience: 'other' })).rejects.toMatchObject({
      code: 'unknown_audience',
    });
  });

  test('the only one is taken by itself, and none is said in words', async () => {
    await connected(world, browser, 'mailchimp');
    const account = world.mailchimp.vendor.account();
    const [first = '', second = ''] = Object.keys(account.lists);
    delete account.lists[second];
    const { links } = await make({ platform: 'mailchimp' });
    expect(await openEnvelope(world, tokenOf(links.ask))).toMatchObject({ envelope: { audience: first } });
    delete account.lists[first];
    await expect(make({ platform: 'mailchimp' })).rejects.toMatchObject({ code: 'no_audience' });
  });
});

describe('saving', () => {
  const standing = (connection: Connection) =>
    connection.platform === 'klaviyo'
      ? world.klaviyo.vendor.account().universal
      : world.mailchimp.vendor.account().templates;

  test.each([
    ['klaviyo', 'universal_content'],
    ['mailchimp', 'saved_template'],
  ] as const)(
    'on %s it is %s; the next one takes its place, and one thrown away is made anew',
    async (platform, place) => {
      const connection = await connected(world, browser, platform);
      const body = { platform, save: true, answers: ['yes', 'no'], audience: firstList() };
      const first = await make(body);
      expect(first.saved?.place).toBe(place);
      await setBrand(world, browser.workspace, { name: null, color: '#7a1f5c' });
      const second = await make(body);
      expect(second.saved?.id).toBe(first.saved?.id);
      expect(standing(connection).map(({ name }) => name)).toEqual(['RSVP: Spring picnic']);
      expect(standing(connection)[0]?.html).toContain('#7a1f5c');
      expect(standing(connection)[0]?.html).toContain(second.links.yes);
      standing(connection).splice(0);
      const third = await make(body);
      expect(third.saved?.id).not.toBe(first.saved?.id);
      expect(standing(connection)).toHaveLength(1);
    },
  );

  test('for another mail tool there is nowhere to save to', async () => {
    await expect(make({ platform: 'other', save: true })).rejects.toMatchObject({
      code: 'nothing_to_save_to',
    });
  });
});

describe('the language of a button', () => {
  test('is the workspace’s, or the one that is named', async () => {
    const plain = await make({ platform: 'other', answers: ['yes'] });
    expect(plain.html).toContain('<table lang="en" role="presentation"');
    await setBrand(world, browser.workspace, { name: null, color: '#7a1f5c', language: 'de' });
    const german = await make({ platform: 'other', answers: ['yes'], variant: 'upcoming' });
    expect(german.html).toContain('<table lang="de" role="presentation"');
    expect(german.html).toContain('Dienstag, 10. März 2026');
    expect(leftovers('de', readOf(german.html))).toEqual([]);
    const arabic = await make({ platform: 'other', answers: ['ask', 'yes', 'maybe', 'no'], language: 'ar' });
    expect(arabic.html).toContain('<table lang="ar" dir="rtl" role="presentation"');
    expect(leftovers('ar', `${readOf(arabic.html)}\n${arabic.text}`)).toEqual([]);
    await expect(make({ platform: 'other', language: 'tlh' })).rejects.toThrow('language');
  });

  test('what a screen reader says begins with what is seen, in each language (WCAG 2.5.3)', () => {
    for (const language of LANGUAGES) {
      const { answers, names } = texts(language).buttons;
      for (const answer of ['ask', 'yes', 'maybe', 'no'] as const) {
        expect(names[answer]('X')).toMatch(new RegExp(`^${answers[answer]}`));
      }
    }
  });
});

describe('refusals', () => {
  test('no account, another platform’s connection, a foreign connection', async () => {
    await expect(make({ platform: 'klaviyo' })).rejects.toMatchObject({
      code: 'not_connected',
      message: 'No Klaviyo account is connected. Connect one first, or make a button for another mail tool.',
    });
    const connection = await connected(world, browser, 'mailchimp');
    await expect(make({ platform: 'klaviyo', connection: connection.id })).rejects.toMatchObject({
      code: 'other_platform',
    });
    const stranger = await signedIn(world, 'ben@example.com');
    const theirs = await connected(world, stranger, 'klaviyo');
    await expect(make({ platform: 'klaviyo', connection: theirs.id })).rejects.toMatchObject({
      code: 'unknown_connection',
    });
    await expect(
      make({ platform: 'klaviyo', connection: theirs.id }, event, { kind: 'operator' }),
    ).rejects.toMatchObject({ code: 'unknown_connection' });
    await expect(
      make({ platform: 'other' }, event, { kind: 'workspace', workspace: stranger.workspace, key: 'key_2' }),
    ).rejects.toMatchObject({ code: 'unknown_event' });
  });

  test('an event that is over has no button', async () => {
    world.clock.set('2026-03-10T16:00:01Z');
    await expect(make({ platform: 'other' })).rejects.toMatchObject({
      code: 'event_ended',
      message: 'This event is over, so it has no button.',
    });
  });

  test('a platform that doesn’t answer is a 502 in words, and a dead grant asks to connect again', async () => {
    await connected(world, browser, 'mailchimp');
    world.mailchimp.vendor.faults.add({ kind: 'server_error', times: 20 });
    await expect(make({ platform: 'mailchimp' })).rejects.toMatchObject({ name: 'UpstreamError' });
    world.mailchimp.vendor.faults.clear();
    world.mailchimp.vendor.uninstall();
    await expect(make({ platform: 'mailchimp' })).rejects.toMatchObject({ name: 'ConflictError' });
  });
});
