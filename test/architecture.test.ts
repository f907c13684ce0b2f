/** The house's rules (docs/adr/0001), held by reading the imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FLOORS, violations } from './support/architecture.ts';

const ROOT = new URL('..', import.meta.url).pathname;

function sources(): Map<string, string> {
  const found = new Map<string, string>();
  for (const top of ['src', 'connectors', 'embed']) {
    for (const entry of readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })) {
      if (entry.endsWith('.ts')) found.set(`${top}/${entry}`, readFileSync(join(ROOT, top, entry), 'utf8'));
    }
  }
  return found;
}

function planted(file: string, text: string): string[] {
  return violations(new Map([[file, text]]));
}

describe('the house', () => {
  test('no file breaks a rule of the house', () => {
    expect(violations(sources())).toEqual([]);
  });

  test('every folder of src has a floor', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter(entry =>
      entry.isDirectory(),
    );
    expect(folders.map(folder => FLOORS[`src/${folder.name}`]).includes(undefined)).toBe(false);
  });
});

describe('the rules themselves', () => {
  test('an arrow that climbs is refused', () => {
    expect(planted('src/events/store.ts', "import { plan } from '../invites/plan.ts';")).toEqual([
      'src/events/store.ts: imports ../invites/plan.ts on its own or a higher floor'.replace('../', 'src/'),
    ]);
  });

  test('rooms of one floor do not know each other', () => {
    expect(
      planted('src/mail/inbound.ts', "import type { Moment } from '../calendar/event.ts';"),
    ).toHaveLength(1);
  });

  test('a circle inside a room is refused', () => {
    const circle = violations(
      new Map([
        ['src/mail/a.ts', "import { b } from './b.ts';"],
        ['src/mail/b.ts', "export { a } from './a.ts';"],
      ]),
    );
    expect(circle).toEqual(['a circle of imports: src/mail/a.ts > src/mail/b.ts > src/mail/a.ts']);
  });

  test.each([
    ['src/invites/send.ts', "import { SESv2Client } from '@aws-sdk/client-sesv2';"],
    ['src/platform/local/table.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
    ['src/platform/local/table.ts', 'const file = process.env.SIS_DATA_DIR;'],
    ['src/calendar/apply.ts', 'const now = Date.now();'],
    ['src/calendar/apply.ts', 'const now = new Date();'],
    ['src/invites/request.ts', 'const id = Math.random();'],
    ['src/invites/request.ts', 'setTimeout(() => undefined, 10);'],
    ['src/calendar/zones.ts', "import moment from 'moment-timezone';"],
    ['src/pages/event-page.ts', "import express from 'express';"],
    ['src/pages/event-page.ts', "import { routes } from './routes.ts';"],
    ['connectors/registry.ts', "import { ProfilesApi } from 'klaviyo-api';"],
    ['src/connections/account/client.ts', "await import('@mailchimp/mailchimp_marketing');"],
    ['src/platform/local/table.ts', "import { plan } from '../../invites/plan.ts';"],
  ])('%s may not hold: %s', (file, text) => {
    expect(planted(file, text)).toHaveLength(1);
  });

  test('what a comment says is no import and no clock', () => {
    expect(
      planted(
        'src/calendar/apply.ts',
        "/** never Date.now() */\n// import { x } from '../invites/plan.ts'\n",
      ),
    ).toEqual([]);
  });
});
