/** Whole mails in the shapes of real programs, with neutral addresses: test/fixtures/mail. */
import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { type InboundMail, readMail } from '../../src/mail/inbound.ts';

export function mailFixture(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/mail/${name}.eml`, import.meta.url));
}

/** With its words beside it. */
export type ReadMail = Omit<InboundMail, 'text'> & { readonly text: string | null };

export async function withWords(mail: InboundMail): Promise<ReadMail> {
  return { ...mail, text: await mail.text() };
}

export async function readFixture(name: string): Promise<ReadMail> {
  return withWords(await readMail(mailFixture(name), DEFAULT_LIMITS));
}

export async function readText(text: string): Promise<ReadMail> {
  return withWords(await readMail(Buffer.from(text, 'utf8'), DEFAULT_LIMITS));
}
