/** From a picture's shapes to its file. The library's code is loaded once, when a picture is first wanted. */
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { ShareFacts } from '../../pages/share-facts.ts';
import { assetOf } from './assets.ts';
import { pictureOf } from './picture.ts';

let ready: Promise<void> | undefined;

export async function drawShare(facts: ShareFacts): Promise<Uint8Array> {
  ready ??= initWasm(assetOf('@resvg/resvg-wasm/index_bg.wasm'));
  await ready;
  const drawing = new Resvg(pictureOf(facts), { font: { fontBuffers: [] } });
  try {
    const image = drawing.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}
