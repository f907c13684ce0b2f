/** The platform's question to the owner of an account: may this app in? */
import { html } from '../../../../pages/html.ts';
import { messagePage } from '../../../../pages/messages.ts';
import { formOf, type PageAnswer, queryOf } from '../../../../pages/page.ts';
import { ENGLISH } from '../../../../pages/speech.ts';
import { texts } from '../../../../texts/catalogue.ts';
import { choices, pathTo, type Room, roomPage, see, titleOf } from './room.ts';

export function consentPage(room: Room): PageAnswer {
  const words = texts().sandbox.consent;
  const question = queryOf(room.request).get('question') ?? '';
  const vendor = room.sandbox[room.platform];
  const ask = vendor.state.oauth.asks[question];
  if (ask === undefined) return answeredAlready();
  const title = words.title(titleOf(room.platform));
  const accounts = Object.values<{ readonly id: string; readonly name: string }>(vendor.state.accounts);
  return roomPage(
    title,
    html`<div class="stack">
<h1>${title}</h1>
<p class="soft">${words.lead(titleOf(room.platform))}</p>
<section class="card">
<h2>${words.asks}</h2>
${ask.scopes.length === 0 ? html`<p>${words.whole}</p>` : html`<ul>${ask.scopes.map(scope => html`<li><code>${scope}</code></li>`)}</ul>`}
<form method="post" action="${pathTo(room.platform, 'consent')}">
<input type="hidden" name="question" value="${question}">
${choices(
  'account',
  words.account,
  accounts.map(({ id, name }) => ({ value: id, label: name })),
)}
<div class="actions"><button type="submit" name="decision" value="allow">${words.allow}</button><button type="submit" class="quiet" name="decision" value="refuse">${words.refuse}</button></div>
</form>
</section>
</div>`,
  );
}

export async function decideConsent(room: Room): Promise<PageAnswer> {
  const words = texts().sandbox.consent;
  const form = formOf(room.request);
  const vendor = room.sandbox[room.platform];
  const account = form?.get('account') ?? '';
  const target = Object.hasOwn(vendor.state.accounts, account)
    ? vendor.decide(
        form?.get('question') ?? '',
        form?.get('decision') === 'allow' ? 'allow' : 'refuse',
        account,
      )
    : undefined;
  if (target === undefined) return answeredAlready();
  await room.sandbox.saved();
  // A form may lead to its own origin only: with another base URL the last step is a link.
  const here = URL.parse(`http://${room.request.headers.host ?? ''}`)?.origin;
  if (new URL(target).origin === here) return see(target);
  return messagePage({
    speech: ENGLISH,
    status: 200,
    title: words.backTitle,
    paragraphs: [],
    link: { href: target, label: words.back },
    secret: true,
  });
}

function answeredAlready(): PageAnswer {
  const words = texts().sandbox.consent;
  return messagePage({
    speech: ENGLISH,
    status: 410,
    title: words.overTitle,
    paragraphs: [words.over],
    link: { href: '/connections', label: texts().sandbox.home.connections },
    secret: true,
  });
}
