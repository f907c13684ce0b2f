/**
 * KMS's Encrypt and Decrypt over real HTTP (AWS JSON 1.1): symmetric keys made when first named, the encryption context authenticated,
 * and the refusals of the real one by name. It can be told to fail.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type KmsBehaviour = 'work' | 'throttle' | 'internal' | 'denied';

export interface KmsEndpoint {
  readonly url: string;
  /** What was asked, oldest first; neither keys nor plaintexts. */
  calls(): readonly KmsCall[];
  /** What the next calls come to, one each; then it works again. */
  next(...behaviours: readonly KmsBehaviour[]): void;
  close(): Promise<void>;
}

export interface KmsCall {
  readonly action: 'Encrypt' | 'Decrypt';
  readonly keyId: string;
  readonly context: Readonly<Record<string, string>>;
}

interface Asked {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

const REFUSALS: Readonly<Record<Exclude<KmsBehaviour, 'work'>, [number, string]>> = {
  throttle: [400, 'ThrottlingException'],
  internal: [500, 'KMSInternalException'],
  denied: [400, 'AccessDeniedException'],
};
/** "Plaintext: maximum length of 4096." */
const PLAIN_OCTETS = 4096;
const KEY_ID_CHARS = 64;

export async function startKmsEndpoint(): Promise<KmsEndpoint> {
  const keys = new Map<string, Buffer>();
  const calls: KmsCall[] = [];
  const behaviours: KmsBehaviour[] = [];
  const keyFor = (id: string): Buffer => {
    const key = keys.get(id) ?? randomBytes(32);
    keys.set(id, key);
    return key;
  };

  const encrypt = ({ KeyId = '', Plaintext = '', EncryptionContext = {} }: Asked) => {
    const plain = Buffer.from(Plaintext, 'base64');
    if (KeyId === '' || plain.length === 0 || plain.length > PLAIN_OCTETS)
      return refusal('ValidationException');
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyFor(KeyId), nonce).setAAD(
      contextOctets(EncryptionContext),
    );
    const named = Buffer.from(KeyId.padEnd(KEY_ID_CHARS));
    const blob = Buffer.concat([named, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { CiphertextBlob: blob.toString('base64'), KeyId, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  };
  const decrypt = ({ KeyId, CiphertextBlob = '', EncryptionContext = {} }: Asked) => {
    const blob = Buffer.from(CiphertextBlob, 'base64');
    const named = blob.subarray(0, KEY_ID_CHARS).toString().trimEnd();
    if (blob.length === 0) return refusal('ValidationException');
    if (KeyId !== undefined && keys.has(named) && KeyId !== named) return refusal('IncorrectKeyException');
    const key = keys.get(named);
    if (key === undefined || blob.length < KEY_ID_CHARS + 28) return refusal('InvalidCiphertextException');
    try {
      const body = blob.subarray(KEY_ID_CHARS);
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(contextOctets(EncryptionContext)).setAuthTag(body.subarray(-16));
      const plain = Buffer.concat([decipher.update(body.subarray(12, -16)), decipher.final()]);
      return { Plaintext: plain.toString('base64'), KeyId: named, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    } catch {
      return refusal('InvalidCiphertextException');
    }
  };

  const server = createServer(async (request, response) => {
    const action = /^TrentService\.(Encrypt|Decrypt)$/.exec(String(request.headers['x-amz-target']))?.[1];
    const asked = JSON.parse((await bodyOf(request)).toString('utf8') || '{}') as Asked;
    if (!/^AWS4-HMAC-SHA256 /.test(request.headers.authorization ?? '')) {
      return answer(response, 400, { __type: 'MissingAuthenticationTokenException' });
    }
    if (action !== 'Encrypt' && action !== 'Decrypt') {
      return answer(response, 400, { __type: 'UnknownOperationException' });
    }
    calls.push({ action, keyId: asked.KeyId ?? '', context: asked.EncryptionContext ?? {} });
    const behaviour = behaviours.shift() ?? 'work';
    if (behaviour !== 'work') {
      const [status, name] = REFUSALS[behaviour];
      return answer(response, status, { __type: name, message: 'As the test asked.' });
    }
    const result = action === 'Encrypt' ? encrypt(asked) : decrypt(asked);
    answer(response, '__type' in result ? 400 : 200, result);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    next: (...more) => void behaviours.push(...more),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refusal(name: string): { readonly __type: string } {
  return { __type: name };
}

function contextOctets(context: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(
    JSON.stringify(Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
