/** English texts: local. Values are strings, or functions of what they name. */
export const local = {} as const;
