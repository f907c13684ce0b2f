/** The Spanish texts. */
import type { Translation } from '../shape.ts';
import { buttons } from './buttons.ts';
import { calendar } from './calendar.ts';
import { face } from './face.ts';
import { guard } from './guard.ts';
import { intake } from './intake.ts';
import { invites } from './invites.ts';
import { mail } from './mail.ts';
import { pages } from './pages.ts';
import { press } from './press.ts';
import { reconnect } from './reconnect.ts';
import { refusals } from './refusals.ts';
import { rsvp } from './rsvp.ts';
import { signin } from './signin.ts';
import { upcoming } from './upcoming.ts';

export const es = (): Translation => ({
  buttons: buttons(),
  calendar: calendar(),
  face: face(),
  guard: guard(),
  intake: intake(),
  invites: invites(),
  mail: mail(),
  pages: pages(),
  press: press(),
  reconnect: reconnect(),
  refusals: refusals(),
  rsvp: rsvp(),
  signin: signin(),
  upcoming: upcoming(),
});
