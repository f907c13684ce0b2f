import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openResolver } from '../../../src/platform/local/resolver.ts';

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A name server that knows one TXT record of two chunks, and no other name; `deafMs`: so long it hears no question for that record. */
async function nameServer(deafMs = 0): Promise<number> {
  const server = createSocket('udp4');
  let deafUntil: number | undefined;
  ends.push(() => server.close());
  server.on('message', (query, from) => {
    if (query.toString('latin1', 12, 18) === '\x05known') {
      deafUntil ??= Date.now() + deafMs;
      if (Date.now() < deafUntil) return;
    }
    const end = query.indexOf(0, 12);
    const question = query.subarray(12, end + 5);
    const known = question.toString('latin1').toLowerCase().startsWith('\x05known\x07example\x00');
    const flags = known ? [0x81, 0x80] : [0x81, 0x83];
    const head = Buffer.from([query[0] ?? 0, query[1] ?? 0, ...flags, 0, 1, 0, known ? 1 : 0, 0, 0, 0, 0]);
    const data = Buffer.from('\x04v=DK\x03IM1', 'latin1');
    const answer = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
    server.send(
      Buffer.concat(known ? [head, question, answer, data] : [head, question]),
      from.port,
      from.address,
    );
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

describe('the resolver', () => {
  test.each(['127.0.0.1', 'localhost'])(
    'asks the server that is named (%s), and gives TXT as chunks',
    async host => {
      const resolver = openResolver(`${host}:${await nameServer()}`);
      expect(await resolver.resolve('known.example', 'TXT')).toEqual([['v=DK', 'IM1']]);
    },
  );

  test('rejects with ENOTFOUND for a name that does not exist', async () => {
    const resolver = openResolver(`127.0.0.1:${await nameServer()}`);
    await expect(resolver.resolve('unknown.example', 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  // c-ares waits the shorter the faster the server has been: a name that it must first ask others for takes longer all the same.
  test('is patient with a slow name, however fast the server was before', async () => {
    const resolver = openResolver(`127.0.0.1:${await nameServer(2_100)}`);
    for (let index = 0; index < 20; index += 1)
      await resolver.resolve(`quick${index}.example`, 'TXT').catch(() => undefined);
    expect(await resolver.resolve('known.example', 'TXT')).toEqual([['v=DK', 'IM1']]);
  });
});
