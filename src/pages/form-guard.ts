/** What a public form passes before it does anything: from our own page, of today, and from a network that doesn't flood. The same at every door. */
import { type Challenge, giveUpChallenge, newChallenge, takeSolution } from '../invites/challenge.ts';
import { isSuspicious, overCheckLimit } from '../invites/suspicion.ts';
import type { Ports } from '../kernel/ports.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { isOurForm } from './form-nonce.ts';
import { isFromAnotherSite, type PageRequest } from './page.ts';

export interface Said {
  readonly title: string;
  readonly body: string;
}

export type Guarded =
  /** `check`: the address itself must say yes first. */
  | { readonly kind: 'pass'; readonly check: boolean }
  /** Nothing is wrong with what was typed: it wants one more press. */
  | { readonly kind: 'again'; readonly notice: Said }
  | { readonly kind: 'challenge'; readonly challenge: Challenge }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

type GuardPorts = Pick<Ports, 'table' | 'clock' | 'keys' | 'random' | 'settings'>;

/** `page` as for the nonce. */
export async function guardForm(
  ports: GuardPorts,
  request: PageRequest,
  form: URLSearchParams,
  page: string,
  language: Language = 'en',
): Promise<Guarded> {
  const words = texts(language);
  if (isFromAnotherSite(request)) return { kind: 'again', notice: words.pages.once };
  if (!isOurForm(ports, request, page, form)) return { kind: 'again', notice: words.press.old };
  if (!(await isSuspicious(ports, request.network))) return { kind: 'pass', check: false };
  const sealed = form.get('challenge') ?? '';
  if (form.get('check') === '1' && (await giveUpChallenge(ports, page, sealed))) {
    const retryAfterSeconds = await overCheckLimit(ports, request.network);
    return retryAfterSeconds === null
      ? { kind: 'pass', check: true }
      : { kind: 'limited', retryAfterSeconds };
  }
  const solution = form.get('solution') ?? '';
  if ((await takeSolution(ports, page, { sealed, solution })) === 'solved')
    return { kind: 'pass', check: false };
  return { kind: 'challenge', challenge: newChallenge(ports, page) };
}
