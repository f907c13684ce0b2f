/**
 * Whose DNS says what, for the sender battery. All mails of the battery come from 127.0.0.1, so that the same table runs over SMTP on one
 * machine: domains whose SPF shall pass name that address, the others name 192.0.2.1.
 */
import { ed25519Key, keyRecord, rsaKey } from './dkim.ts';
import type { Zone } from './dns.ts';

/** Every honest domain signs with this key: what matters is whose DNS has it. */
export const KEY = rsaKey(2048);
export const ED_KEY = ed25519Key();
/** In nobody's DNS but the attacker's. */
export const ATTACKER_KEY = rsaKey(2048);
export const WEAK_KEY = rsaKey(768);

const ELSEWHERE = { TXT: [['v=spf1 ip4:192.0.2.1 -all']] };
const HERE = { TXT: [['v=spf1 ip4:127.0.0.1 -all']] };
const OURS = { TXT: keyRecord(KEY) };

function policy(text: string): Zone[string] {
  return { TXT: [[`v=DMARC1; ${text}`]] };
}

export const ZONE: Zone = {
  'reject.example': ELSEWHERE,
  '_dmarc.reject.example': policy('p=reject'),
  's1._domainkey.reject.example': OURS,
  'ed._domainkey.reject.example': { TXT: keyRecord(ED_KEY) },
  'weak._domainkey.reject.example': { TXT: keyRecord(WEAK_KEY) },
  'test._domainkey.reject.example': { TXT: keyRecord(KEY, 't=y; ') },
  'web._domainkey.reject.example': { TXT: keyRecord(KEY, 's=web; ') },
  'sha1._domainkey.reject.example': { TXT: keyRecord(KEY, 'h=sha1; ') },
  'gone._domainkey.reject.example': { TXT: [['v=DKIM1; p=']] },
  's1._domainkey.mail.reject.example': OURS,
  'quarantine.example': ELSEWHERE,
  '_dmarc.quarantine.example': policy('p=quarantine; pct=100'),
  's1._domainkey.quarantine.example': OURS,
  'monitor.example': ELSEWHERE,
  '_dmarc.monitor.example': policy('p=none; rua=mailto:reports@monitor.example'),
  's1._domainkey.monitor.example': OURS,
  'bare.example': ELSEWHERE,
  's1._domainkey.bare.example': OURS,
  'test._domainkey.bare.example': { TXT: keyRecord(KEY, 't=y; ') },
  'strict.example': ELSEWHERE,
  '_dmarc.strict.example': policy('p=reject; adkim=s; aspf=s'),
  's1._domainkey.strict.example': OURS,
  's1._domainkey.mail.strict.example': OURS,
  'mail.strict.example': HERE,
  '_dmarc.parent.example': policy('p=reject; sp=none'),
  's1._domainkey.parent.example': OURS,
  'spfonly.example': HERE,
  'spfreject.example': HERE,
  '_dmarc.spfreject.example': policy('p=reject'),
  's1._domainkey.spfreject.example': OURS,
  'mail.spfreject.example': HERE,
  's1._domainkey.twopolicies.example': OURS,
  '_dmarc.twopolicies.example': { TXT: [['v=DMARC1; p=reject'], ['v=DMARC1; p=none']] },
  's1._domainkey.oddpolicy.example': OURS,
  '_dmarc.oddpolicy.example': policy('p=strange'),
  's1._domainkey.down.example': OURS,
  '_dmarc.down.example': { broken: true },
  '_dmarc.keydown.example': policy('p=reject'),
  's1._domainkey.keydown.example': { broken: true },
  // Calendar services and those who use them.
  's1._domainkey.google.com': OURS,
  '_dmarc.google.com': policy('p=reject; sp=reject'),
  's1._domainkey.gmail.com': OURS,
  '_dmarc.gmail.com': policy('p=none; sp=quarantine'),
  'hosted.example': ELSEWHERE,
  '_dmarc.hosted.example': policy('p=reject'),
  's1._domainkey.icloud.com': OURS,
  's1._domainkey.insideicloud.icloud.com': OURS,
  '_dmarc.icloud.com': policy('p=quarantine; sp=quarantine'),
  // Somebody who has done everything right, for his own domain.
  'attacker.example': HERE,
  '_dmarc.attacker.example': policy('p=reject'),
  's1._domainkey.attacker.example': { TXT: keyRecord(ATTACKER_KEY) },
  's1._domainkey.reject.example.attacker.example': { TXT: keyRecord(ATTACKER_KEY) },
  'xn--rejct-1we.example': HERE,
  '_dmarc.xn--rejct-1we.example': policy('p=reject'),
  's1._domainkey.xn--rejct-1we.example': { TXT: keyRecord(ATTACKER_KEY) },
};
