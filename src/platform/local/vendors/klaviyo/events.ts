/** Events and the metrics that are born with them. The same profile, metric and unique id counts once. */
import { createHash } from 'node:crypto';
import { fieldsAt, textAt, valueAt } from '../exchange.ts';
import { invalid, notFound } from './problem.ts';
import { applyProfile, newProfile, standingProfile } from './profile-write.ts';
import {
  instant,
  type KlaviyoAccount,
  type KlaviyoEvent,
  type Metric,
  metricNamed,
  shortId,
} from './state.ts';
import { filtersOf, type Handler, isAnswer, many, one, type Resource, type Visit } from './visit.ts';

const YEAR_MS = 366 * 86_400_000;
const EVENT_PAGES = { usual: 200, most: 1000 } as const;
const METRIC_PAGES = { usual: 200, most: 200 } as const;

export const postEvent: Handler = visit => {
  const attributes = fieldsAt(visit.body, 'data', 'attributes');
  const metricName = textAt(attributes, 'metric', 'data', 'attributes', 'name') ?? '';
  if (metricName === '')
    return invalid('The metric needs a name.', '/data/attributes/metric/data/attributes/name');
  if (typeof valueAt(attributes, 'properties') !== 'object')
    return invalid('properties is required.', '/data/attributes/properties');
  const time = textAt(attributes, 'time');
  const at = time === undefined ? visit.clock.now() : Date.parse(time);
  if (Number.isNaN(at) || at > visit.clock.now() + YEAR_MS)
    return invalid('The time is no moment up to one year ahead.', '/data/attributes/time');
  const data = valueAt(attributes, 'profile', 'data');
  const standing = standingProfile(visit.account, data);
  const email = textAt(data, 'attributes', 'email') ?? null;
  if (standing === undefined && (textAt(data, 'id') !== undefined || email === null))
    return notFound('profile');
  const profile = standing ?? newProfile(visit, email);
  const named = fieldsAt(data, 'attributes');
  applyProfile(visit, profile, named, valueAt(named, 'meta'));
  recordEvent(visit, {
    metric: metricName,
    profile: profile.id,
    at: instant(at),
    // Without a unique id the second is the key: two of one second collapse.
    uniqueId: textAt(attributes, 'unique_id') ?? String(Math.floor(at / 1000)),
    properties: fieldsAt(attributes, 'properties'),
    backfill: valueAt(attributes, 'backfill') === true,
  });
  return { status: 202, headers: {}, body: '' };
};

export const listEvents: Handler = visit => {
  const filters = filtersOf(visit, [
    'equals profile_id',
    'equals metric_id',
    'greater-than datetime',
    'greater-or-equal datetime',
  ]);
  if (isAnswer(filters)) return filters;
  let events = [...visit.account.events];
  for (const { field, operator, values } of filters) {
    const value = values[0] ?? '';
    events = events.filter(event => {
      if (field === 'profile_id') return event.profile === value;
      if (field === 'metric_id') return event.metric === value;
      const [mine, theirs] = [Date.parse(event.at), Date.parse(value)];
      return operator === 'greater-than' ? mine > theirs : mine >= theirs;
    });
  }
  // Newest first, as the API sorts where nothing is asked.
  const oldestFirst = ['datetime', 'timestamp'].includes(visit.request.query.get('sort') ?? '-datetime');
  events.sort((left, right) => (Date.parse(left.at) - Date.parse(right.at)) * (oldestFirst ? 1 : -1));
  return many(visit, events, EVENT_PAGES, event => eventView(event));
};

export const getEvent: Handler = visit => {
  const event = visit.account.events.find(({ id }) => id === visit.parts[0]);
  return event === undefined ? notFound('event') : one(visit, 200, eventView(event));
};

export const listMetrics: Handler = visit =>
  many(visit, Object.values(visit.account.metrics), METRIC_PAGES, metricView);

export const getMetric: Handler = visit => {
  const metric = visit.account.metrics[visit.parts[0] ?? ''];
  return metric === undefined ? notFound('metric') : one(visit, 200, metricView(metric));
};

/** Undefined: it was there. */
export function recordEvent(
  visit: Pick<Visit, 'account' | 'random'>,
  given: Omit<KlaviyoEvent, 'id' | 'uuid'>,
): KlaviyoEvent | undefined {
  const { account, random } = visit;
  const metric = metricNamed(account, given.metric) ?? newMetric(account, shortId(random), given);
  const key = `${given.profile} ${metric.id} ${given.uniqueId}`;
  if (account.seen[key] === true) return undefined;
  account.seen[key] = true;
  const hash = createHash('sha256').update(key).digest('hex');
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  const event: KlaviyoEvent = { ...given, metric: metric.id, id: hash.slice(0, 11), uuid };
  account.events.push(event);
  return event;
}

export function eventView(event: KlaviyoEvent): Resource {
  return {
    type: 'event',
    id: event.id,
    attributes: {
      timestamp: Math.floor(Date.parse(event.at) / 1000),
      event_properties: event.properties,
      datetime: event.at,
      uuid: event.uuid,
    },
    relationships: {
      profile: { data: { type: 'profile', id: event.profile } },
      metric: { data: { type: 'metric', id: event.metric } },
    },
  };
}

function newMetric(account: KlaviyoAccount, id: string, given: { metric: string; at: string }): Metric {
  const metric: Metric = { id, name: given.metric, createdAt: given.at };
  account.metrics[id] = metric;
  return metric;
}

function metricView(metric: Metric): Resource {
  return {
    type: 'metric',
    id: metric.id,
    attributes: {
      name: metric.name,
      created: metric.createdAt,
      updated: metric.createdAt,
      integration: { object: 'integration', id: '0', name: 'API', category: 'API' },
    },
  };
}
