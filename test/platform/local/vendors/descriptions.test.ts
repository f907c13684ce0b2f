/** The measure itself: a call and an answer that don't fit the vendors' descriptions are found. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { VendorAnswer, VendorRequest } from '../../../../src/platform/local/vendors/exchange.ts';
import type { MailchimpVendor } from '../../../../src/platform/local/vendors/open.ts';
import {
  checkedCalls,
  forgetViolations,
  openApiValidate,
  openApiViolations,
} from '../../../support/vendor-descriptions.ts';
import { type Started, startVendor } from '../../../support/vendors.ts';

const validate = openApiValidate();
const given = validate === undefined ? test.skip : test;
let started: Started<MailchimpVendor>;

beforeAll(async () => {
  started = await startVendor('mailchimp');
});
afterAll(() => started.close());

function request(method: string, path: string, query = '', body = '', headers = {}): VendorRequest {
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: { 'content-type': 'application/json', revision: '2026-07-15', ...headers },
    body: new TextEncoder().encode(body),
  };
}

const answer = (status: number, body: unknown): VendorAnswer => ({
  status,
  headers: {},
  body: body === undefined ? '' : JSON.stringify(body),
});

function found(
  platform: 'mailchimp' | 'klaviyo',
  asked: VendorRequest,
  answered: VendorAnswer,
): readonly string[] {
  const sentences = validate?.({ platform, request: asked, answer: answered }) ?? [];
  forgetViolations();
  return sentences.map(sentence => sentence.replace(/^.*?\): /, ''));
}

given('a wrong body, an unknown parameter and an unknown call are found', () => {
  const tags = '/3.0/lists/abc/members/def/tags';
  const wrong = request('POST', tags, '', JSON.stringify({ tags: [{ name: 'x', status: 'on' }] }));
  expect(found('mailchimp', wrong, answer(204, undefined))).toEqual([
    expect.stringContaining('request /requestBody/tags/0/status must be equal to one of the allowed values'),
  ]);
  const unknown = request('GET', '/3.0/lists', 'colour=blue');
  expect(found('mailchimp', unknown, answer(200, { lists: [] }))).toEqual([
    expect.stringContaining('"additionalProperty":"colour"'),
  ]);
  expect(found('klaviyo', request('GET', '/api/nothing'), answer(200, {}))).toEqual([
    'no such operation in the description',
  ]);
  const unrevised = request('GET', '/api/accounts', '', '', { revision: undefined });
  expect(found('klaviyo', unrevised, answer(200, { data: [] }))).not.toEqual([]);
});

given('a wrong answer is found, on both platforms, also where it is an error', () => {
  const lists = request('GET', '/3.0/lists');
  expect(found('mailchimp', lists, answer(200, { lists: [{ id: 5 }] }))).toEqual([
    expect.stringContaining('answer /lists/0/id must be string'),
  ]);
  expect(found('mailchimp', lists, answer(404, { title: 'Not found' }))).toEqual([
    expect.stringContaining("must have required property 'type'"),
  ]);
  const accounts = request('GET', '/api/accounts');
  expect(found('klaviyo', accounts, answer(200, { data: [{ type: 'account' }] }))).not.toEqual([]);
  expect(found('klaviyo', accounts, answer(400, { errors: [{ detail: 'x' }] }))).not.toEqual([]);
});

given('what fits is counted and not found', () => {
  const before = checkedCalls();
  expect(found('mailchimp', request('GET', '/3.0/ping'), answer(200, { health_status: 'fine' }))).toEqual([]);
  expect(checkedCalls()).toEqual({ ...before, mailchimp: before.mailchimp + 1 });
});

given('a call over HTTP that doesn’t fit is kept for the test that made it', async () => {
  const { access } = started.vendor.grant();
  await fetch(`${started.url}/3.0/lists?colour=blue`, { headers: { authorization: `Bearer ${access}` } });
  expect(openApiViolations()).toEqual([
    expect.stringContaining(
      'mailchimp GET /3.0/lists (200): request /query must NOT have additional properties',
    ),
  ]);
  forgetViolations();
});

test('without the descriptions nothing is checked, and with them something is', () => {
  expect(validate === undefined).toBe((process.env.OPENAPI_DIR ?? '') === '');
});
