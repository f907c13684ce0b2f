/** The picture itself: the date's leaf as on the page, and beside it title, time and host. Shapes and outlines only: no text, no link, no file. */
import type { ShareFacts } from '../../pages/share-facts.ts';
import { drawable, outline, type Weight, wrapped } from './letters.ts';

export const WIDTH = 1200;
export const HEIGHT = 630;

const PAPER = '#f7f5f1';
const CARD = '#fffefc';
const INK = '#1c211f';
const SOFT = '#565e5a';
const LINE = '#d8d4cb';

const LEFT = 412;
const TEXT_WIDTH = WIDTH - LEFT - 72;
/** A title that is too long for one size is set in the next. */
const TITLE_SIZES = [
  { size: 84, lines: 2 },
  { size: 70, lines: 3 },
  { size: 58, lines: 4 },
] as const;

export function pictureOf(facts: ShareFacts): string {
  const title = drawable(facts.title, 600);
  const parts = title === null ? [leaf(facts, (WIDTH - LEAF) / 2)] : [leaf(facts, 72), words(facts, title)];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>
<rect y="${HEIGHT - 20}" width="${WIDTH}" height="20" fill="${facts.color}"/>
${parts.join('\n')}
</svg>`;
}

const LEAF = 268;

/** Without letters for the month it keeps its day: figures are everywhere the same. */
function leaf({ month, day, color, textColor }: ShareFacts, x: number): string {
  const [top, head, round] = [164, 78, 36];
  const middle = x + LEAF / 2;
  const label = drawable(month.toUpperCase(), 600);
  return `<rect x="${x}" y="${top}" width="${LEAF}" height="${LEAF}" rx="${round}" fill="${CARD}" stroke="${LINE}" stroke-width="3"/>
<path d="M${x} ${top + head}v${round - head}a${round} ${round} 0 0 1 ${round}-${round}h${LEAF - 2 * round}a${round} ${round} 0 0 1 ${round} ${round}v${head - round}z" fill="${color}"/>
${label === null ? '' : ink(label, { x: middle, y: top + 55, size: 44, weight: 600, anchor: 'middle' }, textColor)}
${ink(day, { x: middle, y: top + 218, size: 150, weight: 600, anchor: 'middle' }, INK)}`;
}

function words({ when, host }: ShareFacts, title: string): string {
  const set = titleSet(title);
  const below = [
    ...block(when, { size: 34, lines: 2, weight: 400, fill: INK }),
    ...block(host, { size: 30, lines: 1, weight: 400, fill: SOFT }),
  ];
  const rows = [...set.map((row, index) => ({ ...row, gap: index === 0 ? 0 : row.gap })), ...below];
  const height = rows.reduce((sum, row) => sum + row.gap + row.size * 1.2, 0);
  let y = Math.max(64, (HEIGHT - 20 - height) / 2);
  return rows
    .map(row => {
      y += row.gap + row.size * 1.2;
      const place = { x: LEFT, y: Math.round(y - row.size * 0.28), size: row.size, weight: row.weight };
      return ink(row.text, place, row.fill);
    })
    .join('\n');
}

interface Row {
  readonly text: string;
  readonly size: number;
  readonly gap: number;
  readonly weight: Weight;
  readonly fill: string;
}

function titleSet(title: string): readonly Row[] {
  for (const { size, lines } of TITLE_SIZES) {
    const set = wrapped(title, { width: TEXT_WIDTH, lines, size, weight: 600 });
    if (set.cut && size !== TITLE_SIZES[2].size) continue;
    return set.lines.map(text => ({ text, size, gap: 0, weight: 600, fill: INK }));
  }
  return [];
}

/** Nothing where a character has no glyph. */
function block(
  text: string,
  { size, lines, weight, fill }: { size: number; lines: number; weight: Weight; fill: string },
): readonly Row[] {
  const plain = drawable(text, weight);
  if (plain === null) return [];
  const set = wrapped(plain, { width: TEXT_WIDTH, lines, size, weight });
  return set.lines.map((line, index) => ({ text: line, size, gap: index === 0 ? 22 : 0, weight, fill }));
}

function ink(text: string, place: Parameters<typeof outline>[1], fill: string): string {
  return `<path d="${outline(text, place)}" fill="${fill}"/>`;
}
