/** The table, queues and bucket that serverless.yml describes, in the words of the SDK, so that tests run on what is deployed. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Described {
  readonly functions: Readonly<Record<string, DescribedFunction>>;
  /** How functions are bundled: esbuild's own words, but for the last two. */
  readonly esbuild: {
    readonly bundle: true;
    readonly minify: boolean;
    readonly sourcemap: boolean;
    readonly platform: 'node';
    readonly target: string;
    readonly format: 'esm';
    readonly splitting: boolean;
    readonly mainFields: string[];
    readonly banner: { readonly js: string };
    readonly outputFileExtension: '.mjs';
    readonly concurrency: number;
  };
  /** What every function is told. */
  readonly environment: Readonly<Record<string, unknown>>;
  readonly table: TableProperties;
  readonly queues: readonly DescribedQueue[];
  readonly bucket: string;
  readonly mailDomain: string;
  readonly configurationSet: string;
  /** CloudFormation's resources as they stand in the file, variables of the deployer filled in. */
  readonly resources: Readonly<Record<string, Resource>>;
}

export interface DescribedFunction {
  readonly handler: string;
  readonly role?: string;
  readonly timeout?: number;
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export interface DescribedQueue {
  readonly logicalId: string;
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly redrive: { readonly deadLogicalId: string; readonly receives: number } | null;
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface TableProperties {
  readonly AttributeDefinitions: readonly { AttributeName: string; AttributeType: 'S' }[];
  readonly KeySchema: readonly { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  readonly GlobalSecondaryIndexes: readonly {
    IndexName: string;
    KeySchema: readonly { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
    Projection: { ProjectionType: 'ALL' | 'KEYS_ONLY' };
  }[];
}

interface QueueProperties {
  readonly QueueName: string;
  readonly VisibilityTimeout: number;
  readonly RedrivePolicy?: {
    readonly maxReceiveCount: number;
    readonly deadLetterTargetArn: { readonly 'Fn::GetAtt': readonly [string, string] };
  };
}

const FILE = new URL('../../../serverless.yml', import.meta.url);

export function readServerless(): Described {
  const file = parse(readFileSync(FILE, 'utf8'), { merge: true });
  const filled = fillIn(file, file);
  const resources: Record<string, Resource> = filled.resources.Resources;
  return {
    functions: filled.functions,
    esbuild: filled.custom.esbuild,
    environment: filled.provider.environment,
    resources,
    table: resources.Table?.Properties as unknown as TableProperties,
    queues: Object.entries(resources).flatMap(([logicalId, { Type, Properties }]) =>
      Type === 'AWS::SQS::Queue' ? [queueOf(logicalId, Properties as unknown as QueueProperties)] : [],
    ),
    bucket: filled.custom.bucket,
    mailDomain: filled.custom.mailDomain,
    configurationSet: filled.custom.prefix,
  };
}

function queueOf(logicalId: string, properties: QueueProperties): DescribedQueue {
  const { RedrivePolicy: redrive } = properties;
  return {
    logicalId,
    name: properties.QueueName,
    visibilitySeconds: properties.VisibilityTimeout,
    redrive:
      redrive === undefined
        ? null
        : { deadLogicalId: redrive.deadLetterTargetArn['Fn::GetAtt'][0], receives: redrive.maxReceiveCount },
  };
}

/** The deployer's variables: `${self:…}`, `${sls:stage}`, `${env:X, default}`. CloudFormation's own `${…}` stay. */
function fillIn<T>(value: T, root: unknown): T {
  if (typeof value === 'string') return filled(value, root) as T;
  if (Array.isArray(value)) return value.map(inner => fillIn(inner, root)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fillIn(inner, root)])) as T;
}

function filled(text: string, root: unknown): unknown {
  const whole = /^\$\{([^{}]*)\}$/.exec(text);
  const only = whole === null ? undefined : variable(whole[1] ?? '', root);
  if (only !== undefined) return fillIn(only, root);
  return text.replace(/\$\{([^{}]*)\}/g, (kept, inner: string) => {
    const found = variable(inner, root);
    return found === undefined ? kept : String(fillIn(found, root));
  });
}

function variable(text: string, root: unknown): unknown {
  const [first = '', second] = text.split(/,\s*/);
  if (first === 'sls:stage') return 'dev';
  if (first.startsWith('self:')) return at(root, first.slice('self:'.length));
  if (!/^(?:env|opt):/.test(first) || second === undefined) return undefined;
  const quoted = /^'(.*)'$/.exec(second);
  return quoted === null ? variable(second, root) : quoted[1];
}

function at(root: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  }, root);
}
