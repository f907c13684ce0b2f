/** Whole mails in the shapes of real programs, with neutral addresses: test/fixtures/mail. */
import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { type InboundMail, readMail } from '../../src/mail/inbound.ts';

export function mailFixture(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/mail/${name}.eml`, import.meta.url));
}

export function readFixture(name: string): Promise<InboundMail> {
  return readMail(mailFixture(name), DEFAULT_LIMITS);
}

export function readText(text: string): Promise<InboundMail> {
  return readMail(Buffer.from(text, 'utf8'), DEFAULT_LIMITS);
}
