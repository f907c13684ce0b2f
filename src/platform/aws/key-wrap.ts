/** Data keys wrapped by KMS; the context is its encryption context, so it also stands in the trail of who opened what. */
import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { KeyWrap } from '../../kernel/ports.ts';

export function kmsKeyWrap(aws: { readonly client: KMSClient; readonly keyId: string }): KeyWrap {
  const { client, keyId } = aws;
  return {
    async wrap(plain, context) {
      const { CiphertextBlob } = await client.send(
        new EncryptCommand({ KeyId: keyId, Plaintext: plain, EncryptionContext: { ...context } }),
      );
      if (CiphertextBlob === undefined) throw new Error('KMS answered without a wrapped key');
      return Buffer.from(CiphertextBlob).toString('base64url');
    },
    async unwrap(wrapped, context) {
      const { Plaintext } = await client.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(wrapped, 'base64url'),
          EncryptionContext: { ...context },
        }),
      );
      if (Plaintext === undefined) throw new Error('KMS answered without a key');
      return Plaintext;
    },
  };
}
