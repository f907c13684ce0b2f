/** Instant mode on the page: a held answer with a way to take it back; undefined where the page asks for a press as ever. */
import { contactOf } from '../connections/contacts/contacts.ts';
import { holdClick, isInstant, undoHold } from '../connections/press/instant.ts';
import { newNonce, sealNonce } from '../connections/press/press-nonce.ts';
import type { Ports } from '../kernel/ports.ts';
import { texts } from '../texts/catalogue.ts';
import { html } from './html.ts';
import { messagePage } from './messages.ts';
import type { PageAnswer, PageRequest } from './page.ts';
import { ask, contactAt } from './press-ask.ts';
import { pressForm, pressFramed } from './press-frame.ts';
import type { PressLink } from './press-link.ts';
import { pressResult } from './press-result.ts';
import { eventPart } from './press-view.ts';

export async function instantPage(
  ports: Ports,
  request: PageRequest,
  link: PressLink,
): Promise<PageAnswer | undefined> {
  const { envelope, reader, place, shown } = link;
  const { answer, audience } = envelope;
  if (envelope.instant !== true || answer === 'ask') return undefined;
  if (reader.kind !== 'contact' || reader.token === null || !(await isInstant(ports, envelope)))
    return undefined;
  const { revision } = shown.record.state;
  const held = await holdClick(ports, { ...place, audience, answer, revision, language: link.speech.wish });
  if (held.kind === 'committed') return pressResult(ports, request, link, held.hold.press, false);
  if (held.kind === 'ask') {
    if (!held.dropped) return undefined;
    const words = texts(link.speech.language).press;
    const notice = { title: words.again.title, body: words.instant.dropped };
    return ask(ports, link, await contactOf(ports, contactAt(link)), 'settle', notice);
  }
  const left = held.hold.at + ports.settings.limits.INSTANT_HOLD_SECONDS * 1000 - ports.clock.now();
  return heldPage(ports, link, answer, Math.max(1, Math.ceil(left / 1000)));
}

export async function undoPage(ports: Ports, link: PressLink): Promise<PageAnswer> {
  const { speech } = link;
  const words = texts(speech.language).press;
  const undone = await undoHold(ports, link.place);
  return messagePage({
    speech,
    status: undone ? 200 : 409,
    title: undone ? words.instant.undoneTitle : words.done.overtakenTitle,
    paragraphs: [undone ? words.instant.undone : words.instant.committed],
    link: { href: link.action, label: words.back },
    secret: true,
  });
}

function heldPage(
  ports: Ports,
  link: PressLink,
  answer: 'yes' | 'no' | 'maybe',
  seconds: number,
): PageAnswer {
  const { shown, speech, token, place, action } = link;
  const words = texts(speech.language).press;
  const nonce = sealNonce(
    ports,
    { token, reference: place.reference },
    newNonce(ports, 'first', shown.record.state.revision),
  );
  const title = words.instant.title(words.answers[answer]);
  const body = html`<div class="press">
<section class="card" aria-labelledby="question"><h2 id="question">${title}</h2>
<p role="status">${words.instant.body(seconds)}</p>
${pressForm({ speech, action, nonce }, html`<div class="actions"><button class="quiet" type="submit" name="undo" value="1">${words.instant.undo}</button></div>`)}
</section>
${eventPart(shown)}
</div>`;
  return pressFramed({ speech, title, body });
}
