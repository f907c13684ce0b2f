/** English texts: mail. Values are strings, or functions of what they name. */
export const mail = {
  problems: {
    too_large:
      'Your mail is larger than we can take. Please remove its attachments and send the invitation again.',
    structure:
      'Your mail is built in a way we cannot read: too many nested parts or headers. Please send the invitation from your calendar again.',
    unreadable: 'We could not read your mail. Please send the invitation from your calendar again.',
  },
  /** Before a link in the plain text of a mail. */
  linkLine: (label: string, url: string) => `${label}:\n${url}`,
} as const;
