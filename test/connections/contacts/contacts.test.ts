import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Contact } from '../../../connectors/contract.ts';
import { withClient } from '../../../src/connections/account/client.ts';
import type { Connection } from '../../../src/connections/account/connection.ts';
import { noteHealth } from '../../../src/connections/account/store.ts';
import {
  askContact,
  contactByAddressOf,
  contactOf,
  contactRowId,
  rekeyContact,
  rememberContact,
} from '../../../src/connections/contacts/contacts.ts';
import { lookUpContact, resolveContact } from '../../../src/connections/contacts/resolve-contact.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  signedIn,
} from '../../support/connected.ts';

const BOTH = ['mailchimp', 'klaviyo'] as const;

describe.each(BOTH)('contacts of %s', platform => {
  let world: AccountsWorld;
  let browser: Browser;
  let connection: Connection;
  let audience: string;
  let somebody: Contact;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
    connection = await connected(world, browser, platform);
    await world.runJobs();
    const found = await withClient(world, connection, async client => {
      const { items } = await client.audiences();
      const first = items[0]?.id ?? '';
      const people = await client.contacts(first);
      return { first, person: people.items.find(({ consent }) => consent === 'subscribed') };
    });
    audience = found.first;
    if (found.person === undefined) throw new Error('nobody there');
    somebody = found.person;
  });
  afterEach(async () => world.close());

  const at = (reference = somebody.reference) => ({ connection: connection.id, audience, reference });
  const apiCalls = () => world[platform].vendor.calls.filter(({ path }) => !path.startsWith('/oauth')).length;
  const waiting = async () => [
    ...(await world.jobs.take('fast', 10, 1)),
    ...(await world.jobs.take('bulk', 10, 1)),
  ];

  test('a reference is unknown, then asked for, then known with its address, name and consent', async () => {
    expect(await contactOf(world, at())).toEqual({ state: 'unknown' });
    expect(await askContact(world, at())).toEqual({ state: 'asked' });
    await world.runJobs();
    const { id, address, name, consent } = somebody;
    expect(await contactOf(world, at())).toEqual({ state: 'known', contact: id, address, name, consent });
    const calls = apiCalls();
    expect((await askContact(world, at())).state).toBe('known');
    expect(apiCalls()).toBe(calls);
  });

  test('twenty who ask at once plan one job, whose body holds neither address nor reference', async () => {
    const states = await Promise.all(Array.from({ length: 20 }, () => askContact(world, at())));
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['asked']));
    const jobs = await waiting();
    expect(jobs.map(({ kind, lane }) => [kind, lane])).toEqual([['contact', 'fast']]);
    expect(JSON.stringify(jobs)).not.toContain(somebody.reference);
    expect(JSON.stringify(jobs)).not.toContain(somebody.address);
  });

  test('nothing is asked for a tag that was never filled in, nor for one no platform made', async () => {
    for (const reference of ['', '*|UNIQID|*', '{{ person.KlaviyoID }}', 'x'.repeat(201)]) {
      expect(await askContact(world, at(reference))).toEqual({ state: 'absent' });
    }
    expect(await waiting()).toEqual([]);
  });

  test('who isn’t there is absent for some minutes, then asked for again', async () => {
    const nobody = platform === 'mailchimp' ? '0123456789' : '01J0000000000000000000000Z';
    await askContact(world, at(nobody));
    await world.runJobs();
    expect(await contactOf(world, at(nobody))).toEqual({ state: 'absent' });
    world.clock.advance(301_000);
    expect(await askContact(world, at(nobody))).toEqual({ state: 'asked' });
  });

  test('after a day the answer no longer counts', async () => {
    await askContact(world, at());
    await world.runJobs();
    world.clock.advance(86_400_000);
    expect(await contactOf(world, at())).toEqual({ state: 'unknown' });
    expect(await askContact(world, at())).toEqual({ state: 'asked' });
    await world.runJobs();
    expect((await contactOf(world, at())).state).toBe('known');
  });

  test('a reference is looked up inside its own connection only', async () => {
    const accounts = Object.keys(world[platform].vendor.state.accounts);
    const stranger = await signedIn(world, 'sam@example.org');
    const theirs = await connected(world, stranger, platform, accounts[1]);
    const there = { connection: theirs.id, audience: null, reference: somebody.reference };
    await askContact(world, at());
    if (platform === 'klaviyo') {
      await askContact(world, there);
      await world.runJobs();
      expect(await contactOf(world, there)).toEqual({ state: 'absent' });
    }
    expect(await contactOf(world, { ...there, audience })).toEqual({ state: 'unknown' });
  });

  test('more than so many questions a minute for one connection are put off, with a sentence', async () => {
    const limits = { ...world.settings.limits, CONTACT_ASKS_PER_CONNECTION_MINUTE: 3 };
    const tight = { ...world, settings: { ...world.settings, limits } };
    const states = [];
    for (let n = 0; n < 5; n += 1) states.push(await askContact(tight, at(`00000000${n}0`)));
    expect(states.map(({ state }) => state)).toEqual([
      'asked',
      'asked',
      'asked',
      'unavailable',
      'unavailable',
    ]);
    expect(states[4]).toMatchObject({
      sentence: 'Very many people open this right now. Please try again in a minute.',
    });
  });

  test('a platform that is away is asked five times, then said to be away, then asked anew', async () => {
    world[platform].vendor.faults.add({ kind: 'server_error' });
    await askContact(world, at());
    for (let n = 0; n < 10; n += 1) {
      await world.runJobs();
      world.clock.advance(20_000);
      if ((await world.table.get({ pk: `C#${connection.id}`, sk: rowOf() }))?.state === 'unavailable') break;
    }
    expect((await world.table.get({ pk: `C#${connection.id}`, sk: rowOf() }))?.state).toBe('unavailable');
    world[platform].vendor.faults.clear();
    world.clock.advance(61_000);
    expect(await askContact(world, at())).toEqual({ state: 'asked' });
    await world.runJobs();
    expect((await contactOf(world, at())).state).toBe('known');
  });

  test('an account that must be connected anew is not asked', async () => {
    await noteHealth(world, connection.id, { state: 'needs_reconnect', problem: 'gone' });
    expect((await askContact(world, at())).state).toBe('unavailable');
    // Its people are told; nobody asks for the contact.
    expect((await waiting()).map(({ kind }) => kind)).toEqual(['connection-over']);
  });

  test('a contact is found by its address again, whatever the spelling', async () => {
    await rememberContact(world, { connection: connection.id, audience, contact: somebody });
    const found = await contactByAddressOf(world, {
      connection: connection.id,
      address: somebody.address.toUpperCase(),
    });
    expect(found).toEqual({ id: somebody.id, audience, reference: somebody.reference });
    const other = { connection: connection.id, address: 'nobody@example.org' };
    expect(await contactByAddressOf(world, other)).toBeNull();
    expect((await contactOf(world, at())).state).toBe('known');
  });

  test('after a change of its reference an old link still finds the contact, a month later too', async () => {
    const old = 'an-old-one';
    const contact = { ...somebody, reference: old };
    await rememberContact(world, { connection: connection.id, audience, contact });
    await rekeyContact(world, connection.id, {
      from: { id: null, reference: old, address: null },
      to: { id: null, reference: somebody.reference, address: null },
    });
    expect(await contactOf(world, at(old))).toEqual({ state: 'unknown' });
    for (let month = 0; month < 2; month += 1) {
      await askContact(world, at(old));
      await world.runJobs();
      expect(await contactOf(world, at(old))).toMatchObject({ state: 'known', address: somebody.address });
      world.clock.advance(40 * 86_400_000);
    }
  });

  test('a look-up in a job’s own place needs no row before it', async () => {
    expect(await lookUpContact(world, at())).toMatchObject({ state: 'known', address: somebody.address });
    world[platform].vendor.faults.add({ kind: 'server_error', times: 1 });
    await expect(lookUpContact(world, at('9999999999'))).rejects.toMatchObject({ kind: 'again' });
  });

  test('a job for a row that is gone, or was never one, does nothing', async () => {
    const calls = apiCalls();
    expect(await resolveContact(world, { contact: contactRowId(at('gone')) })).toEqual({ done: true });
    expect(await resolveContact(world, { contact: '../etc' })).toEqual({ done: true });
    expect(apiCalls()).toBe(calls);
  });

  function rowOf(): string {
    const [, hash = '', rest = ''] = contactRowId(at()).split('/');
    return `CT#${hash}#${rest}`;
  }
});
