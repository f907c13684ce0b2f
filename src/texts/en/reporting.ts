/** English texts: what is told to platforms. Values are strings, or functions of what they name. */
export const reporting = {
  /** In tags: `RSVP Spring webinar: Yes`. */
  states: {
    invited: 'Invited',
    yes: 'Yes',
    no: 'No',
    maybe: 'Maybe',
    cancelled: 'Cancelled',
    unsubscribed: 'Unsubscribed',
  },
  tag: 'RSVP {event}: {state}',
  /** A second event of the same title. */
  dated: (title: string, date: string) => `${title} (${date})`,
  numbered: (title: string, n: number) => `${title} (${n})`,
  problems: {
    absent:
      'This person is not a contact of the account. Nothing was written; we look again each day until the event is over.',
    failed:
      'This answer could not be written to the account. It is under Parked work, where it can be tried again.',
    slow: 'The platform does not take what we write at the moment. We go on by ourselves as soon as it does.',
  },
  exampleTitle: 'Spring webinar',
  badTemplate: 'A tag needs {event} and {state}, once each, on one line.',
  longTemplate: (most: number) => `A tag has at most ${most} characters around {event} and {state}.`,
  audience: {
    disconnected: 'The account is not connected any more. Connect it again, then start anew.',
    reconnect: 'The account has to be connected again. Then this goes on by itself.',
    unknown: 'The account has no such audience, list or segment any more. Pick another one.',
    mustReconnect: 'This account has to be connected again first.',
    closedAtOnce: 'The event is over, cancelled or not live yet, so nobody can be invited.',
    closed: 'The event is over or cancelled, so nobody more was invited.',
    full: 'The event has as many people as it can take. Nobody more was invited.',
    slow: 'The platform does not answer at the moment. This goes on by itself.',
    failed: 'The platform refused to show these contacts.',
  },
} as const;
