/** The local runtime as a story sees it: the real service on a temporary folder, and a relay that takes what leaves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { type Environment, readLocalConfig } from '../../src/platform/config.ts';
import { startService } from '../../src/platform/local/server.ts';
import { startSmtp } from '../../src/platform/local/smtp.ts';
import { sendMail } from '../../src/platform/local/smtp-client.ts';
import { type Departed, OPERATOR_KEY, type Runtime } from './runtime.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const MOMENT_MS = 10;

export interface LocalRuntime extends Runtime {
  readonly logged: readonly string[];
  readonly smtpPort: number;
  readonly url: string;
}

export async function localRuntime(now: string, env: Environment = {}): Promise<LocalRuntime> {
  const folder = mkdtempSync(join(tmpdir(), 'sis-journey-'));
  const departed: Departed[] = [];
  const logged: string[] = [];
  const relay = await startSmtp({
    port: 0,
    name: 'relay',
    log: SILENT,
    limits: DEFAULT_LIMITS,
    accepts: () => true,
    accept: async ({ raw, recipients }) => void departed.push(departedOf(raw, recipients[0] ?? '')),
  });
  const ahead = Math.round((Date.parse(now) - Date.now()) / 1000);
  const read = readLocalConfig({
    SIS_HTTP_PORT: '0',
    SIS_SMTP_PORT: '0',
    SIS_DATA_DIR: folder,
    SIS_SMTP_RELAY: `smtp://127.0.0.1:${relay.port}`,
    SIS_OPERATOR_KEY: OPERATOR_KEY,
    SIS_CLOCK_OFFSET_SECONDS: String(ahead),
    SIS_LIMIT_COALESCE_SECONDS: '0',
    ...env,
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  const service = await startService(read.config, { log: line => void logged.push(line) });
  return {
    mailDomain: read.config.mailDomain,
    logged,
    url: service.http,
    smtpPort: service.smtpPort,
    now: () => Date.now() + ahead * 1000,
    deliver: ({ raw, from, to }) => sendMail({ port: service.smtpPort, from, to, raw }),
    http: async (method, path, options = {}) => {
      const answer = await fetch(new URL(path, service.http), { method, redirect: 'manual', ...options });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: await answer.text(),
      };
    },
    departed: () => departed,
    work: () => new Promise(resolve => setTimeout(resolve, MOMENT_MS)),
    stop: async () => {
      await service.stop();
      await relay.close(1000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function departedOf(raw: Uint8Array, to: string): Departed {
  const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim();
  return {
    kind: header('X-SIS-Kind') ?? '',
    to,
    event: header('X-SIS-Event') ?? null,
    revision: Number(header('X-SIS-Revision') ?? 0),
    raw,
  };
}
