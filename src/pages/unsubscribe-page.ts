/** `/u/<token>`: GET shows the buttons, POST stops the mails; takes the one-click body of mail programs too (RFC 8058). */
import {
  resubscribe,
  type UnsubscribeOutcome,
  unsubscribe,
  unsubscribeView,
} from '../invites/unsubscribe.ts';
import { maskAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { texts } from '../texts/catalogue.ts';
import { framed } from './document.ts';
import { type Html, html } from './html.ts';
import { expiredPage, missingPage } from './messages.ts';
import { formOf, isReading, type PageAnswer, type PageRequest, pathOf, queryOf } from './page.ts';

export async function unsubscribePage(
  ports: Ports,
  request: PageRequest,
  token: string,
): Promise<PageAnswer> {
  const notMe = queryOf(request).get('not-me') === '1';
  const action = pathOf(request);
  const outcome = isReading(request)
    ? await unsubscribeView(ports, token)
    : await act(ports, token, notMe, formOf(request));
  switch (outcome.outcome) {
    case 'damaged':
      return missingPage('link');
    case 'expired':
      return expiredPage();
    case 'found':
      return notMe ? notMePage(action) : askPage(action, outcome.invite.email);
    case 'resubscribed':
      return backPage();
    case 'removed':
    case 'unsubscribed':
      return donePage(action, notMe, outcome.outcome === 'removed');
  }
}

/** Without a form (a mail program may send its one-click body in another encoding) the link alone says what to do. */
async function act(
  ports: Ports,
  token: string,
  notMe: boolean,
  form: URLSearchParams | null,
): Promise<UnsubscribeOutcome> {
  if (form?.get('undo') === '1') return resubscribe(ports, token);
  return unsubscribe(ports, token, { notMe, remove: form?.get('remove') === '1' });
}

function askPage(action: string, email: string): PageAnswer {
  const words = texts().pages.unsubscribe;
  return page(
    words.title,
    html`<p>${words.body(maskAddress(email))}</p>
<p>${words.effect}</p>
<form method="post" action="${action}">
<div class="actions">
<button type="submit">${words.button}</button>
<button class="quiet" type="submit" name="remove" value="1">${words.remove}</button>
</div>
</form>`,
  );
}

function notMePage(action: string): PageAnswer {
  const words = texts().pages.unsubscribe;
  return page(
    words.notMeTitle,
    html`<p>${words.notMeEffect}</p>
<form method="post" action="${action}?not-me=1"><button type="submit">${words.notMeButton}</button></form>`,
  );
}

function donePage(action: string, notMe: boolean, removed: boolean): PageAnswer {
  const words = texts().pages.unsubscribe;
  if (notMe) return page(words.doneTitle, html`<p role="status">${words.notMeDone}</p>`);
  return page(
    words.doneTitle,
    html`<p role="status">${words.done}${removed ? ` ${words.removed}` : ''}</p>
<h2>${words.mistake}</h2>
<form method="post" action="${action}">
<input type="hidden" name="undo" value="1">
<button class="quiet" type="submit">${words.undo}</button>
</form>`,
  );
}

function backPage(): PageAnswer {
  const words = texts().pages.unsubscribe;
  return page(words.backTitle, html`<p role="status">${words.backAgain}</p>`);
}

function page(title: string, body: Html): PageAnswer {
  const content = html`<div class="stack"><h1>${title}</h1>${body}</div>`;
  return framed({ title, body: content, width: 'narrow', secret: true });
}
