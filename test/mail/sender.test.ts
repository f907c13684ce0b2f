import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import type { Resolver } from '../../src/kernel/ports.ts';
import { readMail } from '../../src/mail/inbound.ts';
import { type Proof, proveSender } from '../../src/mail/sender.ts';
import { openResolver } from '../../src/platform/local/resolver.ts';
import { testClock } from '../support/clock.ts';
import { type DnsStub, startDns, zoneResolver } from '../support/dns.ts';
import { type BuiltMail, GENUINE_BUT_REPLAYED, SPOOF_CASES } from '../support/spoof-cases.ts';
import { letter } from '../support/spoof-letter.ts';
import { ZONE } from '../support/spoof-zone.ts';

const clock = testClock('2026-03-01T09:05:00Z');

async function prove(
  { raw, mailFrom }: BuiltMail,
  options: { resolver?: Resolver; loopback?: boolean; ip?: string | null } = {},
): Promise<Proof> {
  const mail = await readMail(raw, DEFAULT_LIMITS);
  const ip = options.ip === undefined ? '127.0.0.1' : options.ip;
  return proveSender(
    { resolver: options.resolver ?? zoneResolver(ZONE), clock },
    {
      raw,
      mail,
      remote: { ip, helo: 'mail.example', mailFrom, loopback: true },
      trustLoopback: options.loopback ?? false,
    },
  );
}

function caseNamed(name: string) {
  const found = SPOOF_CASES.find(entry => entry.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

describe('the sender battery (T1, T4, T5, T6)', () => {
  test('holds at least 100 mails, and no name twice', () => {
    expect(SPOOF_CASES.length).toBeGreaterThanOrEqual(100);
    expect(new Set(SPOOF_CASES.map(({ name }) => name)).size).toBe(SPOOF_CASES.length);
  });

  test.each(SPOOF_CASES.map(entry => [entry.name, entry] as const))('%s', async (_name, entry) => {
    const { level, evidence, policy, identity } = await prove(await entry.build());
    expect({ level, evidence, policy, identity }).toEqual({
      level: entry.expect,
      evidence: entry.evidence,
      policy: entry.policy,
      identity: entry.identity,
    });
  });

  test('[R-22] a forgery is never proven to be the person it forges', async () => {
    const victims = SPOOF_CASES.filter(({ honest, name }) => !honest && !GENUINE_BUT_REPLAYED.includes(name));
    for (const entry of victims) {
      const { identity } = await prove(await entry.build());
      expect([entry.name, identity]).not.toEqual([entry.name, 'jane@reject.example']);
    }
  });
});

describe('the proof', () => {
  test('a repeated mail shows by the hash of its signature', async () => {
    const genuine = await caseNamed('aligned DKIM, p=reject').build();
    const first = await prove(genuine);
    const again = await prove({ ...genuine, mailFrom: 'mallory@attacker.example' });
    const other = await prove(await caseNamed('aligned DKIM, p=reject').build({ subject: 'Another' }));
    expect(first.signatureHashes).toHaveLength(1);
    expect(first.signatureHashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(again.signatureHashes).toEqual(first.signatureHashes);
    expect(other.signatureHashes).not.toEqual(first.signatureHashes);
  });

  test('a signature that did not verify leaves no hash, so nobody can fill the set of those seen', async () => {
    const proof = await prove(await caseNamed('body changed').build());
    expect(proof.signatureHashes).toEqual([]);
  });

  test('no detail names an address', async () => {
    for (const entry of SPOOF_CASES) expect((await prove(await entry.build())).detail).not.toMatch(/@/);
  });

  test('no key is looked up for a signature that would not count', async () => {
    const resolver = zoneResolver(ZONE);
    await prove(await caseNamed('l= over everything').build(), { resolver });
    expect(resolver.asked.filter(question => question.includes('_domainkey'))).toEqual([]);
  });

  test('forty signatures cost at most eight lookups of keys', async () => {
    const { raw, mailFrom } = await caseNamed('aligned DKIM, p=reject').build();
    const many = Array.from({ length: 40 }, (_, index) =>
      raw
        .toString('latin1')
        .split('\r\nFrom:')[0]
        ?.replace('s=s1', `s=x${index}`)
        .replace(/b=([A-Za-z0-9])/, `b=${index % 10}$1`),
    );
    const resolver = zoneResolver(ZONE);
    const proof = await prove(
      { raw: Buffer.from(`${many.join('\r\n')}\r\n${raw.toString('latin1')}`, 'latin1'), mailFrom },
      { resolver },
    );
    expect(resolver.asked.filter(question => question.includes('_domainkey')).length).toBeLessThanOrEqual(8);
    expect(proof.level).toBe('failed');
  });

  test('without a network address SPF says nothing', async () => {
    const proof = await prove(await caseNamed('aligned SPF alone, no DMARC record').build(), { ip: null });
    expect(proof.level).toBe('none');
  });
});

describe('a trusted loopback connection', () => {
  test('proves From', async () => {
    const mail = await caseNamed('nothing, p=reject').build();
    expect(await prove(mail, { loopback: true })).toEqual({
      level: 'strong',
      identity: 'jane@reject.example',
      evidence: 'loopback',
      policy: null,
      relay: null,
      signatureHashes: [],
      detail: 'loopback connection',
    });
  });

  test('asks no DNS', async () => {
    const resolver = zoneResolver(ZONE);
    await prove(await caseNamed('aligned DKIM, p=reject').build(), { loopback: true, resolver });
    expect(resolver.asked).toEqual([]);
  });

  test.each(['two From, the victim first', 'two mailboxes in one From', 'a group', 'no From, a Sender'])(
    'does not help %s',
    async name => {
      expect(await prove(await caseNamed(name).build(), { loopback: true })).toMatchObject({
        level: 'failed',
        identity: null,
        evidence: 'from',
      });
    },
  );

  test('leaves iCloud’s machine mailbox weak: it speaks for its user', async () => {
    const mail = await caseNamed('iCloud for its user').build();
    expect(await prove(mail, { loopback: true })).toMatchObject({
      level: 'weak',
      identity: 'jane@reject.example',
      evidence: 'relay:icloud',
      relay: 'icloud',
    });
  });

  test('[R-22] makes Google’s mail for a user his own', async () => {
    const mail = await caseNamed('Google Calendar for a domain of its own').build();
    expect(await prove(mail, { loopback: true })).toMatchObject({
      level: 'strong',
      identity: 'jane@hosted.example',
      evidence: 'loopback',
    });
  });

  test('is not asked when the connection came from elsewhere', async () => {
    const raw = Buffer.from(letter({}, { from: 'jane@reject.example' }), 'latin1');
    const mail = await readMail(raw, DEFAULT_LIMITS);
    const proof = await proveSender(
      { resolver: zoneResolver(ZONE), clock },
      {
        raw,
        mail,
        remote: { ip: '198.51.100.7', helo: 'x.example', mailFrom: '', loopback: false },
        trustLoopback: true,
      },
    );
    expect(proof.level).toBe('failed');
  });
});

describe('the same battery over real DNS', () => {
  let dns: DnsStub;
  beforeAll(async () => {
    dns = await startDns(ZONE);
  });
  afterAll(() => dns.close());

  test('every case but those of a broken server comes out the same', async () => {
    const resolver = openResolver(dns.address);
    for (const entry of SPOOF_CASES.filter(({ evidence }) => evidence !== 'dns-unavailable')) {
      const { level, identity } = await prove(await entry.build(), { resolver });
      expect([entry.name, level, identity]).toEqual([entry.name, entry.expect, entry.identity]);
    }
    expect(dns.asked).toContain('TXT _dmarc.reject.example');
  });
});
