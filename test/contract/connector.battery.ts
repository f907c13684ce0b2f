/** What every connector keeps, whatever its platform: run against the vendor's fake. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Connector,
  type Contact,
  type Grant,
  type PlatformClient,
  PlatformError,
  type Report,
  type ReportedState,
} from '../../connectors/contract.ts';
import type { FaultKind } from '../../src/platform/local/vendors/faults.ts';
import type { KlaviyoVendor, MailchimpVendor } from '../../src/platform/local/vendors/open.ts';
import { type FarSide, openFarSide } from '../support/far-side.ts';
import { REDIRECT_URI, type Started } from '../support/vendors.ts';

/** One platform with its fake, and what a marketer sees there. */
export interface Place {
  readonly connector: Connector;
  readonly started: Started<MailchimpVendor | KlaviyoVendor>;
  readonly account: string;
  /** The audience that holds all twelve people of the seed. */
  readonly home: string;
  /** The answers a contact stands under for an event. */
  answers(address: string, event: string): readonly string[];
  /** How often the event is recorded in the state. */
  recorded(address: string, event: string, state: ReportedState): number;
  /** The token that a merge tag would print. */
  token(address: string): string | null;
  /** Contacts of the account, all told. */
  contacts(): number;
  unsubscribe(address: string): void;
  /** What stands in the editor. */
  buttons(): readonly string[];
  forgetButtons(): void;
}

const ADA = 'ada.berg@example.com';
const NOW = Date.parse('2026-03-01T09:00:00Z');
const PEOPLE = [
  'ada.berg@example.com',
  'ben.cole@example.com',
  'cleo.diaz@example.com',
  'dev.engel@example.org',
  'emil.ford@example.org',
  'fay.grant@example.com',
  'gus.hale@example.com',
  'hana.ito@example.org',
  'ivo.janke@example.com',
  'jun.kato@example.com',
  'kim.lund@example.org',
  'lea.moor@example.org',
];

export function connectorBattery(name: string, open: () => Promise<Place>): void {
  describe(`the ${name} connector`, () => {
    let place: Place;
    let client: PlatformClient;
    beforeAll(async () => {
      place = await open();
      client = await place.connector.open(grantOf(place));
    });
    beforeEach(() => place.started.vendor.faults.clear());
    afterAll(() => place.started.close());

    describe('connecting', () => {
      test('a consent becomes tokens, and the tokens tell whose account it is', async () => {
        const { code, verifier } = await consent(place);
        const { oauth } = place.connector;
        const tokens = await oauth.exchange({ code, redirectUri: REDIRECT_URI, verifier, now: NOW });
        const account = await oauth.account(tokens);
        expect(account.id).toBe(place.account);
        expect(account.name).toMatch(/^Sandbox /);
        const connected = await place.connector.open({ tokens, account });
        expect((await connected.audiences()).items.length).toBeGreaterThan(0);
      });

      test('a code counts once, and its second use ends the grant', async () => {
        const { code, verifier } = await consent(place);
        const { oauth } = place.connector;
        const ask = { code, redirectUri: REDIRECT_URI, verifier, now: NOW };
        const tokens = await oauth.exchange(ask);
        expect(await refusal(oauth.exchange(ask))).toEqual(['reconnect', 'invalid_grant']);
        expect((await refusal(oauth.account(tokens)))[0]).toBe('reconnect');
      });

      test('a code is worth nothing at another address of ours', async () => {
        const { code, verifier } = await consent(place);
        const ask = { code, redirectUri: 'http://127.0.0.1:3000/elsewhere', verifier, now: NOW };
        expect((await refusal(place.connector.oauth.exchange(ask)))[0]).toBe('reconnect');
      });

      test('a refused consent comes back with the state and no code', async () => {
        const { url } = asked(place);
        const back = await place.started.consent(url, 'refuse');
        expect(back.searchParams.get('state')).toBe('the state');
        expect(back.searchParams.get('error')).toBe('access_denied');
        expect(back.searchParams.has('code')).toBe(false);
      });

      test('tokens that the platform no longer accepts mean connecting again', async () => {
        const tokens = { access: 'nonsense', refresh: null, expiresAt: null };
        expect((await refusal(place.connector.oauth.account(tokens)))[0]).toBe('reconnect');
        const stale = await place.connector.open({ ...grantOf(place), tokens });
        expect(await refusal(stale.contacts(place.home))).toEqual(['reconnect', 'unauthorized']);
      });
    });

    describe('reading', () => {
      test('all lists and segments come once, the home audience among them', async () => {
        const found = await all(cursor => client.audiences(cursor));
        expect(found.some(({ id }) => id === place.home)).toBe(true);
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        expect(found.filter(({ kind }) => kind === 'segment').length).toBeGreaterThan(0);
        expect(found.filter(({ kind }) => kind !== 'segment').length).toBe(2);
      });

      test('the twelve people of the audience come once, with reference, name and consent', async () => {
        const found = await all(cursor => client.contacts(place.home, cursor));
        expect(found.map(({ address }) => address).sort()).toEqual(PEOPLE);
        const ada = one(found, ADA);
        expect(ada.name).toBe('Ada Berg');
        expect(ada.consent).toBe('subscribed');
        expect(one(found, 'ivo.janke@example.com').consent).toBe('unsubscribed');
        expect(one(found, 'jun.kato@example.com').consent).toBe('cleaned');
        expect(found.every(({ id, reference }) => id !== '' && reference !== '')).toBe(true);
      });

      test('a segment holds its own people only', async () => {
        const audiences = await all(cursor => client.audiences(cursor));
        const segment = audiences.find(({ name: title }) => title.endsWith('People in Oslo'));
        const found = await all(cursor => client.contacts(segment?.id ?? '', cursor));
        expect(found.map(({ address }) => address).sort()).toEqual([
          'ada.berg@example.com',
          'cleo.diaz@example.com',
          'fay.grant@example.com',
          'jun.kato@example.com',
        ]);
      });

      test('what a merge tag prints leads to the contact, and so does his address', async () => {
        const found = await all(cursor => client.contacts(place.home, cursor));
        for (const { reference, address, consent: stands } of found) {
          const contact = await client.contactByReference(place.home, reference);
          expect([contact?.address, contact?.reference, contact?.consent]).toEqual([
            address,
            reference,
            stands,
          ]);
          expect((await client.contactByAddress(place.home, address.toUpperCase()))?.reference).toBe(
            reference,
          );
        }
      });

      test('an unknown reference or address is nobody', async () => {
        expect(await client.contactByReference(place.home, 'ABCDEF')).toBeNull();
        expect(await client.contactByAddress(place.home, 'nobody@example.com')).toBeNull();
      });

      test('what no platform gives as a reference is nobody, without a call', async () => {
        const before = place.started.vendor.calls.length;
        for (const reference of [
          '',
          '*|UNIQID|*',
          '{{ person.KlaviyoID }}',
          '../lists',
          'a"b',
          'x'.repeat(500),
        ]) {
          expect(await client.contactByReference(place.home, reference)).toBeNull();
        }
        expect(place.started.vendor.calls.length).toBe(before);
      });

      test.each(['..', 'a/b', 'a?b', '', '%2e%2e'])(
        'no path is made of the audience "%s"',
        async audience => {
          const before = place.started.vendor.calls.length;
          expect((await refusal(client.contacts(audience)))[0]).toBe('absent');
          expect(place.started.vendor.calls.length).toBe(before);
        },
      );

      test('an audience that is gone is absent', async () => {
        expect((await refusal(client.contacts('abcdef0123')))[0]).toBe('absent');
      });
    });

    describe('writing answers back', () => {
      test('a contact stands under his last answer only, each answer recorded once', async () => {
        const contact = await contactOf(place, client, 'ben.cole@example.com');
        const story: readonly ReportedState[] = ['invited', 'yes', 'maybe', 'no', 'yes'];
        let previous: ReportedState | null = null;
        for (const [index, state] of story.entries()) {
          await write(client, report(place, contact, 'Spring party', state, { previous, index }));
          previous = state;
        }
        expect(place.answers(contact.address, 'Spring party')).toEqual(['yes']);
        expect(story.map(state => place.recorded(contact.address, 'Spring party', state))).toEqual([
          1, 2, 1, 1, 2,
        ]);
      });

      test('written twice, it is recorded once', async () => {
        const contact = await contactOf(place, client, 'cleo.diaz@example.com');
        const one = report(place, contact, 'Autumn party', 'maybe', {});
        await write(client, one);
        await write(client, one);
        expect(place.answers(contact.address, 'Autumn party')).toEqual(['maybe']);
        expect(place.recorded(contact.address, 'Autumn party', 'maybe')).toBe(1);
      });

      test('an answer that was taken but not confirmed is unknown, and recorded once when tried again', async () => {
        const contact = await contactOf(place, client, 'dev.engel@example.org');
        const one = report(place, contact, 'Winter party', 'no', {});
        place.started.vendor.faults.add({ kind: 'lost', times: 1, matching: /^POST .*events/ });
        expect(await refusal(write(client, one))).toEqual(['unknown', 'connection_lost']);
        await write(client, one);
        expect(place.recorded(contact.address, 'Winter party', 'no')).toBe(1);
      });

      test('two events of one contact do not touch each other', async () => {
        const contact = await contactOf(place, client, 'fay.grant@example.com');
        await write(client, report(place, contact, 'First', 'yes', {}));
        await write(client, report(place, contact, 'Second', 'no', {}));
        expect(place.answers(contact.address, 'First')).toEqual(['yes']);
        expect(place.answers(contact.address, 'Second')).toEqual(['no']);
      });

      test('a cancelled event leaves nobody under an answer', async () => {
        const contact = await contactOf(place, client, 'gus.hale@example.com');
        await write(client, report(place, contact, 'Called off', 'yes', {}));
        await write(client, report(place, contact, 'Called off', 'cancelled', { previous: 'yes', index: 1 }));
        expect(place.answers(contact.address, 'Called off')).toEqual([]);
      });

      test('an unsubscribed contact gets his answer too, and his consent stays', async () => {
        const contact = await contactOf(place, client, 'ivo.janke@example.com');
        await write(client, report(place, contact, 'Spring party', 'yes', {}));
        expect(place.answers(contact.address, 'Spring party')).toEqual(['yes']);
        const after = await client.contactByAddress(place.home, contact.address);
        expect(after?.consent).toBe('unsubscribed');
      });

      test('a contact that is gone is absent, and is not made', async () => {
        const before = place.contacts();
        const gone: Contact = {
          id: '01AAAAAAAAAAAAAAAAAAAAAAAA',
          reference: '01AAAAAAAAAAAAAAAAAAAAAAAA',
          address: 'gone@example.com',
          name: null,
          consent: 'none',
        };
        expect((await refusal(write(client, report(place, gone, 'Spring party', 'yes', {}))))[0]).toBe(
          'absent',
        );
        expect(place.contacts()).toBe(before);
      });
    });

    describe('in the marketer’s editor', () => {
      test('a button is made, changed in its place, and made anew when it was deleted', async () => {
        place.forgetButtons();
        const made = await client.saveButton({ name: 'RSVP', html: '<a href="#1">Come</a>', standing: null });
        const changed = await client.saveButton({
          name: 'RSVP',
          html: '<a href="#2">Come</a>',
          standing: made.id,
        });
        expect(changed.id).toBe(made.id);
        expect(place.buttons()).toHaveLength(1);
        expect(place.buttons()[0]).toContain('<a href="#2">Come</a>');
        place.forgetButtons();
        const again = await client.saveButton({
          name: 'RSVP',
          html: '<a href="#3">Come</a>',
          standing: made.id,
        });
        expect(again.id).not.toBe(made.id);
        expect(place.buttons()[0]).toContain('<a href="#3">Come</a>');
      });

      test('each contact’s token is printed by its merge tag; nobody is made, no consent touched', async () => {
        const before = place.contacts();
        const found = await all(cursor => client.contacts(place.home, cursor));
        const tokens = found.map(({ id, address }) => ({ contact: id, address, token: `t-${address}` }));
        const stranger = { contact: '01BBBBBBBBBBBBBBBBBBBBBBBB', address: 'new@example.com', token: 't' };
        expect(await client.writeTokens(place.home, [...tokens, stranger])).toEqual([stranger.contact]);
        expect(found.map(({ address }) => place.token(address))).toEqual(tokens.map(({ token }) => token));
        expect(place.contacts()).toBe(before);
        const after = await all(cursor => client.contacts(place.home, cursor));
        expect(after.map(({ consent: stands }) => stands)).toEqual(
          found.map(({ consent: stands }) => stands),
        );
      });
    });

    describe('told of changes', () => {
      let ours: FarSide;
      beforeAll(async () => {
        ours = await openFarSide();
        ours.answer({ status: 200 });
      });
      afterAll(() => ours.close());

      test('an unsubscribe arrives signed, is read, and a replay after five minutes is refused', async () => {
        const { connector, started } = place;
        const url = `${ours.url}/hooks/secret-segment`;
        const secret = randomBytes(24).toString('base64url');
        const hook = await client.watch({ audience: place.home, url, secret });
        if (hook === null) throw new Error('no webhook was made');
        place.unsubscribe('hana.ito@example.org');
        await started.vendor.hooks.settled();
        const [delivered] = ours.heard.filter(({ method }) => method === 'POST');
        const raw = new TextEncoder().encode(delivered?.body ?? '');
        const headers = delivered?.headers as { readonly [name: string]: string | undefined };
        const now = Date.now();
        const delivery = { raw, headers, secret: hook.secret, now };

        expect(connector.webhooks.verify(delivery)).toBe(true);
        expect(connector.webhooks.verify({ ...delivery, headers: upper(headers) })).toBe(true);
        expect(connector.webhooks.verify({ ...delivery, headers: {} })).toBe(false);
        expect(connector.webhooks.verify({ ...delivery, secret: 'another secret' })).toBe(false);
        expect(connector.webhooks.verify({ ...delivery, secret: '' })).toBe(false);
        expect(connector.webhooks.verify({ ...delivery, raw: Buffer.concat([raw, Buffer.from(' ')]) })).toBe(
          false,
        );
        expect(connector.webhooks.verify({ ...delivery, now: now + 299_000 - 2_000 })).toBe(true);
        expect(connector.webhooks.verify({ ...delivery, now: now + 302_000 })).toBe(false);
        expect(connector.webhooks.verify({ ...delivery, now: now - 302_000 })).toBe(false);

        const notices = connector.webhooks.read(raw) ?? [];
        expect(notices).toHaveLength(1);
        expect(notices[0]?.kind).toBe('unsubscribed');
        expect(notices[0]?.contact.address).toBe('hana.ito@example.org');
        const contact = await client.contactByAddress(place.home, 'hana.ito@example.org');
        expect(notices[0]?.contact.reference).toBe(contact?.reference);
        expect(contact?.consent).toBe('unsubscribed');
        expect(connector.webhooks.read(raw)).toEqual(notices);
        expect(JSON.stringify(notices[0]?.id)).not.toContain('example.org');

        await client.unwatch({ audience: place.home, id: hook.id });
        await client.unwatch({ audience: place.home, id: hook.id });
        place.unsubscribe('emil.ford@example.org');
        await started.vendor.hooks.settled();
        expect(ours.heard.filter(({ method }) => method === 'POST')).toHaveLength(1);
      });

      test('watching the same address again leaves one webhook, with a secret that works', async () => {
        const url = `${ours.url}/hooks/another-segment`;
        const secret = randomBytes(24).toString('base64url');
        await client.watch({ audience: place.home, url, secret });
        const hook = await client.watch({ audience: place.home, url, secret });
        const before = ours.heard.length;
        place.unsubscribe('lea.moor@example.org');
        await place.started.vendor.hooks.settled();
        const delivered = ours.heard.slice(before).filter(({ method }) => method === 'POST');
        expect(delivered).toHaveLength(1);
        const raw = new TextEncoder().encode(delivered[0]?.body ?? '');
        const headers = delivered[0]?.headers as { readonly [name: string]: string | undefined };
        const verify = { raw, headers, secret: hook?.secret ?? '', now: Date.now() };
        expect(place.connector.webhooks.verify(verify)).toBe(true);
      });

      test('a body that cannot be read is null, one of no concern is empty', () => {
        expect(place.connector.webhooks.read(new Uint8Array())).toBeNull();
        expect(place.connector.webhooks.read(new Uint8Array([0xff, 0xfe, 0x00]))).toBeNull();
      });
    });

    describe('on a bad day', () => {
      const faults: readonly (readonly [FaultKind, string, string])[] = [
        ['rate_limited', 'again', 'again'],
        ['server_error', 'again', 'again'],
        ['bad_gateway', 'again', 'again'],
        ['forbidden', 'again', 'again'],
        ['refused', 'again', 'unknown'],
        ['lost', 'again', 'unknown'],
      ];
      test.each(faults)(
        '%s: a read is %s, a write %s, and each was tried once',
        async (kind, read, wrote) => {
          const contact = await contactOf(place, client, ADA);
          place.started.vendor.faults.add({ kind });
          const before = place.started.vendor.calls.length;
          expect((await refusal(client.contacts(place.home)))[0]).toBe(read);
          const [step] = client.reportSteps(report(place, contact, `Fault ${kind}`, 'yes', {}));
          expect((await refusal(step?.run() ?? Promise.resolve()))[0]).toBe(wrote);
          expect(place.started.vendor.calls.length - before).toBe(2);
        },
      );

      test('an app that was removed at the platform means connecting again', async () => {
        const { vendor } = place.started;
        const tokens = vendor.grant();
        const removed = await place.connector.open({ ...grantOf(place), tokens });
        await removed.audiences();
        for (const grant of Object.values(vendor.state.oauth.grants)) {
          if (grant.id === vendor.state.oauth.access[tokens.access]?.grant) grant.state = 'ended';
        }
        expect(await refusal(removed.contacts(place.home))).toEqual(['reconnect', 'unauthorized']);
      });
    });
  });
}

export function grantOf(place: Place): Grant {
  return {
    tokens: place.started.vendor.grant(),
    account: { id: place.account, name: 'Sandbox', endpoint: 'https://us1.api.mailchimp.com' },
  };
}

function asked(place: Place): { readonly url: string; readonly verifier: string | null } {
  const { oauth } = place.connector;
  const verifier = oauth.pkce ? randomBytes(32).toString('base64url') : null;
  const challenge = verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
  return { url: oauth.authorizeUrl({ redirectUri: REDIRECT_URI, state: 'the state', challenge }), verifier };
}

async function consent(place: Place): Promise<{ readonly code: string; readonly verifier: string | null }> {
  const { url, verifier } = asked(place);
  const back = await place.started.consent(url);
  expect(back.searchParams.get('state')).toBe('the state');
  return { code: back.searchParams.get('code') ?? '', verifier };
}

export async function refusal(call: Promise<unknown>): Promise<readonly [kind: string, code: string]> {
  try {
    await call;
  } catch (error) {
    if (error instanceof PlatformError) return [error.kind, error.code];
    throw error;
  }
  return ['none', 'none'];
}

export async function all<T>(
  page: (cursor?: string) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 50; pages += 1) {
    const { items, next } = await page(cursor);
    found.push(...items);
    if (next === null) return found;
    cursor = next;
  }
  throw new Error('the pages did not end');
}

function one(contacts: readonly Contact[], address: string): Contact {
  const found = contacts.find(contact => contact.address === address);
  if (found === undefined) throw new Error('the contact is missing');
  return found;
}

async function contactOf(place: Place, client: PlatformClient, address: string): Promise<Contact> {
  const contact = await client.contactByAddress(place.home, address);
  if (contact === null) throw new Error('the contact is missing');
  return contact;
}

export function report(
  place: Pick<Place, 'home'>,
  contact: Contact,
  event: string,
  state: ReportedState,
  more: {
    readonly previous?: ReportedState | null;
    readonly answer?: Report['answer'];
    readonly index?: number;
    readonly backfill?: boolean;
  },
): Report {
  const words = ['invited', 'yes', 'no', 'maybe', 'cancelled'];
  return {
    contact: { id: contact.id, address: contact.address },
    audience: place.home,
    event: {
      id: `evt_${event}`,
      name: event,
      title: event,
      start: '2026-04-01T18:00:00Z',
      timeZone: 'Europe/Oslo',
      location: 'Main Hall',
      pageUrl: 'https://invites.example.com/e/spring',
    },
    state,
    previous: more.previous ?? null,
    answer: more.answer ?? (state === 'yes' || state === 'no' || state === 'maybe' ? state : null),
    tags: {
      on: [`RSVP ${event}: ${state}`],
      off: words.filter(word => word !== state).map(word => `RSVP ${event}: ${word}`),
    },
    at: new Date(NOW + (more.index ?? 0) * 60_000).toISOString(),
    uniqueId: `${event} ${contact.id} ${more.index ?? 0}`,
    backfill: more.backfill ?? false,
  };
}

/** As the caller does it: in order, and what can't be repeated is looked up first. */
export async function write(client: PlatformClient, one: Report): Promise<void> {
  for (const step of client.reportSteps(one)) {
    if (!step.repeatable && (await step.done?.()) === true) continue;
    await step.run();
  }
}

function upper(headers: { readonly [name: string]: string | undefined }): {
  readonly [name: string]: string | undefined;
} {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
}
