/** API: buttons for campaigns. */
import { z } from 'zod';
import { eventFor } from '../../events/access.ts';
import type { EventRecord } from '../../events/event.ts';
import { ConflictError, InputError, MissingError } from '../../kernel/errors.ts';
import { type Operation, operation, type Principal } from '../../kernel/operation.ts';
import type { Ports } from '../../kernel/ports.ts';
import { idParams } from '../../organizers/schema.ts';
import { texts } from '../../texts/catalogue.ts';
import { LANGUAGES } from '../../texts/languages.ts';
import { connectionFor } from '../account/access.ts';
import { type Connection, TITLES } from '../account/connection.ts';
import { inApiWords } from '../account/in-api-words.ts';
import { connectionOf } from '../account/store.ts';
import { type ButtonAsk, makeButtons, saveButtons } from './buttons.ts';

const answer = z.enum(['yes', 'no', 'maybe', 'ask']);
const linksSchema = z.object({
  yes: z.string().optional(),
  no: z.string().optional(),
  maybe: z.string().optional(),
  ask: z.string().optional(),
});

const newButtonsSchema = z
  .strictObject({
    platform: z.enum(['mailchimp', 'klaviyo', 'other']).describe('`other`: any other mail tool.'),
    connection: z.string().max(100).optional().describe('Left out: the one that is connected.'),
    audience: z
      .string()
      .max(200)
      .optional()
      .describe('Whose contacts get the mail; where there is only one, it may be left out.'),
    answers: z
      .union([z.literal('ask'), z.array(answer).min(1).max(4)])
      .optional()
      .describe('One button for each; `ask`, the default, is one button that asks.'),
    variant: z
      .enum(['event', 'upcoming'])
      .optional()
      .describe('`upcoming`: the organizer’s next events in one list.'),
    language: z.enum(LANGUAGES).optional().describe('Left out: the workspace’s.'),
    save: z.boolean().optional().describe('Also put it where the editor of the platform finds it.'),
  })
  .meta({ id: 'NewButtons' });

const buttonsSchema = z
  .object({
    html: z.string().describe('Ready to paste, the merge tags of the platform in place.'),
    text: z.string().describe('For the text part of a mail.'),
    links: linksSchema,
    events: z.array(z.object({ id: z.string(), links: linksSchema })),
    expiresAt: z.string().nullable(),
    saved: z.object({ id: z.string(), place: z.enum(['universal_content', 'saved_template']) }).nullable(),
  })
  .meta({ id: 'Buttons' });

export const buttonOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/events/:id/buttons',
    summary: 'Makes RSVP buttons for a campaign.',
    params: idParams,
    body: newButtonsSchema,
    answers: {
      200: { description: 'The buttons.', schema: buttonsSchema },
      400: { description: 'An audience has to be named, or there is none of that name.' },
      409: { description: 'The event is over, cancelled or a draft, or no account is connected.' },
      502: { description: 'The platform does not answer right now.' },
    },
    run: async (ports, { principal, params, body }) => {
      const event = await eventFor(ports, principal, params.id);
      const connection = await connectionNamed(ports, principal, event, body);
      const ask: ButtonAsk = {
        event,
        platform: body.platform,
        connection,
        audience: body.audience ?? null,
        answers: typeof body.answers === 'string' ? [body.answers] : (body.answers ?? ['ask']),
        variant: body.variant ?? 'event',
        language: body.language ?? null,
      };
      if (body.save === true && connection === null) {
        throw new InputError('nothing_to_save_to', texts().buttons.notSaved, { field: 'save' });
      }
      return inApiWords(async () => {
        const made = await makeButtons(ports, ask);
        const saved = body.save === true ? await saveButtons(ports, ask, made) : null;
        return { status: 200, json: { ...made, saved } };
      });
    },
  }),
];

async function connectionNamed(
  ports: Ports,
  principal: Principal,
  event: EventRecord,
  named: { readonly platform: ButtonAsk['platform']; readonly connection?: string | undefined },
): Promise<Connection | null> {
  const { platform, connection } = named;
  if (platform === 'other') return null;
  const words = texts().buttons;
  if (connection === undefined) {
    const connected = await connectionOf(ports, event.workspace, platform);
    if (connected === null) throw new ConflictError('not_connected', words.notConnected(TITLES[platform]));
    return connected;
  }
  const found = await connectionFor(ports, principal, connection);
  if (found.workspace !== event.workspace) {
    throw new MissingError('unknown_connection', 'There is no such connection.');
  }
  if (found.platform !== platform) {
    throw new InputError('other_platform', words.otherPlatform(TITLES[platform]), { field: 'connection' });
  }
  return found;
}
