/** English texts: rsvp. Values are strings, or functions of what they name. */
export const rsvp = {} as const;
