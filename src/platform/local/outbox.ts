/** Every mail that left, as bytes, on disk: what a newcomer looks at instead of an inbox. One SQLite file, so many mails share an fsync. */
import { join } from 'node:path';
import { newId } from '../../kernel/ids.ts';
import type { Clock, MailAbout, OutgoingMail, Page, Random } from '../../kernel/ports.ts';
import { openDatabase } from './database.ts';
import { subjectOf } from './subject.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS mails (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
    sender TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
    about TEXT NOT NULL, outcome TEXT NOT NULL, raw BLOB NOT NULL
  );
  CREATE INDEX IF NOT EXISTS mails_recipient ON mails (recipient, number);
  CREATE INDEX IF NOT EXISTS mails_at ON mails (at);
`;

const COLUMNS = 'number, id, at, sender, recipient, subject, about, outcome';
const INSERT = `INSERT INTO mails (id, at, sender, recipient, subject, about, outcome, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const LIST = `SELECT ${COLUMNS} FROM mails WHERE number < ? ORDER BY number DESC LIMIT ?`;
const LIST_TO = `SELECT ${COLUMNS} FROM mails WHERE recipient = ? AND number < ? ORDER BY number DESC LIMIT ?`;
const GET = `SELECT ${COLUMNS}, raw FROM mails WHERE id = ?`;
const PRUNE = 'DELETE FROM mails WHERE number IN (SELECT number FROM mails WHERE at < ? ORDER BY at LIMIT ?)';

/** `accepted`: it left. `refused`: the relay would not have it. `unknown`: the relay fell silent after the mail's bytes. */
export type OutboxOutcome = 'accepted' | 'refused' | 'unknown';

export interface OutboxMail {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly about: MailAbout;
  readonly outcome: OutboxOutcome;
}

export interface Outbox {
  /** Durable when it resolves; answers the mail's id. */
  add(mail: OutgoingMail, outcome: OutboxOutcome): Promise<string>;
  /** Newest first; `to` folded as in `OutgoingMail.to`, compared in lower case. */
  list(query?: {
    readonly to?: string;
    readonly limit?: number;
    readonly cursor?: string;
  }): Promise<Page<OutboxMail>>;
  get(id: string): Promise<{ readonly mail: OutboxMail; readonly raw: Uint8Array } | undefined>;
  /** Drops up to `max` mails from before the moment; answers how many. */
  prune(before: number, max?: number): Promise<number>;
  close(): Promise<void>;
}

const PAGE_MAILS = 50;

export function openOutbox(options: {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
}): Outbox {
  const database = openDatabase({ file: join(options.folder, 'outbox.db'), schema: SCHEMA });
  return {
    add: async (mail, outcome) => {
      const id = newId(options.random, 'out');
      const at = options.clock.now();
      const { raw, from, to, about } = mail;
      const values = [id, at, from, to.toLowerCase(), subjectOf(raw), JSON.stringify(about), outcome, raw];
      await database.write(() => void database.prepare(INSERT).run(...values));
      return id;
    },
    list: async ({ to, limit = PAGE_MAILS, cursor } = {}) => {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
      if (!Number.isSafeInteger(before)) return { items: [] };
      const found =
        to === undefined
          ? database.prepare(LIST).all(before, limit + 1)
          : database.prepare(LIST_TO).all(to.toLowerCase(), before, limit + 1);
      const items = found.slice(0, limit).map(mailOf);
      return found.length > limit ? { items, cursor: String(found[limit - 1]?.number) } : { items };
    },
    get: async id => {
      const found = database.prepare(GET).get(id);
      return found === undefined ? undefined : { mail: mailOf(found), raw: found.raw as Uint8Array };
    },
    prune: async (before, max = 1_000) =>
      database.write(() => Number(database.prepare(PRUNE).run(before, max).changes)),
    close: () => database.close(),
  };
}

function mailOf(found: Record<string, unknown>): OutboxMail {
  return {
    id: String(found.id),
    at: Number(found.at),
    from: String(found.sender),
    to: String(found.recipient),
    subject: String(found.subject),
    about: JSON.parse(String(found.about)),
    outcome: String(found.outcome) as OutboxOutcome,
  };
}
