/** API: what an event's page shows. */
import { z } from 'zod';
import { eventFor } from '../events/access.ts';
import { choosePageOptions, pageOptionsOf } from '../events/page-options.ts';
import { type Operation, operation } from '../kernel/operation.ts';
import { idParams } from '../organizers/schema.ts';

const optionsSchema = z
  .object({
    joinLink: z
      .boolean()
      .describe('The link to join stands on the page; else it comes with the invite alone.'),
    noIndex: z.boolean().describe('Search engines are asked to leave the page out.'),
  })
  .meta({ id: 'PageOptions' });

export const pageOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/events/:id/page',
    summary: "What an event's page shows.",
    params: idParams,
    answers: { 200: { description: 'The options.', schema: optionsSchema } },
    run: async (ports, { principal, params }) => {
      const { id } = await eventFor(ports, principal, params.id);
      return { status: 200, json: await pageOptionsOf(ports, id) };
    },
  }),
  operation({
    method: 'post',
    path: '/events/:id/page',
    summary: "Chooses what an event's page shows; what is left out stays as it is.",
    params: idParams,
    body: z
      .strictObject({ joinLink: z.boolean().optional(), noIndex: z.boolean().optional() })
      .meta({ id: 'NewPageOptions' }),
    answers: { 200: { description: 'The options as they are now.', schema: optionsSchema } },
    run: async (ports, { principal, params, body }) => {
      const event = await eventFor(ports, principal, params.id);
      const { joinLink, noIndex } = body;
      const chosen = {
        ...(joinLink === undefined ? {} : { joinLink }),
        ...(noIndex === undefined ? {} : { noIndex }),
      };
      return { status: 200, json: await choosePageOptions(ports, event, chosen) };
    },
  }),
];
