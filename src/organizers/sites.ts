/** Which sites may show a workspace's widget. Row `W#<workspace>` / `SITES`; without one, or with an empty list, any site may. */
import { InputError } from '../kernel/errors.ts';
import type { Key, Ports } from '../kernel/ports.ts';

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** A source of `frame-ancestors`: an origin, or all names below one. */
const SITE = new RegExp(`^https?://(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`);
const SITE_CHARS = 260;

export async function sitesOf(ports: Pick<Ports, 'table'>, workspace: string): Promise<readonly string[]> {
  const row = await ports.table.get(sitesKey(workspace));
  return Array.isArray(row?.sites) ? row.sites.map(String) : [];
}

/** Takes the place of the list before. A page's whole address is cut to its origin. */
export async function allowSites(
  ports: Pick<Ports, 'table' | 'settings'>,
  workspace: string,
  typed: readonly string[],
): Promise<readonly string[]> {
  const most = ports.settings.limits.SITES_PER_WORKSPACE;
  if (typed.length > most) {
    throw new InputError('too_many_sites', `At most ${most} sites can be listed.`, { field: 'sites' });
  }
  const sites = [...new Set(typed.map((text, index) => siteOf(text, index)))];
  await ports.table.put({ ...sitesKey(workspace), workspace, sites });
  return sites;
}

function siteOf(text: string, index: number): string {
  const lower = text.trim().toLowerCase();
  const [, origin = ''] = /^(https?:\/\/[^/?#\s]*)(?:[/?#]\S*)?$/.exec(lower) ?? [];
  const site = origin.includes('*') || !URL.canParse(origin) ? origin : new URL(origin).origin;
  if (site.length > SITE_CHARS || !SITE.test(site)) {
    throw new InputError(
      'bad_site',
      `sites.${index} is no site: write https://www.example.com, or https://*.example.com for all names below.`,
      { field: `sites.${index}` },
    );
  }
  return site;
}

function sitesKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'SITES' };
}
