/** What a button's link says when there is nothing to press: each case its own page, which says what to do. */
import { texts } from '../texts/catalogue.ts';
import { messagePage, missingPage } from './messages.ts';
import type { PageAnswer } from './page.ts';
import type { ShownEvent } from './shown-event.ts';

export function previewPage(shown: ShownEvent): PageAnswer {
  const words = texts().press;
  return messagePage({
    status: 200,
    title: words.preview.title,
    paragraphs: [words.preview.body, words.preview.next],
    link: { href: `/e/${shown.view.slug}`, label: words.toEvent },
    secret: true,
  });
}

export function expiredButtonPage(shown: ShownEvent | undefined): PageAnswer {
  if (shown === undefined) return missingPage('link');
  const words = texts().press;
  const live = shown.view.status === 'live';
  return messagePage({
    status: 410,
    title: words.expired.title,
    paragraphs: [words.expired.body(shown.view.facts.title), live ? words.expired.next : words.expired.over],
    ...(live ? { link: { href: `/e/${shown.view.slug}`, label: words.toEvent } } : {}),
    secret: true,
  });
}

export function overPage(shown: ShownEvent, status: 'cancelled' | 'ended'): PageAnswer {
  const words = texts().press;
  return messagePage({
    status: 410,
    title: words[status].title,
    paragraphs: [words[status].body(shown.view.facts.title), words[status].next],
    link: { href: `/e/${shown.view.slug}`, label: words.toEvent },
    secret: true,
  });
}

export function decoyPage(action: string): PageAnswer {
  const words = texts().press;
  return messagePage({
    status: 200,
    title: words.decoyTitle,
    paragraphs: [words.decoyBody],
    link: { href: action, label: words.back },
    secret: true,
  });
}
