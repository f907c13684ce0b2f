/** Data keys wrapped by AES-256-GCM under a key of the installation's secret: what KMS does on AWS. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keys, KeyWrap } from '../../kernel/ports.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function keyWrapOf(keys: Keys): KeyWrap {
  const key = keys.derive('key-wrap');
  return {
    async wrap(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(context));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
    },
    async unwrap(wrapped, context) {
      const bytes = Buffer.from(wrapped, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associated(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    },
  };
}

/** The same octets for the same context, whatever the order of its names. */
function associated(context: { readonly [name: string]: string }): Buffer {
  return Buffer.from(
    JSON.stringify(Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
}
