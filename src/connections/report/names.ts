/**
 * What an event is called at a platform. Tags and lists become segments and start automations, so a name is frozen at the event's first
 * write; a second event of the same title gets its date behind it. Rows: `W#<workspace>`/`NAMES`, `C#<connection>`/`NAME#…`, `NAMED#…`.
 */
import { createHash } from 'node:crypto';
import type { ReportedState } from '../../../connectors/contract.ts';
import { ConflictError, InputError } from '../../kernel/errors.ts';
import type { Key, Ports } from '../../kernel/ports.ts';
import { texts } from '../../texts/catalogue.ts';

export interface FrozenName {
  readonly name: string;
  /** As it was at the first write: a later template would leave old tags on. */
  readonly tag: string;
}

export interface EventCalled {
  readonly id: string;
  readonly title: string;
  /** Of its first day, `2026-04-07`; null: it has none. */
  readonly date: string | null;
}

type Shown = keyof ReturnType<typeof words>['states'];

const NAMESAKES = 1_000;
const SHORTEST_NAME = 10;

export async function tagTemplate(ports: Pick<Ports, 'table'>, workspace: string): Promise<string> {
  const row = await ports.table.get(templateKey(workspace));
  return typeof row?.tag === 'string' ? row.tag : words().tag;
}

/** Counts for events that nothing was written of yet. */
export async function setTagTemplate(
  ports: Pick<Ports, 'table' | 'settings'>,
  input: { readonly workspace: string; readonly tag: string },
): Promise<string> {
  const tag = tidy(input.tag);
  const { TAG_CHARS } = ports.settings.limits;
  if (tag.split('{event}').length !== 2 || tag.split('{state}').length !== 2) {
    throw new InputError('bad_template', words().badTemplate, { field: 'tag' });
  }
  if (roomFor(tag, TAG_CHARS) < SHORTEST_NAME) {
    const most = TAG_CHARS - longestState() - SHORTEST_NAME;
    throw new InputError('long_template', words().longTemplate(most), { field: 'tag' });
  }
  await ports.table.put({ ...templateKey(input.workspace), workspace: input.workspace, tag });
  return tag;
}

export async function nameOf(
  ports: Pick<Ports, 'table' | 'settings'>,
  account: { readonly id: string; readonly workspace: string },
  event: EventCalled,
): Promise<FrozenName> {
  const standing = await ports.table.get(namedKey(account.id, event.id));
  if (standing !== undefined) return { name: String(standing.name), tag: String(standing.tag) };
  const tag = await tagTemplate(ports, account.workspace);
  const name = await claim(ports, account, event, roomFor(tag, ports.settings.limits.TAG_CHARS));
  const row = { ...namedKey(account.id, event.id), workspace: account.workspace, name, tag };
  if (await ports.table.put(row, { if: { row: 'absent' } })) return { name, tag };
  return nameOf(ports, account, event);
}

/** Exactly one of an event's tags is on. What has no tag of its own stands as invited: he is asked anew. */
export function tagsFor(frozen: FrozenName, state: ReportedState) {
  const shown: Shown = state === 'changed' ? 'invited' : state;
  const all = Object.keys(words().states) as Shown[];
  return {
    on: [tagText(frozen, shown)],
    off: all.filter(each => each !== shown).map(each => tagText(frozen, each)),
  };
}

function tagText({ name, tag }: FrozenName, state: Shown): string {
  // By functions: a title may hold `$&`.
  return tag.replace('{event}', () => name).replace('{state}', () => words().states[state]);
}

async function claim(
  ports: Pick<Ports, 'table'>,
  account: { readonly id: string; readonly workspace: string },
  event: EventCalled,
  room: number,
): Promise<string> {
  for (let n = 0; n < NAMESAKES; n += 1) {
    const name = nthName(event, n, room);
    const key = claimKey(account.id, name);
    const row = { ...key, workspace: account.workspace, event: event.id };
    if (await ports.table.put(row, { if: { row: 'absent' } })) return name;
    if ((await ports.table.get(key))?.event === event.id) return name;
  }
  throw new ConflictError('name_taken', 'Too many events of one title on one day.');
}

/** `Webinar`, `Webinar (2026-04-07)`, `Webinar (2026-04-07, 2)`, …; what is too long is cut, never what tells two apart. */
function nthName({ title, date }: EventCalled, n: number, room: number): string {
  const { dated, numbered } = words();
  const behind =
    n === 0
      ? (text: string) => text
      : date === null
        ? (text: string) => numbered(text, n + 1)
        : (text: string) => dated(text, n === 1 ? date : `${date}, ${n}`);
  const clean = tidy(title.replaceAll(/[{}]/g, ' '));
  const spare = room - [...behind('')].length;
  const letters = [...clean];
  return behind(
    letters.length <= spare
      ? clean
      : `${letters
          .slice(0, spare - 1)
          .join('')
          .trimEnd()}…`,
  );
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

function roomFor(tag: string, most: number): number {
  return most - [...tag.replace('{event}', '').replace('{state}', '')].length - longestState();
}

function longestState(): number {
  return Math.max(...Object.values(words().states).map(state => state.length));
}

function words() {
  return texts().reporting;
}

function templateKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'NAMES' };
}

function namedKey(connection: string, event: string): Key {
  return { pk: `C#${connection}`, sk: `NAMED#${event}` };
}

/** Platforms don't tell `Webinar` from `webinar`. */
function claimKey(connection: string, name: string): Key {
  const folded = createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 32);
  return { pk: `C#${connection}`, sk: `NAME#${folded}` };
}
