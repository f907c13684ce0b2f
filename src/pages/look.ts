/**
 * A page in the colours of its workspace. Its button wears them as chosen; links, lines and marks get the nearest colour that can be read on
 * our grounds, in light and in dark, so that no choice makes a page hard to read.
 */
import { createHash } from 'node:crypto';
import type { Ports, Table } from '../kernel/ports.ts';
import { recentOf } from '../kernel/recent.ts';
import { type Brand, brandOf, DEFAULT_BRAND } from '../organizers/brand.ts';
import { contrastOf, legible, mix, readableOn } from '../organizers/contrast.ts';
import { logoPath } from '../organizers/logo.ts';
import { type Html, html } from './html.ts';

export interface Look {
  /** Behind the page's own style; empty: our colours. */
  readonly css: string;
  /** Lets the page's policy take it; empty as well. */
  readonly source: string;
  /** Above the page. */
  readonly logo: Html | null;
  /** What the workspace calls itself. */
  readonly name: string | null;
  /** The same as long as nothing of it has changed. */
  readonly stamp: string;
}

export const OUR_LOOK: Look = { css: '', source: '', logo: null, name: null, stamp: '' };

type Colors = Pick<Brand, 'color' | 'textColor'>;

/** WCAG 2.2, 1.4.11. */
const LEAST_EDGE = 3;
const BLACK = '#000000';
const WHITE = '#ffffff';
const LIGHT_GROUNDS = ['#f7f5f1', '#fffefc'] as const;
const DARK_GROUNDS = ['#131615', '#1b1f1e'] as const;

const looksOf = recentOf<Table, string, Look>();

export async function lookFor(
  ports: Pick<Ports, 'table' | 'settings'>,
  workspace: string,
  owner: string,
): Promise<Look> {
  const brand = await brandOf(ports, workspace);
  const memory = looksOf(ports.table, ports.settings.limits.DESCRIBED_EVENTS);
  const stamp = stampOf(brand, owner);
  const known = memory.get(workspace);
  if (known?.stamp === stamp) return known;
  const look = lookOf(brand, owner);
  memory.set(workspace, look);
  return look;
}

function stampOf({ name, color, textColor, logo }: Brand, owner: string): string {
  return [name, color, textColor, logo?.name, owner].join('\n');
}

/** `owner`: whose page it is, where the workspace has no name for itself. */
export function lookOf(brand: Brand, owner: string): Look {
  const { name, logo } = brand;
  const stamp = stampOf(brand, owner);
  const css = isOurs(brand) ? '' : brandCss(brand);
  const source = css === '' ? '' : ` 'sha256-${createHash('sha256').update(css).digest('base64')}'`;
  if (logo === null) return { css, source, logo: null, name, stamp };
  const image = html`<p class="logo"><img src="${logoPath(logo.name)}" width="${logo.width}" height="${logo.height}" alt="${name ?? owner}"></p>`;
  return { css, source, logo: image, name, stamp };
}

export function brandCss(colors: Colors): string {
  const light = tokens(colors, LIGHT_GROUNDS, BLACK, 0.1);
  const dark = tokens(colors, DARK_GROUNDS, WHITE, 0.16);
  return `:root,:root.light{${light}}@media (prefers-color-scheme:dark){:root:not(.light){${dark}}}:root.dark{${dark}}`;
}

/** `towards`: where the grounds' opposite lies. */
function tokens(
  { color, textColor }: Colors,
  grounds: readonly string[],
  towards: string,
  tinted: number,
): string {
  const tint = mix(grounds[1] ?? towards, color, tinted);
  const accent = legible(color, [...grounds, tint], towards);
  const deep = mix(accent, towards, 0.25);
  // Away from what is written on it.
  const pressed = mix(color, readableOn(textColor), 0.15);
  return Object.entries({
    accent,
    'accent-deep': deep,
    'on-accent': readableOn(accent),
    tint,
    button: color,
    'on-button': textColor,
    'button-deep': pressed,
    // A button hardly told from its ground gets a line around it.
    'button-edge': grounds.every(ground => contrastOf(color, ground) >= LEAST_EDGE) ? 'transparent' : accent,
  })
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}

function isOurs({ color, textColor }: Colors): boolean {
  return color === DEFAULT_BRAND.color && textColor === DEFAULT_BRAND.textColor;
}
