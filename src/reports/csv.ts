/** CSV (RFC 4180): every field quoted, formula starters defused (T23), streamed so that a large event needs no memory. */

const FORMULA_START = /^[=+\-@\t\r\0]/;

export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && FORMULA_START.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""').replaceAll('\0', '')}"`;
}
