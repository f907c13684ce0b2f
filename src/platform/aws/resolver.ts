/** DNS of the Lambda's own network. One resolver with a short timeout: a sender's slow name server must not hold a function. */
import { promises } from 'node:dns';
import type { Resolver } from '../../kernel/ports.ts';

const TIMEOUT_MS = 2_500;
const TRIES = 2;

/** `servers` as `host:port`; left out: those of the system. */
export function dnsResolver(servers?: readonly string[]): Resolver {
  const resolver = new promises.Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers !== undefined) resolver.setServers(servers);
  return { resolve: (name, type) => resolver.resolve(name, type) };
}
