/** What each mail of the spoof battery may come to, step by step, written out from what the case says about itself and never from the product. */
import type { SpoofCase } from '../support/spoof-cases.ts';

export const STEPS = ['create', 'update', 'cancel', 'reply'] as const;
export type Step = (typeof STEPS)[number];

/**
 * `applied`: done at once. `held`: done once the person it speaks for presses. `later`: done once DNS answers again. `nothing`: everybody's
 * things stay as they are.
 */
export type Effect = 'applied' | 'held' | 'later' | 'nothing';

export interface Expected {
  readonly effect: Effect;
  readonly outcome: string | null;
  readonly reason: string | null;
}

const REPLAYED = 'a genuine mail sent once more by somebody else';
const SENT_BY = 'SENT-BY names the sender';
const PASSED_ON = 'a private invitation that its guest sends on to us unchanged';
const BAD_ENVELOPE = 'forged results smuggled through a quoted envelope sender';

/** Whose event the forger is after; everybody else's is jane@reject.example. */
const VICTIMS: { readonly [name: string]: string } = {
  'nothing, p=quarantine': 'jane@quarantine.example',
  'nothing, p=none': 'jane@monitor.example',
  'nothing, no DMARC record': 'jane@bare.example',
  'no DMARC record, the domain forbids this sender': 'jane@bare.example',
  'null return path': 'jane@bare.example',
  'a made-up subdomain of p=reject': 'jane@anything.reject.example',
  'a made-up subdomain under sp=none': 'jane@anything.parent.example',
  'strict SPF alignment, a subdomain in the return path': 'jane@strict.example',
  'DKIM of another domain, quarantine.example': 'jane@quarantine.example',
  'DKIM of another domain, monitor.example': 'jane@monitor.example',
  'DKIM of another domain, no DMARC record': 'jane@bare.example',
  'strict alignment, a subdomain signs': 'jane@strict.example',
  'body changed, no DMARC record': 'jane@bare.example',
  'From changed to a colleague': 'boss@reject.example',
  'a selector that has no key, no DMARC record': 'jane@bare.example',
  'a key in test mode, no DMARC record': 'jane@bare.example',
  'Subject not signed, no DMARC record': 'jane@bare.example',
  'a second From on top of a genuine mail': 'boss@reject.example',
  'Google’s Sender without a signature': 'jane@hosted.example',
  'Google’s Sender added behind the signature': 'jane@hosted.example',
  'Google’s Sender signed by a customer domain of Google': 'jane@hosted.example',
  'Google’s Sender signed by the attacker': 'jane@hosted.example',
  'a Sender that only starts like Google’s': 'jane@hosted.example',
  'Google’s Sender as a name only': 'jane@hosted.example',
  // Honest ones that nobody can prove at the moment.
  'the policy cannot be looked up': 'jane@down.example',
  'the key cannot be looked up': 'jane@keydown.example',
};

/** The person in whose name the mail speaks. */
export function personOf(spoof: SpoofCase): string {
  return (spoof.honest ? spoof.identity : null) ?? VICTIMS[spoof.name] ?? 'jane@reject.example';
}

export function isReplay(spoof: SpoofCase): boolean {
  return spoof.name === REPLAYED;
}

/** An answer in somebody's own words is his answer, whoever carries it. */
export function stepsOf(spoof: SpoofCase): readonly Step[] {
  return spoof.name === PASSED_ON ? STEPS.filter(step => step !== 'reply') : STEPS;
}

export function expectedOf(spoof: SpoofCase, step: Step): Expected {
  return spoof.honest ? honest(spoof, step) : forged(spoof, step);
}

function honest(spoof: SpoofCase, step: Step): Expected {
  const done = { effect: 'applied', outcome: step === 'reply' ? 'reply' : 'applied', reason: null } as const;
  if (spoof.evidence === 'dns-unavailable') return { ...done, effect: 'later' };
  if (spoof.expect === 'strong') return done;
  if (step !== 'reply') return { effect: 'held', outcome: 'draft', reason: 'unconfirmed' };
  // iCloud names the organizer, and the organizer of an invite is not who answers it: taken as unproven, so a proven answer stands.
  if (spoof.evidence === 'relay:icloud') return { effect: 'nothing', outcome: 'reply', reason: 'weaker' };
  return done;
}

function forged(spoof: SpoofCase, step: Step): Expected {
  if (spoof.name === BAD_ENVELOPE) return nothing('refused', '501');
  if (step === 'reply') return forgedReply(spoof);
  if (isReplay(spoof)) return nothing('duplicate', 'replayed');
  // Proven to be nobody: silence.
  if (spoof.identity === null) return nothing('quarantined', spoof.evidence);
  // Proven to be himself, so not the organizer.
  if (spoof.name === SENT_BY) return nothing('draft', 'unconfirmed');
  return nothing('rejected', 'forwarded');
}

/** A stranger's answer leaves a proven one as it is; where the domain wants it, or nobody can say who sent it, it is not even read. */
function forgedReply(spoof: SpoofCase): Expected {
  if (isReplay(spoof)) return nothing('reply', null);
  if (spoof.evidence === 'from') return nothing('quarantined', '*');
  if (spoof.expect === 'failed' && spoof.policy === 'reject') return nothing('quarantined', spoof.evidence);
  return nothing('reply', 'weaker');
}

function nothing(outcome: string, reason: string | null): Expected {
  return { effect: 'nothing', outcome, reason };
}
