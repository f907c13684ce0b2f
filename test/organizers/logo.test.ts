/** A workspace's logo: what is taken, what is refused in which words, and that its header alone decides. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { brandOf, setBrand } from '../../src/organizers/brand.ts';
import { logoNamed, removeLogo, setLogo } from '../../src/organizers/logo.ts';
import { readPicture } from '../../src/organizers/picture.ts';
import { chunk, jpegHead, pngHead, pngOf, webpHead } from '../support/pictures.ts';
import { openJane } from '../support/register.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const GIF = Buffer.from('47494638396101000100800000000000ffffff21f904000000', 'hex');

describe('a picture’s header', () => {
  test.each([
    ['PNG', pngHead(320, 80), { kind: 'png', width: 320, height: 80 }],
    ['a whole PNG', pngOf(20, 30), { kind: 'png', width: 20, height: 30 }],
    ['JPEG', jpegHead(640, 200), { kind: 'jpg', width: 640, height: 200 }],
    ['lossy WebP', webpHead('VP8 ', 300, 100), { kind: 'webp', width: 300, height: 100 }],
    ['lossless WebP', webpHead('VP8L', 16_000, 9), { kind: 'webp', width: 16_000, height: 9 }],
    ['extended WebP', webpHead('VP8X', 70_000, 12), { kind: 'webp', width: 70_000, height: 12 }],
    ['moving WebP', webpHead('VP8X', 300, 100, 2), 'animated'],
    ['moving PNG', Buffer.concat([pngHead(20, 20), chunk('acTL', Buffer.alloc(8))]), 'animated'],
    ['SVG', Buffer.from(SVG), null],
    ['GIF', GIF, null],
    ['nothing', Buffer.alloc(0), null],
    ['a PNG cut off', pngHead(20, 20).subarray(0, 30), null],
    ['a JPEG without a frame', jpegHead(20, 20).subarray(0, 21), null],
    ['a JPEG whose segment runs out', Buffer.from('ffd8ffe0ffff0000000000000000', 'hex'), null],
    ['a JPEG with an empty segment', Buffer.from('ffd8ffe00000ffe00000ffe00000', 'hex'), null],
    [
      'a PNG whose chunk runs out',
      Buffer.concat([pngHead(20, 20), Buffer.from('ffffffff61616161', 'hex')]),
      {
        kind: 'png',
        width: 20,
        height: 20,
      },
    ],
  ] as const)('%s', (_name, bytes, expected) => {
    expect(readPicture(bytes)).toEqual(expected);
  });
});

describe('a workspace’s logo', () => {
  let world: TestWorld;
  let workspace: string;

  beforeEach(async () => {
    world = await localWorld();
    workspace = (await openJane(world)).workspace;
  });
  afterEach(() => world.close());

  test('is kept byte by byte, beside the colours, until another takes its place or it is taken away', async () => {
    const first = pngOf(120, 40);
    await setBrand(world, workspace, { name: 'Studio', color: '#7a1f5c' });
    const { logo } = await setLogo(world, workspace, first);
    expect(logo).toMatchObject({ width: 120, height: 40 });
    expect(logo?.name).toMatch(/^[a-z2-7]{26}\.png$/);
    expect(await logoNamed(world, logo?.name ?? '')).toEqual({
      bytes: new Uint8Array(first),
      type: 'image/png',
    });
    await setBrand(world, workspace, { name: 'Studio', color: '#223344' });
    expect(await brandOf(world, workspace)).toMatchObject({ color: '#223344', logo });
    const second = (await setLogo(world, workspace, jpegHead(64, 64))).logo;
    expect(second?.name).toMatch(/\.jpg$/);
    expect(await logoNamed(world, logo?.name ?? '')).toBeUndefined();
    expect((await removeLogo(world, workspace)).logo).toBeNull();
    expect(await logoNamed(world, second?.name ?? '')).toBeUndefined();
    expect((await brandOf(world, workspace)).name).toBe('Studio');
  });

  test.each([
    [
      'SVG',
      Buffer.from(SVG),
      'logo_type',
      'This is no PNG, JPEG or WebP picture, or it is damaged. SVG can’t be used.',
    ],
    ['a GIF', GIF, 'logo_type', 'This is no PNG, JPEG or WebP picture, or it is damaged. SVG can’t be used.'],
    [
      'HTML',
      Buffer.from('<!doctype html><script>'),
      'logo_type',
      'This is no PNG, JPEG or WebP picture, or it is damaged. SVG can’t be used.',
    ],
    [
      'nothing',
      Buffer.alloc(0),
      'logo_type',
      'This is no PNG, JPEG or WebP picture, or it is damaged. SVG can’t be used.',
    ],
    [
      'too many pixels',
      pngHead(2001, 20),
      'logo_size',
      'The picture has 2001 × 20 pixels; each side takes 16 to 2000.',
    ],
    [
      'a bomb',
      pngHead(4_000_000_000, 4_000_000_000),
      'logo_size',
      'The picture has 4000000000 × 4000000000 pixels; each side takes 16 to 2000.',
    ],
    [
      'too few pixels',
      pngHead(1, 1),
      'logo_size',
      'The picture has 1 × 1 pixels; each side takes 16 to 2000.',
    ],
    [
      'too many bytes',
      Buffer.concat([pngHead(20, 20), Buffer.alloc(131_072)]),
      'logo_too_large',
      'The file has 129 KB; a logo takes at most 128 KB.',
    ],
    [
      'one that moves',
      webpHead('VP8X', 300, 100, 2),
      'logo_moves',
      'This picture moves. Choose one that stands still.',
    ],
  ])('%s is refused in words, and nothing is kept', async (_name, bytes, code, message) => {
    await expect(setLogo(world, workspace, bytes)).rejects.toMatchObject({ code, message, field: 'logo' });
    expect((await brandOf(world, workspace)).logo).toBeNull();
    expect((await world.blobs.list('logos/')).items).toEqual([]);
  });

  test.each(['../secret.png', 'x.png', `${'a'.repeat(26)}.svg`, `${'a'.repeat(26)}.png`])(
    'there is no %j',
    async name => {
      expect(await logoNamed(world, name)).toBeUndefined();
    },
  );
});
