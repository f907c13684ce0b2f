/**
 * A platform in the same process that keeps the connector's contract: contacts with tags and events, calls that take time, fail, are
 * refused, or are done although nobody hears of it, at once or a while later.
 */
import {
  type Contact,
  type PlatformClient,
  PlatformError,
  type PlatformName,
  type Report,
  type ReportStep,
} from '../../connectors/contract.ts';
import type { Accounts, KnownContact, OwnAccount } from '../../src/connections/account/accounts.ts';
import type { SetClock } from '../support/world.ts';

export interface Applied {
  readonly address: string;
  readonly event: string;
  readonly step: string;
  readonly state: Report['state'];
  readonly at: string;
  readonly uniqueId: string;
  readonly backfill: boolean;
  readonly previous: Report['state'] | null;
  readonly answer: Report['answer'];
}

/** What a call comes to. `late`: done after so many milliseconds, answered never. */
export type Fate =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly error: PlatformError }
  | { readonly kind: 'unheard'; readonly error: PlatformError; readonly lateMs: number };

export interface StandIn {
  readonly account: OwnAccount;
  readonly accounts: Accounts;
  /** Every effect on a contact, in the order in which the platform saw it. */
  readonly applied: readonly Applied[];
  readonly calls: () => number;
  readonly health: () => {
    readonly problem: string | null;
    readonly state: OwnAccount['state'];
    readonly synced: number;
  };
  /** Addresses that are contacts. */
  readonly contacts: Set<string>;
  /** Tags that are on. */
  tagsOf(address: string): readonly string[];
  mostAtOnce(): number;
  connect(state: OwnAccount['state']): void;
  /** What came late is done. */
  catchUp(): void;
}

export interface StandInOptions {
  readonly platform?: PlatformName;
  readonly workspace: string;
  readonly clock: SetClock;
  readonly contacts?: readonly string[];
  /** Decides each call's fate. */
  readonly fate?: (what: { readonly step: string; readonly address: string }) => Fate;
  /** What a call does while it is under way. */
  readonly during?: () => Promise<void>;
  readonly id?: string;
  /** Members of every audience, a few a page. */
  readonly members?: readonly Contact[];
}

const MEMBERS_A_PAGE = 4;

export function problem(
  kind: PlatformError['kind'],
  more: { status?: number; retryAfterMs?: number; code?: string } = {},
): PlatformError {
  return new PlatformError('mailchimp', kind, more.code ?? `planned_${kind}`, 'The platform said so.', more);
}

export function standIn(options: StandInOptions): StandIn {
  const { clock, platform = 'mailchimp' } = options;
  let account: OwnAccount = {
    id: options.id ?? 'con_standin',
    workspace: options.workspace,
    platform,
    state: 'connected',
    audience: platform === 'mailchimp' ? 'list1' : null,
  };
  const contacts = new Set(options.contacts ?? []);
  const applied: Applied[] = [];
  const tags = new Map<string, Set<string>>();
  const known = new Map<string, KnownContact>();
  let later: { readonly at: number; readonly effect: () => void }[] = [];
  let calls = 0;
  let atOnce = 0;
  let mostAtOnce = 0;
  let health: { problem: string | null; synced: number } = { problem: null, synced: 0 };

  const catchUp = (): void => {
    const now = clock.now();
    const due = later.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    later = later.filter(({ at }) => at > now);
    for (const { effect } of due) effect();
  };

  const call = async (step: string, address: string, effect: () => void): Promise<void> => {
    calls += 1;
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    try {
      await options.during?.();
      catchUp();
      const fate = options.fate?.({ step, address }) ?? { kind: 'done' };
      if (fate.kind === 'refused') throw fate.error;
      if (fate.kind === 'unheard') {
        later.push({ at: clock.now() + fate.lateMs, effect });
        catchUp();
        throw fate.error;
      }
      effect();
    } finally {
      atOnce -= 1;
    }
  };

  const stepsOf = (report: Report): readonly ReportStep[] => {
    const { address } = report.contact;
    const note = (step: string) => {
      if (!contacts.has(address)) throw problem('absent', { status: 404 });
      applied.push({
        address,
        event: report.event.id,
        step,
        state: report.state,
        at: report.at,
        uniqueId: report.uniqueId,
        backfill: report.backfill,
        previous: report.previous,
        answer: report.answer,
      });
    };
    const tagging = () => {
      note('tags');
      const on = tags.get(address) ?? new Set();
      for (const name of report.tags.off) on.delete(name);
      for (const name of report.tags.on) on.add(name);
      tags.set(address, on);
    };
    const event: ReportStep = {
      name: 'event',
      repeatable: platform === 'klaviyo',
      ...(platform === 'klaviyo'
        ? {}
        : {
            done: async () => {
              let found = false;
              await call('look', address, () => {
                found = applied.some(each => each.step === 'event' && each.uniqueId === report.uniqueId);
              });
              return found;
            },
          }),
      run: () =>
        call('event', address, () => {
          const repeat =
            platform === 'klaviyo' &&
            applied.some(each => each.step === 'event' && each.uniqueId === report.uniqueId);
          if (!repeat) note('event');
        }),
    };
    const first: ReportStep = { name: 'tags', repeatable: true, run: () => call('tags', address, tagging) };
    return platform === 'mailchimp' ? [first, event] : [event];
  };

  const client: PlatformClient = {
    audiences: async () => ({ items: [], next: null }),
    contacts: async (_audience, cursor = '0') => {
      const from = Number(cursor);
      let items: readonly Contact[] = [];
      await call('members', '', () => {
        items = (options.members ?? []).slice(from, from + MEMBERS_A_PAGE);
      });
      const next = from + MEMBERS_A_PAGE;
      return { items, next: next < (options.members ?? []).length ? String(next) : null };
    },
    contactByReference: async () => null,
    contactByAddress: async (_audience, address) => {
      let found = false;
      await call('find', address, () => {
        found = contacts.has(address);
      });
      return found
        ? { id: `id-${address}`, reference: `ref-${address}`, address, name: null, consent: 'subscribed' }
        : null;
    },
    reportSteps: stepsOf,
    saveButton: async () => ({ id: 'none', place: 'saved_template' }),
    writeTokens: async () => [],
    watch: async () => null,
    unwatch: async () => undefined,
  };

  const accounts: Accounts = {
    byId: async id => (id === account.id ? account : null),
    ofWorkspace: async workspace =>
      workspace === account.workspace && account.state !== 'disconnected' ? [account] : [],
    withClient: async (_account, use) => {
      try {
        return await use(client);
      } catch (error) {
        if (error instanceof PlatformError && error.kind === 'reconnect') {
          account = { ...account, state: 'needs_reconnect' };
          health = { ...health, problem: error.message };
        }
        throw error;
      }
    },
    remembered: async (_account, address) => known.get(address) ?? null,
    remember: async (_account, audience, contact) => {
      known.set(contact.address, { id: contact.id, address: contact.address, audience });
    },
    noteHealth: async (_id, told) => {
      if (told.problem !== undefined) health = { ...health, problem: told.problem };
      if (told.synced === true) health = { problem: null, synced: health.synced + 1 };
    },
  };

  return {
    get account() {
      return account;
    },
    accounts,
    applied,
    contacts,
    calls: () => calls,
    health: () => ({ ...health, state: account.state }),
    tagsOf: address => [...(tags.get(address) ?? [])].sort(),
    mostAtOnce: () => mostAtOnce,
    connect: state => {
      account = { ...account, state };
    },
    catchUp,
  };
}
