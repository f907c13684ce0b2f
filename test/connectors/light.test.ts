/** What the click page and the pages of connecting load: no SDK, until an account is opened. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const ROOT = new URL('../..', import.meta.url).pathname;

/** Runs a program in a Node of its own; answers the packages whose files it loaded. */
async function loadedBy(program: string): Promise<string[]> {
  const code = `${program}
    import { createRequire } from 'node:module';
    const files = Object.keys(createRequire('${ROOT}').cache);
    const packages = files.map(file => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(packages.filter(Boolean))].sort()));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code],
    { cwd: ROOT },
  );
  return JSON.parse(stdout);
}

const USE = `
  import { connectorFor } from '${ROOT}connectors/registry.ts';
  const app = { clientId: 'id', clientSecret: 'secret', url: 'http://127.0.0.1:9' };
  const grant = { tokens: { access: 't', refresh: null, expiresAt: null }, account: { id: 'a', name: 'a', endpoint: null } };`;

describe('loading', () => {
  test('the registry and the merge tags load no package at all', async () => {
    const loaded = await loadedBy(
      `import '${ROOT}connectors/registry.ts'; import '${ROOT}connectors/merge-tags.ts';`,
    );
    expect(loaded).toEqual([]);
  });

  test('connecting an account and checking a webhook load none either', async () => {
    const loaded = await loadedBy(`${USE}
      for (const platform of ['mailchimp', 'klaviyo']) {
        const connector = connectorFor(platform, app, { timeoutMs: 200 });
        connector.oauth.authorizeUrl({ redirectUri: 'http://127.0.0.1/', state: 's', challenge: 'c' });
        await connector.oauth.account(grant.tokens).catch(() => undefined);
        connector.webhooks.verify({ raw: new Uint8Array(), headers: {}, secret: 's', now: 0 });
        connector.webhooks.read(new Uint8Array());
      }`);
    expect(loaded).toEqual([]);
  });

  test('opening an account loads its own SDK and not the other', async () => {
    const mailchimp = await loadedBy(`${USE} await connectorFor('mailchimp', app).open(grant);`);
    expect(mailchimp).toContain('@mailchimp/mailchimp_marketing');
    expect(mailchimp).not.toContain('klaviyo-api');
    const klaviyo = await loadedBy(`${USE} await connectorFor('klaviyo', app).open(grant);`);
    expect(klaviyo).toContain('klaviyo-api');
    expect(klaviyo).not.toContain('@mailchimp/mailchimp_marketing');
  }, 60_000);
});
