/**
 * A workspace's logo: PNG, JPEG or WebP, told by its own header and never by what its sender says. No SVG, which can hold script. Kept as bytes
 * under a random name, so that what a browser holds for good is never another picture.
 */
import { InputError, MissingError } from '../kernel/errors.ts';
import { randomText } from '../kernel/ids.ts';
import type { Ports } from '../kernel/ports.ts';
import { type Brand, brandOf, keepLogo } from './brand.ts';
import { type Picture, readPicture } from './picture.ts';
import { workspaceById } from './store.ts';

const NAME_CHARS = 26;
const NAME = /^[a-z2-7]{26}\.(png|jpg|webp)$/;
const TYPES = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const;

type LogoPorts = Pick<Ports, 'table' | 'blobs' | 'random' | 'settings'>;

/** Takes the place of the one before. */
export async function setLogo(ports: LogoPorts, workspace: string, bytes: Uint8Array): Promise<Brand> {
  const { kind, width, height } = checkLogo(ports, bytes);
  if ((await workspaceById(ports, workspace)) === undefined) {
    throw new MissingError('unknown_workspace', 'There is no such workspace.');
  }
  const { logo: before } = await brandOf(ports, workspace);
  const name = `${randomText(ports.random, NAME_CHARS)}.${kind}`;
  await ports.blobs.put(blobOf(name), bytes);
  const brand = await keepLogo(ports, workspace, { name, width, height });
  if (before !== null) await ports.blobs.remove(blobOf(before.name));
  return brand;
}

export async function removeLogo(ports: Pick<Ports, 'table' | 'blobs'>, workspace: string): Promise<Brand> {
  const before = await brandOf(ports, workspace);
  if (before.logo === null) return before;
  const brand = await keepLogo(ports, workspace, null);
  await ports.blobs.remove(blobOf(before.logo.name));
  return brand;
}

export async function logoNamed(
  ports: Pick<Ports, 'blobs'>,
  name: string,
): Promise<{ readonly bytes: Uint8Array; readonly type: string } | undefined> {
  const kind = NAME.exec(name)?.[1] as keyof typeof TYPES | undefined;
  if (kind === undefined) return undefined;
  const bytes = await ports.blobs.get(blobOf(name));
  return bytes === undefined ? undefined : { bytes, type: TYPES[kind] };
}

function checkLogo({ settings }: Pick<Ports, 'settings'>, bytes: Uint8Array): Picture {
  const { LOGO_BYTES, LOGO_SIDE_LEAST, LOGO_SIDE_MOST } = settings.limits;
  if (bytes.length > LOGO_BYTES) {
    throw refused(
      'logo_too_large',
      `The file has ${kilobytes(bytes.length)} KB; a logo takes at most ${kilobytes(LOGO_BYTES)} KB.`,
    );
  }
  const picture = readPicture(bytes);
  if (picture === 'animated')
    throw refused('logo_moves', 'This picture moves. Choose one that stands still.');
  if (picture === null) {
    throw refused('logo_type', 'This is no PNG, JPEG or WebP picture, or it is damaged. SVG can’t be used.');
  }
  const sides = [picture.width, picture.height];
  if (Math.min(...sides) < LOGO_SIDE_LEAST || Math.max(...sides) > LOGO_SIDE_MOST) {
    throw refused(
      'logo_size',
      `The picture has ${sides.join(' × ')} pixels; each side takes ${LOGO_SIDE_LEAST} to ${LOGO_SIDE_MOST}.`,
    );
  }
  return picture;
}

/** Where browsers get it. */
export function logoPath(name: string): string {
  return `/logo/${name}`;
}

function refused(code: string, sentence: string): InputError {
  return new InputError(code, sentence, { field: 'logo' });
}

function kilobytes(octets: number): number {
  return Math.ceil(octets / 1024);
}

function blobOf(name: string): string {
  return `logos/${name}`;
}
