/** The German texts. */
import { en } from '../en/index.ts';
import type { Translation } from '../shape.ts';

export const de = (): Translation => en;
