/** What a page or mail in another language still says in English: pieces of the English catalogue that the language's own does not have. */
import { type Language, texts } from '../../src/texts/catalogue.ts';
import { de } from '../../src/texts/de/index.ts';
import type { Translation } from '../../src/texts/shape.ts';

const AREAS = Object.keys(de()) as readonly (keyof Translation)[];
/** Shorter ones stand in other languages by chance: "No", "Online". */
const LEAST = 6;
const GAP = '\ue000';

/** Every sentence of these areas, in the pieces between what is told to it. */
function pieces(found: unknown): readonly string[] {
  if (typeof found === 'string') return [found];
  if (typeof found === 'function') return piecesOfCall(found as (...told: unknown[]) => unknown);
  if (typeof found !== 'object' || found === null) return [];
  return Object.values(found).flatMap(pieces);
}

function piecesOfCall(say: (...told: unknown[]) => unknown): readonly string[] {
  for (const told of [GAP, [GAP, GAP], 7]) {
    try {
      const said = say(...Array.from({ length: say.length }, () => told));
      return pieces(said).flatMap(text => text.split(/[\ue000\u2068\u2069]|\b7\b/));
    } catch {
      // It wants to be told something else.
    }
  }
  return [];
}

function said(language: Language): readonly string[] {
  const all = texts(language);
  return AREAS.flatMap(area => pieces(all[area])).map(text => text.trim());
}

const ENGLISH = [...new Set(said('en'))].filter(text => text.length >= LEAST && /[a-z]{3}/.test(text));

export function leftovers(language: Language, text: string): readonly string[] {
  const own = said(language).join('\n');
  return ENGLISH.filter(piece => !own.includes(piece) && hasPiece(text, piece));
}

/** As whole words: "change" is no leftover in "changer". */
function hasPiece(text: string, piece: string): boolean {
  const at = text.indexOf(piece);
  if (at < 0) return false;
  return !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}]/u.test(text[at + piece.length] ?? '');
}

/** What is read of HTML, by eye and by ear. */
export function readOf(html: string): string {
  const body = html.replace(/<(style|script)[\s\S]*?<\/\1>/g, ' ').replace(/<!--[\s\S]*?-->/g, ' ');
  const heard = [...body.matchAll(/ (?:aria-label|title|alt|placeholder|data-label)="([^"]*)"/g)].map(
    ([, text]) => text ?? '',
  );
  return [body.replace(/<[^>]*>/g, '\n'), ...heard]
    .join('\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
