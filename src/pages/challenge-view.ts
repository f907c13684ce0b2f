/** The moment in which a browser does its sum. Nothing has to be pressed; without a script one press asks for a mail first. */
import type { Challenge } from '../invites/challenge.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { CHALLENGE_SCRIPT } from './challenge-script.ts';
import { nonceField } from './form-nonce.ts';
import { type Html, html } from './html.ts';
import type { PageScript } from './page-script.ts';

export interface ChallengeShown {
  readonly action: string;
  readonly challenge: Challenge;
  readonly nonce: string;
  /** What was typed and picked, sent once more. */
  readonly form: URLSearchParams;
  readonly language?: Language;
}

const KEPT = ['email', 'again', 'event', 'follow'] as const;
/** More picks than a page takes are refused before. */
const KEPT_OF_ONE = 50;

export function challengeContent(shown: ChallengeShown): {
  readonly title: string;
  readonly body: Html;
  readonly script: PageScript;
} {
  return { title: texts(shown.language).guard.title, body: challengeBody(shown), script: CHALLENGE_SCRIPT };
}

function challengeBody({ action, challenge, nonce, form, language }: ChallengeShown): Html {
  const words = texts(language).guard;
  const { salt, hash, most, sealed } = challenge;
  return html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.body}</p>
<form method="post" action="${action}" target="_self" data-salt="${salt}" data-hash="${hash}" data-most="${most}">
${nonceField(nonce)}
<input type="hidden" name="challenge" value="${sealed}">
<input type="hidden" name="solution" value="">
${KEPT.map(name =>
  form
    .getAll(name)
    .slice(0, KEPT_OF_ONE)
    .map(value => html`<input type="hidden" name="${name}" value="${value}">`),
)}
<p class="notice" role="status" data-busy hidden>${words.busy}</p>
<div class="stack below"><p class="soft">${words.mailFirst}</p>
<button class="quiet" type="submit" name="check" value="1">${words.button}</button></div>
</form>
</div>`;
}
