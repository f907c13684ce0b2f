/** The Blobs port on one S3 bucket. A put is durable when S3 answers. Keys are refused by the local adapter's rule. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { InputError } from '../../kernel/errors.ts';
import type { Blobs } from '../../kernel/ports.ts';

const KEY = /^[a-z0-9._-]+(\/[a-z0-9._-]+)*$/;
const PREFIX = /^[a-z0-9/._-]*$/;
const KEY_CHARS = 512;
const PART_CHARS = 200;

export interface BlobsOptions {
  readonly client: S3Client;
  readonly bucket: string;
}

export function bucketBlobs({ client, bucket }: BlobsOptions): Blobs {
  return {
    async put(key, bytes) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: checked(key), Body: bytes }));
    },
    async get(key) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: checked(key) }));
        return await answer.Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: checked(key) }));
    },
    async list(prefix, cursor) {
      if (!PREFIX.test(prefix)) throw badKey();
      const answer = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: cursor }),
      );
      const items = (answer.Contents ?? []).flatMap(({ Key, LastModified }) =>
        Key === undefined ? [] : [{ key: Key, storedAt: LastModified?.getTime() ?? 0 }],
      );
      const next = answer.NextContinuationToken;
      return { items, ...(next !== undefined && { cursor: next }) };
    },
  };
}

function checked(key: string): string {
  const wrong = key.split('/').some(part => part === '.' || part === '..' || part.length > PART_CHARS);
  if (key.length > KEY_CHARS || !KEY.test(key) || wrong) throw badKey();
  return key;
}

function badKey(): InputError {
  return new InputError(
    'invalid_blob_key',
    'A blob key is made of a-z, 0-9, dot, dash, underscore and single slashes.',
  );
}
