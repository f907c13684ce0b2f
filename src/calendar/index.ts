/**
 * The calendar core's face for use alone: text in, facts out, text out. Pure functions over values; what time it is, and who may speak,
 * is the caller's to say. Inside the service the files are imported by name.
 *
 * - `readCalendar(bytes)` to a `Reading`, `checkForRegister` for the policy.
 * - `applyMessage(state, message, now)`: the organizer's side of one event, whatever order its mails arrive in.
 * - `describeEvent(state, { now })` and `occurrences(state, …)`: what people are shown.
 * - `writeInvite`, `writePublish`, `writeOrganizerReply`, `writeDeclineCounter`: what calendars are sent.
 * - `readReplies(calendar)`, `recurrenceKeyOf`, `originOf(prodId)`: what calendars answer.
 */
export { DEFAULT_LIMITS, type Limits } from '../kernel/limits.ts';
export { applyMessage } from './apply.ts';
export { type Difference, differences } from './changes.ts';
export { type DescribeOptions, describeEvent, type EventFacts, lastEnd } from './describe.ts';
export type {
  Attendee,
  CalAddress,
  CalendarEvent,
  CalendarObject,
  End,
  Moment,
  Reading,
  Refusal,
  RefusalCode,
} from './event.ts';
export { type Occurrence, occurrences } from './occurrences.ts';
export { compareStamps, stampOf } from './ordering.ts';
export { originOf } from './origin.ts';
export { outlookUnsafe } from './outlook.ts';
export { checkForRegister, readCalendar } from './read.ts';
export { type CalendarReply, readReplies, recurrenceKeyOf } from './reply.ts';
export {
  type Applied,
  type ComponentKey,
  type ComponentState,
  type EventChange,
  type EventState,
  type OrganizerMessage,
  SERIES,
  type Stamp,
} from './state.ts';
export {
  canonicalZone,
  formatInstant,
  instantOf,
  isZone,
  offsetAt,
  parseInstant,
  wallClock,
  zoneDataVersion,
  zoneNames,
} from './time.ts';
export { vtimezoneOf } from './vtimezone.ts';
export {
  type InviteInput,
  PROD_ID,
  type PublishInput,
  writeDeclineCounter,
  writeInvite,
  writeOrganizerReply,
  writePublish,
} from './write.ts';
