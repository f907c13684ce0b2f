/** API: what an event's page is called, who sees it, and what it shows. */
import { z } from 'zod';
import { eventFor } from '../events/access.ts';
import { choosePageOptions } from '../events/choose-page.ts';
import { type EventRecord, pageUrl } from '../events/event.ts';
import { VISIBILITIES } from '../events/page-options.ts';
import { type Operation, operation } from '../kernel/operation.ts';
import type { Ports } from '../kernel/ports.ts';
import { idParams } from '../organizers/schema.ts';

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

export const pageOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/events/:id/page',
    summary: "What an event's page shows, and to whom.",
    params: idParams,
    answers: { 200: { description: 'The options.', schema: pageOptionsSchema } },
    run: async (ports, { principal, params }) => {
      return { status: 200, json: viewOf(ports, await eventFor(ports, principal, params.id)) };
    },
  }),
  operation({
    method: 'post',
    path: '/events/:id/page',
    summary: "Chooses what an event's page shows; what is left out stays as it is.",
    params: idParams,
    body: newPageOptionsSchema,
    answers: {
      200: { description: 'The options as they are now.', schema: pageOptionsSchema },
      400: { description: 'The address is taken or can be none, or a text is too long.' },
    },
    run: async (ports, { principal, params, body }) => {
      const event = await eventFor(ports, principal, params.id);
      return { status: 200, json: viewOf(ports, await choosePageOptions(ports, event, given(body))) };
    },
  }),
];

type Given<T> = { [name in keyof T]: Exclude<T[name], undefined> };

/** What was left out is no choice. */
export function given<T extends object>(body: T): Given<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<T>;
}

function viewOf(ports: Pick<Ports, 'settings'>, record: EventRecord) {
  const { key: _key, ...page } = record.page;
  return { slug: record.slug, url: pageUrl(ports.settings, record), ...page };
}
