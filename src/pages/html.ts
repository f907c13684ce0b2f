/**
 * HTML as a value that is safe by construction: what a template interpolates is escaped, unless it is itself `Html`.
 * Raw text becomes `Html` only through `trusted`, which takes our own style sheet and what `calendar/html-text` sanitised (T20).
 */

/** Control characters that HTML refuses, and those that turn the direction of writing around to deceive (T21). */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\u202A-\u202E\u2066\u2067\uFEFF]/gu;
/** They keep a name of another direction to itself; one that nobody closes would swallow what follows. */
const ISOLATES = /[\u2068\u2069]/g;
const LONE_SURROGATE = /\p{Cs}/gu;
const SPECIAL: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Known to this module alone, so that `new Html(text)` elsewhere neither compiles nor runs. */
const MARK = Symbol('html');

export class Html {
  readonly #text: string;

  constructor(text: string, mark: typeof MARK) {
    if (mark !== MARK) throw new TypeError('Html is made by the html tag');
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** `null`, `undefined` and `false` leave nothing behind, so that a condition can stand in a template. */
export type Child = Html | string | number | null | undefined | false | readonly Child[];

export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Html {
  let text = parts[0] ?? '';
  children.forEach((child, index) => {
    text += rendered(child) + (parts[index + 1] ?? '');
  });
  return new Html(text, MARK);
}

export function trusted(text: string): Html {
  return new Html(text, MARK);
}

/** Most texts: nothing in them needs a second look. */
const PLAIN = /^[\t\n\r !#-%(-;=?-_a-~\u00A0-\u1FFF]*$/;

export function escaped(text: string): string {
  if (PLAIN.test(text)) return text;
  return (isBalanced(text) ? text : text.replace(ISOLATES, ''))
    .replace(UNSEEN, '')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(/[&<>"'`]/g, character => SPECIAL[character] ?? '');
}

function isBalanced(text: string): boolean {
  if (!text.includes('\u2068') && !text.includes('\u2069')) return true;
  let open = 0;
  for (const [mark] of text.matchAll(ISOLATES)) {
    open += mark === '\u2068' ? 1 : -1;
    if (open < 0) return false;
  }
  return open === 0;
}

function rendered(child: Child): string {
  if (child === null || child === undefined || child === false) return '';
  if (child instanceof Html) return child.toString();
  if (typeof child === 'string') return escaped(child);
  if (typeof child === 'number') return String(child);
  return child.map(rendered).join('');
}

/** The URL where it is one a page may link to, else null: `javascript:`, `data:` and their like never become a link. */
export function webUrl(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.length > 2048 || !URL.canParse(text)) return null;
  const url = new URL(text);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url.href : null;
}
