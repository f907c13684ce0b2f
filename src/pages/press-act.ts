/** The press itself: nonce, where it came from, limits, the score; then one row and one job. Nothing else here acts. */

import { SERIES } from '../calendar/state.ts';
import { contactOf } from '../connections/contacts/contacts.ts';
import { type Judgement, judgePress, type Seen } from '../connections/press/clicks.ts';
import { requestByAddress } from '../connections/press/other-address.ts';
import { type PressAnswer, pressOf, recordPress, usePage } from '../connections/press/press.ts';
import { type Nonce, openNonce, type Stage } from '../connections/press/press-nonce.ts';
import { type Ending, noteEnding, openedOf, placeHash } from '../connections/press/visit.ts';
import { countsFrom } from '../invites/answers.ts';
import { parseAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { texts } from '../texts/catalogue.ts';
import { messagePage, waitWords, wrongPage } from './messages.ts';
import { formOf, isFromAnotherSite, type PageAnswer, type PageRequest } from './page.ts';
import { ask, askAddress, contactAt, type Typed } from './press-ask.ts';
import { undoPage } from './press-instant.ts';
import { overPage, previewPage } from './press-kinds.ts';
import { networkKey, type PressLink } from './press-link.ts';
import { pressResult } from './press-result.ts';
import type { Notice } from './press-view.ts';
import { inSpeech, type Speech } from './speech.ts';

const KEPT_CHARS = 300;

export async function pressAct(ports: Ports, request: PageRequest, link: PressLink): Promise<PageAnswer> {
  const form = formOf(request);
  if (form === null) return wrongPage(link.speech, 'type');
  const { status } = link.shown.view;
  if (status === 'cancelled' || status === 'ended') return refuse(ports, link, overPage(link, status));
  if (link.reader.kind === 'unsent') return previewPage(link);
  const { language } = link.speech;
  const limited = await overNetwork(ports, request, link.speech);
  if (limited !== undefined) return refuse(ports, link, limited);
  const words = texts(language).press;
  if (form.get('undo') === '1' && !isFromAnotherSite(request)) return undoPage(ports, link);
  const typing = form.has('email') || link.reader.kind !== 'contact';
  const back = typing ? backToAddress(ports, link, form) : backToQuestion(ports, link);
  if (isFromAnotherSite(request)) return refuse(ports, link, await back(words.elsewhere, 200));
  const opened = openNonce(
    ports,
    { token: link.token, reference: link.place.reference },
    form.get('nonce') ?? '',
  );
  if (!opened.ok) return refuse(ports, link, await back(words.old, opened.reason === 'old' ? 200 : 400));
  const act: Act = { ports, request, link, form, nonce: opened.nonce, back };
  return typing ? typedAddress(act) : pressedAnswer(act);
}

type Back = (notice: Notice, status: number) => Promise<PageAnswer>;

interface Act {
  readonly ports: Ports;
  readonly request: PageRequest;
  readonly link: PressLink;
  readonly form: URLSearchParams;
  readonly nonce: Nonce;
  /** The page once more, with a word on why. */
  readonly back: Back;
}

async function pressedAnswer(act: Act): Promise<PageAnswer> {
  const { ports, request, link, form, nonce, back } = act;
  const words = texts(link.speech.language).press;
  const answer = answerIn(form);
  const standing = await pressOf(ports, nonce.id);
  if (standing !== undefined) {
    // A page is answered once: the same answer again sees its outcome, another one a fresh page.
    const same = standing.hash === placeHash(link.place) && standing.answer === answer;
    if (same && standing.outcome !== 'provisional') return pressResult(ports, request, link, nonce.id, true);
    return refuse(ports, link, await back(words.old, 400));
  }
  if (answer === undefined) return refuse(ports, link, await back(words.old, 400));
  if (nonce.revision < countsFrom(link.shown.record.state, SERIES)) return back(words.changed, 200);
  const judgement = await judge(act);
  const settles = nonce.stage === 'settle' || nonce.stage === 'change' || nonce.stage === 'settle-again';
  if (judgement.verdict === 'again') {
    return ending(ports, link, 'asked_again', await again(act, settles ? 'settle-again' : 'again'));
  }
  const recorded = await recordPress(ports, { ...pressOn(act, judgement), answer, settles });
  switch (recorded) {
    case 'recorded':
      return ending(ports, link, 'committed', await pressResult(ports, request, link, nonce.id, true));
    case 'repeated':
      return pressResult(ports, request, link, nonce.id, true);
    case 'provisional':
      return ending(ports, link, 'provisional', await again(act, settles ? 'settle-again' : 'doubted'));
    case 'conflict': {
      const contact = await contactOf(ports, contactAt(link));
      return ending(ports, link, 'conflict', ask(ports, link, contact, 'settle', words.conflict));
    }
  }
}

async function again({ ports, link }: Act, stage: Stage): Promise<PageAnswer> {
  const contact = await contactOf(ports, contactAt(link));
  return ask(ports, link, contact, stage, texts(link.speech.language).press.again);
}

/** An address of his own: in the same words whatever we know of it (T26), and nothing of the link's contact is touched. */
async function typedAddress(act: Act): Promise<PageAnswer> {
  const { ports, request, link, form, nonce } = act;
  const { language, wish } = link.speech;
  const words = texts(language);
  const email = (form.get('email') ?? '').slice(0, KEPT_CHARS);
  const parsed = parseAddress(email);
  const typed: Typed = { email, problem: null, notice: null, stage: nonce.stage };
  if (!parsed.ok) {
    return askAddress(ports, link, whyOf(link), { ...typed, problem: words.pages.problems[parsed.problem] });
  }
  const judgement = await judge(act);
  if (judgement.verdict !== 'commit') {
    const page = askAddress(ports, link, whyOf(link), {
      ...typed,
      stage: 'again',
      notice: words.press.again,
    });
    return ending(ports, link, judgement.verdict === 'again' ? 'asked_again' : 'provisional', page);
  }
  const { envelope, shown } = link;
  const answer = envelope.answer === 'yes' || envelope.answer === 'maybe' ? envelope.answer : null;
  if (await usePage(ports, { ...pressOn(act, judgement), answer: answer ?? 'no' })) {
    const { revision } = nonce;
    const { network } = request;
    const asked = await requestByAddress(ports, {
      event: shown.record,
      email,
      answer,
      network,
      revision,
      language: wish,
    });
    if (asked.outcome === 'invalid') {
      return askAddress(ports, link, whyOf(link), { ...typed, problem: words.pages.problems.other });
    }
    if (asked.outcome === 'limited' && asked.reason === 'network_limit') {
      return limitedPage(link.speech, asked.retryAfterSeconds ?? 60);
    }
  }
  return ending(ports, link, 'other_address', checkInbox(ports, link, parsed.address.typed));
}

function checkInbox(ports: Ports, { shown, speech }: PressLink, address: string): PageAnswer {
  const { pages, press } = texts(speech.language);
  const words = pages.asked;
  const from = inviteAddress(shown.organizer, ports.settings.mailDomain);
  return messagePage({
    speech,
    status: 200,
    title: words.title,
    paragraphs: [words.to(address), words.nothingBody(from)],
    link: { href: inSpeech(speech, `/e/${shown.view.slug}`), label: press.toEvent },
    secret: true,
  });
}

function pressOn({ link, nonce }: Act, judgement: Judgement) {
  const { envelope, place } = link;
  return {
    ...place,
    id: nonce.id,
    audience: envelope.audience,
    revision: nonce.revision,
    judgement,
    language: link.speech.wish,
  };
}

async function judge({ ports, request, link, form, nonce }: Act): Promise<Judgement> {
  const { PRESS_MIN_MS, CHOICES_SECONDS, DOUBTED_CHOICES_SECONDS } = ports.settings.limits;
  const { stage } = nonce;
  // A slow machine that opened every link is not believed because its second press came later: the mail has to be opened anew.
  const choices = stage === 'doubted' ? DOUBTED_CHOICES_SECONDS : CHOICES_SECONDS;
  return judgePress({
    issuedAt: nonce.issuedAt,
    now: ports.clock.now(),
    leastMs: PRESS_MIN_MS,
    choicesMs: choices * 1000,
    link: link.envelope.answer,
    honeypot: (form.get('remarks') ?? '') !== '',
    again: stage === 'again' || stage === 'settle-again' || stage === 'doubted',
    seen: seenIn(form),
    headers: request.headers,
    secureOrigin: isSecure(ports.settings.baseUrl),
    opened: await openedOf(ports, link.place),
  });
}

const GESTURES: readonly string[] = ['pointer', 'key', 'click'];

function seenIn(form: URLSearchParams): Seen {
  const gesture = form.get('gesture') ?? '';
  const held = form.get('held') ?? '';
  return {
    script: form.get('script') === '1',
    gesture: GESTURES.includes(gesture) ? (gesture as Seen['gesture']) : null,
    heldMs: /^\d{1,9}$/.test(held) ? Number(held) : null,
    automated: form.get('driven') === '1',
    hidden: form.get('unseen') === '1',
  };
}

function answerIn(form: URLSearchParams): PressAnswer | undefined {
  const answer = form.get('answer');
  return answer === 'yes' || answer === 'no' || answer === 'maybe' ? answer : undefined;
}

/** Where browsers tell Fetch Metadata: https, and this machine itself. */
function isSecure(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

function backToQuestion(ports: Ports, link: PressLink): Back {
  return async (notice, status) =>
    ask(ports, link, await contactOf(ports, contactAt(link)), 'first', notice, status);
}

function backToAddress(ports: Ports, link: PressLink, form: URLSearchParams): Back {
  const email = (form.get('email') ?? '').slice(0, KEPT_CHARS);
  return async (notice, status) =>
    askAddress(ports, link, whyOf(link), { email, problem: null, notice, stage: 'first', status });
}

function whyOf({ reader }: PressLink): 'plain' | 'absent' | 'other' {
  return reader.kind === 'none' ? 'plain' : reader.kind === 'contact' ? 'other' : 'absent';
}

async function overNetwork(
  ports: Ports,
  request: PageRequest,
  speech: Speech,
): Promise<PageAnswer | undefined> {
  const { PRESSES_PER_NETWORK_MINUTE, PRESSES_PER_NETWORK_DAY } = ports.settings.limits;
  const key = networkKey('press', request.network);
  const counted = await countAgainst(ports, [
    { key, seconds: 60, limit: PRESSES_PER_NETWORK_MINUTE },
    { key, seconds: 86_400, limit: PRESSES_PER_NETWORK_DAY },
  ]);
  return counted.ok ? undefined : limitedPage(speech, counted.retryAfterSeconds);
}

function limitedPage(speech: Speech, seconds: number): PageAnswer {
  const { language } = speech;
  const words = texts(language).press;
  return messagePage({
    speech,
    status: 429,
    title: words.limitedTitle,
    paragraphs: [words.limited(waitWords(seconds, language))],
    headers: { 'retry-after': String(seconds) },
    secret: true,
  });
}

function refuse(ports: Ports, link: PressLink, page: PageAnswer): Promise<PageAnswer> {
  return ending(ports, link, 'refused', page);
}

async function ending(ports: Ports, link: PressLink, what: Ending, page: PageAnswer): Promise<PageAnswer> {
  await noteEnding(ports, link.place, what);
  return page;
}
