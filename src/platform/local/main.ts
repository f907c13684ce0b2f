/** The script behind `npm start`: says what to do where Node is too old, prints one `ready` line, ends well. */

const NEEDED = 22;
/** sysexits.h EX_CONFIG: a start that a person has to mend. */
const EXIT_CONFIG = 78;
const LOOK_FOR_PARENT_MS = 500;

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  giveUp(
    `Node ${process.versions.node} is too old: start with "npm start", which brings Node ${NEEDED} along.`,
  );
}
await run();

async function run(): Promise<void> {
  const { environment, readLocalConfig, runInUtc } = await import('../config.ts');
  runInUtc();
  const { FolderHeld, startService } = await import('./server.ts');
  const read = readLocalConfig(environment());
  if (!read.ok)
    return giveUp(`These settings are wrong:\n${read.problems.map(problem => `  ${problem}`).join('\n')}`);
  const service = await startService(read.config, {
    log: line => process.stderr.write(line),
    onBroken: () => process.exit(1),
  }).catch(error =>
    giveUp(
      error instanceof FolderHeld || isTaken(error) ? sentenceOf(error) : (error?.stack ?? String(error)),
    ),
  );
  const ready = {
    http: service.http,
    smtp: `127.0.0.1:${service.smtpPort}`,
    mailDomain: read.config.mailDomain,
    dataDir: read.config.dataDir,
    pid: process.pid,
  };
  process.stderr.write(`sis: sign in as the operator, once: ${service.signInLink}\n`);
  process.stdout.write(`ready ${JSON.stringify(ready)}\n`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // npm killed by SIGKILL can tell us nothing: without this the server would keep the ports as an orphan.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, LOOK_FOR_PARENT_MS).unref();
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
  );
}

function sentenceOf(error: Error & { port?: number }): string {
  return error.port === undefined
    ? error.message
    : `Port ${error.port} can't be taken: another program has it. Set SIS_HTTP_PORT or SIS_SMTP_PORT (0 takes a free one).`;
}

function giveUp(text: string): never {
  process.stderr.write(`sis: ${text}\n`);
  process.exit(EXIT_CONFIG);
}

export {};
