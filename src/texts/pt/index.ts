/** The Portuguese texts. */
import { en } from '../en/index.ts';
import type { Translation } from '../shape.ts';

export const pt = (): Translation => en;
