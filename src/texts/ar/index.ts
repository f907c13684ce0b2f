/** The Arabic texts. */
import { en } from '../en/index.ts';
import type { Translation } from '../shape.ts';
import { face } from './face.ts';
import { press } from './press.ts';

export const ar = (): Translation => ({ ...en, face: face(), press: press() });
