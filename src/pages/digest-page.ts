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

export async function digestPage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const opened = await openDigest(ports, token);
  if (!opened.ok) return opened.reason === 'expired' ? expiredPage() : missingPage('link');
  const { digest } = opened;
  if (isReading(request)) return askPage(ports, pathOf(request), digest);
  if (formOf(request)?.get('not-me') === '1') {
    await refuseDigest(ports, digest);
    return donePage(digest, [texts().upcoming.digest.notMeDone]);
  }
  await confirmDigest(ports, digest);
  const words = texts().upcoming.digest;
  return donePage(digest, [
    ...(digest.events.length > 0 ? [words.done] : []),
    ...(digest.follow ? [words.followed(digest.name)] : []),
  ]);
}

function askPage(ports: Pick<Ports, 'clock'>, action: string, digest: Digest): PageAnswer {
  const words = texts().upcoming.digest;
  const now = formatInstant(ports.clock.now());
  const events = digest.events.map(event => factsOf(event.state, SERIES, now));
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.lead(digest.name)} ${words.for(digest.email)}</p>
${events.length === 0 ? null : html`<ul>${events.map(facts => html`<li><b dir="auto">${titleOf(facts)}</b><br>${facts.when}</li>`)}</ul>`}
${digest.follow ? html`<p>${words.follow}</p>` : null}
<form method="post" action="${action}"><div class="actions">
<button type="submit">${events.length > 0 ? words.press : words.pressFollow}</button>
<button class="quiet" type="submit" name="not-me" value="1">${words.notMe}</button>
</div></form>
<p class="soft">${words.not}</p>
</div>`;
  return framed({ title: words.title, body, width: 'narrow', secret: true });
}

function donePage(digest: Digest, paragraphs: readonly string[]): PageAnswer {
  const link = { href: `/o/${digest.slug}`, label: texts().upcoming.asked.back };
  return messagePage({
    status: 200,
    title: texts().upcoming.digest.doneTitle,
    paragraphs,
    link,
    secret: true,
  });
}
