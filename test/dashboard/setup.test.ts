/** Setting up pages, brand and widget without code, in a real browser: what is chosen shows in the preview, then on the real page. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Frame } from 'playwright-core';
import type { EventRecord } from '../../src/events/event.ts';
import { flawsOf } from '../support/browser.ts';
import { mailEvent, visit } from '../support/pages.ts';
import { pngOf } from '../support/pictures.ts';
import { openStage, type Stage, shootAs } from './stage.ts';

/** On a machine that does much else. */
const LONG_MS = 60_000;

let stage: Stage;
let event: EventRecord;
const shoot = (name: string): Promise<void> => shootAs(stage.page, name);

beforeAll(async () => {
  stage = await openStage();
  event = await mailEvent(stage.world, {
    lines: ['SUMMARY:Spring picnic', 'LOCATION:Town park', 'DESCRIPTION:Bring a blanket'],
  });
  for (const [uid, title] of [
    ['walk', 'Autumn walk'],
    ['talk', 'A talk'],
  ]) {
    stage.world.clock.advance(1000);
    await mailEvent(stage.world, { uid: `${uid}@example.com`, lines: [`SUMMARY:${title}`] });
  }
  await stage.enter('ada@example.com');
}, 30_000);
afterAll(() => stage.close());

/** What stands in the preview, once it holds the words. */
async function previewed(words: string): Promise<Frame> {
  const handle = await stage.page.waitForSelector('iframe[srcdoc]');
  const frame = await handle.contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.getByText(words).first().waitFor();
  return frame;
}

describe('an event’s page', () => {
  test(
    'is drawn as it is, in its own style, without script',
    async () => {
      const { page } = stage;
      await page.goto(`/events/${event.id}`);
      await page.getByRole('link', { name: 'Set up its page' }).click();
      await page.getByRole('heading', { name: 'Page of “Spring picnic”' }).waitFor();
      const frame = await previewed('Town park');
      expect(await frame.evaluate('getComputedStyle(document.querySelector(".card")).borderRadius')).toBe(
        '14px',
      );
      await page.getByRole('radio', { name: 'Dark' }).check();
      expect(await frame.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(19, 22, 21)');
      await page.getByRole('radio', { name: 'Desk' }).check();
      expect(await frame.evaluate('innerWidth')).toBe(1120);
      await page.getByRole('radio', { name: 'Light' }).check();
      await page.getByRole('radio', { name: 'Phone' }).check();
      expect(await flawsOf(page)).toEqual([]);
      await shoot('page');
    },
    LONG_MS,
  );

  test('shows each choice before it is saved, and on the real page after', async () => {
    const { page, world } = stage;
    await page.getByLabel('The place').uncheck();
    await page.getByLabel('Words of the button').fill('Count me in');
    await page.getByLabel('A sentence of yours').fill('Bring your own cup.');
    await page.getByLabel('Last part of the address').fill('spring-picnic');
    await page.getByLabel('How many people fit').fill('20');
    await page.getByLabel('How many seats are free').check();
    const frame = await previewed('20 of 20 free');
    await frame.getByRole('button', { name: 'Count me in' }).waitFor();
    await frame.getByText('Bring your own cup.').waitFor();
    expect(await frame.getByText('Town park').count()).toBe(0);
    expect((await visit(world, `/e/${event.slug}`)).body).toContain('Town park');
    await page.getByText('Not saved yet').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It shows at once.').waitFor();
    const real = (await visit(world, '/e/spring-picnic')).body;
    expect(real).not.toContain('Town park');
    expect(real).toContain('>Count me in</button>');
    expect(real).toContain('20 of 20 free');
    expect((await visit(world, `/e/${event.slug}`)).headers.location).toBe('/e/spring-picnic');
  });

  test('what doesn’t fit is said beside its field, and what was typed stays', async () => {
    const { page } = stage;
    await page.getByLabel('Last part of the address').fill('two words');
    await page.getByLabel('How many people fit').fill('many');
    await page.getByText('Type a whole number from 1 on').waitFor();
    await page.getByLabel('How many people fit').fill('20');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The address takes small letters a to z').waitFor();
    expect(await page.getByLabel('Last part of the address').inputValue()).toBe('two words');
    expect(await page.getByLabel('Last part of the address').getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Nothing was saved: look at the marked field.').waitFor();
    expect(await page.evaluate('document.activeElement.value')).toBe('two words');
    expect(await flawsOf(page)).toEqual([]);
    await shoot('page-problem');
    await page.getByLabel('A sentence of yours').fill('x'.repeat(301));
    await page.getByText('This has 301 characters; at most 300 fit here.').waitFor();
  });

  test('leaving asks first; who stays loses nothing', async () => {
    const { page } = stage;
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByRole('alertdialog').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Last part of the address').inputValue()).toBe('two words');
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByRole('button', { name: 'Leave, and lose the changes' }).click();
    await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
  });

  test('a private page gets its link when it is saved', async () => {
    const { page, world } = stage;
    await page.goto(`/events/${event.id}/page`);
    await page.getByRole('radio', { name: 'Private' }).check();
    await page.getByText('The private link is made when you save.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    const link = await page.getByLabel('Private link', { exact: true }).inputValue();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/e\/spring-picnic\?key=[a-z2-7]{26}$/);
    expect((await visit(world, '/e/spring-picnic')).status).toBe(404);
    expect((await visit(world, link.slice('http://127.0.0.1:3000'.length))).status).toBe(200);
    await shoot('page-private');
    await page.getByRole('radio', { name: 'Public' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It shows at once.').waitFor();
  });
});

describe('the upcoming page', () => {
  test(
    'events are put first, and moved by buttons alone and by dragging',
    async () => {
      const { page, world } = stage;
      await page.goto('/upcoming');
      await previewed('Autumn walk');
      for (const title of ['Autumn walk', 'A talk']) {
        await page.getByLabel('Put an event first').selectOption({ label: title });
        await page.getByRole('button', { name: 'Add' }).click();
      }
      const frame = await previewed('Featured');
      await page.getByRole('button', { name: 'Move “A talk” up' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('“A talk” is number 1 of 2.').waitFor({ state: 'attached' });
      // It can go no further: its neighbour has the focus.
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
        'Move “A talk” down',
      );
      await page.waitForTimeout(400);
      expect((await (await previewed('Featured')).locator('.picks b').allInnerTexts()).slice(0, 2)).toEqual([
        'A talk',
        'Autumn walk',
      ]);
      expect(frame.isDetached()).toBe(false);
      await page
        .getByRole('listitem')
        .filter({ hasText: 'A talk' })
        .dragTo(page.getByRole('listitem').filter({ hasText: 'Autumn walk' }));
      await page.getByText('“A talk” is number 2 of 2.').waitFor({ state: 'attached' });
      await page.getByLabel('Last part of the address').fill('town-events');
      await page.getByLabel('Invites to future events').uncheck();
      expect(await flawsOf(page)).toEqual([]);
      await shoot('upcoming');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It shows at once.').waitFor();
      expect(await page.getByLabel('Link to the page').inputValue()).toBe(
        'http://127.0.0.1:3000/o/town-events',
      );
      const real = (await visit(world, '/o/town-events')).body;
      expect(real.indexOf('Autumn walk')).toBeLessThan(real.indexOf('A talk'));
      expect(real).not.toContain('name="follow"');
    },
    LONG_MS,
  );
});

describe('the brand', () => {
  test('colours and language show in the preview', async () => {
    const { page } = stage;
    await page.goto('/brand');
    await previewed('Upcoming events');
    await page.getByLabel('Colour of buttons: As a code').fill('#7a1f5c');
    await page.getByText('Easy to read.').waitFor();
    await page.getByLabel('Language').selectOption('de');
    const frame = await previewed('Kommende');
    expect(
      await frame.evaluate('getComputedStyle(document.querySelector(".card button")).backgroundColor'),
    ).toBe('rgb(122, 31, 92)');
  });

  test('a pair of colours that can’t be read is refused', async () => {
    const { page } = stage;
    await page.getByLabel('Choose it for me').uncheck();
    await page.getByLabel('Colour of the words on them: As a code').fill('#8a2f6c');
    await page.getByText('Too low: at least 4.5 is needed.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('is hard to read').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shoot('brand-problem');
    await page.getByLabel('Choose it for me').check();
  });

  test('a logo is refused in words, or kept and shown', async () => {
    const { page } = stage;
    const field = page.getByLabel('Logo', { exact: true });
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    await field.setInputFiles({ name: 'x.svg', mimeType: 'image/png', buffer: svg });
    await page.getByText('This is no PNG, JPEG or WebP picture').waitFor();
    const png = pngOf(160, 40, [122, 31, 92]);
    await field.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png });
    await page.getByText('The logo is kept').waitFor();
    const frame = await previewed('Kommende');
    await frame.locator('.logo img').waitFor();
    const widthOf = (): Promise<unknown> =>
      frame.evaluate('document.querySelector(".logo img").naturalWidth');
    for (let tries = 0; tries < 100 && (await widthOf()) === 0; tries += 1) await page.waitForTimeout(50);
    expect(await widthOf()).toBe(160);
  });

  test('the real page wears all of it', async () => {
    const { page, world } = stage;
    await page.getByLabel('Name', { exact: true }).fill('Town Studio');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It shows at once.').waitFor();
    await shoot('brand');
    const real = await visit(world, '/e/spring-picnic');
    expect(real.body).toContain('alt="Town Studio"');
    expect(real.body).toContain('--button:#7a1f5c');
    await page.goto('/e/spring-picnic');
    expect(await page.evaluate('document.querySelector(".logo img").naturalWidth')).toBe(160);
    expect(await flawsOf(page)).toEqual([]);
    await shoot('page-branded');
  });
});

describe('the widget', () => {
  test('its options make the code for each kind of website, and the real widget stands beside it', async () => {
    const { page } = stage;
    await page.goto('/widget?event=spring-picnic');
    await page.getByRole('radio', { name: 'Behind a button' }).check();
    await page.getByLabel('Words of the button').fill('Join "us" & <me>');
    expect(await page.getByLabel('Code').inputValue()).toBe(
      '<script src="http://127.0.0.1:3000/widget.js" async></script>\n' +
        '<div data-sis-event="spring-picnic" data-sis-mode="dialog" data-sis-label="Join &quot;us&quot; &amp; &lt;me&gt;">' +
        '<a href="http://127.0.0.1:3000/e/spring-picnic">Join &quot;us&quot; &amp; &lt;me&gt;</a></div>',
    );
    const frame = await (await page.waitForSelector('iframe[title="The widget on a page"]')).contentFrame();
    await frame?.getByRole('button', { name: 'Join "us" & <me>' }).click();
    await frame?.frameLocator('iframe').getByRole('heading', { name: 'Spring picnic' }).waitFor();
    await page.getByRole('button', { name: 'Copy the code' }).waitFor();
    await page.getByRole('radio', { name: 'React' }).check();
    expect(await page.getByLabel('Code').inputValue()).toContain(
      '<sis-rsvp event="spring-picnic" mode="dialog" label={"Join \\"us\\" & <me>"} />',
    );
    for (const place of ['WordPress', 'Webflow', 'Squarespace', 'Shopify'])
      await page.getByRole('radio', { name: place }).check();
    await page.getByText('Custom Liquid').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shoot('widget');
  });

  test('sites: what is none is named, the rest is kept', async () => {
    const { page } = stage;
    await page.getByLabel('Sites that may show it').fill('https://www.example.com\nexample');
    await page.getByRole('button', { name: 'Save the sites' }).click();
    await page.getByText('sites.1 is no site').waitFor();
    await page.getByLabel('Sites that may show it').fill('https://www.example.com/shop');
    await page.getByRole('button', { name: 'Save the sites' }).click();
    await page.getByText('Saved: 1 site.').waitFor();
    expect(await page.getByLabel('Sites that may show it').inputValue()).toBe('https://www.example.com');
  });
});

test('nothing came from elsewhere, and the browser had nothing to complain of', () => {
  expect(stage.foreign).toEqual([]);
  expect(stage.complaints).toEqual([]);
});
