/** A calendar object line by line in plain words (RFC 5545). For showing only: nothing is decided from what is read here. */
import { texts } from '../../../texts/catalogue.ts';

export interface ExplainedLine {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly value: string;
  readonly words: string;
}

export interface ExplainedComponent {
  readonly name: string;
  readonly words: string;
  readonly lines: readonly ExplainedLine[];
}

const LINES_SHOWN = 500;

/** Components in the order of the file; zones and reminders stand for themselves, without their lines. */
export function explained(calendar: string): readonly ExplainedComponent[] {
  const found: { name: string; words: string; lines: ExplainedLine[] }[] = [];
  const open: (typeof found)[number][] = [];
  for (const line of unfolded(calendar)) {
    const { name, parameters, value } = contentLine(line);
    const top = open.at(-1);
    if (name === 'BEGIN') {
      const component = {
        name: value.toUpperCase(),
        words: componentWords(value.toUpperCase(), ''),
        lines: [],
      };
      open.push(component);
      if (component.name !== '' && !isInside(open, component.name)) found.push(component);
    } else if (name === 'END') open.pop();
    else if (top?.name === 'VTIMEZONE' && name === 'TZID') top.words = componentWords('VTIMEZONE', value);
    else if (top?.name === 'VCALENDAR' || top?.name === 'VEVENT')
      top.lines.push({ name, parameters, value, words: propertyWords(name) });
  }
  return found;
}

function isInside(open: readonly { name: string }[], name: string): boolean {
  return (
    name === 'STANDARD' ||
    name === 'DAYLIGHT' ||
    open.slice(0, -1).some(({ name: outer }) => outer === 'VTIMEZONE')
  );
}

function unfolded(calendar: string): readonly string[] {
  return calendar
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter(line => line !== '')
    .slice(0, LINES_SHOWN);
}

function contentLine(line: string): { name: string; parameters: string[]; value: string } {
  let quoted = false;
  let at = 0;
  while (at < line.length && (quoted || line[at] !== ':')) {
    if (line[at] === '"') quoted = !quoted;
    at += 1;
  }
  const [name = '', ...parameters] = line.slice(0, at).match(/(?:[^;"]|"[^"]*")+/g) ?? [];
  const text = line
    .slice(at + 1)
    .replace(/\\([nN,;\\])/g, (_whole, code: string) => (/n/i.test(code) ? '\n' : code));
  return { name: name.toUpperCase(), parameters, value: text };
}

function componentWords(name: string, zone: string): string {
  const words = texts().local.calendar.component;
  if (name === 'VTIMEZONE') return words.VTIMEZONE(zone);
  return name === 'VCALENDAR' || name === 'VEVENT' || name === 'VALARM' ? words[name] : '';
}

function propertyWords(name: string): string {
  const { properties, unknown } = texts().local.calendar;
  return Object.hasOwn(properties, name) ? properties[name as keyof typeof properties] : unknown;
}
