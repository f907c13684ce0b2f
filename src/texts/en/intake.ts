/** English texts: intake. Values are strings, or functions of what they name. */
export const intake = {} as const;
