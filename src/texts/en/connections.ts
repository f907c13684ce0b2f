/** English texts: accounts at platforms. */
export const connections = {
  unusable: {
    no_app: (platform: string) =>
      `This installation has no app at ${platform}. Whoever runs it sets one up, then connect again.`,
    disconnected: (platform: string) => `This ${platform} account is disconnected. Connect it to go on.`,
    needs_reconnect: (platform: string) =>
      `${platform} no longer lets us in. Connect the account again; what waits is sent then.`,
  },
  over: (platform: string, account: string) =>
    `${platform} no longer lets us into “${account}”: its access was taken back or has lapsed. Connect the account again; what waits is sent then.`,
  renewing: (platform: string) => `Access to ${platform} is being renewed. Please try again in a second.`,
  contact: {
    busy: 'Very many people open this right now. Please try again in a minute.',
    away: (platform: string) =>
      `We can’t look you up at ${platform} right now. Please try again in a few minutes.`,
  },
  /** By the word in `/connections?problem=`. */
  problems: {
    refused:
      'The account was not connected: access was declined on the platform’s page. Connect again and allow it there.',
    state_missing:
      'The account was not connected: what came back from the platform was not begun here. Press Connect and try again.',
    state_expired:
      'The account was not connected: the platform’s page stayed open for more than ten minutes. Press Connect and try again.',
    state_used:
      'This sign-in at the platform was used already. If the account isn’t listed as connected, press Connect and try again.',
    foreign_browser:
      'The account was not connected: the sign-in at the platform was begun in another browser, or you were signed out meanwhile. Sign in and connect here.',
    code_missing:
      'The account was not connected: the platform sent no code back. Press Connect and try again.',
    code_refused:
      'The account was not connected: the platform didn’t take its own code, which is good once and for a short time only. Press Connect and try again.',
    platform_error:
      'The account was not connected: the platform reported an error on its side. Press Connect and try again.',
    platform_away:
      'The account was not connected: the platform doesn’t answer right now. Please try again in a few minutes.',
    no_app:
      'This installation has no app at that platform yet. Whoever runs it can set one up (README, “Settings”).',
    workspace_missing:
      'An operator’s session belongs to no workspace. Enter one, then connect its account there.',
  },
} as const;

export type ConnectProblem = keyof typeof connections.problems;
