/** English texts: the mails organizers get, and the page that confirms a draft. */
export const intake = {
  brand: 'Simple Invite Service',
  untitled: 'your event',
  footer: {
    invited: (create: string) =>
      `You get this mail because ${create} was invited to an event in your calendar.`,
    named: (create: string) => `You get this mail because a mail in your name came to ${create}.`,
    automatic: 'It was written by a program. Nobody reads answers to it.',
    trace: (arrival: string) => `Reference of your mail: ${arrival}`,
  },
  facts: {
    event: 'Event',
    when: 'When',
    repeats: 'Repeats',
    where: 'Where',
    sender: 'Sent from',
    mail: 'Subject',
    line: 'Line of the calendar text',
  },
  live: {
    subject: (title: string) => `Your event is live: ${title}`,
    preheader: 'Here is its page. Whoever opens it can put the event into his or her own calendar.',
    title: 'Your event is live',
    lead: (title: string) =>
      `“${title}” has a page now. Whoever opens it and leaves an address gets a real calendar invitation, and can answer it.`,
    open: 'Open the event page',
    share: 'Pass it on',
    page: 'Event page',
    campaign: 'Link for buttons and campaigns',
    file: 'Calendar file (.ics), if somebody asks for one',
    watch: 'See who asked for an invite',
    dashboard: 'Invitations and answers of this event',
    dashboardHint:
      'This link is yours: whoever has it sees the addresses of the people you invited. It works for 30 days.',
    changes: 'When something changes',
    changesList: (create: string) => [
      `Edit the event in your calendar as you always do, and keep ${create} among its guests. Everyone who has the event gets the change.`,
      'Cancel it in your calendar, and it is cancelled for everyone.',
      'Answers come back here, to the link above. Your own guest list stays yours: we invite nobody on it a second time.',
    ],
    warnings: 'Please look at this',
  },
  /** By the calendar core's codes. */
  notes: {
    floating_in_organizer_zone: (zone: string) =>
      `Your calendar sent this event without a time zone. We took ${zone}, the zone of your other events.`,
    plain: {
      floating_in_calendar_zone:
        'Your calendar sent this event without a time zone of its own. We took the zone of your calendar.',
      summary_cut: 'The title is very long. We kept its beginning.',
      location_cut: 'The place is very long. We kept its beginning.',
      description_cut: 'The description is very long. We kept its beginning.',
      html_left_out: 'The formatted description is very long. We kept its plain text.',
      rule_in_override: 'A changed date cannot repeat by itself. We took it as that one date.',
      continues_series:
        'It continues a series that you split. Whoever has the earlier part in the calendar is invited to this part, too.',
      unreadable_line: 'A line of the calendar text could not be read and was left out.',
    },
  },
  confirm: {
    subject: (title: string) => `Please confirm: ${title}`,
    preheader: 'One press, and it goes on. Without it nothing happens.',
    title: 'Is this from you?',
    lead: (title: string) =>
      `A mail in your name asks us to publish or change “${title}”. We could not be sure that it came from you, so nothing has been done yet.`,
    button: 'Look and confirm',
    notYou:
      'If it was not you, do nothing. Without your confirmation nothing is published and nobody is told, and we forget it after a few days.',
    once: 'We ask at most once a day. The page behind the button always shows everything that waits.',
  },
  zone: {
    subject: (title: string) => `Which time zone? ${title}`,
    preheader: 'Your calendar sent the time without a zone.',
    title: 'One question before it goes live',
    lead: (title: string) =>
      `Your calendar sent “${title}” without a time zone, so we cannot know when it is for people elsewhere.`,
    button: 'Choose the time zone',
    after: 'We keep your choice for later events that come without a zone.',
  },
  explain: {
    subject: (about: string) => `Not registered: “${about}”`,
    subjectPlain: 'Your event could not be registered',
    preheader: 'What was wrong, and what to do.',
    title: 'We could not register this',
    todo: 'What to do',
    what: {
      no_calendar: (create: string) =>
        `Your mail to ${create} holds no calendar invitation, so there is no event to register.`,
      forwarded: () =>
        'This invitation belongs to somebody else: the person in its organizer field did not send it. We only take events from their own organizer.',
      tnef: () =>
        'Your mail program sent the invitation in a form of its own (winmail.dat) that no other program reads.',
      two_events: () => 'Your mail holds more than one event. We register one event a mail.',
      method_not_supported: () => 'Your calendar asked for something that we do not offer for an event.',
      too_many_mails: () =>
        'Your calendar has sent us very many mails in a short time, so we did not take this one. Further ones are passed over in silence until the hour is over.',
      nothing_to_cancel: () =>
        'You cancelled an event that we do not have. Nobody was told, because nobody had it from us.',
      other: () => 'The event in your mail cannot be registered.',
    },
    hint: {
      no_calendar: (create: string) => [
        'Open the event in your calendar.',
        `Add ${create} as a guest.`,
        'Save it and let the calendar send the invitation.',
      ],
      forwarded: (create: string) => [`Ask the organizer to add ${create} as a guest of the event itself.`],
      tnef: () => [
        'In Outlook, open the options of the mail or of this contact and choose to send invitations as iCalendar, or HTML instead of rich text.',
        'Then send the invitation again.',
      ],
      two_events: () => ['Send each event in a mail of its own.'],
      method_not_supported: () => [
        'Open the event in your calendar, save it, and send the whole invitation again.',
      ],
      too_many_mails: () => ['When the hour is over, save the event once more in your calendar.'],
      nothing_to_cancel: () => ['You need not do anything.'],
      other: () => ['Change it in your calendar and send the invitation again.'],
    },
  },
  reply: {
    accepted: (title: string) => `Accepted: ${title}`,
    declined: (title: string) => `Declined: ${title}`,
    acceptedBody: 'The event is registered.',
    declinedBody: 'The event could not be registered.',
  },
} as const;
