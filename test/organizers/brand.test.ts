import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { brandOf, languageOf, setBrand } from '../../src/organizers/brand.ts';
import { contrastOf, readableOn } from '../../src/organizers/contrast.ts';
import { openJane } from '../support/register.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let workspace: string;

beforeEach(async () => {
  world = await localWorld();
  workspace = (await openJane(world)).workspace;
});
afterEach(() => world.close());

describe('a workspace’s brand', () => {
  test('stands from the first day, and each setting replaces the one before', async () => {
    expect(await brandOf(world, workspace)).toEqual({
      name: null,
      color: '#0b6353',
      textColor: '#ffffff',
      language: 'en',
      logo: null,
    });
    await setBrand(world, workspace, { name: 'Studio', color: '#FFD700', textColor: '#1A1A1A' });
    expect(await brandOf(world, workspace)).toEqual({
      name: 'Studio',
      color: '#ffd700',
      textColor: '#1a1a1a',
      language: 'en',
      logo: null,
    });
  });

  test('the language stays as it was where only the look is set', async () => {
    await setBrand(world, workspace, { name: null, color: '#0b6353', language: 'de' });
    expect(await languageOf(world, workspace)).toBe('de');
    await setBrand(world, workspace, { name: null, color: '#223344' });
    expect(await languageOf(world, workspace)).toBe('de');
  });

  test('chooses what is read better where only the ground is named', async () => {
    expect((await setBrand(world, workspace, { name: null, color: '#ffd700' })).textColor).toBe('#1a1a1a');
    expect((await setBrand(world, workspace, { name: null, color: '#223344' })).textColor).toBe('#ffffff');
  });

  test('two colours that are hard to tell apart are refused with a sentence that helps, and nothing is kept', async () => {
    await expect(
      setBrand(world, workspace, { name: null, color: '#ffd700', textColor: '#ffffff' }),
    ).rejects.toMatchObject({
      code: 'contrast_low',
      field: 'textColor',
      message:
        '#ffffff on #ffd700 is hard to read. Choose colours that differ more, for example #1a1a1a as the text, or a darker or lighter #ffd700.',
    });
    expect((await brandOf(world, workspace)).color).toBe('#0b6353');
  });

  test('an unknown workspace has none', async () => {
    await expect(setBrand(world, 'ws_unknown', { name: null, color: '#000000' })).rejects.toMatchObject({
      code: 'unknown_workspace',
    });
  });
});

test('contrast is that of WCAG: 21 for black on white, 4.54 for #767676 on white', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21);
  expect(contrastOf('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  // Whatever the ground is, one of the two can be read on it.
  for (let red = 0; red < 256; red += 15)
    for (let green = 0; green < 256; green += 15)
      for (let blue = 0; blue < 256; blue += 15) {
        const color = `#${[red, green, blue].map(part => part.toString(16).padStart(2, '0')).join('')}`;
        expect(contrastOf(color, readableOn(color))).toBeGreaterThan(4.1);
      }
});
