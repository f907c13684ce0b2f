/**
 * One content line to name, parameters and value (RFC 5545 3.1, 3.2; RFC 6868). Takes names in any case, values of parameters
 * with spaces, and quotes that never close. A line that is none gives null: it is left out, as ical.js would refuse the whole file.
 */
import type { Line } from './unfold.ts';

export interface Property {
  /** Upper case. */
  readonly name: string;
  /** Physical line, from 1. */
  readonly line: number;
  /** As written, after the colon. */
  readonly value: string;
  /** Upper-case name and the text after `=` as written, quotes on. */
  readonly parameters: readonly (readonly [name: string, raw: string])[];
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*/;

export function readContentLine(line: Line): Property | null {
  const text = line.text;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return null;
  const rest = text.slice(name.length).trimStart();
  if (rest[0] !== ':' && rest[0] !== ';') return null;
  const parts = split(rest, true) ?? split(rest, false);
  if (parts === null) return null;
  return {
    name: name.toUpperCase(),
    line: line.number,
    value: parts.value,
    parameters: parts.parameters.map(readParameter),
  };
}

interface Parts {
  readonly parameters: readonly string[];
  readonly value: string;
}

/** `;a=b;c="d:e":value`. Without a colon outside of quotes there is no value. */
function split(rest: string, quotes: boolean): Parts | null {
  const parameters: string[] = [];
  let quoted = false;
  let from = rest[0] === ';' ? 1 : 0;
  for (let at = from; at < rest.length; at += 1) {
    const char = rest[at];
    if (char === '"' && quotes) quoted = !quoted;
    if (quoted || (char !== ';' && char !== ':')) continue;
    if (at > from) parameters.push(rest.slice(from, at));
    if (char === ':') return { parameters, value: rest.slice(at + 1) };
    from = at + 1;
  }
  return null;
}

function readParameter(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals < 0) return [text.trim().toUpperCase(), ''];
  return [text.slice(0, equals).trim().toUpperCase(), text.slice(equals + 1).trim()];
}

/** The first parameter of that name, quotes off, carets decoded; null where there is none. */
export function parameter(property: Property, name: string): string | null {
  for (const [key, raw] of property.parameters) if (key === name) return parameterText(raw);
  return null;
}

/** A parameter of several values (`MEMBER="mailto:a","mailto:b"`). */
export function parameterList(property: Property, name: string): string[] {
  const raw = property.parameters.find(([key]) => key === name)?.[1] ?? '';
  if (raw === '') return [];
  const values: string[] = [];
  let quoted = false;
  let from = 0;
  for (let at = 0; at <= raw.length; at += 1) {
    if (raw[at] === '"') quoted = !quoted;
    if (at < raw.length && (quoted || raw[at] !== ',')) continue;
    const value = parameterText(raw.slice(from, at));
    if (value !== '') values.push(value);
    from = at + 1;
  }
  return values;
}

/** Neither quoted nor escaped. */
const PLAIN = /^[^"^]*$/;
const CARETS: Readonly<Record<string, string>> = { '^n': '\n', '^^': '^', "^'": '"' };

export function parameterText(raw: string): string {
  if (PLAIN.test(raw)) return raw.trim();
  return raw
    .replaceAll('"', '')
    .replace(/\^[n^']/g, pair => CARETS[pair] ?? pair)
    .trim();
}
