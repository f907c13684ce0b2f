/** English texts: the mail that says that an account at a platform has to be connected again. */
export const reconnect = {
  title: (platform: string) => `Please connect ${platform} again`,
  preheader: (platform: string) => `Answers wait here until ${platform} lets us in.`,
  lead: (platform: string, account: string) =>
    `${platform} no longer lets us into “${account}”: its access was taken back or has lapsed. Connect the account again; what waits is sent then.`,
  button: 'Connect again',
  meanwhile: (platform: string) =>
    `Invites and answers go on as before. What people answer is kept, and written to ${platform} as soon as the account is connected.`,
  footer: 'You get this mail because you work in this workspace. It was written by a program.',
} as const;
