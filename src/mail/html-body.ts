/** The text of an HTML-only body, for passing a person's words on. One pass, no rendering; never shown as HTML anywhere. */
const BREAKING = new Set(['br', 'p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'blockquote', 'table']);
const SKIPPED = new Set(['style', 'script', 'head', 'title']);
const ENTITIES: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

export function htmlBodyText(html: string): string {
  let text = '';
  let at = 0;
  let skipping: string | null = null;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const end = open < 0 ? html.length : open;
    if (skipping === null) text += html.slice(at, end);
    if (open < 0) break;
    const close = html.indexOf('>', open);
    if (close < 0) break;
    const tag = /^\/?([a-z][a-z0-9]*)/i.exec(html.slice(open + 1, Math.min(close, open + 40)));
    const name = (tag?.[1] ?? '').toLowerCase();
    const closing = html.charAt(open + 1) === '/';
    if (skipping !== null) {
      if (closing && name === skipping) skipping = null;
    } else if (!closing && SKIPPED.has(name)) skipping = name;
    else if (BREAKING.has(name)) text += '\n';
    at = close + 1;
  }
  return tidy(decodeEntities(text));
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return Number.isNaN(code) || code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

function tidy(text: string): string {
  const lines = text.split(/\r?\n/).map(line => line.replace(/[ \t\u00a0]{1,80}/g, ' ').trim());
  const kept: string[] = [];
  for (const line of lines) if (line !== '' || kept.at(-1) !== '') kept.push(line);
  return kept.join('\n').trim();
}
