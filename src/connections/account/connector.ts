/** The connector of a platform, with the installation's app; none where the installation has no app there. */
import type { Connector, PlatformName } from '../../../connectors/contract.ts';
import { connectorFor } from '../../../connectors/registry.ts';
import type { Ports } from '../../kernel/ports.ts';

export function connectorOf(ports: Pick<Ports, 'settings'>, platform: PlatformName): Connector | undefined {
  const app = ports.settings.platforms[platform];
  if (app === null) return undefined;
  return connectorFor(platform, app, { timeoutMs: ports.settings.limits.PLATFORM_TIMEOUT_MS });
}
