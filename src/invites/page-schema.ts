/** API shapes of what pages show. */
import { z } from 'zod';
import { VISIBILITIES } from '../events/visibility.ts';

const toggles = {
  location: z.boolean().describe('The place stands on the page; else it comes with the invite alone.'),
  description: z.boolean().describe('So does the description.'),
  counts: z.boolean().describe('How many people come.'),
  seats: z.boolean().describe('How many seats are free, where there is a capacity.'),
  copies: z.boolean().describe('Add-to-calendar links: plain copies without mail.'),
  follow: z.boolean().describe("The form offers invites to the organizer's future events."),
  joinLink: z.boolean().describe('The link to join stands on the page; else it comes with the invite alone.'),
  noIndex: z.boolean().describe('Search engines are asked to leave the page out.'),
};
const visibility = z
  .enum(VISIBILITIES)
  .describe('`unlisted`: not on upcoming pages, not for search engines. `private`: only by `url`.');
const label = z.string().nullable().describe('Words of the button; null: ours.');
const intro = z.string().nullable().describe('A sentence above the form; null: ours.');

export const pageOptionsSchema = z
  .object({
    slug: z.string(),
    url: z.string().describe('Of the page; of a private one with the key that opens it.'),
    visibility,
    ...toggles,
    label,
    intro,
  })
  .meta({ id: 'PageOptions' });

const optional = z.object(toggles).partial().shape;

export const newPageOptionsSchema = z
  .strictObject({
    slug: z.string().max(200).optional().describe('Another address; those before lead to it.'),
    visibility: visibility.optional(),
    ...optional,
    label: label.optional(),
    intro: intro.optional(),
    newKey: z
      .boolean()
      .optional()
      .describe('A private page gets another link; the one before leads nowhere from then on.'),
  })
  .meta({ id: 'NewPageOptions' });

const whose = z.string().max(100).optional().describe('With the operator key only: whose.');
const listToggles = {
  location: z.boolean().describe('Places stand in the list.'),
  search: z.boolean().describe('A search, and the months, above a list of more than one.'),
  follow: z.boolean().describe('The form offers invites to future events.'),
  feed: z.boolean().describe('A link to the calendar feed.'),
  noIndex: z.boolean().describe('Search engines are asked to leave the page out.'),
};
const pinned = z.array(z.string().max(100)).describe('Ids of events that stand first, in this order.');
const slug = z
  .string()
  .nullable()
  .describe('In `/o/<slug>`; null: the one organizer’s own name, or the workspace’s id.');
const listIntro = z.string().nullable().describe('A sentence below the title; null: none.');

export const upcomingSchema = z
  .object({ slug, url: z.string(), pinned, ...listToggles, label, intro: listIntro })
  .meta({ id: 'UpcomingOptions' });

export const newUpcomingSchema = z
  .strictObject({
    slug: z.string().max(200).nullable().optional(),
    pinned: pinned.optional(),
    ...z.object(listToggles).partial().shape,
    label: label.optional(),
    intro: listIntro.optional(),
    workspace: whose,
  })
  .meta({ id: 'NewUpcomingOptions' });
