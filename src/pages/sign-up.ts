/** What a form's address leads to, the same at every public door: a word for the page, which never tells what we know of the address (T26). */
import type { EventRecord } from '../events/event.ts';
import type { Door } from '../invites/invite.ts';
import { type RequestOutcome, requestInvite } from '../invites/request.ts';
import { overAddressLimit } from '../invites/request-limits.ts';
import { personOf } from '../invites/rows.ts';
import { parseAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { inviteAddress, type Organizer } from '../organizers/organizer.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { type Guarded, guardForm, type Said } from './form-guard.ts';
import { formOfEvent } from './form-nonce.ts';
import { waitWords } from './messages.ts';
import type { PageRequest } from './page.ts';
import type { Speech } from './speech.ts';

/** What was typed is shown again up to here: longer is no address, and no page should grow with it. */
const KEPT_CHARS = 300;

export type SignedUp =
  | Extract<Guarded, { kind: 'again' | 'challenge' }>
  | { readonly kind: 'asked'; readonly email: string; readonly from: string }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'limited'; readonly notice: Said; readonly status: number; readonly wait: number | null }
  | { readonly kind: 'closed' };

export interface SignUpAsked {
  readonly record: EventRecord;
  readonly organizer: Organizer;
  readonly door: Door;
  readonly request: PageRequest;
  readonly speech: Speech;
  readonly form: URLSearchParams;
}

/** The address as it was typed. */
export function typedIn(form: URLSearchParams): string {
  return (form.get('email') ?? '').slice(0, KEPT_CHARS);
}

/** The box "and future ones" is ticked. */
export function wantsMore(form: URLSearchParams): boolean {
  return form.get('follow') === '1';
}

export async function signUp(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'keys' | 'random' | 'settings'>,
  asked: SignUpAsked,
): Promise<SignedUp> {
  const { record: event, organizer, door, request, speech, form } = asked;
  const words = texts(speech.language).pages;
  const email = typedIn(form);
  const parsed = parseAddress(email);
  if (!parsed.ok) return { kind: 'refused', problem: words.problems[parsed.problem] };
  const guarded = await guardForm(ports, request, form, formOfEvent(event.id), speech.language);
  if (guarded.kind === 'limited') return waitBefore(guarded.retryAfterSeconds, speech.language);
  if (guarded.kind !== 'pass') return guarded;
  const follows = event.page.follow && wantsMore(form);
  const outcome = await requestInvite(ports, {
    event,
    email,
    door,
    network: request.network,
    again: form.get('again') === '1',
    check: guarded.check,
    language: speech.wish,
    // One mail then asks for both.
    digest: follows,
  });
  if (outcome.outcome === 'invalid') return { kind: 'refused', problem: words.problems.other };
  if (outcome.outcome === 'closed') return { kind: 'closed' };
  if (outcome.outcome === 'limited' && outcome.reason !== 'address_limit')
    return limitedBy(outcome, speech.language);
  const from = inviteAddress(organizer, ports.settings.mailDomain);
  if (follows) await askToFollow(ports, asked, outcome, { ...parsed.address, from });
  return { kind: 'asked', email: parsed.address.typed, from };
}

/** A mail of its own, which counts as any other that a stranger can make us send, unless it stands in for the one that confirms the invite. */
async function askToFollow(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'keys' | 'random' | 'settings'>,
  { record, organizer, speech }: SignUpAsked,
  { outcome }: RequestOutcome,
  { typed, normal, from }: { readonly typed: string; readonly normal: string; readonly from: string },
): Promise<void> {
  const unconfirmed = outcome === 'unconfirmed';
  if (!unconfirmed && (await overAddressLimit(ports, personOf(normal), false)) !== undefined) return;
  // It writes a mail: loaded by the few who follow, so that the page's function starts fast.
  const { askDigest } = await import('../invites/digest.ts');
  await askDigest(ports, {
    owner: organizer.id,
    workspace: record.workspace,
    slug: organizer.slug,
    name: organizer.name || organizer.slug,
    email: typed,
    address: normal,
    from,
    events: unconfirmed ? [record] : [],
    follow: true,
    language: speech.wish,
  });
}

/** Limits of the network and of the event are said; that of the address never is: it would tell of what others asked (T26). */
export function limitedBy(outcome: RequestOutcome, language: Language): Limited {
  const words = texts(language).pages.limited;
  if (outcome.reason === 'recipient_limit') {
    const notice = { title: words.fullTitle, body: words.full };
    return { kind: 'limited', notice, status: 409, wait: null };
  }
  return waitBefore(outcome.retryAfterSeconds ?? 60, language);
}

type Limited = Extract<SignedUp, { kind: 'limited' }>;

export function waitBefore(wait: number, language: Language): Limited {
  const words = texts(language).pages.limited;
  return {
    kind: 'limited',
    notice: { title: words.title, body: words.body(waitWords(wait, language)) },
    status: 429,
    wait,
  };
}
