/** The Dutch texts. */
import { en } from '../en/index.ts';
import type { Translation } from '../shape.ts';
import { buttons } from './buttons.ts';
import { face } from './face.ts';
import { invites } from './invites.ts';
import { mail } from './mail.ts';
import { press } from './press.ts';
import { rsvp } from './rsvp.ts';
import { upcoming } from './upcoming.ts';

export const nl = (): Translation => ({
  ...en,
  buttons: buttons(),
  face: face(),
  invites: invites(),
  mail: mail(),
  press: press(),
  rsvp: rsvp(),
  upcoming: upcoming(),
});
