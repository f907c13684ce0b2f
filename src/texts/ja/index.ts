/** The Japanese texts. */
import { en } from '../en/index.ts';
import type { Translation } from '../shape.ts';

export const ja = (): Translation => en;
