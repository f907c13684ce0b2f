/**
 * Secrets of a workspace at rest: AES-256-GCM under the workspace's own data key, which is kept wrapped (`W#<workspace>` / `DATAKEY`).
 * Whose and what a secret is belongs to its seal: moved to another workspace, subject or field it no longer opens.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { Key, KeyWrap, Ports } from '../kernel/ports.ts';

export interface Place {
  readonly workspace: string;
  /** Id of what the secret belongs to. */
  readonly subject: string;
  readonly field: string;
}

type VaultPorts = Pick<Ports, 'table' | 'wrap' | 'clock' | 'settings'>;

interface KnownKey {
  readonly key: KeyObject;
  readonly until: number;
}

const FORM = 'v1.';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** More workspaces than one process serves at a time; then the memory starts anew. */
const MOST_KNOWN = 1_000;

/** Opened keys live minutes, so that a key service that is away stops nobody at once (F26), and one that denies is soon heard. */
const opened = new WeakMap<KeyWrap, Map<string, KnownKey>>();

export async function sealSecret(
  ports: VaultPorts & Pick<Ports, 'random'>,
  place: Place,
  plain: string,
): Promise<string> {
  const key = (await dataKey(ports, place.workspace)) ?? (await makeDataKey(ports, place.workspace));
  const nonce = ports.random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(place));
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return FORM + sealed.toString('base64url');
}

/** Rejects when the text was changed, cut, or sealed for another place. */
export async function openSecret(ports: VaultPorts, place: Place, sealed: string): Promise<string> {
  const key = await dataKey(ports, place.workspace);
  const bytes = sealed.startsWith(FORM) ? Buffer.from(sealed.slice(FORM.length), 'base64url') : undefined;
  if (key === undefined || bytes === undefined || bytes.length < NONCE_BYTES + TAG_BYTES) throw unopened();
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw unopened();
  }
}

async function dataKey(ports: VaultPorts, workspace: string): Promise<KeyObject | undefined> {
  const kept = keptKeys(ports.wrap);
  const now = ports.clock.now();
  const known = kept.get(workspace);
  const keptMs = ports.settings.limits.DATA_KEY_SECONDS * 1000;
  if (known !== undefined && now < known.until && now >= known.until - keptMs) return known.key;
  const row = await ports.table.get(keyOf(workspace));
  if (row === undefined) return undefined;
  const key = createSecretKey(await ports.wrap.unwrap(String(row.wrapped), contextOf(workspace)));
  if (kept.size >= MOST_KNOWN) kept.clear();
  kept.set(workspace, { key, until: now + keptMs });
  return key;
}

/** Whoever comes second takes the first one's key. */
async function makeDataKey(ports: VaultPorts & Pick<Ports, 'random'>, workspace: string): Promise<KeyObject> {
  const wrapped = await ports.wrap.wrap(ports.random.bytes(KEY_BYTES), contextOf(workspace));
  await ports.table.put({ ...keyOf(workspace), workspace, wrapped }, { if: { row: 'absent' } });
  const key = await dataKey(ports, workspace);
  if (key === undefined) throw unopened();
  return key;
}

function keptKeys(wrap: KeyWrap): Map<string, KnownKey> {
  const kept = opened.get(wrap) ?? new Map<string, KnownKey>();
  opened.set(wrap, kept);
  return kept;
}

/** Also what the key service's own trail shows. */
function contextOf(workspace: string): { readonly [name: string]: string } {
  return { purpose: 'sis-data-key', workspace };
}

function keyOf(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'DATAKEY' };
}

function associated({ workspace, subject, field }: Place): Buffer {
  return Buffer.from(JSON.stringify([workspace, subject, field]));
}

/** Says nothing of the bytes or of why. */
function unopened(): Error {
  return new Error('a sealed secret does not open');
}
