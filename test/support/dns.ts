/**
 * DNS for tests: one set of zone data, asked either in process (a Resolver) or over UDP and TCP on a free loopback port (for a whole server
 * started with SIS_DNS). Knows TXT, A, AAAA, MX, CNAME; names that are not there are NXDOMAIN, `broken` ones SERVFAIL.
 */
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import type { Resolver } from '../../src/kernel/ports.ts';

export interface Zone {
  readonly [name: string]: {
    /** Lists of chunks, as `dns.resolveTxt` answers. */
    readonly TXT?: readonly (readonly string[])[];
    readonly A?: readonly string[];
    readonly AAAA?: readonly string[];
    readonly MX?: readonly { readonly priority: number; readonly exchange: string }[];
    readonly CNAME?: readonly string[];
    readonly broken?: boolean;
  };
}

export interface ZoneResolver extends Resolver {
  /** Every question, `TXT example.com`. */
  readonly asked: readonly string[];
}

export function zoneResolver(zone: Zone): ZoneResolver {
  const asked: string[] = [];
  return {
    asked,
    async resolve(name, type) {
      asked.push(`${type} ${name.toLowerCase()}`);
      const entry = lookUp(zone, name);
      if (entry === undefined) throw dnsError('ENOTFOUND');
      if (entry.broken) throw dnsError('ESERVFAIL');
      const answers = entry[type as 'TXT'];
      if (answers === undefined) throw dnsError('ENODATA');
      return answers;
    },
  };
}

function lookUp(zone: Zone, name: string): Zone[string] | undefined {
  const folded = name.toLowerCase().replace(/\.$/, '');
  const own = zone[folded];
  if (own !== undefined) return own;
  // A name with others below it exists, without data of its own.
  return Object.keys(zone).some(key => key.endsWith(`.${folded}`)) ? {} : undefined;
}

function dnsError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

export interface DnsStub {
  /** For SIS_DNS. */
  readonly address: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const TYPES: { readonly [code: number]: 'A' | 'CNAME' | 'MX' | 'TXT' | 'AAAA' } = {
  1: 'A',
  5: 'CNAME',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
};
const UDP_BYTES = 512;

/** UDP for the question, TCP on the same port for answers that don't fit. */
export async function startDns(zone: Zone): Promise<DnsStub> {
  const asked: string[] = [];
  for (let attempt = 0; ; attempt++) {
    const udp = createSocket('udp4');
    const port = await boundPort(udp);
    const tcp = tcpServer(zone, asked);
    if (!(await listens(tcp, port)) && attempt < 20) {
      udp.close();
      continue;
    }
    udp.on('message', (question, peer) => {
      udp.send(answer(zone, asked, question, UDP_BYTES), peer.port, peer.address);
    });
    return {
      address: `127.0.0.1:${port}`,
      asked,
      close: async () => {
        await new Promise<void>(resolve => udp.close(() => resolve()));
        await new Promise<void>(resolve => tcp.close(() => resolve()));
      },
    };
  }
}

function boundPort(udp: Socket): Promise<number> {
  return new Promise(resolve => udp.bind(0, '127.0.0.1', () => resolve(udp.address().port)));
}

function listens(tcp: Server, port: number): Promise<boolean> {
  return new Promise(resolve => {
    tcp.once('error', () => resolve(false));
    tcp.listen(port, '127.0.0.1', () => resolve(true));
  });
}

function tcpServer(zone: Zone, asked: string[]): Server {
  return createServer(socket => {
    let held = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', chunk => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const length = held.readUInt16BE(0);
        const reply = answer(zone, asked, held.subarray(2, 2 + length), 65_535);
        held = held.subarray(2 + length);
        const size = Buffer.alloc(2);
        size.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([size, reply]));
      }
    });
  });
}

function answer(zone: Zone, asked: string[], question: Buffer, room: number): Buffer {
  const { name, end } = readName(question, 12);
  const type = TYPES[question.readUInt16BE(end)];
  asked.push(`${type ?? '?'} ${name.toLowerCase()}`);
  const entry = lookUp(zone, name);
  const records = type === undefined || entry === undefined ? [] : recordsOf(entry, type);
  const code = entry?.broken ? 2 : entry === undefined ? 3 : 0;
  const whole = message(question, end + 4, code, records, false);
  return whole.length <= room ? whole : message(question, end + 4, code, [], true);
}

function message(
  question: Buffer,
  end: number,
  code: number,
  records: readonly Buffer[],
  cut: boolean,
): Buffer {
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  // A response, recursion available; the asker's "recursion desired" bit is given back.
  head.writeUInt16BE(0x8080 | (question.readUInt16BE(2) & 0x0100) | (cut ? 0x0200 : 0) | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, question.subarray(12, end), ...records]);
}

function recordsOf(entry: Zone[string], type: 'A' | 'CNAME' | 'MX' | 'TXT' | 'AAAA'): readonly Buffer[] {
  const code = Number(Object.entries(TYPES).find(([, name]) => name === type)?.[0]);
  return (entry[type] ?? []).map(value => {
    const data = dataOf(type, value);
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0xc00c, 0);
    head.writeUInt16BE(code, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt32BE(60, 6);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
}

function dataOf(type: string, value: unknown): Buffer {
  switch (type) {
    case 'TXT':
      return Buffer.concat(
        (value as string[]).map(chunk => Buffer.from([chunk.length, ...Buffer.from(chunk)])),
      );
    case 'A':
      return Buffer.from(String(value).split('.').map(Number));
    case 'AAAA':
      return ipv6(String(value));
    case 'MX': {
      const { priority, exchange } = value as { priority: number; exchange: string };
      return Buffer.concat([Buffer.from([priority >> 8, priority & 255]), writeName(exchange)]);
    }
    default:
      return writeName(String(value));
  }
}

function readName(bytes: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) {
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name.replace(/\.$/, '').split('.');
  return Buffer.concat([
    ...labels.map(label => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}

function ipv6(text: string): Buffer {
  const [front = '', back] = text.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));
  const first = groups(front);
  const last = back === undefined ? [] : groups(back);
  const all = [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap(group => [group >> 8, group & 255]));
}
