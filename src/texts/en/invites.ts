/** English texts: invites. Values are strings, or functions of what they name. */
export const invites = {
  untitled: 'Untitled event',
  subject: {
    invitation: (title: string, when: string) => `Invitation: ${title} @ ${when}`,
    update: (title: string, when: string) => `Updated invitation: ${title} @ ${when}`,
    cancel: (title: string, when: string) => `Canceled event: ${title} @ ${when}`,
    confirm: (title: string) => `Please confirm: ${title}`,
  },
  lead: {
    invitation: (organizer: string) =>
      `${organizer} invites you. Answer with Yes, Maybe or No; the event then stands in your calendar and follows every change.`,
    update: (organizer: string) =>
      `${organizer} has changed this event. Your calendar entry changes with it.`,
    instance: (organizer: string) =>
      `${organizer} has changed one date of this event. All its other dates stay as they are.`,
    cancel: (organizer: string) =>
      `${organizer} has called this event off. You can take it out of your calendar.`,
    cancelInstance: (organizer: string) =>
      `${organizer} has called off one date of this event. All its other dates stay as they are.`,
    removed: 'As you asked, this event is taken out of your calendar. It still takes place.',
  },
  preheader: (when: string, where: string | null) => (where === null ? when : `${when}, ${where}`),
  changed: 'What changed',
  facts: { event: 'Event', when: 'When', repeats: 'Repeats', where: 'Where', join: 'Join', host: 'Host' },
  join: 'Join online',
  about: 'About this event',
  more: 'The description goes on on the event page.',
  page: 'Open the event page',
  noButtons: 'No Yes and No to press? Open the attached file invite.ics with your calendar.',
  footer: {
    asked: (address: string) => `Sent to ${address}, because this invite was asked for with that address.`,
    listed: (address: string, organizer: string) =>
      `Sent to ${address}, because ${organizer} invites that address.`,
    stop: 'Stop mails from this organizer',
    notMe: 'This was not me',
  },
  confirm: {
    title: 'Is this your address?',
    lead: (title: string) => `Somebody, probably you, asked for the calendar invite of “${title}”.`,
    button: 'Yes, send me the invite',
    not: 'It wasn’t you? Then do nothing: without the button nothing more is sent.',
    days: (days: number) => `The link works for ${days} days.`,
  },
} as const;
