/** The English texts: the measure of every other language. */
import { buttons } from './buttons.ts';
import { calendar } from './calendar.ts';
import { connections } from './connections.ts';
import { dashboard } from './dashboard.ts';
import { face } from './face.ts';
import { guard } from './guard.ts';
import { intake } from './intake.ts';
import { invites } from './invites.ts';
import { local } from './local.ts';
import { mail } from './mail.ts';
import { pages } from './pages.ts';
import { press } from './press.ts';
import { reconnect } from './reconnect.ts';
import { refusals } from './refusals.ts';
import { reporting } from './reporting.ts';
import { rsvp } from './rsvp.ts';
import { sandbox } from './sandbox.ts';
import { signin } from './signin.ts';
import { upcoming } from './upcoming.ts';

export const en = {
  buttons,
  calendar,
  connections,
  dashboard,
  face,
  guard,
  intake,
  invites,
  local,
  mail,
  pages,
  press,
  reconnect,
  refusals,
  reporting,
  rsvp,
  sandbox,
  signin,
  upcoming,
} as const;
