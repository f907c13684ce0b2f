/**
 * "And future ones": who follows an organizer (or a workspace) gets each new event as an invite. Rows `FO#<owner>` / `F#<person>` hold the
 * consent: when, by which page. `FE#<event>#<owner>` plans one round for an event that goes live, whatever is run twice.
 */
import type { EventRecord } from '../events/event.ts';
import { loadEvent } from '../events/store.ts';
import type { JobResult, Key, NewJob, Ports } from '../kernel/ports.ts';
import { type Language, languageIn } from '../texts/languages.ts';
import { requestInvite } from './request.ts';
import { stopOf } from './suppression.ts';

const FOLLOWERS_A_PAGE = 100;

export interface Following {
  readonly owner: string;
  readonly workspace: string;
  readonly person: string;
  readonly email: string;
  /** Of the page where it was asked for; the press in his own mailbox confirmed it. */
  readonly slug: string;
  /** As chosen there. */
  readonly language: Language | null;
}

export async function noteFollow(
  ports: Pick<Ports, 'table' | 'clock'>,
  { owner, workspace, person, email, slug, language }: Following,
): Promise<void> {
  const confirmedAt = new Date(ports.clock.now()).toISOString();
  await ports.table.put({ ...followKey(owner, person), workspace, email, slug, language, confirmedAt });
}

export async function follows(ports: Pick<Ports, 'table'>, owner: string, person: string): Promise<boolean> {
  return (await ports.table.get(followKey(owner, person))) !== undefined;
}

/** Called when an event goes live, as often as that is found out. */
export async function tellFollowers(ports: Pick<Ports, 'table'>, event: EventRecord): Promise<void> {
  for (const owner of [event.organizer, event.workspace]) {
    const some = await ports.table.query({ pk: `FO#${owner}`, limit: 1 });
    if (some.items.length === 0) continue;
    await ports.table.put(
      { pk: `FE#${event.id}#${owner}`, sk: 'FE', workspace: event.workspace },
      { if: { row: 'absent' }, jobs: [followersJob(event.id, owner)] },
    );
  }
}

export async function inviteFollowers(
  ports: Pick<Ports, 'table' | 'blobs' | 'jobs' | 'clock' | 'keys' | 'settings'>,
  { event: id, owner, cursor }: { readonly event: string; readonly owner: string; readonly cursor?: string },
): Promise<JobResult> {
  const event = await loadEvent(ports, id);
  if (event === undefined || event.page.visibility !== 'public') return { done: true };
  const more = cursor === undefined ? {} : { cursor };
  const page = await ports.table.query({ pk: `FO#${owner}`, limit: FOLLOWERS_A_PAGE, ...more });
  for (const row of page.items) {
    const person = row.sk.slice('F#'.length);
    // His unsubscribe, or his mail system, ended it.
    if ((await stopOf(ports, event.workspace, person)) !== null) {
      await ports.table.remove(followKey(owner, person));
      continue;
    }
    const language = languageIn(row.language);
    await requestInvite(ports, {
      event,
      email: String(row.email),
      door: 'upcoming',
      carried: true,
      language,
    });
  }
  if (page.cursor === undefined) return { done: true };
  const next = followersJob(id, owner);
  await ports.jobs.add([{ ...next, body: { ...next.body, cursor: page.cursor } }]);
  return { done: true };
}

function followersJob(event: string, owner: string): NewJob {
  return { lane: 'bulk', kind: 'followers', body: { event, owner } };
}

function followKey(owner: string, person: string): Key {
  return { pk: `FO#${owner}`, sk: `F#${person}` };
}
