/** What serverless.yml says, against the code and against what one machine does. Packages offline, as `npm run package` does. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readAwsConfig } from '../../../src/platform/config.ts';
import { LANGUAGES } from '../../../src/texts/languages.ts';
import { type Bundled, bundleFunction } from '../../support/aws/bundle.ts';
import { type DescribedFunction, readServerless } from '../../support/aws/resources.ts';
import { CREDENTIALS, REGION, type StandIns, startStandIns } from '../../support/aws/stand-ins.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const described = readServerless();

/** What does the same work on one machine. An event source without a twin would be a feature that only AWS has. */
const TWINS: Readonly<Record<string, string>> = {
  httpApi: 'src/platform/local/server.ts: the HTTP server',
  eventBridge: 'src/platform/local/smtp.ts: the SMTP listener',
  'sqs FastQueue': 'src/platform/local/worker.ts: the fast lane',
  'sqs BulkQueue': 'src/platform/local/worker.ts: the bulk lane',
  'sqs FeedbackQueue': 'src/rsvp/by-mail.ts: bounces that come back as mail',
  schedule: 'src/platform/local/server.ts: the minute',
};

/** By the names under which they are packaged. */
const PACKAGED: Readonly<Record<string, string>> = {
  'widget.js': 'the widget',
  'widget.js.map': '{"version":3}',
  'frame.js': 'within the frame',
  'dashboard/index.html': '<!doctype html>',
  'dashboard/assets/index-1a2b.js': 'the dashboard',
};

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: Record<string, unknown> }>>;
}

describe('serverless.yml', () => {
  test.each(Object.entries(described.functions))(
    'names a handler that is there: %s',
    async (_, { handler }) => {
      const [, file = '', name = ''] = /^(.*)\.(\w+)$/.exec(handler) ?? [];
      const source = readFileSync(join(ROOT, `${file}.ts`), 'utf8');
      expect(source).toMatch(new RegExp(`^export (?:async )?(?:function|const) ${name}\\b`, 'm'));
    },
  );

  test('has nothing that one machine has not', () => {
    const sources = Object.values(described.functions).flatMap(({ events }) => events.map(sourceOf));
    expect([...new Set(sources)].sort()).toEqual(Object.keys(TWINS).sort());
    for (const twin of Object.values(TWINS)) {
      expect(readFileSync(join(ROOT, twin.split(':')[0] ?? ''), 'utf8')).not.toBe('');
    }
  });

  test('gives every queue a visibility of six times its function, five receives and a dead-letter queue', () => {
    for (const { events, timeout = 0 } of Object.values(described.functions)) {
      for (const event of events) {
        const source = sourceOf(event);
        if (!source.startsWith('sqs ')) continue;
        const queue = described.queues.find(({ logicalId }) => `sqs ${logicalId}` === source);
        expect(queue?.visibilitySeconds).toBeGreaterThanOrEqual(6 * timeout);
        expect(queue?.redrive).toEqual({
          deadLogicalId: source.slice(4).replace(/Queue$/, 'DeadQueue'),
          receives: 5,
        });
      }
    }
  });

  test('gives every function a role of its own kind, and none a right to everything', () => {
    const roles = Object.entries(described.functions).map(([name, { role }]) => [name, role]);
    expect(Object.fromEntries(roles)).toEqual({
      api: 'ApiRole',
      page: 'PageRole',
      click: 'ClickRole',
      mail: 'MailRole',
      jobsFast: 'JobsRole',
      jobsBulk: 'JobsRole',
      feedback: 'FeedbackRole',
      schedule: 'ScheduleRole',
    });
    for (const [name, { Type, Properties }] of Object.entries(described.resources)) {
      if (Type !== 'AWS::IAM::Role') continue;
      for (const { Action, Resource } of statementsOf(Properties)) {
        expect([name, [Action].flat().filter(action => action.endsWith('*'))]).toEqual([name, []]);
        expect([name, Resource]).not.toEqual([name, '*']);
      }
    }
  });

  test('lets only jobs send mail', () => {
    const senders = Object.entries(described.resources).filter(([, { Type, Properties }]) => {
      if (Type !== 'AWS::IAM::Role') return false;
      return statementsOf(Properties).some(({ Action }) => [Action].flat().some(each => /^ses:/.test(each)));
    });
    expect(senders.map(([name]) => name)).toEqual(['JobsRole']);
  });

  test('lets only what speaks with platforms open data keys, and nothing but data keys', () => {
    const openers = Object.entries(described.resources).flatMap(([name, { Type, Properties }]) => {
      if (Type !== 'AWS::IAM::Role') return [];
      return statementsOf(Properties)
        .filter(({ Action }) => [Action].flat().some(each => /^kms:/.test(each)))
        .map(statement => ({ name, ...statement }));
    });
    expect(openers.map(({ name }) => name)).toEqual(['ApiRole', 'JobsRole']);
    for (const { Action, Resource, Condition } of openers) {
      expect(Action).toEqual(['kms:Encrypt', 'kms:Decrypt']);
      expect(Resource).toEqual({ 'Fn::GetAtt': ['EncryptionKey', 'Arn'] });
      expect(Condition).toEqual({ StringEquals: { 'kms:EncryptionContext:purpose': 'sis-data-key' } });
    }
  });

  test('tells the platforms’ client secrets to the same, as references', () => {
    const told = Object.entries(described.functions).filter(([, { environment = {} }]) =>
      Object.keys(environment).some(name => /_CLIENT_SECRET$/.test(name)),
    );
    expect(told.map(([name]) => name)).toEqual(['api', 'jobsFast', 'jobsBulk']);
    for (const [, { environment = {} }] of told) {
      expect(environment.SIS_KLAVIYO_CLIENT_SECRET).toEqual({
        'Fn::If': [
          'HasKlaviyo',
          {
            'Fn::Sub': expect.stringMatching(
              /^\{\{resolve:secretsmanager:\$\{PlatformSecrets\}:SecretString:klaviyo\}\}$/,
            ),
          },
          '',
        ],
      });
    }
  });

  test('tells the functions all that their configuration asks for', () => {
    const given = JSON.stringify(described.environment);
    const read = readAwsConfig({ AWS_REGION: 'eu-west-1' });
    const missing = read.ok ? [] : read.problems.flatMap(problem => /^SIS_\w+/.exec(problem)?.[0] ?? []);
    expect(missing.length).toBeGreaterThan(5);
    for (const name of missing) expect(given).toContain(`"${name}"`);
    expect(described.environment.TZ).toBe('UTC');
  });
});

describe('the packaged service', () => {
  let folder: string;
  let template: Template;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sis-package-'));
    const env = { ...withoutAws(globalThis.process.env), SLS_TELEMETRY_DISABLED: '1' };
    const osls = join(ROOT, 'node_modules/osls/bin/serverless.js');
    await promisify(execFile)(globalThis.process.execPath, [osls, 'package', '--package', folder], {
      cwd: ROOT,
      env,
    });
    template = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
  }, 120_000);

  afterAll(async () => rm(folder, { recursive: true }));

  test('is a template without a fatal or an error', async () => {
    const { RegoEngine, TemplateFile } = await import('@aws/cloudformation-validate');
    const file = join(folder, 'cloudformation-template-update-stack.json');
    const { diagnostics } = new RegoEngine().validateStandard(new TemplateFile(file));
    const bad = diagnostics.filter(({ severity }) => severity === 'FATAL' || severity === 'ERROR');
    expect(bad.map(({ ruleId, message, entity }) => `${ruleId} ${entity?.logicalId}: ${message}`)).toEqual(
      [],
    );
  }, 60_000);

  test('holds no secret and no account', () => {
    const text = JSON.stringify(template);
    expect(text).not.toMatch(/\b\d{12}\b/);
    expect(text).toMatch(/\{\{resolve:secretsmanager:\$\{Secret\}:SecretString\}\}/);
  });

  // The names in a zip file stand there in clear.
  const zip = (name: string) => readFileSync(join(folder, `${name}.zip`), 'latin1');

  test.each(['dist/dashboard/index.html', 'dist/widget.js', 'dist/widget.js.map', 'dist/frame.js'])(
    'carries %s with the function that serves it, and with no other',
    file => {
      const carrying = Object.keys(described.functions).filter(name => zip(name).includes(file));
      expect(carrying).toEqual(['api']);
    },
  );

  test('gives every function the parts of its own bundle, and of no other', () => {
    for (const [name, { handler }] of Object.entries(described.functions)) {
      const folders = zip(name).match(/src\/platform\/handlers\/\w+(?=\/)/g);
      expect([name, [...new Set(folders)]]).toEqual([name, [handler.replace(/\/index\.\w+$/, '')]]);
    }
  });

  test('runs every function on Node 22 for arm64, in UTC', () => {
    const functions = Object.values(template.Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    expect(functions).toHaveLength(Object.keys(described.functions).length);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs22.x',
        Architectures: ['arm64'],
        Environment: { Variables: { TZ: 'UTC' } },
      });
    }
  });
});

describe('a bundle', () => {
  let folder: string;
  let standIns: StandIns;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sis-bundles-'));
    standIns = await startStandIns();
  });

  afterAll(async () => {
    await standIns.close();
    await rm(folder, { recursive: true });
  });

  /** Each function once. */
  const made = new Map<string, Promise<Bundled>>();
  const bundled = (name: string): Promise<Bundled> => {
    const known = made.get(name) ?? bundleFunction(name, folder, described);
    made.set(name, known);
    return known;
  };

  /** Runs `node -e` in the environment of a function, against the stand-ins. */
  const run = async (code: string, cwd: string = ROOT): Promise<string> => {
    const env = {
      ...withoutAws(globalThis.process.env),
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: standIns.endpoints.dynamodb,
      SIS_BASE_URL: 'https://sis.example.com',
      SIS_MAIL_DOMAIN: described.mailDomain,
      SIS_SECRET: 'a secret of the tests, never used elsewhere',
      SIS_OPERATOR_KEY: 'operator-key-of-the-tests',
      SIS_AWS_TABLE: standIns.tableName,
      SIS_AWS_BUCKET: standIns.bucket,
      SIS_AWS_FAST_QUEUE: 'none',
      SIS_AWS_BULK_QUEUE: 'none',
      SIS_AWS_CONFIGURATION_SET: 'sis',
      SIS_AWS_ENCRYPTION_KEY: 'alias/sis',
    };
    const { stdout } = await promisify(execFile)(globalThis.process.execPath, ['-e', code], { env, cwd });
    return stdout.trim();
  };

  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    JSON.stringify({
      version: '2.0',
      rawPath: path,
      rawQueryString: '',
      headers,
      isBase64Encoded: false,
      requestContext: { http: { method: 'GET', path, sourceIp: '203.0.113.9' } },
    });

  test.each([
    ['page', '/e/nothing-here', '404'],
    ['click', '/u/nothing-here', '404'],
    ['api', '/healthz', '200'],
    ['api', '/d/nothing-here', '404'],
  ])('of %s loads and answers %s', async (name, path, status) => {
    const { file } = await bundled(name);
    const code = `import(${JSON.stringify(file)}).then(f => f.handler(${get(path)})).then(a => console.log(a.statusCode))`;
    expect(await run(code)).toBe(status);
  });

  test.each(['mail', 'jobsFast', 'jobsBulk', 'feedback', 'schedule'])('of %s loads', async name => {
    const { file } = await bundled(name);
    const exported = described.functions[name]?.handler.split('.').at(-1) ?? '';
    const code = `import(${JSON.stringify(file)}).then(f => console.log(typeof f[${JSON.stringify(exported)}]))`;
    expect(await run(code)).toBe('function');
  });

  test('of api serves the files that are packaged beside it, zipped where the visitor takes it so', async () => {
    const { file } = await bundled('api');
    // As Lambda unpacks the zip: what the patterns name lies below the working folder.
    const task = join(folder, 'task');
    mkdirSync(join(task, 'dist', 'dashboard', 'assets'), { recursive: true });
    for (const [name, text] of Object.entries(PACKAGED)) writeFileSync(join(task, 'dist', name), text);
    const asked = ['/widget.js', '/widget.js.map', '/w/frame.js', '/assets/index-1a2b.js'];
    const zipped = get('/widget.js', { 'accept-encoding': 'gzip' });
    const code = `import(${JSON.stringify(file)}).then(async ({ handler }) => {
      const said = answer => answer.isBase64Encoded ? Buffer.from(answer.body, 'base64') : Buffer.from(answer.body);
      const told = [];
      for (const event of [${asked.map(path => get(path)).join()}]) {
        const answer = await handler(event);
        told.push([answer.statusCode, answer.headers['content-type'], said(answer).toString()]);
      }
      const answer = await handler(${zipped});
      told.push([answer.headers['content-encoding'], require('node:zlib').gunzipSync(said(answer)).toString()]);
      console.log(JSON.stringify(told));
    })`;
    expect(JSON.parse(await run(code, task))).toEqual([
      [200, 'text/javascript; charset=utf-8', 'the widget'],
      [200, 'application/json; charset=utf-8', '{"version":3}'],
      [200, 'text/javascript; charset=utf-8', 'within the frame'],
      [200, expect.stringMatching(/^text\/javascript/), 'the dashboard'],
      ['gzip', 'the widget'],
    ]);
  });

  test.each([
    ['page', '/e/nothing-here'],
    ['click', '/u/nothing-here'],
  ])('of %s speaks every language', async (name, path) => {
    const { file } = await bundled(name);
    const events = LANGUAGES.map(language => get(path, { 'accept-language': language }));
    const code = `import(${JSON.stringify(file)}).then(async ({ handler }) => {
      const told = [];
      for (const event of [${events.join()}]) {
        const { body } = await handler(event);
        told.push([/<html lang="(\\w+)"/.exec(body)?.[1], /<h1>([^<]*)/.exec(body)?.[1]]);
      }
      console.log(JSON.stringify(told));
    })`;
    const told: [string, string][] = JSON.parse(await run(code));
    expect(told.map(([language]) => language)).toEqual([...LANGUAGES]);
    expect(new Set(told.map(([, heading]) => heading)).size).toBe(LANGUAGES.length);
  });

  test.each(['page', 'click'])('of %s carries neither Express nor zod', async name => {
    const { metafile } = await bundled(name);
    const packages = Object.keys(metafile.inputs).flatMap(
      path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect(packages.filter(each => each === 'express' || each === 'zod')).toEqual([]);
    expect(packages).toContain('@aws-sdk/client-dynamodb');
  });
});

function sourceOf(event: DescribedFunction['events'][number]): string {
  const [kind = ''] = Object.keys(event);
  if (kind !== 'sqs') return kind;
  const { arn } = event.sqs as { arn: { 'Fn::GetAtt': [string, string] } };
  return `sqs ${arn['Fn::GetAtt'][0]}`;
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function statementsOf(properties: Readonly<Record<string, unknown>>): readonly Statement[] {
  const policies = properties.Policies as { PolicyDocument: { Statement: Statement[] } }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Credentials of whoever runs the tests must not matter. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:AWS_|SIS_)/.test(name)));
}
