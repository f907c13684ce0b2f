/** English texts: pages. Values are strings, or functions of what they name. */
export const pages = {} as const;
