/** For tests of buttons: a connected account with contacts, a button's link, and a visitor who presses as people do. */
import type { PlatformName } from '../../connectors/contract.ts';
import { openConnection } from '../../src/connections/account/store.ts';
import { type Envelope, sealEnvelope } from '../../src/connections/button/envelope.ts';
import { rememberContact } from '../../src/connections/contacts/contacts.ts';
import type { EventRecord } from '../../src/events/event.ts';
import type { Ports } from '../../src/kernel/ports.ts';
import type { PageRequest } from '../../src/pages/page.ts';
import { submit, type Told, visit } from './pages.ts';
import type { TestWorld } from './world.ts';

export const CHROME = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'accept-language': 'en',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
  'sec-fetch-dest': 'document',
} as const;

/** As the page's script fills them in for a press of the mouse. */
export const BY_HAND = { script: '1', gesture: 'pointer', held: '84', driven: '', unseen: '', remarks: '' };
export const NO_SCRIPT = { script: '', gesture: '', held: '', driven: '', unseen: '', remarks: '' };

export interface Account {
  readonly connection: string;
  readonly audience: string;
}

export async function connectAccount(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  workspace: string,
  platform: PlatformName = 'mailchimp',
): Promise<Account> {
  const account = { id: `account of ${workspace}`, name: 'Town hall', endpoint: null };
  const { id } = await openConnection(ports, { workspace, platform, account }, () => []);
  return { connection: id, audience: 'abc123' };
}

export async function knowContact(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  account: Account,
  contact: { readonly reference: string; readonly address: string },
): Promise<void> {
  await rememberContact(ports, {
    ...account,
    contact: {
      id: `id-${contact.reference}`,
      reference: contact.reference,
      address: contact.address,
      name: null,
      consent: 'subscribed',
    },
  });
}

export async function buttonLink(
  ports: Pick<Ports, 'keys' | 'table' | 'clock'>,
  event: Pick<EventRecord, 'id' | 'workspace'>,
  account: Account | null,
  more: Partial<Envelope> = {},
): Promise<string> {
  const token = await sealEnvelope(ports, {
    workspace: event.workspace,
    connection: account?.connection ?? null,
    audience: account?.audience ?? null,
    event: event.id,
    answer: 'yes',
    expiresAt: Math.floor(ports.clock.now() / 1000) + 90 * 86_400,
    ...more,
  });
  return `/r/${token}`;
}

export interface Pressing {
  readonly answer?: string;
  /** How long he looks before he presses. */
  readonly looksMs?: number;
  readonly fields?: { readonly [name: string]: string };
  readonly headers?: PageRequest['headers'];
  readonly network?: string;
}

/** Opens the page and presses once. */
export async function openAndPress(world: TestWorld, path: string, pressing: Pressing = {}): Promise<Told> {
  const headers = pressing.headers ?? CHROME;
  const page = await visit(world, path, { headers, ...networkOf(pressing) });
  return pressOn(world, path, page, pressing);
}

export async function pressOn(
  world: TestWorld,
  path: string,
  page: Told,
  { answer = 'yes', looksMs = 4_000, fields = BY_HAND, headers = CHROME, network }: Pressing = {},
): Promise<Told> {
  world.clock.advance(looksMs);
  return submit(
    world,
    path,
    { nonce: nonceIn(page), ...(answer === '' ? {} : { answer }), ...fields },
    {
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      ...networkOf({ network }),
      pause: async () => void (await world.runJobs()),
    },
  );
}

export function nonceIn({ body }: Pick<Told, 'body'>): string {
  return /name="nonce" value="([^"]+)"/.exec(body)?.[1] ?? '';
}

export function headingOf({ body }: Pick<Told, 'body'>): string {
  return /<h1[^>]*>([^<]*)<\/h1>/.exec(body)?.[1] ?? '';
}

/** Words of the notice above the form, where there is one. */
export function noticeOf({ body }: Pick<Told, 'body'>): string | null {
  return /role="status"><h2>([^<]*)<\/h2>/.exec(body)?.[1] ?? null;
}

function networkOf({ network }: { readonly network?: string | undefined }): { network?: string } {
  return network === undefined ? {} : { network };
}
