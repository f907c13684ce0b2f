/** Who sees an event's page. A file of its own: the dashboard takes its words from here. */

/** `public`: listed. `unlisted`: by its address only. `private`: by a link that holds its key; invites and buttons go on. */
export const VISIBILITIES = ['public', 'unlisted', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
