/** Whatever colour a workspace chooses, its pages stay readable in light and in dark. */
import { describe, expect, test } from '@jest/globals';
import { contrastOf, legible, mix, readableOn } from '../../src/organizers/contrast.ts';
import { brandCss } from '../../src/pages/look.ts';

const STEPS = ['00', '33', '66', '99', 'cc', 'ff'];
const COLORS = STEPS.flatMap(red => STEPS.flatMap(green => STEPS.map(blue => `#${red}${green}${blue}`)));

describe('colours', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
    ['#0b6353', '#ffffff', 7.18],
  ])('%s on %s has a contrast of %d', (one, other, expected) => {
    expect(contrastOf(one, other)).toBeCloseTo(expected, 1);
  });

  test('are mixed by share', () => {
    expect([mix('#000000', '#ffffff', 0.5), mix('#102030', '#ffffff', 0)]).toEqual(['#808080', '#102030']);
  });

  test('stay as they are where they can be read, and go no further than they must', () => {
    expect(legible('#0b6353', ['#ffffff'], '#000000')).toBe('#0b6353');
    const gold = legible('#ffd700', ['#ffffff'], '#000000');
    expect(contrastOf(gold, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf(gold, '#ffffff')).toBeLessThan(5.2);
  });
});

describe('a page in 216 colours', () => {
  test('has no pair of text and ground below 4.5', () => {
    const low: string[] = [];
    for (const color of COLORS) {
      const textColor = readableOn(color);
      // Refused as a brand: nothing can be read on it.
      if (contrastOf(color, textColor) < 4.5) continue;
      const css = brandCss({ color, textColor });
      const [light = '', dark = ''] = [/:root\.light\{([^}]*)/, /:root\.dark\{([^}]*)/].map(
        pattern => pattern.exec(css)?.[1] ?? '',
      );
      for (const [scheme, grounds] of [
        [light, ['#f7f5f1', '#fffefc']],
        [dark, ['#131615', '#1b1f1e']],
      ] as const) {
        const of = (name: string): string => new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(scheme)?.[1] ?? '';
        const ink = scheme === light ? '#1d1f1e' : '#eceeec';
        const pairs = [
          ...grounds.map(ground => [of('accent'), ground]),
          ...grounds.map(ground => [of('accent-deep'), ground]),
          [of('accent'), of('tint')],
          [of('accent-deep'), of('tint')],
          [ink, of('tint')],
          [of('on-accent'), of('accent')],
          [of('on-button'), of('button')],
          [of('on-button'), of('button-deep')],
        ];
        for (const [one = '', other = ''] of pairs) {
          if (!(contrastOf(one, other) >= 4.5)) low.push(`${color}: ${one} on ${other}`);
        }
      }
    }
    expect(low).toEqual([]);
  });
});
