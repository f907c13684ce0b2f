/** One state of one contact: the tags in one call, then an event (mailchimp.md 3). */
import type { Report, ReportStep } from '../contract.ts';
import { countOf, fieldsOf, listOf } from '../json.ts';
import { audienceId } from './audience.ts';
import { memberHash } from './members.ts';
import type { MailchimpApi } from './sdk.ts';

const EVENTS_PER_PAGE = 1_000;
/** More events of one contact than this are not looked through for a repeat. */
const EVENT_PAGES = 5;
/** All properties of one event may have about a thousand characters together. */
const VALUE_CHARS = 160;

export function reportSteps(api: MailchimpApi, report: Report): readonly ReportStep[] {
  const { list } = audienceId(report.audience);
  const hash = memberHash(report.contact.address);
  const tags = tagsOf(report);
  const syncing = report.backfill ? { is_syncing: true } : {};
  const event: ReportStep = {
    name: 'event',
    repeatable: false,
    done: () => isRecorded(api, list, hash, report.uniqueId),
    run: async () => {
      await api.lists.createListMemberEvent(list, hash, {
        name: `rsvp_${report.state}`,
        properties: propertiesOf(report),
        occurred_at: report.at,
        ...syncing,
      });
    },
  };
  if (tags.length === 0) return [event];
  const tagging: ReportStep = {
    name: 'tags',
    repeatable: true,
    run: async () => {
      await api.lists.updateListMemberTags(list, hash, { tags, ...syncing });
    },
  };
  return [tagging, event];
}

function tagsOf({ tags }: Report): readonly { readonly name: string; readonly status: string }[] {
  const on = new Set(tags.on);
  const off = new Set(tags.off.filter(name => !on.has(name)));
  return [
    ...[...on].map(name => ({ name, status: 'active' })),
    ...[...off].map(name => ({ name, status: 'inactive' })),
  ];
}

/** Texts only: it takes nothing else. */
function propertiesOf(report: Report): { readonly [name: string]: string } {
  const { event } = report;
  const properties: Readonly<Record<string, string | null>> = {
    event: event.name,
    eventId: event.id,
    answer: report.state,
    previousAnswer: report.previous,
    starts_at: event.start,
    timezone: event.timeZone,
    location: event.location,
    source: 'sis',
    uniqueId: report.uniqueId,
  };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === null || value === ''
        ? []
        : [[name, name === 'uniqueId' ? value : value.slice(0, VALUE_CHARS)]],
    ),
  );
}

/** Events have no key of their own at Mailchimp: ours stands among the properties. */
async function isRecorded(api: MailchimpApi, list: string, hash: string, uniqueId: string): Promise<boolean> {
  let seen = 0;
  for (let page = 0; page < EVENT_PAGES; page += 1) {
    const answer = fieldsOf(
      await api.lists.getListMemberEvents(list, hash, {
        count: EVENTS_PER_PAGE,
        offset: seen,
        fields: ['events.properties', 'total_items'],
      }),
    );
    const events = listOf(answer.events);
    if (events.some(event => fieldsOf(fieldsOf(event).properties).uniqueId === uniqueId)) return true;
    seen += events.length;
    if (events.length === 0 || seen >= (countOf(answer.total_items) ?? 0)) return false;
  }
  return false;
}
