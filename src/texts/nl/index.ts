/** The Dutch texts. */
import { en } from '../en/index.ts';
import type { Translation } from '../shape.ts';

export const nl = (): Translation => en;
