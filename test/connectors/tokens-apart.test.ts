/** Fifty jobs of five workspaces at once: each call carries its own workspace's token. With what the SDKs share in the process it does not. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PlatformClient, PlatformName } from '../../connectors/contract.ts';
import { klaviyoClient } from '../../connectors/klaviyo/client.ts';
import type { KlaviyoApi } from '../../connectors/klaviyo/sdk.ts';
import { mailchimpClient } from '../../connectors/mailchimp/client.ts';
import type { MailchimpApi } from '../../connectors/mailchimp/sdk.ts';
import { connectorFor } from '../../connectors/registry.ts';
import type { KlaviyoVendor, MailchimpVendor } from '../../src/platform/local/vendors/open.ts';
import { type FarSide, openFarSide } from '../support/far-side.ts';
import { type Started, startVendor } from '../support/vendors.ts';

const WORKSPACES = 5;
const JOBS = 50;
const PEOPLE = ['ada.berg', 'ben.cole', 'cleo.diaz', 'fay.grant', 'gus.hale', 'jun.kato'];

interface Workspace {
  readonly token: string;
  readonly account: string;
  readonly audience: string;
}

interface Seen {
  readonly token: string | null;
  readonly body: string;
}

interface Outcome {
  readonly done: number;
  readonly calls: number;
  /** Calls of one job with the token of another's workspace. */
  readonly crossed: number;
  /** How often the token changed from a call to the next: the jobs really ran through each other. */
  readonly changes: number;
}

async function runJobs(
  workspaces: readonly Workspace[],
  open: (workspace: Workspace) => Promise<PlatformClient>,
  seen: () => readonly Seen[],
): Promise<Outcome> {
  const jobs = Array.from({ length: JOBS }, (_, number) => ({
    mark: `job-${String(number).padStart(3, '0')}`,
    workspace: workspaces[number % WORKSPACES] ?? workspaces[0],
    address: `${PEOPLE[number % PEOPLE.length]}@example.com`,
  }));
  const before = seen().length;
  let done = 0;
  await Promise.all(
    jobs.map(async ({ mark, workspace, address }) => {
      if (workspace === undefined) return;
      try {
        const client = await open(workspace);
        const contact = await client.contactByAddress(workspace.audience, address);
        const steps = client.reportSteps({
          contact: { id: contact?.id ?? '01AAAAAAAAAAAAAAAAAAAAAAAA', address },
          audience: workspace.audience,
          event: {
            id: mark,
            name: mark,
            title: mark,
            start: null,
            timeZone: null,
            location: null,
            pageUrl: 'https://invites.example.com/e/party',
          },
          state: 'yes',
          previous: null,
          answer: 'yes',
          tags: { on: [`RSVP ${mark}: Yes`], off: [`RSVP ${mark}: No`] },
          at: '2026-03-01T09:00:00Z',
          uniqueId: mark,
          backfill: false,
        });
        for (const step of steps) await step.run();
        done += 1;
      } catch {
        // A call with another account's token fails at the platform; it is counted below.
      }
    }),
  );
  const calls = seen().slice(before);
  const tokens = calls.map(({ token }) => token);
  return {
    done,
    calls: calls.length,
    crossed: calls.filter(({ token, body }) =>
      jobs.some(({ mark, workspace }) => body.includes(mark) && token !== workspace?.token),
    ).length,
    changes: tokens.filter((token, index) => index > 0 && token !== tokens[index - 1]).length,
  };
}

function newsletterOf(vendor: MailchimpVendor | KlaviyoVendor, account: string): string {
  const lists: Readonly<Record<string, { readonly id: string; readonly name: string }>> =
    vendor.account(account).lists;
  return Object.values(lists).find(({ name }) => name === 'Newsletter')?.id ?? '';
}

const BATTERY: readonly PlatformName[] = ['mailchimp', 'klaviyo'];

describe.each(BATTERY)('fifty interleaved jobs over five workspaces at %s', platform => {
  let started: Started<MailchimpVendor | KlaviyoVendor>;
  let workspaces: readonly Workspace[];
  beforeAll(async () => {
    started = await startVendor(platform, { accounts: WORKSPACES, limits: false });
    const { vendor } = started;
    workspaces = Object.keys(vendor.state.accounts).map(account => ({
      token: vendor.grant(account).access,
      account,
      audience: newsletterOf(vendor, account),
    }));
  });
  afterAll(() => started.close());

  test('no token crosses', async () => {
    const connector = connectorFor(platform, started.app, { timeoutMs: 60_000 });
    const outcome = await runJobs(
      workspaces,
      ({ token, account }) =>
        connector.open({
          tokens: { access: token, refresh: null, expiresAt: null },
          account: { id: account, name: account, endpoint: 'https://us1.api.mailchimp.com' },
        }),
      () => started.vendor.calls,
    );
    if (process.env.SIS_PRINT === '1') {
      process.stdout.write(
        `figure: ${platform}: ${JOBS} jobs, ${outcome.calls} calls, ${outcome.crossed} crossed, token changed ${outcome.changes} times\n`,
      );
    }
    expect(outcome.done).toBe(JOBS);
    expect(outcome.crossed).toBe(0);
    expect(outcome.calls).toBe(platform === 'mailchimp' ? 150 : 100);
    expect(outcome.changes).toBeGreaterThan(40);
    const whose = new Map(workspaces.map(({ token, account }) => [token, account]));
    expect(started.vendor.calls.every(({ token, account }) => whose.get(token ?? '') === account)).toBe(true);
  });
});

describe('the same jobs with what an SDK shares in the process', () => {
  let far: FarSide;
  beforeAll(async () => {
    far = await openFarSide();
    far.answer(({ path }) => ({
      status: path.includes('/tags') || path.includes('/events') ? 204 : 200,
      delayMs: 2,
      ...(path.includes('/tags') || path.includes('/events') ? {} : { body: {} }),
    }));
  });
  afterAll(() => far.close());
  const workspaces: readonly Workspace[] = ['one', 'two', 'three', 'four', 'five'].map(name => ({
    token: `token-${name}`,
    account: name,
    audience: `list${name}`,
  }));
  const seen = (): readonly Seen[] =>
    far.heard.map(({ headers, body }) => ({
      token: (headers.authorization ?? '').split(' ')[1] ?? null,
      body,
    }));

  test('Mailchimp’s module-wide client crosses tokens', async () => {
    const { default: shared } = await import('@mailchimp/mailchimp_marketing');
    const outcome = await runJobs(
      workspaces,
      async ({ token }) => {
        shared.basePath = `${far.url}/3.0`;
        shared.setConfig({ accessToken: token });
        return mailchimpClient(shared as MailchimpApi);
      },
      seen,
    );
    expect(outcome.crossed).toBeGreaterThan(0);
  });

  test('Klaviyo’s process-wide settings cross tokens', async () => {
    const sdk = await import('klaviyo-api');
    const outcome = await runJobs(
      workspaces,
      async ({ token }) => {
        new sdk.GlobalApiKeySettings(token);
        const session = new sdk.GlobalApiKeySession();
        const events = new sdk.EventsApi(session);
        const profiles = new sdk.ProfilesApi(session);
        events.basePath = far.url;
        profiles.basePath = far.url;
        const equals = (field: string, value: string): string =>
          new sdk.FilterBuilder().equals(field, value).build();
        return klaviyoClient({ events, profiles, equals } as KlaviyoApi);
      },
      seen,
    );
    expect(outcome.crossed).toBeGreaterThan(0);
  });
});
