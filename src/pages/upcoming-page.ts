/** `/o/<slug>` and, in a widget's frame, `/w/o/<slug>`: GET shows what comes, POST asks for the invites of all that was picked, once each. */

import { askDigest } from '../invites/digest.ts';
import type { Door } from '../invites/invite.ts';
import { requestInvite } from '../invites/request.ts';
import { overAddressLimit, overNetworkLimit } from '../invites/request-limits.ts';
import { personOf } from '../invites/rows.ts';
import { parseAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { type Texts, texts } from '../texts/catalogue.ts';
import { askedBody } from './asked-view.ts';
import { challengeContent } from './challenge-view.ts';
import { framed } from './document.ts';
import { guardForm } from './form-guard.ts';
import { formNonce } from './form-nonce.ts';
import { type Coming, filterOf, findUpcoming, fitting, type Upcoming } from './found-upcoming.ts';
import { type FrameContent, frameAnswer } from './frame-document.ts';
import { actionOf, missing } from './frame-page.ts';
import { html } from './html.ts';
import { missingPage, wrongPage } from './messages.ts';
import { formOf, isReading, type PageAnswer, type PageRequest, pathOf, queryOf } from './page.ts';
import { redirectTo } from './page-access.ts';
import { limitedBy, typedIn, waitBefore } from './sign-up.ts';
import { inSpeech, speechOf } from './speech.ts';
import { NOTHING_PICKED, type Picking, type UpcomingShown, upcomingBody } from './upcoming-view.ts';
import { YOUR_TIME_SCRIPT } from './your-time.ts';

export async function upcomingPage(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  const found = await findUpcoming(ports, request, slug);
  if (found === undefined) return missingPage(speechOf(request), 'page');
  const moved = movedUpcoming(request, found);
  if (moved !== null) return moved;
  const { speech } = found;
  const url = `${ports.settings.baseUrl}/o/${found.slug}.ics`;
  const feed = { webcal: url.replace(/^https?:/, 'webcal:'), file: `/o/${found.slug}.ics` };
  const content = await contentOf(
    ports,
    request,
    { found, action: inSpeech(speech, `/o/${found.slug}`), theme: null, feed },
    'upcoming',
  );
  if (content === null) return wrongPage(speech, 'type');
  const { said: _said, ...page } = content;
  const head = found.options.noIndex ? html`<meta name="robots" content="noindex">` : html``;
  return framed({ ...page, head, width: 'narrow', secret: !isReading(request) });
}

export async function upcomingFrame(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  const found = await findUpcoming(ports, request, slug);
  if (found === undefined) return frameAnswer(ports, request, null, missing(speechOf(request), 'page'));
  const action = inSpeech(found.speech, actionOf(request, `/w/o/${found.slug}`));
  const theme = queryOf(request).get('theme');
  const content = await contentOf(ports, request, { found, action, theme, feed: null }, 'widget');
  return content === null
    ? wrongPage(found.speech, 'type')
    : frameAnswer(ports, request, found.workspace, content);
}

/** The address that was chosen last; those before lead there. */
function movedUpcoming(
  request: PageRequest,
  { slug, workspace, owner, options }: Upcoming,
): PageAnswer | null {
  const newest = options.slug;
  const byName = owner === workspace && slug !== workspace;
  if (!isReading(request) || !byName || newest === null || slug.toLowerCase() === newest) return null;
  return redirectTo(`/o/${newest}${request.path.slice(pathOf(request).length)}`);
}

function formOfUpcoming({ owner }: Upcoming): string {
  return `upcoming:${owner}`;
}

function nonceOf(ports: Ports, found: Upcoming): string {
  return formNonce(ports, formOfUpcoming(found));
}

function wordsOf({ speech }: Upcoming): Texts {
  return texts(speech.language);
}

type Place = Pick<UpcomingShown, 'found' | 'action' | 'theme' | 'feed'>;

/** Null: the form arrived in a form that we don't read. */
async function contentOf(
  ports: Ports,
  request: PageRequest,
  place: Place,
  door: Door,
): Promise<FrameContent | null> {
  if (isReading(request)) return shown(ports, request, place, NOTHING_PICKED);
  const form = formOf(request);
  if (form === null) return null;
  const picking: Picking = {
    email: typedIn(form),
    picked: [...new Set(form.getAll('event'))],
    follow: place.found.options.follow && form.get('follow') === '1',
    problem: null,
    notice: null,
  };
  const problem = problemIn(ports, place.found, picking);
  if (problem !== null) {
    return {
      ...shown(ports, request, place, { ...picking, problem }),
      status: 400,
      said: { outcome: 'problem', events: 0 },
    };
  }
  const { language } = place.found.speech;
  const guarded = await guardForm(ports, request, form, formOfUpcoming(place.found), language);
  switch (guarded.kind) {
    case 'pass':
      return ask(ports, request, place, picking, { door, check: guarded.check });
    case 'again':
      return shown(ports, request, place, { ...picking, notice: guarded.notice });
    case 'challenge': {
      const { challenge } = guarded;
      const { action, found } = place;
      const nonce = nonceOf(ports, found);
      return {
        speech: found.speech,
        ...challengeContent({ action, nonce, challenge, form, language }),
      };
    }
    case 'limited':
      return limited(ports, request, place, picking, waitBefore(guarded.retryAfterSeconds, language));
  }
}

function shown(ports: Ports, request: PageRequest, place: Place, picking: Picking): FrameContent {
  const filter = filterOf(queryOf(request));
  const fits = fitting(place.found.events, filter);
  const most = ports.settings.limits.UPCOMING_SHOWN;
  const words = wordsOf(place.found);
  const title = words.upcoming.title(place.found.name);
  const { speech, look } = place.found;
  return {
    speech,
    look,
    title: picking.problem === null ? title : words.pages.event.titleError(title),
    body: upcomingBody(
      {
        ...place,
        filter,
        nonce: nonceOf(ports, place.found),
        events: fits.slice(0, most),
        more: fits.length > most,
      },
      picking,
    ),
    script: YOUR_TIME_SCRIPT,
  };
}

function problemIn(ports: Pick<Ports, 'settings'>, found: Upcoming, picking: Picking): Picking['problem'] {
  const { pages, upcoming } = wordsOf(found);
  const words = upcoming.problems;
  const most = ports.settings.limits.UPCOMING_PICKS;
  if (picking.picked.length > most) return { field: 'events', text: words.tooMany(most) };
  if (picking.picked.length === 0 && !picking.follow) return { field: 'events', text: words.nothing };
  if (chosen(found, picking).length < picking.picked.length) return { field: 'events', text: words.gone };
  const parsed = parseAddress(picking.email);
  return parsed.ok ? null : { field: 'email', text: pages.problems[parsed.problem] };
}

/** Only what this page shows: a slug of somebody else's event is none of its picks. */
function chosen({ events }: Upcoming, { picked }: Picking): readonly Coming[] {
  return events.filter(({ record }) => picked.includes(record.slug));
}

async function ask(
  ports: Ports,
  request: PageRequest,
  place: Place,
  picking: Picking,
  how: { readonly door: Door; readonly check: boolean },
): Promise<FrameContent> {
  const { found } = place;
  const { language, wish } = found.speech;
  const { pages, upcoming } = wordsOf(found);
  const events = chosen(found, picking);
  const unconfirmed: Coming[] = [];
  for (const [index, coming] of events.entries()) {
    const outcome = await requestInvite(ports, {
      event: coming.record,
      email: picking.email,
      ...how,
      // One press counts once for the network and for the hour.
      network: index === 0 ? request.network : null,
      sameRequest: index > 0,
      digest: true,
      language: wish,
    });
    if (outcome.outcome === 'invalid') {
      const problem = { field: 'email', text: pages.problems.other } as const;
      return {
        ...shown(ports, request, place, { ...picking, problem }),
        status: 400,
        said: { outcome: 'problem', events: 0 },
      };
    }
    if (outcome.outcome === 'limited' && outcome.reason === 'network_limit')
      return limited(ports, request, place, picking, limitedBy(outcome, language));
    if (outcome.outcome === 'unconfirmed') unconfirmed.push(coming);
  }
  if (unconfirmed.length > 0 || picking.follow) {
    const over = await digest(ports, request, found, picking, unconfirmed, events.length === 0);
    if (over !== null) return limited(ports, request, place, picking, over);
  }
  const email = parsedEmail(picking.email);
  const words = upcoming.asked;
  const from = inviteAddress(found.organizer, ports.settings.mailDomain);
  return {
    speech: found.speech,
    title: pages.asked.title,
    body: askedBody({
      speech: found.speech,
      action: place.action,
      back: place.action,
      email,
      from,
      nonce: nonceOf(ports, found),
      steps: words.steps(from),
      backLabel: words.back,
    }),
    said: { outcome: 'asked', events: events.length },
  };
}

/** Following alone asks for one mail, which counts as any other that a stranger can make us send. */
async function digest(
  ports: Ports,
  request: PageRequest,
  found: Upcoming,
  picking: Picking,
  unconfirmed: readonly Coming[],
  alone: boolean,
): Promise<ReturnType<typeof limitedBy> | null> {
  const parsed = parseAddress(picking.email);
  if (!parsed.ok) return null;
  const { typed, normal } = parsed.address;
  if (alone) {
    const network = await overNetworkLimit(ports, request.network);
    if (network !== undefined)
      return limitedBy({ outcome: 'limited', invite: null, ...network }, found.speech.language);
    if ((await overAddressLimit(ports, personOf(normal), false)) !== undefined) return null;
  }
  await askDigest(ports, {
    owner: found.owner,
    workspace: found.workspace,
    slug: found.slug,
    name: found.name,
    email: typed,
    address: normal,
    from: inviteAddress(found.organizer, ports.settings.mailDomain),
    events: unconfirmed.map(({ record }) => record),
    follow: picking.follow,
    language: found.speech.wish,
  });
  return null;
}

function limited(
  ports: Ports,
  request: PageRequest,
  place: Place,
  picking: Picking,
  { notice, status, wait }: ReturnType<typeof limitedBy>,
): FrameContent {
  return {
    ...shown(ports, request, place, { ...picking, notice }),
    status,
    said: { outcome: 'limited', events: 0 },
    ...(wait === null ? {} : { headers: { 'retry-after': String(wait) } }),
  };
}

function parsedEmail(text: string): string {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.address.typed : text;
}
