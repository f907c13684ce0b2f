/** What kind of picture these bytes are and how large, from the header alone: nothing is decoded. Every length is checked against the bytes. */

export interface Picture {
  readonly kind: 'png' | 'jpg' | 'webp';
  readonly width: number;
  readonly height: number;
}

/** Null: none of these, or cut off within its header. */
export function readPicture(bytes: Uint8Array): Picture | 'animated' | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return png(view) ?? jpeg(view) ?? webp(view);
}

const PNG_HEAD = 33;

/** Signature, then IHDR (PNG 3rd edition, 5.2 and 11.2.1); `acTL` before the data makes it move. */
function png(view: DataView): Picture | 'animated' | null {
  if (view.byteLength < PNG_HEAD || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a)
    return null;
  if (view.getUint32(8) !== 13 || word(view, 12) !== 'IHDR') return null;
  for (let at = PNG_HEAD; at + 8 <= view.byteLength && word(view, at + 4) !== 'IDAT'; ) {
    if (word(view, at + 4) === 'acTL') return 'animated';
    at += view.getUint32(at) + 12;
  }
  return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segments up to the frame's own (ITU T.81, B.2.2): SOF0 to SOF15, without the tables that share the numbers. */
function jpeg(view: DataView): Picture | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const mark = view.getUint8(at + 1);
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc;
    if (isFrame) return { kind: 'jpg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const length = view.getUint16(at + 2);
    if (length < 2 || mark === 0xda) return null;
    at += length + 2;
  }
  return null;
}

const WEBP_HEAD = 30;
const ANIMATED = 0x02;

/** RFC 9649: VP8X carries the canvas, VP8 and VP8L their own size. */
function webp(view: DataView): Picture | 'animated' | null {
  if (view.byteLength < WEBP_HEAD || word(view, 0) !== 'RIFF' || word(view, 8) !== 'WEBP') return null;
  const kind = 'webp';
  switch (word(view, 12)) {
    case 'VP8X':
      if ((view.getUint8(20) & ANIMATED) !== 0) return 'animated';
      return { kind, width: threeBytes(view, 24) + 1, height: threeBytes(view, 27) + 1 };
    case 'VP8L': {
      if (view.getUint8(20) !== 0x2f) return null;
      const bits = view.getUint32(21, true);
      return { kind, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      if (view.getUint8(23) !== 0x9d || view.getUint8(24) !== 0x01 || view.getUint8(25) !== 0x2a) return null;
      return { kind, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return null;
  }
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map(step => view.getUint8(at + step)));
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
