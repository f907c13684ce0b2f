/** A mail that SES put into the bucket becomes an arrival. The object stays under `inbound/` until then, so a lost event loses no mail (P1). */

import { type AwsRuntime, coldRuntime } from '../../aws/runtime.ts';
import type { ObjectCreatedEvent } from '../events.ts';
import { acceptStored } from '../inbound.ts';

export function handler(event: ObjectCreatedEvent): Promise<void> {
  return takeMail(coldRuntime(), event);
}

export async function takeMail({ ports }: AwsRuntime, event: ObjectCreatedEvent): Promise<void> {
  const { key } = event.detail.object;
  const outcome = await acceptStored(ports, key);
  ports.log.info('inbound object', { outcome });
}
