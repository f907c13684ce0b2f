/** API: pages as they would be, for the dashboard. Reading only: whoever may read may draw. */
import { z } from 'zod';
import { eventFor } from '../events/access.ts';
import { given } from '../invites/page-operations.ts';
import { newPageOptionsSchema, newUpcomingSchema } from '../invites/page-schema.ts';
import { type Operation, operation } from '../kernel/operation.ts';
import { newBrandSchema } from '../organizers/brand-operations.ts';
import { chosenWorkspace } from '../organizers/chosen-workspace.ts';
import { idParams } from '../organizers/schema.ts';
import { type DraftBrand, previewEvent, previewUpcoming } from './preview.ts';

const drawn = z
  .object({
    html: z.string().describe('The page, without script and style.'),
    css: z.string().describe('Its style; `light` or `dark` as the root’s class chooses.'),
  })
  .meta({ id: 'Drawn' });

const brand = newBrandSchema.omit({ workspace: true }).optional().describe('Left out: as it is.');

export const previewOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/events/:id/page/preview',
    summary: "Draws an event's page with choices that are not saved.",
    params: idParams,
    body: z
      .strictObject({
        options: newPageOptionsSchema.omit({ slug: true, newKey: true }),
        capacity: z.int().min(1).nullable().optional(),
        brand,
      })
      .meta({ id: 'EventPageDraft' }),
    answers: { 200: { description: 'The page.', schema: drawn } },
    run: async (ports, { principal, params, body }) => {
      const event = await eventFor(ports, principal, params.id);
      const { options, capacity, brand } = body;
      const draft = { options: given(options), ...given({ capacity, brand: brandOf(brand) }) };
      return { status: 200, json: await previewEvent(ports, event, draft) };
    },
  }),
  operation({
    method: 'post',
    path: '/upcoming/preview',
    summary: 'Draws the upcoming page with choices that are not saved.',
    body: z
      .strictObject({
        options: newUpcomingSchema.omit({ slug: true, workspace: true }),
        brand,
        workspace: z.string().max(100).optional().describe('With the operator key only: whose.'),
      })
      .meta({ id: 'UpcomingPageDraft' }),
    answers: { 200: { description: 'The page.', schema: drawn } },
    run: async (ports, { principal, body }) => {
      const workspace = chosenWorkspace(principal, body.workspace);
      const draft = { options: given(body.options), ...given({ brand: brandOf(body.brand) }) };
      return { status: 200, json: await previewUpcoming(ports, workspace, draft) };
    },
  }),
];

function brandOf(typed: z.output<typeof brand>): DraftBrand | undefined {
  if (typed === undefined) return undefined;
  const { color, ...rest } = typed;
  return { color, ...given(rest) };
}
