/** Words that an organizer puts on a page: one line of plain text, or null for ours. */
import { InputError } from '../kernel/errors.ts';

/** Lines, controls, and what turns the direction of writing around, become spaces. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;

export function oneLine(field: string, typed: string | null, most: number): string | null {
  const text = (typed ?? '').replace(UNSEEN, ' ').replace(/ {2,}/g, ' ').trim();
  if (text === '') return null;
  const length = [...text].length;
  if (length > most) {
    throw new InputError('too_long', `This has ${length} characters; at most ${most} fit here.`, { field });
  }
  return text;
}
