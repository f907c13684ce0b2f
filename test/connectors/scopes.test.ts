/** Klaviyo's scopes: what we ask for is what our calls need, no more and no less. */
import { describe, expect, test } from '@jest/globals';
import { OPERATIONS, SCOPES } from '../../connectors/klaviyo/scopes.ts';
import { connectorFor } from '../../connectors/registry.ts';
import { KLAVIYO_OPERATIONS } from '../../src/platform/local/vendors/klaviyo/operations.ts';
import { descriptionOf } from '../support/vendor-descriptions.ts';
import { startVendor } from '../support/vendors.ts';

/** As they stand in the authorize URL. */
const ASKED = [
  'accounts:read',
  'events:read',
  'events:write',
  'lists:read',
  'lists:write',
  'profiles:read',
  'profiles:write',
  'segments:read',
  'templates:write',
  'webhooks:read',
  'webhooks:write',
];
/** For the payload of a webhook about an event. */
const WITHOUT_A_CALL = ['events:read'];

interface Described {
  readonly operationId?: string;
  readonly 'x-klaviyo-scopes'?: readonly string[];
}

describe('Klaviyo’s scopes', () => {
  test('are the ones written out here', () => {
    expect(SCOPES).toEqual(ASKED);
  });

  test('suffice for every call, and every one of them is needed by a call that is made', async () => {
    const started = await startVendor('klaviyo', { limits: false });
    try {
      const { vendor, app } = started;
      const tokens = vendor.grant(undefined, SCOPES);
      const connector = connectorFor('klaviyo', app, { timeoutMs: 60_000 });
      const account = await connector.oauth.account(tokens);
      const client = await connector.open({ tokens, account });
      const { items: lists } = await client.audiences();
      const { items: segments } = await client.audiences('segment:');
      const home = lists[0]?.id ?? '';
      const [contact] = (await client.contacts(home)).items;
      if (contact === undefined) throw new Error('the list is empty');
      await client.contacts(segments[0]?.id ?? '');
      await client.contactByReference(null, contact.reference);
      await client.contactByAddress(null, contact.address);
      const event = {
        id: 'e',
        name: 'e',
        title: 'e',
        start: null,
        timeZone: null,
        location: null,
        pageUrl: '',
      };
      const [step] = client.reportSteps({
        contact,
        audience: null,
        event,
        state: 'yes',
        previous: null,
        answer: 'yes',
        tags: { on: [], off: [] },
        at: '2026-03-01T09:00:00Z',
        uniqueId: 'u',
        backfill: false,
      });
      await step?.run();
      const button = await client.saveButton({ name: 'b', html: '<a>', standing: null });
      await client.saveButton({ name: 'b', html: '<b>', standing: button.id });
      await client.writeTokens(home, [{ contact: 'nobody', address: 'x@example.com', token: 't' }]);
      const url = 'https://invites.example.com/hooks/x';
      const hook = await client.watch({ audience: null, url, secret: 'a secret of our own' });
      await client.unwatch({ audience: null, id: hook?.id ?? '' });

      expect(vendor.calls.filter(({ status }) => status >= 400)).toEqual([]);
      const called = KLAVIYO_OPERATIONS.filter(({ method, path }) => {
        const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
        return vendor.calls.some(call => call.method === method && pattern.test(call.path));
      });
      expect(called).toHaveLength(Object.keys(OPERATIONS).length);
      const needed = new Set([...called.flatMap(({ scopes }) => scopes), ...WITHOUT_A_CALL]);
      expect([...needed].sort()).toEqual(ASKED);
    } finally {
      await started.close();
    }
    // Held against the vendor's description, each first call of a kind compiles its schemas.
  }, 120_000);

  test('are those of the vendor’s description, call by call, where there is one', () => {
    const description = descriptionOf('klaviyo');
    const described = Object.values(description?.paths ?? {})
      .flatMap(path => Object.values(path) as Described[])
      .filter(({ operationId }) => Object.hasOwn(OPERATIONS, operationId ?? ''))
      .map(operation => [operation.operationId, operation['x-klaviyo-scopes']]);
    if (description === undefined) {
      expect(Object.keys(OPERATIONS)).toHaveLength(17);
      return;
    }
    expect(Object.fromEntries(described)).toEqual(OPERATIONS);
  });
});
