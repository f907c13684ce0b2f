/** A small SMTP server that does as it is told, mail by mail: the far side of a relay, with all its moods. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** `accept`, a reply of its own at one step, or an end of the connection there. */
export type Mood =
  | 'accept'
  | { readonly at: Step; readonly reply: string }
  | { readonly at: Step; readonly do: 'reset' | 'silence' };

export type Step = 'greeting' | 'mail' | 'rcpt' | 'data' | 'end';

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export interface ScriptedSmtp {
  readonly port: number;
  readonly taken: readonly TakenMail[];
  /** How many connections were opened. */
  connections(): number;
  /** The moods of the next mails; then it accepts. */
  next(...moods: readonly Mood[]): void;
  close(): Promise<void>;
}

export async function scriptedSmtp(): Promise<ScriptedSmtp> {
  const moods: Mood[] = [];
  const taken: TakenMail[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer(socket => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, moods, taken);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    connections: () => connections,
    next: (...more) => void moods.push(...more),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, moods: Mood[], taken: TakenMail[]): void {
  let buffer = '';
  let inData = false;
  let from = '';
  let to: string[] = [];

  /** True: the step was answered (or not) as the mood wants; the mood is then used up. */
  const moody = (step: Step): boolean => {
    const [mood] = moods;
    if (mood === undefined || mood === 'accept' || mood.at !== step) return false;
    moods.shift();
    if ('reply' in mood) socket.write(`${mood.reply}\r\n`);
    else if (mood.do === 'reset') socket.resetAndDestroy();
    return true;
  };
  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') socket.write('250 scripted\r\n');
    else if (verb === 'MAIL') {
      from = addressIn(line);
      to = [];
      if (!moody('mail')) socket.write('250 ok\r\n');
    } else if (verb === 'RCPT') {
      to.push(addressIn(line));
      if (!moody('rcpt')) socket.write('250 ok\r\n');
    } else if (verb === 'DATA') {
      if (moody('data')) return;
      inData = true;
      socket.write('354 go on\r\n');
    } else if (verb === 'QUIT') socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
  };
  const message = (raw: string): void => {
    inData = false;
    if (moody('end')) return;
    if (moods[0] === 'accept') moods.shift();
    taken.push({ from, to, raw });
    socket.write('250 taken\r\n');
  };

  if (!moody('greeting')) socket.write('220 scripted\r\n');
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) message(`${part}\r\n`.replace(/^\.\./gm, '.'));
      else command(part);
    }
  });
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
