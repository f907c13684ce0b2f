/** API: what an event's page is called, who sees it, and what it shows. */
import { eventFor } from '../events/access.ts';
import { choosePageOptions } from '../events/choose-page.ts';
import { type EventRecord, pageUrl } from '../events/event.ts';
import { type Operation, operation } from '../kernel/operation.ts';
import type { Ports } from '../kernel/ports.ts';
import { idParams } from '../organizers/schema.ts';
import { newPageOptionsSchema, pageOptionsSchema } from './page-schema.ts';

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
