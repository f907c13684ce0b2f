/**
 * HTML of organizers' clients: to plain text, and to a small safe subset (allow-list; no style, script, form, image, handler).
 * One pass over the text; what is not closed ends with it.
 */

interface TextToken {
  readonly kind: 'text';
  readonly text: string;
}
interface TagToken {
  readonly kind: 'open' | 'close';
  readonly name: string;
  readonly attributes: string;
}
type Token = TextToken | TagToken;

/** Elements whose content nobody reads. */
const HIDDEN = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'textarea',
  'select',
]);
const TAG = /^(\/?)([a-z][a-z0-9]*)/i;

function* tokens(html: string): Generator<Token> {
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    if (open > at) yield { kind: 'text', text: html.slice(at, open) };
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      if (end < 0) return;
      at = end + 3;
      continue;
    }
    const close = html.indexOf('>', open);
    const tag = close < 0 ? null : TAG.exec(html.slice(open + 1, Math.min(close, open + 40)));
    if (close < 0) {
      yield { kind: 'text', text: html.slice(open) };
      return;
    }
    if (tag === null) {
      // `<!DOCTYPE …>` and `<?xml …>` say nothing; a lone `<` is text.
      const silent = html[open + 1] === '!' || html[open + 1] === '?';
      if (!silent) yield { kind: 'text', text: '<' };
      at = silent ? close + 1 : open + 1;
      continue;
    }
    const name = (tag[2] ?? '').toLowerCase();
    const closing = tag[1] === '/';
    yield {
      kind: closing ? 'close' : 'open',
      name,
      attributes: html.slice(open + 1 + tag[0].length, Math.min(close, open + 4_000)),
    };
    at = close + 1;
    if (!closing && HIDDEN.has(name)) at = afterHidden(html, name, at);
  }
  if (at < html.length && html.indexOf('<', at) < 0) yield { kind: 'text', text: html.slice(at) };
}

function afterHidden(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}\\b`, 'gi');
  pattern.lastIndex = from;
  const end = pattern.exec(html);
  return end === null ? html.length : end.index;
}

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ndash: '–',
    mdash: '—',
    hellip: '…',
    bull: '•',
    middot: '·',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    laquo: '«',
    raquo: '»',
    euro: '€',
    copy: '©',
    reg: '®',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    szlig: 'ß',
    agrave: 'à',
    aacute: 'á',
    acirc: 'â',
    ccedil: 'ç',
    egrave: 'è',
    eacute: 'é',
    ecirc: 'ê',
    iacute: 'í',
    ntilde: 'ñ',
    oacute: 'ó',
    ocirc: 'ô',
    uacute: 'ú',
  }),
);

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const printable = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return printable ? String.fromCodePoint(code) : '';
  });
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

interface Link {
  /** http, https or mailto; null for anything else. */
  readonly url: string | null;
  /** Nobody else may see it: its label goes too. */
  readonly hidden: boolean;
}

function linkOf(attributes: string, allowed: (url: string) => boolean): Link {
  const match = HREF.exec(attributes);
  const url = decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
  if (!/^(?:https?:\/\/|mailto:)[^\s<>"]{1,2000}$/i.test(url)) return { url: null, hidden: false };
  return allowed(url) ? { url, hidden: false } : { url: null, hidden: true };
}

/** The separator before a link that went: ` | `. */
function withoutSeparator(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '|')) end -= 1;
  return text.slice(0, end);
}

/** The tokens without links that are nobody else's, from their start to their end. */
function* shownTokens(html: string, allowed: (url: string) => boolean): Generator<Token | 'hidden link'> {
  let hiding = false;
  for (const token of tokens(html)) {
    const anchor = token.kind !== 'text' && token.name === 'a';
    // A link ends the one before it, closed or not.
    if (hiding && !anchor) continue;
    if (hiding && token.kind === 'close') {
      hiding = false;
      continue;
    }
    hiding = false;
    if (token.kind === 'open' && token.name === 'a' && linkOf(token.attributes, allowed).hidden) {
      hiding = true;
      yield 'hidden link';
    } else {
      yield token;
    }
  }
}

const BLOCK = new Set([
  'p',
  'div',
  'tr',
  'table',
  'ul',
  'ol',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
]);

const everyLink = () => true;

export function htmlToText(html: string, allowed: (url: string) => boolean = everyLink): string {
  let text = '';
  let link: { readonly url: string; readonly from: number } | null = null;
  for (const token of shownTokens(html, allowed)) {
    if (token === 'hidden link') text = withoutSeparator(text);
    else if (token.kind === 'text') text += decodeEntities(token.text.replace(/[ \t\r\n\f]+/g, ' '));
    else if (token.name === 'br') text += '\n';
    else if (token.name === 'li' && token.kind === 'open') text += '\n- ';
    else if (token.name === 'td' || token.name === 'th') text += ' ';
    else if (token.name === 'a' && token.kind === 'open') {
      const { url } = linkOf(token.attributes, allowed);
      link = url === null ? null : { url, from: text.length };
    } else if (token.name === 'a' && link !== null) {
      const label = text.slice(link.from).trim();
      const shown = link.url.replace(/^mailto:/i, '');
      if (label === '') text += shown;
      else if (label !== shown && label !== link.url) text += ` <${shown}>`;
      link = null;
    } else if (BLOCK.has(token.name)) text += '\n';
  }
  return tidy(text);
}

/** Single blanks, at most one empty line, none at the ends. */
export function tidy(text: string): string {
  const lines: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/[ \t\r\u00a0]+/g, ' ').trim();
    if (line !== '' || (lines.length > 0 && lines.at(-1) !== '')) lines.push(line);
  }
  return lines.join('\n').trim();
}

const KEPT = new Set(
  'p br div b strong i em u s a ul ol li h1 h2 h3 h4 h5 h6 blockquote pre code hr table thead tbody tr td th'.split(
    ' ',
  ),
);
const EMPTY = new Set(['br', 'hr']);
const DEPTH = 50;

function withoutUrls(text: string, allowed: (url: string) => boolean): string {
  return text.replace(/https?:\/\/[^\s<>"']{1,2000}/gi, url => (allowed(url) ? url : ''));
}

/** The allowed tags without attributes but `href`, every one closed. */
export function sanitiseHtml(html: string, allowed: (url: string) => boolean = everyLink): string {
  const open: string[] = [];
  let out = '';
  for (const token of shownTokens(html, allowed)) {
    if (token === 'hidden link') {
      out = withoutSeparator(out);
    } else if (token.kind === 'text') {
      out += escapeHtml(withoutUrls(decodeEntities(token.text), allowed));
    } else if (!KEPT.has(token.name)) {
    } else if (EMPTY.has(token.name)) {
      if (token.kind === 'open') out += `<${token.name}>`;
    } else if (token.kind === 'open') {
      if (open.length >= DEPTH) continue;
      const url = token.name === 'a' ? linkOf(token.attributes, allowed).url : null;
      out += url === null ? `<${token.name}>` : `<a href="${escapeHtml(url)}">`;
      open.push(token.name);
    } else {
      const index = open.lastIndexOf(token.name);
      while (index >= 0 && open.length > index) out += `</${open.pop()}>`;
    }
  }
  while (open.length > 0) out += `</${open.pop()}>`;
  return out.trim();
}

const MARKUP =
  /<\/?(?:html|body|p|br|div|span|b|i|u|a|ul|ol|li|table|font|strong|em|h[1-6])(?:\s[^<>]*)?\/?>/i;

/** Text that is HTML without saying so (Google's DESCRIPTION). */
export function looksLikeHtml(text: string): boolean {
  return MARKUP.test(text);
}
