/** What a button's link says when there is nothing to press: each case its own page, which says what to do. */
import { texts } from '../texts/catalogue.ts';
import { messagePage, missingPage } from './messages.ts';
import type { PageAnswer } from './page.ts';
import type { PressLink } from './press-link.ts';
import type { ShownEvent } from './shown-event.ts';
import { inSpeech, type Speech } from './speech.ts';

type Link = Pick<PressLink, 'shown' | 'speech'>;

export function previewPage({ shown, speech }: Link): PageAnswer {
  const words = texts(speech.language).press;
  return messagePage({
    speech,
    status: 200,
    title: words.preview.title,
    paragraphs: [words.preview.body, words.preview.next],
    link: { href: inSpeech(speech, `/e/${shown.view.slug}`), label: words.toEvent },
    secret: true,
  });
}

/** `asked`: where there is no event any more, its workspace's language is not known either. */
export function expiredButtonPage(asked: Speech, shown: ShownEvent | undefined): PageAnswer {
  if (shown === undefined) return missingPage(asked, 'link');
  const speech = { ...shown.speech, path: asked.path };
  const words = texts(speech.language).press;
  const live = shown.view.status === 'live';
  return messagePage({
    speech,
    status: 410,
    title: words.expired.title,
    paragraphs: [words.expired.body(shown.view.facts.title), live ? words.expired.next : words.expired.over],
    ...(live ? { link: { href: inSpeech(speech, `/e/${shown.view.slug}`), label: words.toEvent } } : {}),
    secret: true,
  });
}

export function overPage({ shown, speech }: Link, status: 'cancelled' | 'ended'): PageAnswer {
  const words = texts(speech.language).press;
  return messagePage({
    speech,
    status: 410,
    title: words[status].title,
    paragraphs: [words[status].body(shown.view.facts.title), words[status].next],
    link: { href: inSpeech(speech, `/e/${shown.view.slug}`), label: words.toEvent },
    secret: true,
  });
}

export function decoyPage({ action, speech }: Pick<PressLink, 'action' | 'speech'>): PageAnswer {
  const words = texts(speech.language).press;
  return messagePage({
    speech,
    status: 200,
    title: words.decoyTitle,
    paragraphs: [words.decoyBody],
    link: { href: action, label: words.back },
    secret: true,
  });
}
