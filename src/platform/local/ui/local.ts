/** What the local rooms work with. */
import type { Ports } from '../../../kernel/ports.ts';
import type { PageRequest } from '../../../pages/page.ts';
import type { Outbox } from '../outbox.ts';
import type { Sandbox } from '../vendors/sandbox.ts';

export interface LocalOptions {
  readonly outbox: Outbox;
  /** Of this machine's own listener: where answers and the organizers' mails go. */
  readonly smtpPort: number;
  /** Fakes of the platforms; left out, there are none to show. */
  readonly sandbox?: Sandbox;
}

export interface Local extends LocalOptions {
  readonly ports: Ports;
  readonly request: PageRequest;
}
