/**
 * Whether what is proven of a mail is enough to act on (D8, "Relays"). Weak evidence becomes enough once the address itself has
 * confirmed it: the pair (way of proof, address) is remembered then. Rows `V#<address hash>` / `<pair>`.
 */
import { addressHash, domainOf } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import type { Proof } from '../mail/sender.ts';
import { organizerByAddress } from '../organizers/store.ts';
import type { Speaker } from './speaker.ts';

type TablePort = Pick<Ports, 'table'>;
type Speaking = Extract<Speaker, { address: string }>;

/** Domains whose users don't know each other: there a neighbour's SENT-BY says nothing. */
const PUBLIC_MAIL =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|gmx|web|mail|proton|protonmail|pm|zoho|yandex|qq|163|126|t-online|freenet|orange|wanadoo|free|laposte|sfr|libero|virgilio|btinternet|comcast|verizon|att|sbcglobal|cox|charter|fastmail|hey|tutanota|tuta|posteo|mailbox|bluewin|ziggo|kpnmail|telenet|seznam|wp|o2|onet|interia|naver|daum|rediffmail|uol|bol|terra)\.[a-z.]{2,6}$/;

/** What a confirmation would make enough; null: each mail of this kind waits for its own. */
export function pairOf(proof: Pick<Proof, 'relay' | 'evidence'>): string | null {
  if (proof.relay !== null) return `relay:${proof.relay}`;
  return proof.evidence === 'dkim' ? 'dkim' : null;
}

export interface Judged {
  /** Null: enough. Else why it must wait. */
  readonly wait: 'unconfirmed' | null;
  /** Remembered when the address confirms. */
  readonly pair: string | null;
}

/** `madeBy`: address hashes of the delegates who made the event in question; null when there is no such event. */
export async function judge(
  ports: TablePort,
  proof: Pick<Proof, 'level' | 'relay' | 'evidence'>,
  speaker: Speaking,
  madeBy: readonly string[] | null,
): Promise<Judged> {
  const sender = speaker.kind === 'delegate' ? speaker.delegate : speaker.address;
  const way = pairOf(proof);
  if (proof.level !== 'strong' && !(way !== null && (await isRemembered(ports, sender, way)))) {
    // The link goes to the organizer: what a delegate's weak mail proves it cannot tell.
    return { wait: 'unconfirmed', pair: speaker.kind === 'delegate' ? null : way };
  }
  if (speaker.kind === 'organizer') return { wait: null, pair: null };
  const pair = `delegate:${addressHash(speaker.delegate)}`;
  const enough =
    (await isRemembered(ports, speaker.address, pair)) ||
    (await inOneWorkspace(ports, speaker)) ||
    isColleague(speaker, madeBy);
  return { wait: enough ? null : 'unconfirmed', pair };
}

export async function remember(
  ports: Pick<Ports, 'table' | 'clock'>,
  address: string,
  pair: string,
): Promise<void> {
  const confirmedAt = new Date(ports.clock.now()).toISOString();
  await ports.table.put(
    { pk: `V#${addressHash(address)}`, sk: pair, confirmedAt },
    { if: { row: 'absent' } },
  );
}

async function isRemembered(ports: TablePort, address: string, pair: string): Promise<boolean> {
  return (await ports.table.get({ pk: `V#${addressHash(address)}`, sk: pair })) !== undefined;
}

async function inOneWorkspace(
  ports: TablePort,
  speaker: { readonly address: string; readonly delegate: string },
): Promise<boolean> {
  const own = await organizerByAddress(ports, speaker.address);
  if (own === undefined) return false;
  return (await organizerByAddress(ports, speaker.delegate))?.workspace === own.workspace;
}

/** A colleague may make a new event, and change what he made; never what the organizer made himself (P5). */
function isColleague(
  speaker: { readonly address: string; readonly delegate: string },
  madeBy: readonly string[] | null,
): boolean {
  const domain = domainOf(speaker.address);
  if (domain !== domainOf(speaker.delegate) || PUBLIC_MAIL.test(domain)) return false;
  return madeBy === null || madeBy.includes(addressHash(speaker.delegate));
}
