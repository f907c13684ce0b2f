/**
 * What a platform says of somebody's wish to hear from it. It stops what others ask for him (lists, audiences), never what he asks for
 * himself, and never an entry he has. Rows `S#<workspace>#<person>` / `PLATFORM#<connection>#<audience or ->`; hashes only.
 */
import { parseAddress } from '../kernel/address.ts';
import type { Condition, Key, Ports } from '../kernel/ports.ts';
import { personOf } from './rows.ts';

export type PlatformStop = 'unsubscribed' | 'bounced' | 'complained';
export type PlatformWord = PlatformStop | 'subscribed';

export interface PlatformPlace {
  readonly workspace: string;
  readonly connection: string;
  /** Null: it holds for the whole account. */
  readonly audience: string | null;
  readonly address: string;
}

/** More audiences of one person than any account has. */
const WORDS_READ = 100;

/** `at`, RFC 3339, decides: an older word changes nothing, and of two at one moment the stop stays. False: nothing changed. */
export async function notePlatformWord(
  ports: Pick<Ports, 'table'>,
  { at, word, ...place }: PlatformPlace & { readonly word: PlatformWord; readonly at: string },
): Promise<boolean> {
  const key = keyOf(place);
  if (key === undefined) return false;
  const moment = new Date(at).toISOString();
  const newer: Condition[] = [{ row: 'absent' }, { attribute: 'at', below: moment }];
  if (word !== 'subscribed') {
    newer.push({
      all: [
        { attribute: 'at', is: moment },
        { attribute: 'word', is: 'subscribed' },
      ],
    });
  }
  const { workspace, connection, audience } = place;
  return ports.table.put(
    { ...key, workspace, connection, audience, word, at: moment },
    { if: { any: newer } },
  );
}

export async function platformWordOf(
  ports: Pick<Ports, 'table'>,
  place: PlatformPlace,
): Promise<PlatformWord | null> {
  const key = keyOf(place);
  const row = key === undefined ? undefined : await ports.table.get(key);
  return row === undefined ? null : (row.word as PlatformWord);
}

/** Why this person is left alone where somebody else asks for him; null: nothing stands against it. `since`: RFC 3339, older words don't count. */
export async function platformStopOf(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  person: string,
  since = '',
): Promise<PlatformStop | null> {
  const pk = `S#${workspace}#${person}`;
  const { items } = await ports.table.query({ pk, begins: 'PLATFORM#', limit: WORDS_READ });
  const stop = items.find(({ word, at }) => word !== 'subscribed' && String(at) >= since);
  return stop === undefined ? null : (stop.word as PlatformStop);
}

function keyOf({ workspace, connection, audience, address }: PlatformPlace): Key | undefined {
  const parsed = parseAddress(address);
  if (!parsed.ok) return undefined;
  const person = personOf(parsed.address.normal);
  return { pk: `S#${workspace}#${person}`, sk: `PLATFORM#${connection}#${audience ?? '-'}` };
}
