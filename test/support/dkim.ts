/** Signs test mails as senders do, by mailauth's own signer, with keys made for the run; the zone data to verify them stands beside. */
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';

export interface SigningKey {
  readonly privateKey: string;
  /** p= and k= of the DNS record. */
  readonly record: string;
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
}

export function rsaKey(bits: number): SigningKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: bits });
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    record: `k=rsa; p=${pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
    algorithm: 'rsa-sha256',
  };
}

export function ed25519Key(): SigningKey {
  const pair = generateKeyPairSync('ed25519');
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    // RFC 8463: the bare 32 octets, without the SPKI wrapping.
    record: `k=ed25519; p=${spki.subarray(-32).toString('base64')}`,
    algorithm: 'ed25519-sha256',
  };
}

/** A TXT answer: chunks of at most 255 characters. */
export function keyRecord(key: SigningKey, extra = ''): string[][] {
  return [`v=DKIM1; ${extra}${key.record}`.match(/.{1,255}/g) ?? []];
}

export interface SignOptions {
  readonly domain: string;
  readonly key: SigningKey;
  readonly selector?: string;
  readonly algorithm?: string;
  readonly canonicalization?: string;
  readonly headers?: readonly string[];
  /** Sets l=. */
  readonly bodyLength?: number;
  readonly at?: string;
  /** Sets x=. */
  readonly expires?: string;
}

export const SIGNED_HEADERS = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type'];

/** The message with its signature on top. */
export async function signMail(raw: string, options: SignOptions): Promise<string> {
  const { signatures, errors } = await dkimSign(Buffer.from(raw, 'latin1'), {
    canonicalization: options.canonicalization ?? 'relaxed/relaxed',
    signTime: new Date(options.at ?? '2026-03-01T09:00:00Z'),
    ...(options.expires === undefined ? {} : { expires: new Date(options.expires) }),
    // A list of names, whatever the published types say: given an array it signs its default fields.
    headerList: (options.headers ?? SIGNED_HEADERS).join(':'),
    signatureData: [
      {
        signingDomain: options.domain,
        selector: options.selector ?? 's1',
        privateKey: options.key.privateKey,
        algorithm: options.algorithm ?? options.key.algorithm,
        ...(options.bodyLength === undefined ? {} : { maxBodyLength: options.bodyLength }),
      },
    ],
  } as never);
  if (errors !== null && errors.length > 0) throw new Error('signing failed', { cause: errors[0] });
  return signatures + raw;
}
