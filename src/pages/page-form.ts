/**
 * A page that differs between readers in a few values alone: made once with marks in their place, then filled for each. A mark must be a text
 * that nobody can guess, or who writes the rest of the page could make a value appear elsewhere in it.
 */
import { escaped } from './html.ts';
import type { PageAnswer } from './page.ts';

export interface PageForm<Slot extends string> {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Text and slots in turns, the slot after the text. */
  readonly parts: readonly { readonly text: string; readonly slot: Slot | null }[];
}

type Values<Slot extends string> = { readonly [Name in Slot]: string };

export function pageForm<Slot extends string>(
  mark: string,
  slots: readonly Slot[],
  make: (marks: Values<Slot>) => PageAnswer,
): PageForm<Slot> {
  const marked = new Map(slots.map(slot => [`${mark}-${slot}.`, slot]));
  const marks = Object.fromEntries([...marked].map(([text, slot]) => [slot, text])) as Values<Slot>;
  const { status, headers, body } = make(marks);
  if (typeof body !== 'string') throw new TypeError('only a page at once can be a form');
  const parts: { text: string; slot: Slot | null }[] = [];
  let rest = body;
  for (;;) {
    const at = rest.indexOf(mark);
    const found = [...marked].find(([text]) => at >= 0 && rest.startsWith(text, at));
    if (found === undefined) break;
    parts.push({ text: rest.slice(0, at), slot: found[1] });
    rest = rest.slice(at + found[0].length);
  }
  return { status, headers, parts: [...parts, { text: rest, slot: null }] };
}

export function filledPage<Slot extends string>(
  { status, headers, parts }: PageForm<Slot>,
  values: Values<Slot>,
): PageAnswer {
  let body = '';
  for (const { text, slot } of parts) body += slot === null ? text : text + escaped(values[slot]);
  return { status, headers, body };
}
