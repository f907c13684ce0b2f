/** Who may open an event's page, and where it went when it got another address. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type EventRecord, pagePath } from '../events/event.ts';
import { safeHeaders } from './document.ts';
import { isReading, type PageAnswer, type PageRequest, pathOf, queryOf } from './page.ts';

/** A private page opens by its link alone; without the key it is as missing as one that never was. */
export function mayOpen({ page }: Pick<EventRecord, 'page'>, request: PageRequest): boolean {
  if (page.visibility !== 'private') return true;
  const given = queryOf(request).get('key');
  // What a mail program hangs on to a link's end is none of the key.
  return given !== null && page.key !== null && isSame(given.slice(0, page.key.length), page.key);
}

/** Null where the page is at its newest address. For now only: it may move back. A form that is on its way is taken where it arrives. */
export function movedPage(request: PageRequest, record: EventRecord, typed: string): PageAnswer | null {
  if (typed.toLowerCase() === record.slug || !isReading(request)) return null;
  const query = request.path.slice(pathOf(request).length);
  const path = record.page.visibility === 'private' ? pagePath(record) : `${pagePath(record)}${query}`;
  return redirectTo(path);
}

export function redirectTo(location: string): PageAnswer {
  return { status: 302, headers: { ...safeHeaders(false), location }, body: '' };
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
