/** Reads what a platform sent without believing its shape. */

export interface Fields {
  readonly [name: string]: unknown;
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Trimmed; null for an empty text and for all that is none. Ids come as numbers too. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}

/** A full name out of its parts. */
export function nameOf(...parts: readonly unknown[]): string | null {
  const name = parts
    .map(textOf)
    .filter(part => part !== null)
    .join(' ');
  return name === '' ? null : name;
}
