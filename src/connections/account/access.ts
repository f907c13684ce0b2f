/** Whether whoever asks may see a connection. A foreign one is as missing as an unknown one. */
import { MissingError } from '../../kernel/errors.ts';
import { type Principal, workspaceOf } from '../../kernel/operation.ts';
import type { Ports } from '../../kernel/ports.ts';
import type { Connection } from './connection.ts';
import { connectionById } from './store.ts';

export async function connectionFor(
  ports: Pick<Ports, 'table'>,
  principal: Principal,
  id: string,
): Promise<Connection> {
  const connection = await connectionById(ports, id);
  const workspace = workspaceOf(principal);
  if (connection === null || (workspace !== null && connection.workspace !== workspace)) {
    throw new MissingError('unknown_connection', 'There is no such connection.');
  }
  return connection;
}
