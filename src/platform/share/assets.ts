/** The drawing library's WebAssembly and the letters: beside the running bundle, in `dist`, or among the packages, whichever is there. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export function assetOf(file: string): Buffer {
  const name = basename(file);
  const places = [
    join(dirname(process.argv[1] ?? ''), 'share', name),
    resolve('dist', 'share', name),
    resolve('node_modules', file),
  ];
  const place = places.find(path => existsSync(path));
  if (place === undefined) throw new Error(`${name} is not there: run the build`);
  return readFileSync(place);
}
