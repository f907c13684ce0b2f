/** `/i/<token>`: whoever reads the mailbox confirms that it asked for the invite. GET shows, POST acts. */
import { describeEvent } from '../calendar/describe.ts';
import { formatInstant } from '../calendar/time.ts';
import { recordWaitingAnswer } from '../connections/press/other-address.ts';
import { type EventRecord, pagePath } from '../events/event.ts';
import { confirmInvite, inviteConfirmation } from '../invites/confirm.ts';
import type { Invite } from '../invites/invite.ts';
import type { Ports } from '../kernel/ports.ts';
import { texts } from '../texts/catalogue.ts';
import { framed } from './document.ts';
import { html } from './html.ts';
import { expiredPage, messagePage, missingPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest, pathOf } from './page.ts';
import { inSpeech, type Speech, speechFor, speechOf } from './speech.ts';

export async function invitePage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const outcome = isReading(request)
    ? await inviteConfirmation(ports, token)
    : await confirmInvite(ports, token);
  if (!('event' in outcome)) {
    const speech = speechOf(request);
    return outcome.outcome === 'expired' ? expiredPage(speech) : missingPage(speech, 'link');
  }
  const speech = await speechFor(ports, request, outcome.event);
  switch (outcome.outcome) {
    case 'closed':
      return closedPage(speech, outcome.event);
    case 'waiting':
      return askPage(ports, speech, inSpeech(speech, pathOf(request)), outcome);
    case 'confirmed':
      // What he pressed on a button's page, before we knew that the address was his.
      await recordWaitingAnswer(ports, outcome.event, outcome.invite);
      return donePage(speech, outcome.event);
    case 'already':
      return donePage(speech, outcome.event);
  }
}

function askPage(
  ports: Pick<Ports, 'clock'>,
  speech: Speech,
  action: string,
  { invite, event }: { readonly invite: Invite; readonly event: EventRecord },
): PageAnswer {
  const { language } = speech;
  const words = texts(language).pages.invite;
  const facts = describeEvent(event.state, { now: formatInstant(ports.clock.now()), language });
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.body(facts.title)} ${words.for(invite.email)}</p>
<p>${facts.when}</p>
<form method="post" action="${action}"><button type="submit">${words.button}</button></form>
<p class="soft">${words.not}</p>
</div>`;
  return framed({ speech, title: words.title, body, width: 'narrow', secret: true });
}

function donePage(speech: Speech, event: EventRecord): PageAnswer {
  const words = texts(speech.language).pages.invite;
  return messagePage({
    speech,
    status: 200,
    title: words.doneTitle,
    paragraphs: [words.done],
    link: linkTo(speech, event),
    secret: true,
  });
}

function closedPage(speech: Speech, event: EventRecord): PageAnswer {
  const words = texts(speech.language).pages.invite;
  return messagePage({
    speech,
    status: 410,
    title: words.closedTitle,
    paragraphs: [words.closed],
    link: linkTo(speech, event),
    secret: true,
  });
}

function linkTo(speech: Speech, event: EventRecord): { readonly href: string; readonly label: string } {
  const label = texts(speech.language).pages.invite.toEvent;
  return { href: inSpeech(speech, pagePath(event)), label };
}
