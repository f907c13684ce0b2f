/**
 * `/signin`: asks for a link. `/signin/<token>`: one form whose POST signs in, in the browser that asked; elsewhere a code to type there.
 * `/signin/code`: takes that code. GET shows, POST acts (D9).
 */
import { parseAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { ASKING_COOKIE, cookieFor, cookieIn, SESSION_COOKIE } from '../organizers/cookie.ts';
import { endSession, sessionOf } from '../organizers/session.ts';
import {
  askSignIn,
  type Looked,
  lookAtSignIn,
  type SignedIn,
  safeNext,
  signIn,
  signInByCode,
} from '../organizers/sign-in.ts';
import { texts } from '../texts/catalogue.ts';
import { missingPage, waitWords, wrongPage } from './messages.ts';
import { formOf, isFromAnotherSite, isReading, type PageAnswer, type PageRequest, queryOf } from './page.ts';
import {
  codePage,
  elsewherePage,
  type FormShown,
  formPage,
  overPage,
  pressPage,
  sentPage,
} from './signin-view.ts';
import { speechOf } from './speech.ts';

const KEPT_CHARS = 300;

export async function signinPage(ports: Ports, request: PageRequest): Promise<PageAnswer> {
  if (isReading(request)) return showForm(ports, request);
  const speech = speechOf(request);
  const { language } = speech;
  const form = formOf(request);
  if (form === null) return wrongPage(speech, 'type');
  const email = (form.get('email') ?? '').slice(0, KEPT_CHARS);
  const next = safeNext(form.get('next'));
  const again: FormShown = { speech, email, next, problem: null, notice: null };
  const words = texts(language).signin;
  if (isFromAnotherSite(request)) return formPage(ports, { ...again, notice: words.once });
  const { network } = request;
  const browser = askingBrowser(request);
  const asked = await askSignIn(ports, { email, next, browser, network, language });
  switch (asked.kind) {
    case 'invalid':
      return formPage(ports, { ...again, problem: texts(language).pages.problems[asked.problem] }, 400);
    case 'limited': {
      const body = words.limited.body(waitWords(asked.retryAfterSeconds, language));
      const wait = { 'retry-after': String(asked.retryAfterSeconds) };
      return formPage(ports, { ...again, notice: { title: words.limited.title, body } }, 429, wait);
    }
    case 'asked': {
      const parsed = parseAddress(email);
      const typed = parsed.ok ? parsed.address.typed : email;
      const seconds = ports.settings.limits.SIGNIN_SECONDS;
      const cookie = cookieFor(ports.settings, { name: ASKING_COOKIE, value: asked.browser, seconds });
      return sentPage(ports, { speech, email: typed, next }, { 'set-cookie': cookie });
    }
  }
}

export async function signinLinkPage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const browser = askingBrowser(request);
  if (isReading(request)) {
    return linkAnswer(ports, request, await lookAtSignIn(ports, { token, browser }), token);
  }
  if (formOf(request) === null) return wrongPage(speechOf(request), 'type');
  // Another site's page must not sign a browser in as somebody else (login CSRF).
  if (isFromAnotherSite(request)) {
    return linkAnswer(ports, request, await lookAtSignIn(ports, { token, browser }), token);
  }
  const agent = request.headers['user-agent'];
  const outcome = await signIn(ports, { token, browser, agent });
  return outcome.kind === 'signed_in'
    ? enterWith(ports, request, outcome)
    : linkAnswer(ports, request, outcome, token);
}

export async function signinCodePage(ports: Ports, request: PageRequest): Promise<PageAnswer> {
  const speech = speechOf(request);
  const { language } = speech;
  const words = texts(language).signin.sent;
  if (isReading(request)) return codePage(speech, null, 200);
  const form = formOf(request);
  if (form === null) return wrongPage(speech, 'type');
  if (isFromAnotherSite(request)) return codePage(speech, null, 200);
  const code = (form.get('code') ?? '').slice(0, KEPT_CHARS);
  const agent = request.headers['user-agent'];
  const tried = await signInByCode(ports, { code, browser: askingBrowser(request), agent });
  switch (tried.kind) {
    case 'signed_in':
      return enterWith(ports, request, tried);
    case 'wrong':
      return codePage(speech, words.wrong, 400);
    case 'limited': {
      const wait = { 'retry-after': String(tried.retryAfterSeconds) };
      return codePage(speech, words.tooMany(waitWords(tried.retryAfterSeconds, language)), 429, wait);
    }
  }
}

/** Who is signed in goes on; a cookie that opens nothing any more is taken away. */
async function showForm(ports: Ports, request: PageRequest): Promise<PageAnswer> {
  const query = queryOf(request);
  const next = safeNext(query.get('next'));
  const { cookie } = request.headers;
  const session = await sessionOf(ports, cookie);
  if (session !== null) return goTo(next, {});
  const dead = cookieIn(cookie, SESSION_COOKIE) !== undefined;
  const shown = { speech: speechOf(request), email: '', next, problem: null, notice: null };
  const gone = cookieFor(ports.settings, { name: SESSION_COOKIE, value: '', seconds: 0 });
  return formPage(ports, shown, 200, dead ? { 'set-cookie': gone } : {});
}

async function linkAnswer(
  ports: Ports,
  request: PageRequest,
  looked: Looked | Exclude<SignedIn, { kind: 'signed_in' }>,
  token: string,
): Promise<PageAnswer> {
  const speech = speechOf(request);
  switch (looked.kind) {
    case 'here':
      return pressPage(speech, { action: `/signin/${token}`, masked: looked.masked });
    case 'elsewhere':
      return elsewherePage(speech, looked.code);
    case 'over':
      return overPage(speech, (await sessionOf(ports, request.headers.cookie)) !== null);
    case 'unknown':
      return missingPage(speech, 'link');
  }
}

/** A session that this browser had before ends: nothing is left open that nobody sees. */
async function enterWith(
  ports: Ports,
  request: PageRequest,
  { cookie, next }: { readonly cookie: string; readonly next: string },
): Promise<PageAnswer> {
  const before = await sessionOf(ports, request.headers.cookie);
  if (before !== null) await endSession(ports, before);
  const seconds = ports.settings.limits.SESSION_SECONDS;
  return goTo(next, {
    'set-cookie': cookieFor(ports.settings, { name: SESSION_COOKIE, value: cookie, seconds }),
  });
}

/** 303: what follows is read, whatever was asked before. */
function goTo(path: string, headers: { readonly [name: string]: string }): PageAnswer {
  const own = { location: path, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return { status: 303, headers: { ...own, ...headers }, body: '' };
}

function askingBrowser(request: PageRequest): string | null {
  return cookieIn(request.headers.cookie, ASKING_COOKIE) ?? null;
}
