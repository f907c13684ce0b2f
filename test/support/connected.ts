/** A workspace with an account at a fake platform: the real connectors, the real OAuth, a signed-in browser. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { PlatformName } from '../../connectors/contract.ts';
import type { Connection } from '../../src/connections/account/connection.ts';
import { connectionById } from '../../src/connections/account/store.ts';
import type { Ports, Settings } from '../../src/kernel/ports.ts';
import { SESSION_COOKIE } from '../../src/organizers/cookie.ts';
import { openSession } from '../../src/organizers/session.ts';
import { openOrganizer } from '../../src/organizers/store.ts';
import { routes } from '../../src/pages/routes.ts';
import { type Told, visit } from './pages.ts';
import { startVendor } from './vendors.ts';
import { localWorld, type TestWorld, type WorldOptions } from './world.ts';

export interface AccountsWorld extends TestWorld {
  readonly mailchimp: Awaited<ReturnType<typeof startMailchimp>>;
  readonly klaviyo: Awaited<ReturnType<typeof startKlaviyo>>;
}

const startMailchimp = (clock: Ports['clock'], baseUrl: string) =>
  startVendor('mailchimp', { clock, accounts: 2, limits: false, ...returningTo(baseUrl, 'mailchimp') });
const startKlaviyo = (clock: Ports['clock'], baseUrl: string) =>
  startVendor('klaviyo', { clock, accounts: 2, limits: false, ...returningTo(baseUrl, 'klaviyo') });
const returningTo = (baseUrl: string, platform: PlatformName) => ({
  redirectUris: [`${baseUrl}/connect/${platform}/callback`],
});

/** Both fakes run on the world's clock, and reach its pages over HTTP. */
export async function accountsWorld(options: WorldOptions = {}): Promise<AccountsWorld> {
  const world = await localWorld(options);
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [mailchimp, klaviyo] = await Promise.all([
    startMailchimp(world.clock, baseUrl),
    startKlaviyo(world.clock, baseUrl),
  ]);
  const settings: Settings = {
    ...world.settings,
    baseUrl,
    platforms: { mailchimp: mailchimp.app, klaviyo: klaviyo.app },
  };
  // `runJobs` closes over the world itself.
  Object.assign(world, { settings });
  app.use(routes(world));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return Object.assign(world, {
    mailchimp,
    klaviyo,
    close: closing(world.close, [mailchimp.close, klaviyo.close, stop]),
  });
}

function closing(first: () => Promise<void>, others: readonly (() => Promise<void>)[]): () => Promise<void> {
  return async () => {
    for (const close of others) await close();
    await first();
  };
}

export interface Browser {
  readonly workspace: string;
  readonly cookie: string;
}

export async function signedIn(ports: Ports, address = 'ada@example.com'): Promise<Browser> {
  const organizer = await openOrganizer(ports, { address, name: 'Ada Example', tier: 1 });
  const { workspace } = organizer;
  const session = await openSession(ports, { workspace, address, role: 'owner', agent: 'a browser' });
  return { workspace, cookie: `${SESSION_COOKIE}=${session.cookie}` };
}

export function go(ports: Ports, browser: Browser | null, path: string): Promise<Told> {
  return visit(ports, path, browser === null ? {} : { headers: { cookie: browser.cookie } });
}

/** From the link to the dashboard, as a person would. Answers where he ends. */
export async function walkThrough(
  world: AccountsWorld,
  browser: Browser,
  platform: PlatformName,
  decision: 'allow' | 'refuse' = 'allow',
  account?: string,
): Promise<string> {
  const out = await go(world, browser, `/connect/${platform}`);
  const back = await world[platform].consent(out.headers.location ?? '', decision, account);
  const ended = await go(world, browser, back.pathname + back.search);
  return ended.headers.location ?? `status ${ended.status}`;
}

export async function connected(
  world: AccountsWorld,
  browser: Browser,
  platform: PlatformName,
  account?: string,
): Promise<Connection> {
  const ended = await walkThrough(world, browser, platform, 'allow', account);
  const connection = await connectionById(world, ended.split('/').at(-1) ?? '');
  if (connection === null) throw new Error(`not connected: ${ended}`);
  return connection;
}
