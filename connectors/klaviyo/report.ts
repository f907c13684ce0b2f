/** One state of one contact: one event, which moves the event's name between the profile's three lists in the same call (klaviyo.md 3.2). */
import type { Report, ReportedState, ReportStep } from '../contract.ts';
import { called, type KlaviyoApi } from './sdk.ts';

/** Fixed for ever: flows are built on it. */
export const METRIC = 'RSVP';

const LISTS: Readonly<Record<'yes' | 'maybe' | 'no', string>> = {
  yes: 'rsvp_yes',
  maybe: 'rsvp_maybe',
  no: 'rsvp_no',
};

export function reportSteps(api: KlaviyoApi, report: Report): readonly ReportStep[] {
  return [
    {
      name: 'event',
      // The same unique id for the same profile and metric counts once.
      repeatable: true,
      run: async () => {
        await called('writes', () =>
          api.events.createEvent({
            data: {
              type: 'event',
              attributes: {
                properties: propertiesOf(report),
                time: new Date(report.at),
                uniqueId: report.uniqueId,
                ...(report.backfill ? { backfill: true } : {}),
                metric: { data: { type: 'metric', attributes: { name: METRIC } } },
                // By id alone: with an address it could make a profile that nobody asked for.
                profile: {
                  data: { type: 'profile', id: report.contact.id, attributes: patchOf(report) },
                },
              },
            },
          }),
        );
      },
    },
  ];
}

/** Plain values at the top: only they can be used in segments. */
function propertiesOf(report: Report): { readonly [name: string]: string } {
  const { event } = report;
  const properties: Readonly<Record<string, string | null>> = {
    event: event.name,
    eventId: event.id,
    answer: report.state,
    previousAnswer: report.previous,
    title: event.title,
    starts_at: event.start,
    timezone: event.timeZone,
    location: event.location,
    page: event.pageUrl,
    source: 'sis',
  };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

type Lists = { readonly [list: string]: string };

/** Inside `attributes`: one level up the SDK would drop it without a word. */
function patchOf({ state, previous, answer, event }: Report): {
  meta?: { patchProperties: { append?: Lists; unappend?: Lists } };
} {
  // An unsubscribe changes no answer, but may be the first we tell of one that came just before it.
  const kept = standingList(state === 'unsubscribed' && answer !== null ? answer : state);
  // Who was never in a list need not leave it.
  if (kept === null && (state === 'unsubscribed' || (state === 'invited' && previous === null))) return {};
  const left = Object.values(LISTS).filter(list => list !== kept);
  return {
    meta: {
      patchProperties: {
        ...(kept === null ? {} : { append: { [kept]: event.name } }),
        unappend: Object.fromEntries(left.map(list => [list, event.name])),
      },
    },
  };
}

function standingList(state: ReportedState): string | null {
  return state === 'yes' || state === 'maybe' || state === 'no' ? LISTS[state] : null;
}
