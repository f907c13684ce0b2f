/** English texts: the page behind a campaign's button. */
export const press = {
  title: (event: string) => `Your answer: ${event}`,
  question: 'Will you be there?',
  lead: {
    yes: 'Press the button, and the invite comes to your mailbox as a real calendar entry.',
    maybe: 'Press the button, and the invite comes to your mailbox, marked as maybe.',
    no: 'Press the button, and the organizer knows. You get no mail for it.',
    ask: 'Choose your answer. With Yes or Maybe, the invite comes to your mailbox as a real calendar entry.',
  },
  buttons: { yes: 'Yes, I’ll be there', maybe: 'Maybe', no: 'No, I can’t come' },
  others: 'Or answer otherwise',
  answers: { yes: 'Yes', maybe: 'Maybe', no: 'No' },
  for: (address: string) => `You answer for ${address}.`,
  forSent: 'You answer for the address this e-mail was sent to.',
  notYou: 'Not you?',
  yourTime: 'Your time',
  decoy: 'More about this page',
  decoyTitle: 'There is nothing more here',
  decoyBody: 'This link is there for machines that follow every link. Your answer is not changed by it.',
  back: 'Back to the question',
  toEvent: 'See the event’s page',
  honeypot: 'Leave this empty',
  again: {
    title: 'Please press once more',
    body: 'Mail programs open links by themselves, so we ask a second time. This press counts.',
  },
  conflict: {
    title: 'Two different answers came within a minute',
    body: 'Mail programs sometimes try every link, so we kept neither. Press the one you mean: it counts.',
  },
  old: {
    title: 'This page was open for a long time',
    body: 'Nothing has happened yet. Please press once more.',
  },
  changed: {
    title: 'The event changed while you were looking',
    body: 'What you read here is the newest. Please look once more, and press.',
  },
  elsewhere: {
    title: 'One more press',
    body: 'The press came from another website. Please press the button here yourself.',
  },
  limited: (wait: string) =>
    `Many answers came from your network in a short time. Please try again ${wait}. Nothing is lost: the button in the mail goes on working.`,
  limitedTitle: 'Please wait a moment',
  other: {
    title: 'Which address should get the invite?',
    body: 'Type your own address. We write to it first, to be sure that it is yours; your answer counts once you confirm.',
    plain: 'Type the address that your calendar uses. We write to it first, to be sure that it is yours.',
    button: 'Send me the invite',
    promise: 'Whoever this mail was first sent to is not told, and nothing changes for them.',
    absentTitle: 'This address is no longer on the list',
    absent:
      'The mail was sent to an address that the organizer’s list no longer has, so the button can’t know you. With your address it works all the same.',
  },
  preview: {
    title: 'This is a preview',
    body: 'The button was opened from a test mail, a preview or a web archive, so it doesn’t know who you are. Nothing has been recorded.',
    next: 'In the mail that subscribers get, it shows the event and asks for one press.',
  },
  expired: {
    title: 'This button has expired',
    body: (event: string) =>
      `It was made for “${event}”, and was good for a limited time. Nothing has been recorded.`,
    next: 'On the event’s page you can still ask for the invite.',
    over: 'Newer mails of the organizer have newer buttons.',
  },
  cancelled: {
    title: 'This event is cancelled',
    body: (event: string) =>
      `The organizer has called off “${event}”. Your answer isn’t needed any more, and nothing is sent.`,
    next: 'If the entry stands in your calendar, it is taken out or struck through by itself.',
  },
  ended: {
    title: 'This event is over',
    body: (event: string) => `“${event}” has taken place, so nothing is sent for it any more.`,
    next: 'The organizer’s next mail brings the next event.',
  },
  progress: {
    title: (answer: string) => `Your answer is kept: ${answer}`,
    contact:
      'We are asking the mail tool for your address. This usually takes some seconds; the page looks again by itself.',
    connection:
      'The mail tool doesn’t answer us right now. Your answer is kept, and the invite comes as soon as it does. You can close this page.',
    limited:
      'Many invites went to your address in a short time. Yours is kept and comes within the day. You can close this page.',
    look: 'Look again',
  },
  done: {
    title: (answer: string) => `Thank you. Your answer: ${answer}`,
    sent: (address: string) => `The invite is on its way to ${address}. It should be there within a minute.`,
    already: (address: string) =>
      `The invite is already in the mailbox of ${address}. Your answer stands with it.`,
    confirm: (address: string) =>
      `We have written to ${address} to be sure that it is yours. Confirm in that mail, and the invite comes.`,
    declined: 'The organizer sees that you can’t come. No mail is sent to you.',
    stopped: (address: string) =>
      `Your answer is recorded, but no mail goes to ${address}: it bounced before, or asked us for no more mail.`,
    invalidTitle: 'We can’t write to that address',
    invalid:
      'The organizer’s list has an address for you that no mail can be sent to. With another one it works.',
    unreachableTitle: 'We couldn’t learn your address',
    unreachable:
      'The mail tool has not told us your address for a whole day, so no invite was sent. On the event’s page you can ask for it directly.',
    overtakenTitle: 'A newer answer counts',
    overtaken: 'You have answered once more since. The newer answer counts.',
    takenBackTitle: 'No answer is kept',
    takenBack:
      'Two different answers came within a minute, so we kept neither. Open the mail and press the one you mean.',
    noButInvite: 'Would you like it in your calendar all the same?',
    next: 'What you will see next',
    change: 'Changed your mind?',
    copies: 'No mail after some minutes?',
    copiesHint: 'Look into the spam folder first. These add a plain copy that doesn’t follow later changes.',
    file: 'Calendar file (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    yahoo: 'Yahoo Calendar',
    instead: 'Use another address',
  },
  mailbox: {
    gmail: [
      'In Gmail the mail shows the event with your calendar beside it, and Yes, Maybe and No.',
      'If it isn’t in Google Calendar by itself, press “I know the sender” once, or answer in the mail.',
    ],
    outlook: [
      'In Outlook the mail comes as a meeting request; it stands in the calendar as tentative until you answer.',
      'Press Accept or Decline there to change your answer at any time.',
    ],
    apple: [
      'In Apple Mail a banner “Add to calendar” stands above the mail, and Calendar lists the invite in its inbox.',
      'Accept there, and it stands in your calendar on all your devices.',
    ],
    other: [
      'Most mail programs show the invite with Yes, Maybe and No above the text: Gmail, Outlook and Apple Mail all do.',
      'If yours doesn’t, open the attached file invite.ics with your calendar.',
    ],
  },
  instant: {
    title: (answer: string) => `Your answer: ${answer}`,
    body: (seconds: number) =>
      `Nothing more to do. In about ${seconds} seconds your answer counts. Until then you can take it back.`,
    undo: 'Take it back',
    undoneTitle: 'Taken back',
    undone: 'Nothing is recorded, and nothing is sent.',
    committed: 'Your answer counts.',
    dropped:
      'This looked like a machine that tries every link, so nothing was recorded. One press says it was you.',
  },
} as const;
