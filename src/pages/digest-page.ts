/** `/o/confirm/<token>`: the reader of a mailbox confirms the invites asked for with it, and that he follows. GET shows, POST acts. */
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { confirmDigest, type Digest, openDigest, refuseDigest } from '../invites/digest.ts';
import { factsOf, titleOf } from '../invites/event-facts.ts';
import type { Ports } from '../kernel/ports.ts';
import { texts } from '../texts/catalogue.ts';
import { framed } from './document.ts';
import { html } from './html.ts';
import { expiredPage, messagePage, missingPage } from './messages.ts';
import { formOf, isReading, type PageAnswer, type PageRequest, pathOf } from './page.ts';
import { inSpeech, type Speech, speechFor, speechOf } from './speech.ts';

export async function digestPage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const opened = await openDigest(ports, token);
  if (!opened.ok) {
    const speech = speechOf(request);
    return opened.reason === 'expired' ? expiredPage(speech) : missingPage(speech, 'link');
  }
  const { digest } = opened;
  const speech = await speechFor(ports, request, digest);
  const words = texts(speech.language).upcoming.digest;
  if (isReading(request)) return askPage(ports, speech, inSpeech(speech, pathOf(request)), digest);
  if (formOf(request)?.get('not-me') === '1') {
    await refuseDigest(ports, digest);
    return donePage(speech, digest, [words.notMeDone]);
  }
  await confirmDigest(ports, digest);
  return donePage(speech, digest, [
    ...(digest.events.length > 0 ? [words.done] : []),
    ...(digest.follow ? [words.followed(digest.name)] : []),
  ]);
}

function askPage(ports: Pick<Ports, 'clock'>, speech: Speech, action: string, digest: Digest): PageAnswer {
  const { language } = speech;
  const words = texts(language).upcoming.digest;
  const now = formatInstant(ports.clock.now());
  const events = digest.events.map(event => factsOf(event.state, SERIES, now, language));
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.lead(digest.name)} ${words.for(digest.email)}</p>
${events.length === 0 ? null : html`<ul>${events.map(facts => html`<li><b dir="auto">${titleOf(facts, language)}</b><br>${facts.when}</li>`)}</ul>`}
${digest.follow ? html`<p>${words.follow}</p>` : null}
<form method="post" action="${action}"><div class="actions">
<button type="submit">${events.length > 0 ? words.press : words.pressFollow}</button>
<button class="quiet" type="submit" name="not-me" value="1">${words.notMe}</button>
</div></form>
<p class="soft">${words.not}</p>
</div>`;
  return framed({ speech, title: words.title, body, width: 'narrow', secret: true });
}

function donePage(speech: Speech, digest: Digest, paragraphs: readonly string[]): PageAnswer {
  const words = texts(speech.language).upcoming;
  const link = { href: inSpeech(speech, `/o/${digest.slug}`), label: words.asked.back };
  return messagePage({
    speech,
    status: 200,
    title: words.digest.doneTitle,
    paragraphs,
    link,
    secret: true,
  });
}
