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

export async function invitePage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const outcome = isReading(request)
    ? await inviteConfirmation(ports, token)
    : await confirmInvite(ports, token);
  switch (outcome.outcome) {
    case 'damaged':
      return missingPage('link');
    case 'expired':
      return expiredPage();
    case 'closed':
      return closedPage(outcome.event);
    case 'waiting':
      return askPage(ports, pathOf(request), outcome);
    case 'confirmed':
      // What he pressed on a button's page, before we knew that the address was his.
      await recordWaitingAnswer(ports, outcome.event, outcome.invite);
      return donePage(outcome.event);
    case 'already':
      return donePage(outcome.event);
  }
}

function askPage(
  ports: Pick<Ports, 'clock'>,
  action: string,
  { invite, event }: { readonly invite: Invite; readonly event: EventRecord },
): PageAnswer {
  const words = texts().pages.invite;
  const facts = describeEvent(event.state, { now: formatInstant(ports.clock.now()) });
  const body = html`<div class="stack">
<h1>${words.title}</h1>
<p>${words.body(facts.title)} ${words.for(invite.email)}</p>
<p>${facts.when}</p>
<form method="post" action="${action}"><button type="submit">${words.button}</button></form>
<p class="soft">${words.not}</p>
</div>`;
  return framed({ title: words.title, body, width: 'narrow', secret: true });
}

function donePage(event: EventRecord): PageAnswer {
  const words = texts().pages.invite;
  return messagePage({
    status: 200,
    title: words.doneTitle,
    paragraphs: [words.done],
    link: linkTo(event),
    secret: true,
  });
}

function closedPage(event: EventRecord): PageAnswer {
  const words = texts().pages.invite;
  return messagePage({
    status: 410,
    title: words.closedTitle,
    paragraphs: [words.closed],
    link: linkTo(event),
    secret: true,
  });
}

function linkTo(event: EventRecord): { readonly href: string; readonly label: string } {
  return { href: pagePath(event), label: texts().pages.invite.toEvent };
}
