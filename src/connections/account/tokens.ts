/**
 * A connection's tokens, sealed (`C#<connection>` / `TOKENS`). `generation` rises with each change, so that two who renew at a time can't
 * overwrite each other; the lease lets only one ask. The refresh token before the last is kept until the last one has worked: if the
 * answer was stored but never took hold at the platform, there is still a way back.
 */
import type { Tokens } from '../../../connectors/contract.ts';
import { randomText } from '../../kernel/ids.ts';
import type { Key, Ports, Row } from '../../kernel/ports.ts';
import { openSecret, sealSecret } from '../../organizers/vault.ts';

export type TokenPorts = Pick<Ports, 'table' | 'wrap' | 'random' | 'clock' | 'settings'>;

/** Whose tokens. */
export interface Holder {
  readonly id: string;
  readonly workspace: string;
}

export interface HeldTokens {
  readonly tokens: Tokens;
  /** A refresh token that was replaced, while its successor is unproven. */
  readonly previous: string | null;
  readonly generation: number;
  /** Epoch milliseconds. */
  readonly renewedAt: number;
}

type Field = 'access' | 'refresh' | 'previous';

const LEASE_CHARS = 26;

export async function loadTokens(ports: TokenPorts, holder: Holder): Promise<HeldTokens | undefined> {
  const row = await ports.table.get(keyOf(holder.id));
  if (row === undefined) return undefined;
  const access = await opened(ports, holder, 'access', row);
  if (access === null) return undefined;
  const refresh = await opened(ports, holder, 'refresh', row);
  const expiresAt = typeof row.expiresAt === 'number' ? row.expiresAt : null;
  return {
    tokens: { access, refresh, expiresAt },
    previous: await opened(ports, holder, 'previous', row),
    generation: Number(row.generation),
    renewedAt: Number(row.renewedAt),
  };
}

/** After connecting: whatever stood there before is over, a renewal under way included. */
export async function replaceTokens(ports: TokenPorts, holder: Holder, tokens: Tokens): Promise<void> {
  await ports.table.update(
    keyOf(holder.id),
    {
      set: { workspace: holder.workspace, ...(await sealed(ports, holder, tokens)) },
      remove: ['previous', 'lease', 'leaseUntil', ...(tokens.refresh === null ? ['refresh'] : [])],
      add: { generation: 1 },
    },
    { orCreate: true },
  );
}

/** Only one at a time may renew a generation. Undefined: somebody does, or it is renewed already. */
export async function takeLease(
  ports: TokenPorts,
  id: string,
  generation: number,
): Promise<string | undefined> {
  const now = ports.clock.now();
  const lease = randomText(ports.random, LEASE_CHARS);
  const taken = await ports.table.update(
    keyOf(id),
    { set: { lease, leaseUntil: now + ports.settings.limits.REFRESH_LEASE_SECONDS * 1000 } },
    {
      if: {
        all: [
          { attribute: 'generation', is: generation },
          {
            any: [
              { attribute: 'leaseUntil', missing: true },
              { attribute: 'leaseUntil', atMost: now },
            ],
          },
        ],
      },
    },
  );
  return taken === undefined ? undefined : lease;
}

export async function giveLeaseBack(ports: TokenPorts, id: string, lease: string): Promise<void> {
  await ports.table.update(
    keyOf(id),
    { remove: ['lease', 'leaseUntil'] },
    { if: { attribute: 'lease', is: lease } },
  );
}

/** False: the lease ran out and somebody else has renewed, or the account was connected anew. */
export async function storeRenewed(
  ports: TokenPorts,
  holder: Holder,
  held: HeldTokens,
  lease: string,
  tokens: Tokens,
): Promise<boolean> {
  const refresh = tokens.refresh ?? held.tokens.refresh;
  const replaced = refresh === held.tokens.refresh ? null : held.tokens.refresh;
  const previous = replaced === null ? null : await sealSecret(ports, placeOf(holder, 'previous'), replaced);
  const stored = await ports.table.update(
    keyOf(holder.id),
    {
      set: {
        ...(await sealed(ports, holder, { ...tokens, refresh })),
        ...(previous === null ? {} : { previous }),
      },
      remove: ['lease', 'leaseUntil', ...(previous === null ? ['previous'] : [])],
      add: { generation: 1 },
    },
    {
      if: {
        all: [
          { attribute: 'generation', is: held.generation },
          { attribute: 'lease', is: lease },
        ],
      },
    },
  );
  return stored !== undefined;
}

/** The newest tokens have worked: there is no way back to keep. */
export async function noteProven(ports: TokenPorts, id: string, generation: number): Promise<void> {
  await ports.table.update(
    keyOf(id),
    { remove: ['previous'] },
    { if: { attribute: 'generation', is: generation } },
  );
}

/** `until` (epoch milliseconds): not those that came later, by a new connection of the same account. */
export async function forgetTokens(ports: Pick<Ports, 'table'>, id: string, until: number): Promise<void> {
  await ports.table.remove(keyOf(id), { if: { attribute: 'renewedAt', atMost: until } });
}

async function sealed(
  ports: TokenPorts,
  holder: Holder,
  { access, refresh, expiresAt }: Tokens,
): Promise<Record<string, string | number | null>> {
  return {
    access: await sealSecret(ports, placeOf(holder, 'access'), access),
    ...(refresh === null ? {} : { refresh: await sealSecret(ports, placeOf(holder, 'refresh'), refresh) }),
    expiresAt,
    renewedAt: ports.clock.now(),
  };
}

async function opened(ports: TokenPorts, holder: Holder, field: Field, row: Row): Promise<string | null> {
  const text = row[field];
  return typeof text === 'string' ? openSecret(ports, placeOf(holder, field), text) : null;
}

function placeOf(holder: Holder, field: Field) {
  return { workspace: holder.workspace, subject: holder.id, field };
}

function keyOf(id: string): Key {
  return { pk: `C#${id}`, sk: 'TOKENS' };
}
