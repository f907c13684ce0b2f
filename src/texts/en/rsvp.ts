/** English texts: rsvp. Values are strings, or functions of what they name. */
export const rsvp = {
  counter: {
    subject: (title: string) => `About your proposal: ${title}`,
    title: 'The time stays as it is',
    lead: (organizer: string) =>
      `Thank you for proposing another time. The times of this event are fixed, so your calendar keeps the one that ${organizer} has set. Your proposal is passed on.`,
    comment: 'The times of this event are fixed. Your proposal was passed on to the organizer.',
    proposed: 'You proposed',
    stays: 'It stays',
    footer: 'This mail was made by a program, because your calendar sent a proposal.',
  },
  message: {
    subject: (sender: string) => `Message from ${sender}`,
    subjectAbout: (sender: string, title: string) => `Message from ${sender} about ${title}`,
    title: (sender: string) => `${sender} wrote to you`,
    lead: 'Somebody answered one of your invites with words instead of Yes or No. Nothing was changed by it.',
    unproven: 'We could not prove who sent this.',
    said: 'Subject',
    from: 'From',
    event: 'Event',
    reply: (sender: string) => `Write to ${sender}`,
    empty: 'The mail held no text that we can pass on.',
    attachments: 'What was attached is not passed on.',
    cut: 'The rest was left out.',
    footer: 'You get this because you send invites with this address.',
  },
} as const;
