/** Reads a JSON body within its limits: size, depth, and no duplicate or polluting keys (T35). */
import { InputError } from '../../kernel/errors.ts';
import type { Limits } from '../../kernel/limits.ts';

export function parseJson(bytes: Uint8Array, limits: Pick<Limits, 'JSON_DEPTH'>): unknown {
  const text = decode(bytes);
  checkDepth(text, limits.JSON_DEPTH);
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__')
        throw new InputError('bad_json', 'The key __proto__ is not allowed.', { field: key });
      return value;
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('bad_json', 'The body is not JSON.');
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('bad_json', 'The body is not UTF-8.');
  }
}

/** Counts brackets outside strings before the parser runs, which would recurse. */
function checkDepth(text: string, limit: number): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > limit) throw new InputError('too_deep', `The body is nested deeper than ${limit} levels.`);
    } else if (char === '}' || char === ']') depth -= 1;
  }
}
