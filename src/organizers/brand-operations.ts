/** API: a workspace's brand. */
import { z } from 'zod';
import { type Operation, operation } from '../kernel/operation.ts';
import { LANGUAGES } from '../texts/languages.ts';
import { brandOf, setBrand } from './brand.ts';
import { chosenWorkspace } from './chosen-workspace.ts';

const whose = z.string().max(100).optional().describe('With the operator key only: whose.');
const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'must look like #0b6353');

const language = z
  .enum(LANGUAGES)
  .describe('What mails and pages speak where the reader’s own is not known.');

const brandSchema = z
  .object({
    name: z.string().nullable(),
    color: z.string().describe('Of buttons, `#rrggbb`.'),
    textColor: z.string().describe('Of what is written on them.'),
    language,
  })
  .meta({ id: 'Brand' });

export const brandOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/brand',
    summary: 'What the buttons of a workspace look like.',
    query: z.strictObject({ workspace: whose }),
    answers: { 200: { description: 'The brand.', schema: brandSchema } },
    run: async (ports, { principal, query }) => {
      return { status: 200, json: await brandOf(ports, chosenWorkspace(principal, query.workspace)) };
    },
  }),
  operation({
    method: 'post',
    path: '/brand',
    summary: 'Sets the brand, in the place of the one before.',
    body: z
      .strictObject({
        name: z.string().trim().min(1).max(100).nullable().optional(),
        color,
        textColor: color.optional().describe('Left out: white or near-black, whichever is read better.'),
        language: language.optional().describe('Left out: as it was.'),
        workspace: whose,
      })
      .meta({ id: 'NewBrand' }),
    answers: {
      200: { description: 'The brand as it is now.', schema: brandSchema },
      400: { description: 'The two colours are too close to be read.' },
    },
    run: async (ports, { principal, body }) => {
      const workspace = chosenWorkspace(principal, body.workspace);
      const { name = null, color: given, textColor, language } = body;
      const brand = await setBrand(ports, workspace, {
        name,
        color: given,
        ...(textColor === undefined ? {} : { textColor }),
        ...(language === undefined ? {} : { language }),
      });
      return { status: 200, json: brand };
    },
  }),
];
