/**
 * Content lines to a tree of components. Closes what a broken file leaves open, and says so; leaves out lines that are none.
 * Refuses nesting and event counts beyond the limits. Recursion-free, linear.
 */
import type { Limits } from '../kernel/limits.ts';
import { type Property, readContentLine } from './content-line.ts';
import { type RefusalOf, refusalOf } from './refusal.ts';
import type { Line } from './unfold.ts';

export interface Component {
  /** Upper case. */
  readonly name: string;
  /** Of its BEGIN line. */
  readonly line: number;
  readonly properties: readonly Property[];
  readonly children: readonly Component[];
  /** Its END line was there. */
  readonly closed: boolean;
}

interface Draft extends Component {
  readonly properties: Property[];
  readonly children: Draft[];
  closed: boolean;
}

export type Parsed =
  | { readonly ok: true; readonly calendars: readonly Component[]; readonly repairs: readonly string[] }
  | RefusalOf;

type TreeLimits = Pick<Limits, 'CALENDAR_DEPTH' | 'CALENDAR_EVENTS'>;

export function parseComponents(lines: readonly Line[], limits: TreeLimits): Parsed {
  const calendars: Draft[] = [];
  const repairs = new Set<string>();
  let open: Draft[] = [];
  let events = 0;
  for (const line of lines) {
    const property = readContentLine(line);
    if (property === null) {
      repairs.add('unreadable_line');
      continue;
    }
    const kind = property.value.trim().toUpperCase();
    if (property.name === 'BEGIN') {
      const draft = begin(kind, line.number);
      // A VCALENDAR never stands inside another: the one before lacks its end.
      if (kind === 'VCALENDAR') open = [];
      else if (open.length === 0) continue;
      if (open.length >= limits.CALENDAR_DEPTH) return refusalOf('too_deep', line.number);
      if (kind === 'VEVENT') events += 1;
      if (events > limits.CALENDAR_EVENTS) return refusalOf('too_many_changes', line.number);
      if (kind === 'VCALENDAR') calendars.push(draft);
      open.at(-1)?.children.push(draft);
      open.push(draft);
    } else if (property.name === 'END') {
      if (!end(open, kind)) repairs.add('unbalanced_end');
    } else {
      open.at(-1)?.properties.push(property);
    }
  }
  return { ok: true, calendars, repairs: [...repairs] };
}

function begin(name: string, line: number): Draft {
  return { name, line, properties: [], children: [], closed: false };
}

/** Closes the nearest component of that name and whatever is open inside it; false where something had to be guessed. */
function end(open: Draft[], name: string): boolean {
  const index = open.findLastIndex(draft => draft.name === name);
  if (index < 0) return false;
  const exact = index === open.length - 1;
  const closed = open[index];
  if (closed !== undefined) closed.closed = true;
  open.length = index;
  return exact;
}

/** The first property of a name: a single-valued property that comes twice counts once. */
export function first(component: Component, name: string): Property | null {
  for (const property of component.properties) if (property.name === name) return property;
  return null;
}

export function all(component: Component, name: string): readonly Property[] {
  return component.properties.filter(property => property.name === name);
}

/** The component as content lines again, with CRLF, unfolded. */
export function componentText(component: Component): string {
  const lines = component.properties.map(({ name, parameters, value }) => {
    const told = parameters.map(([key, raw]) => `;${key}=${raw}`).join('');
    return `${name}${told}:${value}\r\n`;
  });
  const children = component.children.map(componentText);
  return `BEGIN:${component.name}\r\n${lines.join('')}${children.join('')}END:${component.name}\r\n`;
}
