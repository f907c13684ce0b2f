/** The Resolver port over DNS, at the system's servers or at the one that is named. */
import { Resolver as DnsResolver } from 'node:dns/promises';
import type { Resolver } from '../../kernel/ports.ts';

/** c-ares waits less than that once the server has been quick, and twice as long at each further try. */
const TIMEOUT_MS = 1_000;
const TRIES = 4;

export function openResolver(server: string | null): Resolver {
  const dns = new DnsResolver({ timeout: TIMEOUT_MS, tries: TRIES });
  // DNS servers are named by number; `localhost` is the one name that needs no resolver.
  if (server !== null) dns.setServers([server.replace(/^localhost(?=:|$)/, '127.0.0.1')]);
  return { resolve: (name, type) => dns.resolve(name, type) };
}
