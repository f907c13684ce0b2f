/** English texts: invites. Values are strings, or functions of what they name. */
export const invites = {} as const;
