/**
 * The handlers on AWS as a story sees them. SES knows no trusted connection, so every mail is signed for its From domain, as its
 * provider would, and DNS holds the key and a DMARC record for every domain.
 */
import { listEvents } from '../../../src/events/store.ts';
import type { Resolver } from '../../../src/kernel/ports.ts';
import type { Environment } from '../../../src/platform/config.ts';
import type { Departed, Runtime } from '../../journeys/runtime.ts';
import { keyRecord, rsaKey, type SigningKey, signMail } from '../dkim.ts';
import { type AwsWorld, awsWorld } from './runner.ts';
import type { SentMail } from './ses-endpoint.ts';

const QUIET_MS = 1_000;
const BETWEEN_MAILS_MS = 10;

export interface AwsStoryRuntime extends Runtime {
  readonly world: AwsWorld;
}

export async function awsStoryRuntime(now: string, env: Environment = {}): Promise<AwsStoryRuntime> {
  const key = rsaKey(2048);
  const world = await awsWorld({
    now,
    resolver: namesFor(key),
    // The domain that the stories' mails are written to.
    env: { SIS_MAIL_DOMAIN: 'sis.localhost', SIS_LIMIT_COALESCE_SECONDS: '0', ...env },
  });
  return {
    world,
    mailDomain: world.ports.settings.mailDomain,
    now: () => world.clock.now(),
    async deliver({ raw, from, to }) {
      world.pass(BETWEEN_MAILS_MS);
      await world.deliverMail(await signed(raw, key), to, { mailFrom: from });
      await world.settle();
      await trustWorkspaces(world);
    },
    http: (method, path, options) => world.http(method, path, options),
    departed: () => world.sent().map(departedOf),
    async work() {
      if ((await world.settle()) === 0) world.pass(QUIET_MS);
    },
    stop: () => world.close(),
  };
}

/** A story begins with a workspace that is known; on one machine loopback mail opens such a one. */
async function trustWorkspaces({ ports }: AwsWorld): Promise<void> {
  const { items } = await listEvents(ports, null, { limit: 100 });
  for (const { workspace } of items) {
    await ports.table.update({ pk: `W#${workspace}`, sk: 'W' }, { set: { tier: 1 } });
  }
}

async function signed(raw: Uint8Array, key: SigningKey): Promise<Uint8Array> {
  const text = Buffer.from(raw).toString('latin1');
  const domain = /^From:[^\r\n]*@([A-Za-z0-9.-]+)/im.exec(text)?.[1];
  if (domain === undefined) return raw;
  return Buffer.from(await signMail(text, { domain: domain.toLowerCase(), key }), 'latin1');
}

function namesFor(key: SigningKey): Resolver {
  return {
    async resolve(name, type) {
      if (type === 'TXT' && name.includes('._domainkey.')) return keyRecord(key);
      if (type === 'TXT' && name.startsWith('_dmarc.')) return [['v=DMARC1; p=reject']];
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    },
  };
}

function departedOf({ tags, to, raw }: SentMail): Departed {
  return {
    kind: tags.sis_kind ?? '',
    to: to[0] ?? '',
    event: tags.sis_event ?? null,
    revision: Number(tags.sis_revision ?? 0),
    raw,
  };
}
