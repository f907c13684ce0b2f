/** The measured servers as processes of their own, so that the load and they do not share a thread. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Running {
  readonly process: ChildProcess;
  readonly ready: { readonly http: string; readonly smtp: string };
  /** Resident memory in MB. */
  memory(): number;
  stop(): Promise<void>;
}

export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Running> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  const ready = await new Promise<Running['ready']>((resolve, reject) => {
    child.once('exit', code => reject(new Error(`${args.join(' ')} ended with ${code}`)));
    lines.on('line', line => {
      if (line.startsWith('ready ')) resolve(JSON.parse(line.slice('ready '.length)) as Running['ready']);
    });
  });
  return {
    process: child,
    ready,
    memory: () => residentMegabytes(child.pid ?? 0),
    stop: () =>
      new Promise(resolve => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

export function startService(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Running> {
  return startProcess(['dist/server.mjs'], {
    SIS_HTTP_PORT: '0',
    SIS_SMTP_PORT: '0',
    SIS_DATA_DIR: dataDir,
    SIS_OPERATOR_KEY: 'operator-key-of-the-bench',
    SIS_LIMIT_SIGNUPS_PER_NETWORK_MINUTE: '1000000',
    SIS_LIMIT_SIGNUPS_PER_NETWORK_DAY: '1000000',
    ...env,
  });
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
