/** The service on one machine: puts the local adapters together, opens the doors, and closes them without losing work. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acceptArrival } from '../../intake/journal.ts';
import type { Clock, Ports } from '../../kernel/ports.ts';
import { doorOf } from '../../mail/mailbox.ts';
import { makeOperatorLink } from '../../organizers/sign-in.ts';
import { organizerBySlug } from '../../organizers/store.ts';
import type { LocalConfig } from '../config.ts';
import { pageDoor } from '../http/page-door.ts';
import { createApp } from '../http.ts';
import { runJob } from '../jobs.ts';
import { keysFrom } from '../keys.ts';
import { everyMinute } from '../schedule.ts';
import { openBlobs } from './blobs.ts';
import { systemClock, systemRandom } from './clock.ts';
import { realDisk } from './disk.ts';
import { keyWrapOf } from './key-wrap.ts';
import { lockFolder } from './lock.ts';
import { openLog } from './log.ts';
import { openMailer } from './mailer.ts';
import type { Outbox } from './outbox.ts';
import { platformApp } from './platform-app.ts';
import { openResolver } from './resolver.ts';
import { loadSecrets } from './secrets.ts';
import { startSmtp } from './smtp.ts';
import { openStore, type Store } from './store.ts';
import { routes as localRoutes } from './ui/routes.ts';
import type { Validate } from './vendors/exchange.ts';
import { openSandbox } from './vendors/sandbox.ts';
import { startWorker } from './worker.ts';

export interface RunningService {
  /** `http://127.0.0.1:3000` */
  readonly http: string;
  readonly smtpPort: number;
  /** Signs in as the operator, once; for the console alone. */
  readonly signInLink: string;
  /** Finishes or hands back work in hand; at most about 8 seconds. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** Takes a line of the log. */
  readonly log: (line: string) => void;
  /** The disk failed under a commit: nothing may be trusted from here on. */
  readonly onBroken?: () => void;
  /** Holds every call at the vendors' sandbox against the vendors' descriptions. */
  readonly validateVendor?: Validate;
}

/** The folder is another process's. */
export class FolderHeld extends Error {}

const HOST = '127.0.0.1';
const MINUTE_MS = 60_000;
const STOP_MAIL_MS = 2000;
const STOP_JOBS_MS = 5000;

export async function startService(config: LocalConfig, options: ServiceOptions): Promise<RunningService> {
  const folder = resolve(config.dataDir);
  const lock = lockFolder(folder);
  if (lock.outcome === 'held') {
    throw new FolderHeld(
      `The data folder ${config.dataDir} is in use by process ${lock.pid ?? 'unknown'}: stop that one, or set SIS_DATA_DIR.`,
    );
  }
  const clock = systemClock(config.clockOffsetSeconds);
  const http = createServer();
  await listen(http, config.httpPort);
  const url = `http://${HOST}:${(http.address() as AddressInfo).port}`;
  const secrets = await loadSecrets(realDisk(), systemRandom, folder, config);
  const store = openStore({
    folder,
    clock,
    ...(options.onBroken === undefined ? {} : { onBroken: options.onBroken }),
  });
  const mail = openMailer({
    folder,
    rate: config.sendRate,
    relay: config.relay,
    clock,
    random: systemRandom,
  });
  const keys = keysFrom(secrets.secret);
  const ports: Ports = {
    table: store.table,
    jobs: store.jobs,
    blobs: openBlobs({ folder: join(folder, 'blobs'), clock }),
    mailer: mail.mailer,
    resolver: openResolver(config.dns === null ? null : `${config.dns.host}:${config.dns.port}`),
    fetch: (target, init) => fetch(target, init),
    clock,
    random: systemRandom,
    log: openLog(clock, options.log),
    keys,
    wrap: keyWrapOf(keys),
    settings: {
      baseUrl: config.baseUrl ?? url,
      mailDomain: config.mailDomain,
      trustLoopback: config.trustLoopback,
      trustProxy: config.trustProxy,
      local: true,
      limits: config.limits,
      platforms: {
        mailchimp: platformApp('mailchimp', config.platforms.mailchimp, url),
        klaviyo: platformApp('klaviyo', config.platforms.klaviyo, url),
      },
    },
  };
  const smtp = await startSmtp({
    port: config.smtpPort,
    name: config.mailDomain,
    limits: config.limits,
    log: ports.log,
    accepts: address => isOurs(ports, address),
    accept: incoming => acceptArrival(ports, incoming),
  });
  const { validateVendor } = options;
  const sandbox = await openSandbox({
    disk: realDisk(),
    folder,
    keys,
    clock,
    random: systemRandom,
    fetch: ports.fetch,
    http: url,
    baseUrl: ports.settings.baseUrl,
    ...(validateVendor === undefined ? {} : { validate: validateVendor }),
  });
  const extra = [localRoutes(ports, { outbox: mail.outbox, smtpPort: smtp.port, sandbox })];
  http.on(
    'request',
    pageDoor(
      ports,
      createApp(ports, { operatorKey: secrets.operatorKey, dashboard: builtDashboard(), extra }),
    ),
  );
  await store.jobs.takeBack();
  const worker = startWorker({ jobs: store.jobs, clock, log: ports.log }, job => runJob(ports, job), {
    atOnce: { fast: config.limits.JOBS_AT_ONCE, bulk: config.limits.JOBS_AT_ONCE },
    leaseMs: config.limits.LEASE_SECONDS * 1000,
    retryMs: config.limits.JOB_RETRY_SECONDS * 1000,
  });
  const minutes = everyMinuteFrom(ports, store, mail.outbox, clock);
  return {
    http: url,
    smtpPort: smtp.port,
    signInLink: await makeOperatorLink(ports),
    stop: async () => {
      clearInterval(minutes);
      await Promise.all([closeHttp(http), smtp.close(STOP_MAIL_MS)]);
      await worker.stop(STOP_JOBS_MS);
      await sandbox.close();
      await mail.close();
      await store.close();
      lock.release();
    },
  };
}

/** Beside the bundle, or where the build puts it when the sources run. */
function builtDashboard(): string | null {
  const places = ['./dashboard', '../../../dist/dashboard'].map(place =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  return places.find(place => existsSync(join(place, 'index.html'))) ?? null;
}

/** Ours are `create@` and the addresses of organizers we know; `list@` opens with the lists. */
async function isOurs(ports: Ports, address: string): Promise<boolean> {
  const door = doorOf(address, ports.settings.mailDomain);
  if (door?.door === 'organizer') return (await organizerBySlug(ports, door.slug)) !== undefined;
  return door?.door === 'create';
}

function everyMinuteFrom(ports: Ports, store: Store, outbox: Outbox, clock: Clock): NodeJS.Timeout {
  const keepOutboxMs = ports.settings.limits.KEEP_OUTBOX_DAYS * 24 * 60 * MINUTE_MS;
  return setInterval(() => {
    everyMinute(ports)
      .then(() => store.table.sweepExpired())
      .then(() => outbox.prune(clock.now() - keepOutboxMs))
      .catch(error => ports.log.error('the minute failed', {}, error));
  }, MINUTE_MS);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function closeHttp(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), STOP_MAIL_MS).unref();
  });
}
