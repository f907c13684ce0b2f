/**
 * The vendors' own descriptions as a measure: where OPENAPI_DIR names a folder with `mailchimp.json` and `klaviyo.json`, each exchange with
 * a fake is held against them. What doesn't fit fails the test that caused it; how many calls were checked is printed.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Document, OpenAPIBackend } from 'openapi-backend';
import type { Exchange, Validate } from '../../src/platform/local/vendors/exchange.ts';

type Platform = Exchange['platform'];

/** As much of a description as is touched here. */
interface Response {
  content?: Record<string, unknown>;
}
interface Description {
  readonly paths: Record<string, Record<string, { responses?: Record<string, Response> }>>;
  readonly components?: { readonly responses?: Record<string, Response> };
}

const FOLDER = process.env.OPENAPI_DIR ?? '';
const BASES = { mailchimp: '/3.0', klaviyo: '' } as const;
const JSON_TYPE = 'application/json';

// Only where there is something to measure by.
const require = createRequire(import.meta.url);

const counts: Record<Platform, number> = { mailchimp: 0, klaviyo: 0 };
let violations: string[] = [];
const backends = new Map<Platform, OpenAPIBackend>();

/** Undefined where there is nothing to measure by. */
export function openApiValidate(): Validate | undefined {
  return FOLDER === '' ? undefined : check;
}

export function checkedCalls(): Readonly<Record<Platform, number>> {
  return { ...counts };
}

export function openApiViolations(): readonly string[] {
  return violations;
}

/** For a test that makes them on purpose. */
export function forgetViolations(): void {
  violations = [];
}

/** The raw description, for tests that read the vendor's own extensions out of it. Undefined without OPENAPI_DIR. */
export function descriptionOf(platform: Platform): Description | undefined {
  return FOLDER === '' ? undefined : JSON.parse(readFileSync(join(FOLDER, `${platform}.json`), 'utf8'));
}

function check(exchange: Exchange): readonly string[] {
  const { platform, request, answer } = exchange;
  if (request.path.startsWith('/oauth')) return [];
  const found = flawsOf(exchange);
  counts[platform] += 1;
  const sentences = found.map(
    flaw => `${platform} ${request.method} ${request.path} (${answer.status}): ${flaw}`,
  );
  violations.push(...sentences);
  return sentences;
}

function flawsOf({ platform, request, answer }: Exchange): readonly string[] {
  const backend = backendOf(platform);
  const asked = {
    method: request.method,
    path: request.path.slice(BASES[platform].length) || '/',
    query: Object.fromEntries(request.query),
    headers: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    body: bodyOf(Buffer.from(request.body).toString('utf8')),
  };
  const operation = backend.router.matchOperation(asked);
  if (operation === undefined)
    return answer.status === 404 || answer.status === 405 ? [] : ['no such operation in the description'];
  const flaws: string[] = [];
  // What a platform refuses may be wrong; what it accepts must fit.
  if (answer.status < 400) {
    const result = backend.validator.validateRequest(asked, operation);
    flaws.push(
      ...(result.errors ?? []).map(
        error => `request ${error.instancePath} ${error.message} ${detail(error.params)}`,
      ),
    );
  }
  const result = backend.validator.validateResponse(
    answer.body === '' ? null : bodyOf(answer.body),
    operation,
    answer.status,
  );
  // A union that fails names every branch: the first few tell enough.
  flaws.push(
    ...(result.errors ?? [])
      .slice(0, 5)
      .map(error => `answer ${error.instancePath} ${error.message} ${detail(error.params)}`),
  );
  return flaws;
}

function detail(params: object): string {
  return JSON.stringify(params).slice(0, 200);
}

function bodyOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function backendOf(platform: Platform): OpenAPIBackend {
  const standing = backends.get(platform);
  if (standing !== undefined) return standing;
  const description = descriptionOf(platform);
  if (description === undefined) throw new Error('OPENAPI_DIR is not set');
  asJson(description);
  const library: typeof import('openapi-backend') = require('openapi-backend');
  const backend = new library.OpenAPIBackend({
    definition: description as unknown as Document,
    quick: true,
    validate: true,
    // Each file of tests compiles anew what it measures by: the vendors' own schemas are taken as they are, and not polished.
    ajvOpts: { strict: false, logger: false, validateSchema: false, code: { optimize: false } },
  });
  void backend.init();
  backends.set(platform, backend);
  return backend;
}

/** The library measures answers of the type `application/json` only; both vendors' own types are JSON too. */
function asJson(description: Description): void {
  const responses = [
    ...Object.values(description.components?.responses ?? {}),
    ...Object.values(description.paths).flatMap(path =>
      Object.values(path).flatMap(operation => Object.values(operation.responses ?? {})),
    ),
  ];
  for (const { content } of responses) {
    const [first] = Object.values(content ?? {});
    if (content !== undefined && first !== undefined) content[JSON_TYPE] ??= first;
  }
}

type Hook = (run: () => void) => void;

/** Where jest runs us, each test answers for its own calls, and each file says how many were checked. */
const { afterEach, afterAll } = globalThis as { afterEach?: Hook; afterAll?: Hook };

if (FOLDER !== '') {
  afterEach?.(() => {
    const found = violations;
    violations = [];
    if (found.length > 0) throw new Error(`the vendor's description is not kept:\n${found.join('\n')}`);
  });
  afterAll?.(() => {
    const { mailchimp, klaviyo } = counts;
    if (process.env.SIS_PRINT === '1')
      process.stdout.write(`figure: vendor calls checked: ${mailchimp} Mailchimp, ${klaviyo} Klaviyo\n`);
    const tally = process.env.OPENAPI_TALLY ?? '';
    if (tally !== '') appendFileSync(tally, `${mailchimp} ${klaviyo}\n`);
  });
}
