/** The door of both vendors' OAuth: the question to a person, and his decision on its way back to the product. */
import { escaped } from '../../../pages/html.ts';
import { formOf, page, redirect, type VendorAnswer, type VendorRequest } from './exchange.ts';
import { type Ask, consent, type GrantRules, type GrantState, noteAsk } from './grants.ts';
import type { VendorOptions } from './vendor.ts';

/** What a person is asked: may this app have that of his account? */
export interface ConsentAsk extends Ask {
  readonly id: string;
}

export type Decision = 'allow' | 'refuse';

/** Nobody is sent anywhere by a question that isn't ours: the mistake is shown where it is. */
export function wrongAsk(sentence: string): VendorAnswer {
  return page(400, document(`<p>${escaped(sentence)}</p>`));
}

/** Back to the product with an error, as RFC 6749 4.1.2.1 has it. */
export function backWithError(
  ask: { readonly redirectUri: string; readonly state: string | null },
  error: string,
  description: string,
): string {
  return withQuery(ask.redirectUri, { error, error_description: description, state: ask.state });
}

export function putQuestion(
  options: VendorOptions,
  state: GrantState,
  rules: GrantRules,
  ask: Omit<Ask, 'at'>,
  path: string,
): VendorAnswer {
  const id = noteAsk(state, { ...options, rules }, ask);
  if (options.consentUrl !== null) return redirect(`${options.consentUrl}${id}`);
  return page(
    200,
    document(
      `<form method="post" action="${escaped(path)}"><input type="hidden" name="request" value="${id}">` +
        '<button name="decision" value="allow">Allow</button><button name="decision" value="refuse">Refuse</button></form>',
    ),
  );
}

/** Where the browser goes next. Undefined: the question was answered or is too old. */
export function decide(
  options: VendorOptions,
  state: GrantState,
  rules: GrantRules,
  id: string,
  decision: Decision,
  account: string,
): string | undefined {
  const ask = state.asks[id];
  if (ask === undefined) return undefined;
  if (decision === 'refuse') {
    delete state.asks[id];
    return backWithError(ask, 'access_denied', 'The user denied the request.');
  }
  const code = consent(state, { ...options, rules }, id, account);
  return code === undefined ? undefined : withQuery(ask.redirectUri, { code, state: ask.state });
}

/** The bare form's POST. */
export function decideByForm(
  options: VendorOptions,
  state: GrantState,
  rules: GrantRules,
  request: VendorRequest,
  account: string,
): VendorAnswer {
  const form = formOf(request);
  const decision = form.get('decision') === 'allow' ? 'allow' : 'refuse';
  const target = decide(
    options,
    state,
    rules,
    form.get('request') ?? '',
    decision,
    form.get('account') ?? account,
  );
  return target === undefined ? wrongAsk('This question was answered already.') : redirect(target);
}

function withQuery(url: string, query: { readonly [name: string]: string | null }): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) if (value !== null) target.searchParams.set(name, value);
  return target.href;
}

function document(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Connect</title><body><h1>Connect</h1>${body}</body></html>`;
}
