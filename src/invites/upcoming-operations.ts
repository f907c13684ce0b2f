/** API: what a workspace's upcoming page is called and shows. */
import { z } from 'zod';
import {
  chooseUpcoming,
  type UpcomingOptions,
  upcomingOptionsOf,
  upcomingSlug,
} from '../events/upcoming-options.ts';
import { type Operation, operation } from '../kernel/operation.ts';
import type { Ports } from '../kernel/ports.ts';
import { chosenWorkspace } from '../organizers/chosen-workspace.ts';
import { given } from './page-operations.ts';
import { newUpcomingSchema, upcomingSchema } from './page-schema.ts';

const whose = z.string().max(100).optional().describe('With the operator key only: whose.');

export const upcomingOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/upcoming',
    summary: 'What the upcoming page of a workspace shows.',
    query: z.strictObject({ workspace: whose }),
    answers: { 200: { description: 'The options.', schema: upcomingSchema } },
    run: async (ports, { principal, query }) => {
      const workspace = chosenWorkspace(principal, query.workspace);
      return { status: 200, json: await viewOf(ports, workspace, await upcomingOptionsOf(ports, workspace)) };
    },
  }),
  operation({
    method: 'post',
    path: '/upcoming',
    summary: 'Chooses what the upcoming page shows; what is left out stays as it is.',
    body: newUpcomingSchema,
    answers: {
      200: { description: 'The options as they are now.', schema: upcomingSchema },
      400: {
        description: 'The address is taken or can be none, an event is unknown, or a text is too long.',
      },
    },
    run: async (ports, { principal, body }) => {
      const { workspace: named, ...choice } = body;
      const workspace = chosenWorkspace(principal, named);
      const options = await chooseUpcoming(ports, workspace, given(choice));
      return { status: 200, json: await viewOf(ports, workspace, options) };
    },
  }),
];

async function viewOf(ports: Pick<Ports, 'table' | 'settings'>, workspace: string, options: UpcomingOptions) {
  const url = `${ports.settings.baseUrl}/o/${await upcomingSlug(ports, workspace, options)}`;
  return { ...options, url };
}
