/**
 * A page that differs between readers in a few values alone: made once with marks in their place, then filled for each. A mark must be a text
 * that nobody can guess, or who writes the rest of the page could make a value appear elsewhere in it.
 */
import { escaped } from './html.ts';
import type { PageAnswer } from './page.ts';

export interface PageForm<Slot extends string> {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** What stands before each slot, as it goes out, and after the last. */
  readonly parts: readonly { readonly octets: Buffer; readonly slot: Slot | null }[];
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
  const parts: PageForm<Slot>['parts'][number][] = [];
  let rest = body;
  for (;;) {
    const at = rest.indexOf(mark);
    const found = [...marked].find(([text]) => at >= 0 && rest.startsWith(text, at));
    if (found === undefined) break;
    parts.push({ octets: Buffer.from(rest.slice(0, at)), slot: found[1] });
    rest = rest.slice(at + found[0].length);
  }
  return { status, headers, parts: [...parts, { octets: Buffer.from(rest), slot: null }] };
}

export function filledPage<Slot extends string>(
  { status, headers, parts }: PageForm<Slot>,
  values: Values<Slot>,
): PageAnswer {
  const ready = new Map<Slot, Buffer>();
  const body: Buffer[] = [];
  for (const { octets, slot } of parts) {
    body.push(octets);
    if (slot === null) continue;
    const value = ready.get(slot) ?? Buffer.from(escaped(values[slot]));
    ready.set(slot, value);
    body.push(value);
  }
  return { status, headers, body: Buffer.concat(body) };
}
