/** Values of type TEXT (RFC 5545 3.3.11): one pass, so that `\\n` stays a backslash and an n. */

export function unescapeText(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char));
}

/** A list of TEXT values: split at commas that no backslash hides. */
export function textList(value: string): string[] {
  return (value.match(/(?:[^,\\]|\\[\s\S]?)+/g) ?? [])
    .map(item => unescapeText(item).trim())
    .filter(item => item !== '');
}
