/** The jobs of accounts: their kinds, and the bodies they take. */
import { z } from 'zod';
import type { JobResult, Ports, TakenJob } from '../../kernel/ports.ts';
import { resolveContact } from '../contacts/resolve-contact.ts';
import { finishDisconnect } from './disconnect.ts';
import { checkConnection } from './health.ts';
import { applyNotices } from './notices.ts';
import { tellOver } from './over-mail.ts';
import { watchConnection } from './watch.ts';

const contactBody = z.object({ contact: z.string() });
const connectionBody = z.object({ connection: z.string() });
const watchBody = connectionBody.extend({ anew: z.boolean().optional() });
const disconnectBody = connectionBody.extend({ connectedAt: z.string() });
const noticesBody = connectionBody.extend({ batch: z.string() });

export const accountJobs: Readonly<Record<string, (ports: Ports, job: TakenJob) => Promise<JobResult>>> = {
  contact: (ports, { body }) => resolveContact(ports, contactBody.parse(body)),
  watch: (ports, { body }) => watchConnection(ports, watchBody.parse(body)),
  disconnect: (ports, { body }) => finishDisconnect(ports, disconnectBody.parse(body)),
  'connection-check': (ports, { body }) => checkConnection(ports, connectionBody.parse(body)),
  'connection-over': (ports, { body }) => tellOver(ports, connectionBody.parse(body)),
  notices: (ports, { body }) => applyNotices(ports, noticesBody.parse(body)),
};
