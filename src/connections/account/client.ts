/**
 * A platform's client for one use, with tokens that work: renewed ahead of their end, or once when the platform says no. A grant that is
 * over is written down once, in words, and from then on nobody asks the platform again until the account is connected anew.
 */
import {
  type Connector,
  type PlatformClient,
  PlatformError,
  type ReportStep,
} from '../../../connectors/contract.ts';
import type { Ports } from '../../kernel/ports.ts';
import { texts } from '../../texts/catalogue.ts';
import { type Connection, TITLES } from './connection.ts';
import { connectorOf } from './connector.ts';
import { freshTokens } from './renew.ts';
import { connectionById, noteHealth } from './store.ts';
import { type HeldTokens, noteProven } from './tokens.ts';

export type ClientPorts = Pick<Ports, 'table' | 'wrap' | 'random' | 'clock' | 'settings' | 'log'>;

/** Rejects with a `PlatformError`. Only a call that the platform refused for its token is repeated, never the whole of `use`. */
export async function withClient<T>(
  ports: ClientPorts,
  connection: Connection,
  use: (client: PlatformClient) => Promise<T>,
): Promise<T> {
  const standing = await standingOf(ports, connection);
  const connector = connectorOf(ports, standing.platform);
  if (connector === undefined) throw unusable(standing, 'no_app');
  const link = new Link(ports, standing, connector);
  await link.open();
  return use(steadyClient(link));
}

/** The connection as it is now, and usable. */
async function standingOf(ports: ClientPorts, connection: Connection): Promise<Connection> {
  const standing = await connectionById(ports, connection.id);
  if (standing === null || standing.workspace !== connection.workspace)
    throw unusable(connection, 'disconnected');
  if (standing.state !== 'connected') throw unusable(standing, standing.state);
  return standing;
}

function unusable(
  connection: Connection,
  code: 'no_app' | 'disconnected' | 'needs_reconnect',
): PlatformError {
  const words = texts().connections.unusable;
  const { platform } = connection;
  return new PlatformError(platform, 'reconnect', code, words[code](TITLES[platform]));
}

/** The client that is in use, and how it is replaced when its token is refused. */
class Link {
  readonly #ports: ClientPorts;
  readonly #connection: Connection;
  readonly #connector: Connector;
  #held: HeldTokens | undefined;
  #client: PlatformClient | undefined;
  #renewing: Promise<void> | undefined;

  constructor(ports: ClientPorts, connection: Connection, connector: Connector) {
    this.#ports = ports;
    this.#connection = connection;
    this.#connector = connector;
  }

  async open(refused: number | null = null): Promise<void> {
    await this.#orDead(async () => {
      const held = await freshTokens(this.#ports, this.#connection, this.#connector.oauth, refused);
      const { account } = this.#connection;
      this.#client = await this.#connector.open({ tokens: held.tokens, account });
      this.#held = held;
    });
  }

  /** The client that calls go to now. */
  get client(): PlatformClient {
    if (this.#client === undefined) throw new Error('a platform is called before its client is open');
    return this.#client;
  }

  async call<T>(run: (client: PlatformClient) => Promise<T>): Promise<T> {
    const generation = this.#held?.generation ?? 0;
    try {
      const answer = await run(this.client);
      await this.#proven();
      return answer;
    } catch (error) {
      if (!isOver(error)) throw error;
      await this.#renewed(generation);
      return this.#orDead(() => run(this.client));
    }
  }

  /** Several calls may be refused at once: they share what is made of it. */
  async #renewed(generation: number): Promise<void> {
    if (this.#held?.generation !== generation) return;
    this.#renewing ??= this.open(generation).finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }

  async #proven(): Promise<void> {
    const held = this.#held;
    if (held === undefined || held.previous === null) return;
    this.#held = { ...held, previous: null };
    await noteProven(this.#ports, this.#connection.id, held.generation);
  }

  async #orDead<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (isOver(error)) await noteOver(this.#ports, this.#connection);
      throw error;
    }
  }
}

function isOver(error: unknown): boolean {
  return error instanceof PlatformError && error.kind === 'reconnect';
}

async function noteOver(ports: ClientPorts, connection: Connection): Promise<void> {
  const { id, platform, account, connectedAt } = connection;
  const problem = texts().connections.over(TITLES[platform], account.name);
  await noteHealth(ports, id, { state: 'needs_reconnect', problem, connectedAt });
  ports.log.warn('connection needs to be renewed', { connection: id, platform });
}

/** The same face, each call on whatever client is the current one. */
function steadyClient(link: Link): PlatformClient {
  return {
    audiences: cursor => link.call(client => client.audiences(cursor)),
    contacts: (audience, cursor) => link.call(client => client.contacts(audience, cursor)),
    contactByReference: (audience, reference) =>
      link.call(client => client.contactByReference(audience, reference)),
    contactByAddress: (audience, address) => link.call(client => client.contactByAddress(audience, address)),
    reportSteps: report =>
      link.client.reportSteps(report).map((step, index) =>
        steadyStep(step, run =>
          link.call(client => {
            const again = client.reportSteps(report)[index];
            return again === undefined ? Promise.reject(new Error('a report has lost a step')) : run(again);
          }),
        ),
      ),
    saveButton: button => link.call(client => client.saveButton(button)),
    writeTokens: (audience, tokens) => link.call(client => client.writeTokens(audience, tokens)),
    watch: hook => link.call(client => client.watch(hook)),
    unwatch: hook => link.call(client => client.unwatch(hook)),
  };
}

function steadyStep(
  step: ReportStep,
  call: <T>(run: (again: ReportStep) => Promise<T>) => Promise<T>,
): ReportStep {
  const { name, repeatable, done } = step;
  return {
    name,
    repeatable,
    run: () => call(again => again.run()),
    ...(done === undefined ? {} : { done: () => call(again => again.done?.() ?? Promise.resolve(false)) }),
  };
}
