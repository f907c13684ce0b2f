/** English texts: sign-in. Values are strings, or functions of what they name. */
export const signin = {
  mail: {
    brand: 'Simple Invite Service',
    subject: 'Your sign-in link',
    preheader: (minutes: number) => `It works once, for ${minutes} minutes.`,
    title: 'Sign in',
    lead: 'Somebody, probably you, asked to sign in with this address.',
    button: 'Sign in',
    once: (minutes: number) =>
      `The link works once, for ${minutes} minutes, in the browser where you asked for it.`,
    elsewhere:
      'Opened in another browser or on another device it shows a code of six digits: type that where you asked.',
    notYou:
      'It wasn’t you? Then do nothing, and give no code to anybody. Without the link or the code nobody gets in.',
    footer: 'This mail was made by a program. Nobody reads answers to it.',
  },
  frame: { footer: 'Simple Invite Service. One cookie keeps you signed in; no trackers.' },
  form: {
    title: 'Sign in',
    lead: 'Turn any event in your calendar into an invite that everybody can ask for.',
    email: 'Email address',
    hint: 'We mail you a link. No password, and no account to make first: the first sign-in opens your workspace.',
    button: 'Mail me a sign-in link',
    local: 'You run this on your own machine',
    localBody:
      'Mail doesn’t leave it: your sign-in link arrives in the local outbox. The terminal where the service started also shows a link that opens everything at once.',
    localLink: 'Open the local outbox',
    begin: 'Or begin in your calendar',
    beginSteps: (mailbox: string) => [
      'Make an event in your calendar, or open one you have.',
      `Add ${mailbox} as a guest, and send the invitation.`,
      'Open the mail that comes back: it has the link to your page.',
    ],
  },
  once: {
    title: 'One more press',
    body: 'You came here from another website. Please check the address and press the button yourself.',
  },
  limited: {
    title: 'Please wait a moment',
    body: (wait: string) =>
      `Many sign-in links were asked for from your network in a short time. Please try again ${wait}.`,
  },
  sent: {
    title: 'Check your inbox',
    to: (address: string) => `If ${address} can receive mail from us, a sign-in link is on its way to it.`,
    here: (minutes: number) => `Open it in this browser. It works once, for ${minutes} minutes.`,
    elsewhere: 'Opened the mail somewhere else?',
    code: 'Code of six digits',
    codeHint: 'The link shows it when it is opened in another browser or on another device.',
    codeButton: 'Sign in with the code',
    wrong:
      'That code doesn’t fit. Please compare it with the page that shows it; each new mail has a new code.',
    tooMany: (wait: string) =>
      `Too many codes were tried here. Use the link in the mail, or try again ${wait}.`,
    again: 'Nothing there? Look into the spam folder, or ask again.',
    againLink: 'Ask again',
  },
  press: {
    title: 'Sign in',
    as: (address: string) => `As ${address}.`,
    operator: 'As the operator of this installation: you see every workspace.',
    button: 'Sign in',
    not: 'You didn’t ask for this? Then close this page. Nothing happens.',
  },
  elsewhere: {
    title: 'One step left',
    titleWith: (code: string) => `Your code: ${code}`,
    body: 'You asked for this link in another browser or on another device. Type this code there:',
    warn: 'Type it only on the page where you asked yourself. None of us will ever ask you for it. If you didn’t ask, close this page.',
  },
  over: {
    title: 'This link has been used, or is too old',
    body: 'A sign-in link works once, and not for long. If you pressed it yourself, you are signed in already.',
    again: 'Ask for a new link',
    open: 'Open the dashboard',
  },
  notBuilt: {
    title: 'The dashboard is not built yet',
    body: 'Whoever runs this installation can build it with “npm run build”. The pages and the API work without it.',
  },
} as const;
