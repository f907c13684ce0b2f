/** What an organizer chose for an event's page. Row `E#<event>` / `PAGE`; without one, the link to join stays hidden and search engines may list it. */
import type { Key, Ports } from '../kernel/ports.ts';

export interface PageOptions {
  /** The link to join stands on the page, for everybody; else it comes with the invite alone. */
  readonly joinLink: boolean;
  /** Search engines are asked to leave the page out. */
  readonly noIndex: boolean;
}

const DEFAULTS: PageOptions = { joinLink: false, noIndex: false };

export async function pageOptionsOf(ports: Pick<Ports, 'table'>, event: string): Promise<PageOptions> {
  const row = await ports.table.get(optionsKey(event));
  return row === undefined ? DEFAULTS : { joinLink: row.joinLink === true, noIndex: row.noIndex === true };
}

export async function choosePageOptions(
  ports: Pick<Ports, 'table'>,
  event: { readonly id: string; readonly workspace: string },
  chosen: Partial<PageOptions>,
): Promise<PageOptions> {
  const row = await ports.table.update(
    optionsKey(event.id),
    { set: { workspace: event.workspace, ...chosen } },
    { orCreate: true },
  );
  return { joinLink: row?.joinLink === true, noIndex: row?.noIndex === true };
}

function optionsKey(event: string): Key {
  return { pk: `E#${event}`, sk: 'PAGE' };
}
