/**
 * Lines of text as outlines. The letters (Source Serif 4, OFL) come in parts by script; a character that no part has makes the whole line null,
 * so that nobody is shown boxes.
 */
import type { Font, PathCommand } from 'opentype.js/dist/opentype.mjs';
import { parse } from 'opentype.js/dist/opentype.mjs';
import { assetOf } from './assets.ts';

export const SCRIPTS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const;
export type Weight = 400 | 600;

const ELLIPSIS = '…';
const loaded = new Map<string, Font>();

function fontOf(script: (typeof SCRIPTS)[number], weight: Weight): Font {
  const key = `${script}-${weight}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const bytes = assetOf(`@fontsource/source-serif-4/files/source-serif-4-${key}-normal.woff`);
  const font = parse(new Uint8Array(bytes).buffer);
  loaded.set(key, font);
  return font;
}

interface Run {
  readonly font: Font;
  readonly text: string;
}

/** Null: some character has no glyph. */
function runsOf(text: string, weight: Weight): readonly Run[] | null {
  const runs: { font: Font; text: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    if (last !== undefined && last.font.charToGlyphIndex(character) !== 0) {
      last.text += character;
      continue;
    }
    const script = SCRIPTS.find(each => fontOf(each, weight).charToGlyphIndex(character) !== 0);
    if (script === undefined) return null;
    runs.push({ font: fontOf(script, weight), text: character });
  }
  return runs;
}

/** As it can be drawn: composed, without what has no width; null where a character has no glyph. */
export function drawable(text: string, weight: Weight): string | null {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return plain !== '' && runsOf(plain, weight) !== null ? plain : null;
}

function widthOf(text: string, size: number, weight: Weight): number {
  return (runsOf(text, weight) ?? []).reduce((sum, run) => sum + run.font.getAdvanceWidth(run.text, size), 0);
}

/** SVG path data of one line with its baseline at `y`. */
export function outline(text: string, { x, y, size, weight, anchor = 'start' }: Place): string {
  let at = anchor === 'middle' ? x - widthOf(text, size, weight) / 2 : x;
  let path = '';
  for (const run of runsOf(text, weight) ?? []) {
    path += run.font.getPath(run.text, at, y, size).commands.map(commandText).join('');
    at += run.font.getAdvanceWidth(run.text, size);
  }
  return path;
}

/** The library's own text of a path runs figures together in ways that not every reader takes apart again. */
function commandText({ type, x1, y1, x2, y2, x, y }: PathCommand): string {
  const figures = [x1, y1, x2, y2, x, y].filter(figure => figure !== undefined);
  return `${type}${figures.map(figure => figure.toFixed(1)).join(' ')}`;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  readonly anchor?: 'start' | 'middle';
}

interface Room {
  readonly width: number;
  readonly lines: number;
  readonly size: number;
  readonly weight: Weight;
}

/** Broken between words, a long word within itself; what doesn't fit ends in an ellipsis. */
export function wrapped(
  text: string,
  room: Room,
): { readonly lines: readonly string[]; readonly cut: boolean } {
  const fits = (line: string): boolean => widthOf(line, room.size, room.weight) <= room.width;
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < room.lines) {
    const line = longest(rest, fits);
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  if (rest === '') return { lines, cut: false };
  let last = lines.pop() ?? '';
  while (last !== '' && !fits(`${last}${ELLIPSIS}`)) last = [...last].slice(0, -1).join('').trimEnd();
  return { lines: [...lines, `${last}${ELLIPSIS}`], cut: true };
}

/** The longest beginning that fits, up to a space where there is one. */
function longest(text: string, fits: (line: string) => boolean): string {
  if (fits(text)) return text;
  const characters = [...text];
  let [few, many] = [1, characters.length];
  while (few < many) {
    const middle = Math.ceil((few + many) / 2);
    if (fits(characters.slice(0, middle).join(''))) few = middle;
    else many = middle - 1;
  }
  const most = characters.slice(0, few).join('');
  const space = text[most.length] === ' ' ? most.length : most.lastIndexOf(' ');
  return space > 0 ? most.slice(0, space) : most;
}
