/** The one table of options (docs/widget.md): `data-sis-<name>` on any element, or `<name>` on `<sis-rsvp>`. */
import { firstSpoken, LANGUAGES, type Language, WORDS } from './words.ts';

export interface Options {
  /** `e/<slug>` or `o/<slug>`. */
  readonly page: string;
  readonly mode: 'inline' | 'dialog' | 'floating';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly side: 'right' | 'left';
  readonly label: string;
  /** `auto`: the frame follows the visitor. */
  readonly lang: 'auto' | Language;
  /** Of the widget's own words. */
  readonly language: Language;
}

/** A list: one of these, the first by default. A pattern: what the value must look like. */
export const TABLE: Readonly<Record<string, readonly string[] | RegExp>> = {
  event: /^[A-Za-z0-9-]{1,80}$/,
  upcoming: /^[A-Za-z0-9_-]{1,80}$/,
  mode: ['inline', 'dialog', 'floating'],
  theme: ['auto', 'light', 'dark'],
  side: ['right', 'left'],
  label: /^.{1,80}$/s,
  lang: ['auto', ...LANGUAGES],
};

const PREFIX = 'data-sis-';

export interface Reading {
  readonly options: Options | undefined;
  /** In words, for whoever wrote the page. */
  readonly warnings: readonly string[];
}

/** `attributes`: names and values as they stand on the element; `own`: it is a `<sis-rsvp>`; `preferred`: the visitor's languages. */
export function readOptions(
  attributes: Iterable<readonly [string, string]>,
  own: boolean,
  preferred: readonly string[] = [],
): Reading {
  const warnings: string[] = [];
  const values = new Map<string, string>();
  for (const [attribute, value] of attributes) {
    const name = nameOf(attribute, own);
    if (name === undefined) continue;
    const rule = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
    if (rule === undefined) {
      if (attribute.startsWith(PREFIX))
        warnings.push(`${attribute} is no option. There are: ${Object.keys(TABLE).join(', ')}.`);
    } else if (rule instanceof RegExp ? rule.test(value) : rule.includes(value)) values.set(name, value);
    else warnings.push(`${attribute}="${value.slice(0, 80)}" ${complaint(name, rule)}`);
  }
  const page = pageOf(values, warnings);
  return { options: page === undefined ? undefined : chosen(page, values, preferred), warnings };
}

function nameOf(attribute: string, own: boolean): string | undefined {
  if (attribute.startsWith(PREFIX)) return attribute.slice(PREFIX.length);
  return own ? attribute : undefined;
}

function complaint(name: string, rule: readonly string[] | RegExp): string {
  if (!(rule instanceof RegExp)) return `must be one of: ${rule.join(', ')}. ${rule[0]} is used.`;
  return name === 'label'
    ? 'must have 1 to 80 characters.'
    : 'is no slug: take the last part of the page’s link.';
}

function pageOf(values: ReadonlyMap<string, string>, warnings: string[]): string | undefined {
  const event = values.get('event');
  const upcoming = values.get('upcoming');
  if (event !== undefined && upcoming !== undefined)
    warnings.push('event and upcoming are both set. event is used.');
  if (event !== undefined) return `e/${event}`;
  if (upcoming !== undefined) return `o/${upcoming}`;
  warnings.push('it has no event to show: set event or upcoming to the last part of the page’s link.');
  return undefined;
}

function chosen(page: string, values: ReadonlyMap<string, string>, preferred: readonly string[]): Options {
  const lang = (values.get('lang') ?? 'auto') as Options['lang'];
  const language = lang === 'auto' ? firstSpoken(preferred) : lang;
  return {
    page,
    mode: (values.get('mode') ?? 'inline') as Options['mode'],
    theme: (values.get('theme') ?? 'auto') as Options['theme'],
    side: (values.get('side') ?? 'right') as Options['side'],
    label: values.get('label') ?? WORDS[language][page.startsWith('e') ? 0 : 1],
    lang,
    language,
  };
}
