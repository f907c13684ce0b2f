/** `/w/e/<slug>`: the event inside another site's page. The same form and the same words as the event page; its door is `widget`. */
import { pageUrl } from '../events/event.ts';
import type { Ports } from '../kernel/ports.ts';
import { texts } from '../texts/catalogue.ts';
import { askedBody } from './asked-view.ts';
import { challengeContent } from './challenge-view.ts';
import {
  type EventView,
  FIRST_VISIT,
  factList,
  head,
  introOf,
  notice,
  type SignUp,
  signUpForm,
  stateNotice,
} from './event-view.ts';
import { type FrameContent, frameAnswer } from './frame-document.ts';
import { type Html, html } from './html.ts';
import type { Look } from './look.ts';
import { wrongPage } from './messages.ts';
import { formOf, isReading, type PageAnswer, type PageRequest, queryOf } from './page.ts';
import { mayOpen } from './page-access.ts';
import { type ShownEvent, shownBySlug } from './shown-event.ts';
import { signUp, typedIn, wantsMore } from './sign-up.ts';
import { inSpeech, type Speech, speechOf } from './speech.ts';
import { YOUR_TIME_SCRIPT } from './your-time.ts';

export async function eventFrame(ports: Ports, request: PageRequest, slug: string): Promise<PageAnswer> {
  const found = await shownBySlug(ports, request, slug);
  if (found === undefined || !mayOpen(found.record, request))
    return frameAnswer(ports, request, null, missing(speechOf(request), 'event'));
  const { workspace } = found.record;
  const show = (content: FrameContent) => frameAnswer(ports, request, workspace, content);
  const { speech } = found;
  const shown = {
    speech,
    look: found.look,
    view: found.view,
    action: inSpeech(speech, actionOf(request, `/w/e/${found.view.slug}`)),
    url: inSpeech(speech, pageUrl(ports.settings, found.record)),
  };
  if (isReading(request)) return show(eventContent(shown, FIRST_VISIT));
  const form = formOf(request);
  if (form === null) return wrongPage(found.speech, 'type');
  return show(await answered(ports, request, found, shown, form));
}

interface Shown {
  readonly speech: Speech;
  readonly look: Look;
  readonly view: EventView;
  readonly action: string;
  readonly url: string;
}

async function answered(
  ports: Ports,
  request: PageRequest,
  { record, organizer }: ShownEvent,
  shown: Shown,
  form: URLSearchParams,
): Promise<FrameContent> {
  if (shown.view.status !== 'live') return closed(shown);
  const { speech } = shown;
  const typed = { email: typedIn(form), follow: wantsMore(form) };
  const done = await signUp(ports, { record, organizer, door: 'widget', request, speech, form });
  switch (done.kind) {
    case 'asked': {
      const links = { speech, action: shown.action, back: shown.action };
      return {
        speech,
        look: shown.look,
        title: texts(speech.language).pages.asked.title,
        body: askedBody({ ...links, email: done.email, from: done.from, nonce: shown.view.nonce }),
        said: { outcome: 'asked', events: 1 },
      };
    }
    case 'challenge': {
      const { action, view } = shown;
      const { nonce } = view;
      const { language } = speech;
      return { speech, ...challengeContent({ action, nonce, challenge: done.challenge, form, language }) };
    }
    case 'again':
      return eventContent(shown, { ...typed, problem: null, notice: done.notice });
    case 'refused':
      return {
        ...eventContent(shown, { ...typed, problem: done.problem, notice: null }),
        status: 400,
        said: { outcome: 'problem', events: 0 },
      };
    case 'closed':
      return closed(shown);
    case 'limited':
      return {
        ...eventContent(shown, { ...typed, problem: null, notice: done.notice }),
        status: done.status,
        said: { outcome: 'limited', events: 0 },
        ...(done.wait === null ? {} : { headers: { 'retry-after': String(done.wait) } }),
      };
  }
}

function closed(shown: Shown): FrameContent {
  return { ...eventContent(shown, FIRST_VISIT), status: 410, said: { outcome: 'closed', events: 0 } };
}

function eventContent(shown: Shown, signUp: SignUp): FrameContent {
  const { title } = shown.view.facts;
  const { speech, look } = shown;
  return {
    speech,
    look,
    title: signUp.problem === null ? title : texts(speech.language).pages.event.titleError(title),
    body: compactBody(shown, signUp),
    script: YOUR_TIME_SCRIPT,
  };
}

function compactBody({ view, action, url }: Shown, signUp: SignUp): Html {
  const words = texts(view.language).pages;
  return html`<div>
${stateNotice(view)}
${head(view)}
${factList(view)}
<div class="sign-up">
${view.full && view.status === 'live' ? notice(words.event.fullTitle, words.event.fullBody, false) : null}
${signUp.notice === null ? null : notice(signUp.notice.title, signUp.notice.body, false)}
${view.status === 'live' ? introOf(view) : null}
${view.status === 'live' ? signUpForm(action, signUp, view) : null}
${view.status === 'live' ? html`<p class="small soft below">${words.event.promise}</p>` : null}
<p class="small"><a class="away" href="${url}" rel="noopener">${words.widget.more}</a></p>
</div>
</div>`;
}

/** The form keeps what the site chose for the look. */
export function actionOf(request: PageRequest, path: string): string {
  const theme = queryOf(request).get('theme');
  return theme === 'light' || theme === 'dark' ? `${path}?theme=${theme}` : path;
}

export function missing(speech: Speech, what: 'event' | 'page'): FrameContent {
  const words = texts(speech.language).pages;
  return {
    speech,
    status: 404,
    title: words.missing.title,
    body: html`<h1>${words.missing.title}</h1><p>${what === 'event' ? words.missing.event : words.missing.page}</p>`,
  };
}
