/** English texts: mail. Values are strings, or functions of what they name. */
export const mail = {} as const;
