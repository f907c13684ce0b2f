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
import { inSpeech, type Speech, speechFor, speechOf } from './speech.ts';

export async function unsubscribePage(
  ports: Ports,
  request: PageRequest,
  token: string,
): Promise<PageAnswer> {
  const notMe = queryOf(request).get('not-me') === '1';
  const outcome = isReading(request)
    ? await unsubscribeView(ports, token)
    : await act(ports, token, notMe, formOf(request));
  if (!('invite' in outcome)) {
    const speech = speechOf(request);
    return outcome.outcome === 'expired' ? expiredPage(speech) : missingPage(speech, 'link');
  }
  const path = notMe ? `${pathOf(request)}?not-me=1` : pathOf(request);
  const speech = { ...(await speechFor(ports, request, outcome.invite)), path };
  const action = inSpeech(speech, path);
  switch (outcome.outcome) {
    case 'found':
      return notMe ? notMePage(speech, action) : askPage(speech, action, outcome.invite.email);
    case 'resubscribed':
      return backPage(speech);
    case 'removed':
    case 'unsubscribed':
      return donePage(speech, action, notMe, outcome.outcome === 'removed');
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

function askPage(speech: Speech, action: string, email: string): PageAnswer {
  const words = texts(speech.language).pages.unsubscribe;
  return page(
    speech,
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

function notMePage(speech: Speech, action: string): PageAnswer {
  const words = texts(speech.language).pages.unsubscribe;
  return page(
    speech,
    words.notMeTitle,
    html`<p>${words.notMeEffect}</p>
<form method="post" action="${action}"><button type="submit">${words.notMeButton}</button></form>`,
  );
}

function donePage(speech: Speech, action: string, notMe: boolean, removed: boolean): PageAnswer {
  const words = texts(speech.language).pages.unsubscribe;
  if (notMe) return page(speech, words.doneTitle, html`<p role="status">${words.notMeDone}</p>`);
  return page(
    speech,
    words.doneTitle,
    html`<p role="status">${words.done}${removed ? ` ${words.removed}` : ''}</p>
<h2>${words.mistake}</h2>
<form method="post" action="${action}">
<input type="hidden" name="undo" value="1">
<button class="quiet" type="submit">${words.undo}</button>
</form>`,
  );
}

function backPage(speech: Speech): PageAnswer {
  const words = texts(speech.language).pages.unsubscribe;
  return page(speech, words.backTitle, html`<p role="status">${words.backAgain}</p>`);
}

function page(speech: Speech, title: string, body: Html): PageAnswer {
  const content = html`<div class="stack"><h1>${title}</h1>${body}</div>`;
  return framed({ speech, title, body: content, width: 'narrow', secret: true });
}
