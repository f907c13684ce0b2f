/**
 * The vendors' sandbox of one machine (D14): both fakes behind the service's own address, kept over a restart in one file. The file is sealed
 * under the installation's secret: it holds tokens, and whoever copies the data folder gets none in clear.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Clock, Fetch, Keys, Random } from '../../../kernel/ports.ts';
import { type Disk, writeDurably } from '../disk.ts';
import { SANDBOX_APP, sandboxUrl } from '../platform-app.ts';
import { type Campaigns, openCampaigns } from './campaign.ts';
import { requestOf, sendAnswer, type Validate } from './exchange.ts';
import type { KlaviyoState } from './klaviyo/state.ts';
import type { MailchimpState } from './mailchimp/state.ts';
import { type KlaviyoVendor, type MailchimpVendor, openKlaviyo, openMailchimp } from './open.ts';
import type { Platform, VendorOptions } from './vendor.ts';

export interface Sandbox {
  readonly mailchimp: MailchimpVendor;
  readonly klaviyo: KlaviyoVendor;
  readonly campaigns: Campaigns;
  /** The service's own address, where this browser is. */
  readonly http: string;
  /** `path` behind the vendor's root, with the query. */
  serve(platform: Platform, incoming: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
  /** What has changed so far is on the disk. */
  saved(): Promise<void>;
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: Fetch;
  /** The service's own address. */
  readonly http: string;
  /** What its links begin with. */
  readonly baseUrl: string;
  readonly validate?: Validate;
}

interface Kept {
  readonly mailchimp: MailchimpState;
  readonly klaviyo: KlaviyoState;
}

const FILE = 'sandbox';
const PURPOSE = 'sandbox';
const SAVE_MS = 500;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const file = join(options.folder, FILE);
  const kept = opened(options.keys, await options.disk.read(file));
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let dirty = false;
  const write = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (dirty) {
      dirty = false;
      const text = JSON.stringify({ mailchimp: mailchimp.state, klaviyo: klaviyo.state } satisfies Kept);
      const bytes = sealed(options, text);
      writing = writing.then(() => writeDurably(options.disk, file, bytes));
    }
    return writing;
  };
  const changed = (): void => {
    dirty = true;
    timer ??= setTimeout(() => void write().catch(() => undefined), SAVE_MS).unref();
  };
  const mailchimp = openMailchimp(settings(options, 'mailchimp', changed), kept?.mailchimp ?? null);
  const klaviyo = openKlaviyo(settings(options, 'klaviyo', changed), kept?.klaviyo ?? null);
  return {
    mailchimp,
    klaviyo,
    campaigns: openCampaigns(options.random),
    http: options.http,
    saved: write,
    async serve(platform, incoming, response, path) {
      const request = await requestOf(incoming, path);
      const answer = await (platform === 'mailchimp' ? mailchimp : klaviyo).answer(request);
      // Tokens that were handed over must be known after a crash too.
      if (request.path.startsWith('/oauth') && request.method === 'POST') await write();
      sendAnswer(response, answer);
    },
    async close() {
      await Promise.all([mailchimp.hooks.settled(), klaviyo.hooks.settled()]);
      await write();
    },
  };
}

function settings(options: SandboxOptions, platform: Platform, changed: () => void): VendorOptions {
  const { clock, random, fetch, http, baseUrl, validate } = options;
  return {
    url: sandboxUrl(http, platform),
    app: SANDBOX_APP,
    redirectUris: [`${baseUrl}/connect/${platform}/callback`],
    clock,
    random,
    fetch,
    wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
    consentUrl: `${http}/local/sandbox/${platform}/consent?question=`,
    limits: true,
    changed,
    ...(validate === undefined ? {} : { validate }),
  };
}

function sealed({ keys, random }: SandboxOptions, text: string): Uint8Array {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keys.derive(PURPOSE), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Null: there is none, or one that another secret sealed. The sandbox then begins anew, and its connections ask to be made again. */
function opened(keys: Keys, bytes: Uint8Array | undefined): Kept | null {
  if (bytes === undefined || bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keys.derive(PURPOSE), bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'));
  } catch {
    return null;
  }
}
