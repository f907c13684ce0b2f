/** The installation's secrets: from the environment, else made at first start and kept in the data folder with mode 0600. */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../kernel/ports.ts';
import { type Disk, writeDurably } from './disk.ts';

export interface Secrets {
  readonly secret: string;
  readonly operatorKey: string;
}

const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;

export async function loadSecrets(
  disk: Disk,
  random: Random,
  folder: string,
  given: { readonly secret: string | null; readonly operatorKey: string | null },
): Promise<Secrets> {
  return {
    // Given ones are never written: whoever keeps secrets elsewhere wants none on this disk.
    secret: given.secret ?? (await kept(disk, random, join(folder, 'secret'))),
    operatorKey: given.operatorKey ?? (await kept(disk, random, join(folder, 'operator-key'))),
  };
}

async function kept(disk: Disk, random: Random, file: string): Promise<string> {
  if (!existsSync(file)) {
    const text = Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url');
    await writeDurably(disk, file, Buffer.from(`${text}\n`));
  }
  chmodSync(file, OWNER_ONLY);
  return readFileSync(file, 'utf8').trim();
}
