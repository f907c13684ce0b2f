/** The Portuguese texts. */
import { en } from '../en/index.ts';
import type { Translation } from '../shape.ts';
import { face } from './face.ts';

export const pt = (): Translation => ({ ...en, face: face() });
