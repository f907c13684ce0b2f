/** An event's picture for chats and networks: drawn for what it shows, kept until it shows something else, and nothing of it for who may not see the page. */
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { choosePageOptions } from '../../../src/events/choose-page.ts';
import { setBrand } from '../../../src/organizers/brand.ts';
import type { ShareFacts } from '../../../src/pages/share-facts.ts';
import type { AwsRuntime } from '../../../src/platform/aws/runtime.ts';
import { apiOf } from '../../../src/platform/handlers/api/index.ts';
import { createApp } from '../../../src/platform/http.ts';
import { drawShare } from '../../../src/platform/share/draw.ts';
import { drawable, wrapped } from '../../../src/platform/share/letters.ts';
import { pictureOf } from '../../../src/platform/share/picture.ts';
import { type EventLines, mailCalendar, mailEvent, visit } from '../../support/pages.ts';
import { localWorld, type TestWorld } from '../../support/world.ts';

let world: TestWorld;
let call: ReturnType<typeof supertest>;

beforeEach(async () => {
  world = await localWorld();
  call = supertest(createApp(world, { operatorKey: 'operator-key-of-the-test' }));
});

afterEach(() => world.close());

const FACTS: ShareFacts = {
  month: 'Mar',
  day: '5',
  title: 'Spring picnic',
  when: 'Thursday 5 March 2026, 18:00 to 19:30 (Europe/Berlin, UTC+1)',
  host: 'Hosted by Ada Example',
  color: '#0b6353',
  textColor: '#ffffff',
};

function sizeOf(png: Uint8Array): readonly number[] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

async function kept(event: string): Promise<number> {
  return (await world.blobs.list(`share/${event}/`)).items.length;
}

describe('the picture of an event', () => {
  test('is a PNG of 1200 by 630, named by the page with its size and its words', async () => {
    const { slug } = await mailEvent(world);
    const answer = await call.get(`/e/${slug}/share.png`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/png']);
    expect(sizeOf(answer.body)).toEqual([1200, 630]);
    const { body } = await visit(world, `/e/${slug}`);
    const image = /<meta property="og:image" content="([^"]*)">/.exec(body)?.[1] ?? '';
    expect(image).toMatch(new RegExp(`^http://127.0.0.1:3000/e/${slug}/share.png\\?v=[0-9a-f]{8}$`));
    expect(body).toContain('<meta property="og:image:width" content="1200">');
    expect(body).toContain('<meta property="og:image:height" content="630">');
    expect(body).toMatch(/<meta property="og:image:alt" content="Spring picnic, Thursday 5 March 2026/);
    expect(body).toContain('<meta name="twitter:card" content="summary_large_image">');
  });

  test('is drawn once, kept, and not sent again to who has it', async () => {
    const { id, slug } = await mailEvent(world);
    const first = await call.get(`/e/${slug}/share.png`);
    expect(await kept(id)).toBe(1);
    const again = await call.get(`/e/${slug}/share.png`).set('If-None-Match', first.headers.etag ?? '');
    expect([again.status, again.text ?? '']).toEqual([304, '']);
  });

  test('follows the event and the brand, and what it showed before is not kept', async () => {
    const { id, slug, workspace } = await mailEvent(world);
    const tags = new Set<string | undefined>();
    const look = async () => tags.add((await call.get(`/e/${slug}/share.png`)).headers.etag);
    await look();
    world.clock.advance(60_000);
    await mailCalendar(world, { sequence: 1, lines: ['SUMMARY:Summer picnic'] });
    await look();
    await setBrand(world, workspace, { name: null, color: '#ffd400' });
    await look();
    world.clock.advance(60_000);
    await mailCalendar(world, { method: 'CANCEL', sequence: 2 });
    await look();
    expect(tags.size).toBe(4);
    expect(await kept(id)).toBe(1);
  });

  test('comes whole through the gateway, which takes bytes as text only', async () => {
    const { slug } = await mailEvent(world);
    const path = `/e/${slug}/share.png`;
    const api = apiOf({ ports: world, config: { operatorKey: 'key' } } as unknown as AwsRuntime);
    const answer = await api({
      version: '2.0',
      rawPath: path,
      rawQueryString: 'v=1',
      headers: {},
      isBase64Encoded: false,
      requestContext: { http: { method: 'GET', path, sourceIp: '203.0.113.9' } },
    });
    expect([answer.statusCode, answer.isBase64Encoded]).toEqual([200, true]);
    expect(sizeOf(Buffer.from(answer.body, 'base64'))).toEqual([1200, 630]);
  });

  test('is none of a private page, of a draft, or of no event', async () => {
    const event = await mailEvent(world);
    await choosePageOptions(world, event, { visibility: 'private' });
    const draft = await mailEvent(world, {
      uid: 'draft@example.com',
      start: ':20260305T170000',
      end: ':20260305T180000',
    });
    for (const slug of [event.slug, draft.slug, 'no-such-event-abcdefghij', '..%2f..']) {
      expect((await call.get(`/e/${slug}/share.png`)).status).toBe(404);
    }
    expect(await kept(event.id)).toBe(0);
  });

  test.each([
    ['SUMMARY', '<script>alert(1)</script>'],
    ['SUMMARY', '"/><image href="http://evil.example/x.png"/>'],
    ['SUMMARY', '&xxe; ]]> <!ENTITY x SYSTEM "file:///etc/passwd">'],
  ])('%s %s is drawn as letters: no markup of it reaches the picture', async (property, text) => {
    const lines: EventLines = { lines: [`${property}:${text.replace(/[\\;,]/g, '\\$&')}`] };
    const { slug } = await mailEvent(world, lines);
    expect(sizeOf((await call.get(`/e/${slug}/share.png`)).body)).toEqual([1200, 630]);
    expect(pictureOf({ ...FACTS, title: text, host: text, when: text, month: text })).toMatch(
      /^<svg xmlns="[^"]*" width="1200" height="630">\n(?:<(?:rect|path)(?: [a-z-]+="[-#A-Za-z0-9. ]*")+\/>\n*)+<\/svg>$/,
    );
  });
});

describe('its words', () => {
  test('are broken between words and cut with an ellipsis', () => {
    const room = { width: 716, lines: 2, size: 84, weight: 600 } as const;
    expect(wrapped('Spring picnic', room)).toEqual({ lines: ['Spring picnic'], cut: false });
    expect(wrapped('Thursday running club', room)).toEqual({
      lines: ['Thursday', 'running club'],
      cut: false,
    });
    const long = wrapped('A title that goes on and on and on and on about everything', room);
    expect(long.cut).toBe(true);
    expect(long.lines[1]).toMatch(/^[A-Za-z ]+…$/);
    expect(wrapped('x'.repeat(400), room).lines.map(line => line.length > 5)).toEqual([true, true]);
  });

  test.each(['Łódź', 'Ελλάδα', 'Москва', 'tiếng Việt', 'Straße', '“Quoted” – 10 €'])(
    '%s has letters',
    text => {
      expect(drawable(text, 600)).toBe(text);
    },
  );

  test.each(['春のピクニック', 'نزهة الربيع', 'Party 🎉', '한국어', 'ไทย'])(
    'of %s no boxes are drawn: leaf and colours stand alone',
    text => {
      expect(drawable(text, 600)).toBeNull();
      const alone = pictureOf({ ...FACTS, title: text });
      expect(alone.match(/<path/g)).toHaveLength(3);
      expect(alone.length).toBeLessThan(pictureOf(FACTS).length / 3);
    },
  );

  test('of the month go where they have no letters, and the day stays', () => {
    expect(pictureOf({ ...FACTS, title: '春', month: '3月' }).match(/<path/g)).toHaveLength(2);
  });

  test('wear the brand’s colours', async () => {
    const png = await drawShare({ ...FACTS, color: '#c81d77' });
    expect(lastPixel(png)).toEqual([0xc8, 0x1d, 0x77]);
  });
});

/** Of the last row: the stripe at the picture's foot. Only what this encoder writes: 8 bits, RGBA. */
function lastPixel(png: Uint8Array): readonly number[] {
  const bytes = Buffer.from(png);
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const row = 1 + 1200 * 4;
  const pixels = unfiltered(raw, row);
  return [...pixels.subarray(pixels.length - 4, pixels.length - 1)];
}

/** PNG's five filters (RFC 2083 6), row by row; answers the last row. */
function unfiltered(raw: Buffer, row: number): Buffer {
  let before = Buffer.alloc(row - 1);
  for (let at = 0; at < raw.length; at += row) {
    const filter = raw[at] ?? 0;
    const line = Buffer.from(raw.subarray(at + 1, at + row));
    for (let index = 0; index < line.length; index += 1) {
      const [left, up, corner] = [line[index - 4] ?? 0, before[index] ?? 0, before[index - 4] ?? 0];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      line[index] = ((line[index] ?? 0) + guess) & 255;
    }
    before = line;
  }
  return before;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
