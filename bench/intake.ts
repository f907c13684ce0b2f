/**
 * From a mail's bytes to an event's state, against mailparser and node-ical over the same mails in the same run. Ours also reads each of the
 * calendar parts, resolves zones, holds the policy and applies the message; the peers only parse. A mail's words are decoded by mailparser
 * in any case, by us for whoever asks: no event needs them. What they would cost besides is a row of its own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import ical from 'node-ical';
import { applyMessage } from '../src/calendar/apply.ts';
import { checkForRegister } from '../src/calendar/read.ts';
import { readInvitation } from '../src/intake/invitation.ts';
import { DEFAULT_LIMITS } from '../src/kernel/limits.ts';
import { type InboundMail, readMail } from '../src/mail/inbound.ts';
import type { Bench } from './run.ts';
import { compare } from './support/rounds.ts';

const MAILS = new URL('../test/fixtures/mail/', import.meta.url);
const NOW = '2026-03-01T09:00:00Z';

export const intake: Bench = {
  name: 'intake',
  async run() {
    const names = readdirSync(MAILS).filter(name => name.endsWith('-request.eml'));
    const mails = names.map(name => readFileSync(new URL(name, MAILS)));
    const facts: { readonly name: string; readonly ours: string; readonly theirs: string }[] = [];
    for (const [index, name] of names.entries()) {
      const raw = mails[index] ?? Buffer.alloc(0);
      facts.push({ name, ours: await ours(raw), theirs: await theirs(raw) });
    }
    const inTurn = (read: (raw: Buffer) => Promise<string>) => (turn: number) =>
      read(mails[turn % mails.length] ?? Buffer.alloc(0));
    const found = await compare(inTurn(ours), inTurn(theirs));
    const withWords = await compare(inTurn(oursWithWords), inTurn(theirs));
    return {
      rows: [
        { what: 'mails read, checked and applied, per second (median)', value: found.oursMedian },
        { what: 'mailparser and node-ical, parsed only, per second (median)', value: found.theirsMedian },
        { what: 'ratio (goal 2)', value: found.ratio },
        { what: 'ratio where the words of the mail are decoded too', value: withWords.ratio },
        { what: 'mails', value: mails.length },
        { what: 'of these, the start found alike', value: facts.filter(isAlike).length },
      ],
      details: { ...found, withWords, facts },
    };
  },
};

function isAlike({ ours, theirs }: { readonly ours: string; readonly theirs: string }): boolean {
  return Date.parse(ours) === Date.parse(theirs);
}

/** The start, or why there is none. */
async function ours(raw: Buffer): Promise<string> {
  return startOf(await readMail(raw, DEFAULT_LIMITS));
}

async function oursWithWords(raw: Buffer): Promise<string> {
  const mail = await readMail(raw, DEFAULT_LIMITS);
  await mail.text();
  return startOf(mail);
}

function startOf(mail: InboundMail): string {
  const invitation = readInvitation(mail);
  if (!invitation.ok) return invitation.code;
  const checked = checkForRegister(invitation.calendar, DEFAULT_LIMITS, { organizerZone: 'Europe/Berlin' });
  if (!checked.ok) return checked.refusal.code;
  const message = { calendar: checked.calendar, arrival: 'arr_1', receivedAt: NOW };
  const applied = applyMessage(null, message, NOW);
  if (applied.outcome !== 'applied') return applied.outcome;
  const start = Object.values(applied.state.components)[0]?.event?.start;
  return start?.utc ?? start?.local ?? 'no start';
}

async function theirs(raw: Buffer): Promise<string> {
  const mail = await simpleParser(raw);
  const part = mail.attachments.find(({ contentType }) => /calendar|ics/.test(contentType));
  if (part === undefined) return 'no calendar';
  const events = Object.values(ical.sync.parseICS(part.content.toString('utf8')));
  const event = events.find(found => found?.type === 'VEVENT');
  return event?.type === 'VEVENT' ? event.start.toISOString() : 'no event';
}
