/** Many mails over a few SMTP connections, octet for octet as given: no client library that would mend a bare CR or refuse a strange sender. */
import { connect, type Socket } from 'node:net';

export interface BatchMail {
  readonly from: string;
  readonly to: string;
  readonly raw: Uint8Array;
}

const CONNECTIONS = 4;

/** The last reply to each mail, in the order given: `250 ...`, or the one that ended it early. */
export async function sendBatch(port: number, mails: readonly BatchMail[]): Promise<readonly string[]> {
  const replies = new Array<string>(mails.length).fill('');
  let next = 0;
  const work = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1');
    const line = replyLines(socket);
    await line();
    await command(socket, line, 'EHLO mail.example');
    for (let mail = mails[next]; mail !== undefined; mail = mails[next]) {
      const index = next;
      next += 1;
      replies[index] = await sendOne(socket, line, mail);
    }
    await command(socket, line, 'QUIT');
    socket.destroy();
  };
  await Promise.all(Array.from({ length: Math.min(CONNECTIONS, mails.length) }, work));
  return replies;
}

type NextReply = () => Promise<string>;

async function sendOne(socket: Socket, line: NextReply, mail: BatchMail): Promise<string> {
  for (const step of [`MAIL FROM:<${mail.from}>`, `RCPT TO:<${mail.to}>`, 'DATA']) {
    const reply = await command(socket, line, step);
    if (/^[23]/.test(reply)) continue;
    await command(socket, line, 'RSET');
    return reply;
  }
  socket.write(stuffed(mail.raw));
  return line();
}

function command(socket: Socket, line: NextReply, text: string): Promise<string> {
  socket.write(`${text}\r\n`);
  return line();
}

/** RFC 5321 4.5.2. */
function stuffed(raw: Uint8Array): Buffer {
  const text = Buffer.from(raw).toString('latin1').replace(/^\./gm, '..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}

function replyLines(socket: Socket): NextReply {
  const ready: string[] = [];
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  let held = '';
  socket.on('data', chunk => {
    held += chunk.toString('latin1');
    for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
      const line = held.slice(0, end);
      held = held.slice(end + 2);
      // `250-` announces more lines of the same reply.
      if (line[3] === '-') continue;
      const waiter = waiting.shift();
      if (waiter === undefined) ready.push(line);
      else waiter.resolve(line);
    }
  });
  const fail = () => {
    for (const waiter of waiting.splice(0)) waiter.reject(new Error('the connection ended'));
  };
  socket.on('close', fail);
  socket.on('error', fail);
  return () => {
    const line = ready.shift();
    if (line !== undefined) return Promise.resolve(line);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
}
