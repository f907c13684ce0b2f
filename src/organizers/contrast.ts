/** How well two colours are told apart, and colours near a given one that are told apart well enough. Colours are `#rrggbb`. */

/** WCAG 2.2, 1.4.3. */
export const LEAST_CONTRAST = 4.5;
/** No pure black: mail programs that turn colours around for the night leave these two readable. */
const LIGHT = '#ffffff';
const DARK = '#1a1a1a';
const STEPS = 40;

/** From 1 to 21 (WCAG's contrast ratio). */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

export function readableOn(color: string): string {
  return contrastOf(color, LIGHT) >= contrastOf(color, DARK) ? LIGHT : DARK;
}

/** The colour itself where it can be read on all the grounds, else the nearest one on its way towards black or white. */
export function legible(color: string, grounds: readonly string[], towards: string): string {
  for (let step = 0; step <= STEPS; step += 1) {
    const mixed = mix(color, towards, step / STEPS);
    if (grounds.every(ground => contrastOf(mixed, ground) >= LEAST_CONTRAST)) return mixed;
  }
  return towards;
}

/** `share` of the second: 0 is the first, 1 the second. */
export function mix(one: string, other: string, share: number): string {
  const parts = channels(one).map((value, at) => value + ((channels(other)[at] ?? 0) - value) * share);
  return `#${parts.map(value => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map(channel => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: string): readonly number[] {
  return [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16));
}
