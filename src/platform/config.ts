/**
 * The environment, read once: raw values first, then their meaning. All that is missing or contradictory is named in one message.
 * The only file that reads `process.env`.
 */

import { normalAddress } from '../kernel/address.ts';
import { DEFAULT_LIMITS, type LimitName, type Limits } from '../kernel/limits.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every runtime needs. */
export interface CommonConfig {
  readonly mailDomain: string;
  readonly trustProxy: boolean;
  readonly limits: Limits;
  readonly secret: string | null;
  readonly operatorKey: string | null;
  readonly platforms: { readonly mailchimp: PlatformConfig; readonly klaviyo: PlatformConfig };
}

/** What the environment says of the installation's app at a platform. */
export interface PlatformConfig {
  /** Null: not named. On one machine the sandbox's app stands in, on AWS the platform is off. */
  readonly app: { readonly clientId: string; readonly clientSecret: string } | null;
  /** Null: the vendor, or the sandbox where no app is named either. */
  readonly url: string | null;
}

export interface LocalConfig extends CommonConfig {
  readonly httpPort: number;
  readonly smtpPort: number;
  readonly dataDir: string;
  /** Null: made from the HTTP port once it is known. */
  readonly baseUrl: string | null;
  readonly relay: { readonly host: string; readonly port: number } | null;
  readonly dns: { readonly host: string; readonly port: number } | null;
  readonly trustLoopback: boolean;
  readonly sendRate: number;
  readonly clockOffsetSeconds: number;
}

export interface AwsConfig extends CommonConfig {
  readonly baseUrl: string;
  readonly secret: string;
  readonly table: string;
  readonly bucket: string;
  readonly fastQueue: string;
  readonly bulkQueue: string;
  /** Dead-letter queues that `schedule` empties; other functions have none. */
  readonly deadQueues: readonly string[];
  readonly configurationSet: string;
  /** The KMS key that wraps data keys: id, ARN or alias. */
  readonly encryptionKey: string;
  readonly region: string;
}

export type Read<T> =
  | { readonly ok: true; readonly config: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** `process.env` of the running process. */
export function environment(): Environment {
  return process.env;
}

/** The machine's own zone must never decide a time. */
export function runInUtc(): void {
  process.env.TZ = 'UTC';
}

export function readLocalConfig(env: Environment): Read<LocalConfig> {
  const raw = new RawValues(env);
  const config: LocalConfig = {
    ...common(raw, 'sis.localhost'),
    httpPort: raw.integer('SIS_HTTP_PORT', 3000, 0, 65_535),
    smtpPort: raw.integer('SIS_SMTP_PORT', 2525, 0, 65_535),
    dataDir: raw.text('SIS_DATA_DIR', '.sis'),
    baseUrl: raw.baseUrl('SIS_BASE_URL'),
    relay: raw.hostAndPort(
      'SIS_SMTP_RELAY',
      /^smtp:\/\/(?<host>[^/:]+|\[[^\]]+\]):(?<port>\d+)\/?$/,
      'smtp://host:port',
    ),
    dns: raw.hostAndPort('SIS_DNS', /^(?<host>[^/:]+|\[[^\]]+\]):(?<port>\d+)$/, 'host:port'),
    trustLoopback: raw.flag('SIS_TRUST_LOOPBACK', true),
    sendRate: raw.integer('SIS_SEND_RATE', 500, 1, 100_000),
    clockOffsetSeconds: raw.integer('SIS_CLOCK_OFFSET_SECONDS', 0, -4_102_444_800, 4_102_444_800),
  };
  const { httpPort, smtpPort } = config;
  if (httpPort !== 0 && httpPort === smtpPort)
    raw.problem('SIS_HTTP_PORT and SIS_SMTP_PORT are the same port.');
  return raw.result(config);
}

export function readAwsConfig(env: Environment): Read<AwsConfig> {
  const raw = new RawValues(env);
  const shared = common(raw, undefined);
  return raw.result({
    ...shared,
    secret: raw.text('SIS_SECRET'),
    baseUrl: raw.baseUrl('SIS_BASE_URL') ?? raw.missing('SIS_BASE_URL'),
    table: raw.text('SIS_AWS_TABLE'),
    bucket: raw.text('SIS_AWS_BUCKET'),
    fastQueue: raw.text('SIS_AWS_FAST_QUEUE'),
    bulkQueue: raw.text('SIS_AWS_BULK_QUEUE'),
    deadQueues: raw
      .text('SIS_AWS_DEAD_QUEUES', '')
      .split(',')
      .filter(queue => queue !== ''),
    configurationSet: raw.text('SIS_AWS_CONFIGURATION_SET'),
    encryptionKey: raw.text('SIS_AWS_ENCRYPTION_KEY'),
    region: raw.text('AWS_REGION'),
  });
}

function common(raw: RawValues, mailDomain: string | undefined): CommonConfig {
  return {
    mailDomain: raw.mailDomain('SIS_MAIL_DOMAIN', mailDomain),
    trustProxy: raw.flag('SIS_TRUST_PROXY', false),
    limits: raw.limits(),
    secret: raw.secret('SIS_SECRET'),
    operatorKey: raw.secret('SIS_OPERATOR_KEY'),
    platforms: { mailchimp: raw.platform('SIS_MAILCHIMP'), klaviyo: raw.platform('SIS_KLAVIYO') },
  };
}

const SECRET_CHARS_MIN = 16;

/** Reads raw values and gathers what is wrong with them, so that one start names all of it. */
class RawValues {
  readonly #env: Environment;
  readonly #problems: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  result<T>(config: T): Read<T> {
    return this.#problems.length === 0 ? { ok: true, config } : { ok: false, problems: this.#problems };
  }

  problem(sentence: string): void {
    this.#problems.push(sentence);
  }

  missing(name: string): string {
    this.problem(`${name} is missing.`);
    return '';
  }

  text(name: string, fallback?: string): string {
    const value = this.#given(name) ?? fallback;
    return value ?? this.missing(name);
  }

  integer(name: string, fallback: number, least: number, most: number): number {
    const value = this.#given(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    this.problem(`${name} must be a whole number from ${least} to ${most}.`);
    return fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#given(name)?.toLowerCase();
    if (value === undefined) return fallback;
    if (value === 'true' || value === 'false') return value === 'true';
    this.problem(`${name} must be true or false.`);
    return fallback;
  }

  secret(name: string): string | null {
    const value = this.#given(name);
    if (value === undefined) return null;
    if (value.length < SECRET_CHARS_MIN)
      this.problem(`${name} must have at least ${SECRET_CHARS_MIN} characters.`);
    return value;
  }

  baseUrl(name: string): string | null {
    const value = this.#given(name);
    if (value === undefined) return null;
    const url = URL.parse(value);
    if (url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') {
      return value.replace(/\/+$/, '');
    }
    this.problem(`${name} must be a web address such as https://invites.example.com, without ? or #.`);
    return null;
  }

  platform(prefix: string): PlatformConfig {
    const clientId = this.#given(`${prefix}_CLIENT_ID`);
    const clientSecret = this.#given(`${prefix}_CLIENT_SECRET`);
    if ((clientId === undefined) !== (clientSecret === undefined)) {
      this.problem(`${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET must be set together.`);
    }
    return {
      app: clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret },
      url: this.baseUrl(`${prefix}_URL`),
    };
  }

  mailDomain(name: string, fallback: string | undefined): string {
    const value = this.text(name, fallback).toLowerCase();
    if (value !== '' && normalAddress(`create@${value}`) !== `create@${value}`) {
      this.problem(`${name} must be a domain name such as invites.example.com.`);
    }
    return value;
  }

  hostAndPort(name: string, form: RegExp, example: string): { host: string; port: number } | null {
    const value = this.#given(name);
    if (value === undefined) return null;
    const groups = form.exec(value)?.groups;
    const port = Number(groups?.port);
    if (groups?.host !== undefined && port >= 1 && port <= 65_535) {
      return { host: groups.host.replace(/^\[|\]$/g, ''), port };
    }
    this.problem(`${name} must look like ${example}.`);
    return null;
  }

  limits(): Limits {
    const limits: Record<LimitName, number> = { ...DEFAULT_LIMITS };
    for (const name of Object.keys(this.#env)) {
      if (!name.startsWith('SIS_LIMIT_')) continue;
      const limit = name.slice('SIS_LIMIT_'.length);
      if (!isLimit(limit)) this.problem(`${name} names no limit.`);
      else limits[limit] = this.integer(name, DEFAULT_LIMITS[limit], 0, Number.MAX_SAFE_INTEGER);
    }
    return limits;
  }

  #given(name: string): string | undefined {
    const value = this.#env[name]?.trim();
    return value === '' ? undefined : value;
  }
}

function isLimit(name: string): name is LimitName {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}
