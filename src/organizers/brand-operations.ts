/** API: a workspace's brand. */
import { z } from 'zod';
import { type Operation, operation } from '../kernel/operation.ts';
import { LANGUAGES } from '../texts/languages.ts';
import { type Brand, brandOf, setBrand } from './brand.ts';
import { chosenWorkspace } from './chosen-workspace.ts';
import { logoPath, removeLogo, setLogo } from './logo.ts';

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
    logo: z
      .object({ path: z.string().describe('On this service.'), width: z.int(), height: z.int() })
      .nullable()
      .describe('On pages only: mails load nothing.'),
  })
  .meta({ id: 'Brand' });

export const newBrandSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(100).nullable().optional(),
    color,
    textColor: color.optional().describe('Left out: white or near-black, whichever is read better.'),
    language: language.optional().describe('Left out: as it was.'),
    workspace: whose,
  })
  .meta({ id: 'NewBrand' });

export const brandOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/brand',
    summary: 'What the buttons of a workspace look like.',
    query: z.strictObject({ workspace: whose }),
    answers: { 200: { description: 'The brand.', schema: brandSchema } },
    run: async (ports, { principal, query }) => {
      return {
        status: 200,
        json: brandView(await brandOf(ports, chosenWorkspace(principal, query.workspace))),
      };
    },
  }),
  operation({
    method: 'post',
    path: '/brand',
    summary: 'Sets the brand, in the place of the one before.',
    body: newBrandSchema,
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
      return { status: 200, json: brandView(brand) };
    },
  }),
  operation({
    method: 'post',
    path: '/brand/logo',
    summary: 'Takes a logo for pages: PNG, JPEG or WebP, in the place of the one before.',
    body: z
      .strictObject({ data: z.base64('must be base64').describe("The file's bytes."), workspace: whose })
      .meta({ id: 'NewLogo' }),
    answers: {
      200: { description: 'The brand as it is now.', schema: brandSchema },
      400: { description: 'No such picture, or too large.' },
    },
    run: async (ports, { principal, body }) => {
      const workspace = chosenWorkspace(principal, body.workspace);
      const bytes = Buffer.from(body.data, 'base64');
      return { status: 200, json: brandView(await setLogo(ports, workspace, bytes)) };
    },
  }),
  operation({
    method: 'delete',
    path: '/brand/logo',
    summary: 'Takes the logo away.',
    query: z.strictObject({ workspace: whose }),
    answers: { 204: { description: 'Gone.' } },
    run: async (ports, { principal, query }) => {
      await removeLogo(ports, chosenWorkspace(principal, query.workspace));
      return { status: 204 };
    },
  }),
];

function brandView({ logo, ...brand }: Brand) {
  if (logo === null) return { ...brand, logo };
  const { name, width, height } = logo;
  return { ...brand, logo: { path: logoPath(name), width, height } };
}
