/** English texts: campaign buttons and the brand they wear. */
export const buttons = {
  answers: { yes: 'Yes', maybe: 'Maybe', no: 'No', ask: 'RSVP' },
  /** What a screen reader says; begins with what is seen. */
  names: {
    yes: (title: string) => `Yes, I come to ${title}`,
    maybe: (title: string) => `Maybe I come to ${title}`,
    no: (title: string) => `No, I don’t come to ${title}`,
    ask: (title: string) => `RSVP to ${title}`,
  },
  upcoming: 'Coming up',
  savedName: (title: string) => `RSVP: ${title}`,
  savedUpcoming: 'RSVP: coming up',
  contrast: (color: string, text: string, better: string) =>
    `${text} on ${color} is hard to read. Choose colours that differ more, for example ${better} as the text, or a darker or lighter ${color}.`,
  notConnected: (platform: string) =>
    `No ${platform} account is connected. Connect one first, or make a button for another mail tool.`,
  otherPlatform: (platform: string) => `This connection isn’t a ${platform} account.`,
  audienceNeeded: (platform: string, names: string) =>
    `A ${platform} button is made for one audience. Name one of: ${names}.`,
  noAudience: (platform: string) => `The ${platform} account has no audience yet. Make one there first.`,
  unknownAudience: (names: string) => `The account has no such audience. It has: ${names}.`,
  notSaved: 'Only a button for a connected account can be saved there.',
  draft: 'This event waits for its organizer’s confirmation. Confirm it, then make the button.',
  cancelled: 'This event is cancelled, so it has no button.',
  ended: 'This event is over, so it has no button.',
} as const;
