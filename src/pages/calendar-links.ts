/** Plain copies for whom no mail reaches: links that fill in a form at Google, Outlook.com and Yahoo. They follow no later change. */
import type { EventFacts } from '../calendar/describe.ts';

export interface CopyLinks {
  readonly google: string;
  readonly outlook: string;
  readonly microsoft365: string;
  readonly yahoo: string;
}

type CopyFacts = Pick<
  EventFacts,
  'title' | 'start' | 'end' | 'next' | 'allDay' | 'zone' | 'location' | 'description'
>;

const DETAILS_CHARS = 600;

/** Null where the event has no moment that these forms could take. `details` is what a copy should lead back to. */
export function copyLinks(facts: CopyFacts, pageUrl: string): CopyLinks | null {
  const next = facts.next[0];
  const start = next?.start ?? facts.start;
  const end = next?.end ?? facts.end ?? start;
  const [from, to] = facts.allDay ? [start.local, end.local] : [start.utc, end.utc];
  if (from === null || to === null) return null;
  const place = facts.location ?? '';
  const details = `${(facts.description ?? '').slice(0, DETAILS_CHARS)}\n\n${pageUrl}`.trim();
  const compact = (moment: string) => moment.replace(/[-:]/g, '').replace(/\.\d+/, '');
  const google = query({
    action: 'TEMPLATE',
    text: facts.title,
    dates: `${compact(from)}/${compact(to)}`,
    details,
    location: place,
    ...(facts.zone === null ? {} : { ctz: facts.zone }),
  });
  const outlook = query({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: facts.title,
    startdt: from,
    enddt: to,
    ...(facts.allDay ? { allday: 'true' } : {}),
    body: details,
    location: place,
  });
  const yahoo = query({
    v: '60',
    title: facts.title,
    st: compact(from),
    ...(facts.allDay ? { dur: 'allday' } : { et: compact(to) }),
    desc: details,
    in_loc: place,
  });
  return {
    google: `https://calendar.google.com/calendar/render?${google}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${outlook}`,
    microsoft365: `https://outlook.office.com/calendar/0/deeplink/compose?${outlook}`,
    yahoo: `https://calendar.yahoo.com/?${yahoo}`,
  };
}

function query(fields: { readonly [name: string]: string }): string {
  return new URLSearchParams(fields).toString();
}
