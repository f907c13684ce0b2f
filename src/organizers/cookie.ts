/** Cookies of ours: read out of a header, written for a browser. */
import type { Settings } from '../kernel/ports.ts';

/** The signed-in browser. */
export const SESSION_COOKIE = 'sis_session';
/** The browser that asked for a sign-in link. */
export const ASKING_COOKIE = 'sis_browser';

/** Only the first cookie of that name: what a neighbouring host planted comes behind or instead, and then opens nothing. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Never for a script to read, never sent along with what another site's page asks for. `seconds` 0 takes it away. */
export function cookieFor(
  settings: Pick<Settings, 'baseUrl'>,
  cookie: { readonly name: string; readonly value: string; readonly seconds: number },
): string {
  const secure = settings.baseUrl.startsWith('https:') ? '; Secure' : '';
  return `${cookie.name}=${cookie.value}; Path=/; Max-Age=${cookie.seconds}; HttpOnly; SameSite=Lax${secure}`;
}
