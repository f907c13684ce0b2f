/** For tests: somebody who has pressed his mailed link. */
import type { Ports } from '../../src/kernel/ports.ts';
import { placeFor } from '../../src/organizers/members.ts';
import { openSession, type Session, sessionOf } from '../../src/organizers/session.ts';

export interface SignedIn {
  readonly session: Session;
  /** Value of the cookie. */
  readonly cookie: string;
  /** As a browser sends it. */
  readonly header: string;
}

/** `address` null: the operator. */
export async function signedIn(ports: Ports, address: string | null): Promise<SignedIn> {
  const place = address === null ? null : await placeFor(ports, address);
  const { cookie } = await openSession(ports, {
    address,
    workspace: place?.workspace ?? null,
    role: place?.role ?? 'operator',
    agent: 'Firefox, Linux',
  });
  const header = `sis_session=${cookie}`;
  const session = await sessionOf(ports, header);
  if (session === null) throw new Error('the session is not there');
  return { session, cookie, header };
}
