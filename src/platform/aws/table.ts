/**
 * The Table port on one DynamoDB table. A row past its expiry counts as absent in every condition and read.
 * Jobs of a write lie on the row itself until SQS has them (outbox.ts). Refuses rows over DynamoDB's 400 KB.
 */
import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  Change,
  Clock,
  Condition,
  Hint,
  Json,
  Key,
  NewJob,
  Page,
  Query,
  Row,
  Table,
  Write,
  WriteOptions,
} from '../../kernel/ports.ts';
import {
  allOf,
  anyOf,
  atom,
  guard,
  not,
  Placeholders,
  type Truth,
  textOf,
  whenAbsent,
} from './conditions.ts';
import { HIDDEN, type Item, ownName, toItem, toKey, toRow, toValue } from './marshal.ts';
import type { Outbox } from './outbox.ts';
import { query } from './query.ts';

export interface TableOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
  readonly outbox: Outbox;
}

const WRITES_AT_ONCE = 16;
/** A write is tried again only when another one got in between; that often is a fault of its own. */
const TURNS = 20;
const PATIENT_TURNS = 6;
const PAUSE_MS = 10;

type Tried = { readonly held: true } | { readonly held: false; readonly old: Item | undefined };

export class DynamoTable implements Table {
  readonly #client: DynamoDBClient;
  readonly #tableName: string;
  readonly #clock: Clock;
  readonly #outbox: Outbox;

  constructor(options: TableOptions) {
    this.#client = options.client;
    this.#tableName = options.tableName;
    this.#clock = options.clock;
    this.#outbox = options.outbox;
  }

  async get(key: Key): Promise<Row | undefined> {
    const item = await this.#item(key);
    return item === undefined || this.#expired(item) ? undefined : toRow(item);
  }

  async put(row: Row, options: WriteOptions = {}): Promise<boolean> {
    const [held] = await this.putAll([{ row, ...options }]);
    return held ?? false;
  }

  /** Writes of one row go one after the other, others side by side; all their jobs leave together. */
  async putAll(writes: readonly Write[]): Promise<readonly boolean[]> {
    const held = writes.map(() => false);
    const chains = new Map<string, number[]>();
    for (const [index, { row }] of writes.entries()) {
      const chain = chains.get(`${row.pk}\n${row.sk}`);
      if (chain === undefined) chains.set(`${row.pk}\n${row.sk}`, [index]);
      else chain.push(index);
    }
    const owed: { key: Key; since: string; jobs: readonly NewJob[] }[] = [];
    await sideBySide([...chains.values()], WRITES_AT_ONCE, async chain => {
      for (const index of chain) {
        const write = writes[index];
        if (write === undefined) continue;
        const id = writeId();
        const since = this.#outbox.since(id);
        held[index] = await this.#putOne(write, id, since);
        if (held[index] && write.jobs?.length) owed.push({ key: keyOf(write.row), since, jobs: write.jobs });
      }
    });
    await this.#outbox.leave(owed);
    return held;
  }

  async update(
    key: Key,
    change: Change,
    options: WriteOptions & { readonly orCreate?: boolean } = {},
  ): Promise<Row | undefined> {
    const id = writeId();
    const since = this.#outbox.since(id);
    const jobs = options.jobs ?? [];
    refuseDoubles(change);
    const row = await this.#updateOne(key, change, { ...options, jobs }, id, since);
    if (row !== undefined && jobs.length > 0) await this.#outbox.leave([{ key, since, jobs }]);
    return row;
  }

  async hint(key: Key, change: Hint): Promise<void> {
    await this.update(key, change, { orCreate: true });
  }

  async remove(key: Key, options: { readonly if?: Condition } = {}): Promise<boolean> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const x = new Placeholders();
      const condition = allOf([nothingOwed(x), this.#guard(x, options.if)]);
      if (condition === false) return false;
      const tried = await this.#try(() =>
        this.#client.send(
          new DeleteItemCommand({
            TableName: this.#tableName,
            Key: toKey(key),
            ...conditional(x, condition),
          }),
        ),
      );
      if (tried.held) return true;
      if (!(await this.#settle(key, tried.old, turn))) return false;
    }
    throw contended();
  }

  query(asked: Query): Promise<Page<Row>> {
    return query(this.#client, this.#tableName, this.#seconds(), asked);
  }

  async #putOne(write: Write, id: string, since: string): Promise<boolean> {
    const jobs = write.jobs ?? [];
    const item: Item = { ...toItem(write.row), [HIDDEN.write]: { S: id } };
    if (jobs.length > 0) Object.assign(item, this.#outbox.marks(write.row, since, jobs));
    return this.#putItem(keyOf(write.row), item, id, x => this.#guard(x, write.if));
  }

  async #putItem(key: Key, item: Item, id: string, holds: (x: Placeholders) => Truth): Promise<boolean> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const x = new Placeholders();
      const condition = allOf([nothingOwed(x), holds(x)]);
      if (condition === false) return false;
      const tried = await this.#try(() =>
        this.#client.send(
          new PutItemCommand({ TableName: this.#tableName, Item: item, ...conditional(x, condition) }),
        ),
      );
      if (tried.held || wrote(tried.old, id)) return true;
      if (!(await this.#settle(key, tried.old, turn))) return false;
    }
    throw contended();
  }

  async #updateOne(
    key: Key,
    change: Change,
    options: WriteOptions & { readonly jobs: readonly NewJob[]; readonly orCreate?: boolean },
    id: string,
    since: string,
  ): Promise<Row | undefined> {
    const marks = options.jobs.length > 0 ? this.#outbox.marks(key, since, options.jobs) : {};
    const mayCreate = options.orCreate === true && (options.if === undefined || whenAbsent(options.if));
    for (let turn = 0; turn < TURNS; turn += 1) {
      const x = new Placeholders();
      const holds = this.#guard(x, { all: [{ row: 'present' }, options.if ?? ANY] });
      const condition = allOf([
        notWritten(x, id),
        mayCreate ? anyOf([noItem(x), holds]) : holds,
        options.jobs.length > 0 ? nothingOwed(x) : true,
      ]);
      let updated: Item | undefined;
      const tried =
        condition === false
          ? ({ held: false, old: await this.#item(key) } as const)
          : await this.#try(async () => {
              const expression = updateExpression(x, change, { ...marks, [HIDDEN.write]: { S: id } });
              const answer = await this.#client.send(
                new UpdateItemCommand({
                  TableName: this.#tableName,
                  Key: toKey(key),
                  UpdateExpression: expression,
                  ReturnValues: 'ALL_NEW',
                  ...conditional(x, condition, expression),
                }),
              );
              updated = answer.Attributes;
            });
      if (updated !== undefined) return toRow(updated);
      if (tried.held) throw new TypeError('DynamoDB answered an update without the row.');
      if (tried.old !== undefined && wrote(tried.old, id)) return toRow(tried.old);
      if (mayCreate && (tried.old === undefined || this.#expired(tried.old))) {
        // DynamoDB still holds an expired row: a fresh one takes its place, so that none of its attributes comes back.
        const fresh = created(key, change);
        const item: Item = { ...toItem(fresh), ...marks, [HIDDEN.write]: { S: id } };
        if (await this.#putItem(key, item, id, inner => this.#guard(inner, { row: 'absent' }))) return fresh;
        continue;
      }
      if (options.jobs.length === 0 || !(await this.#settle(key, tried.old, turn))) return undefined;
    }
    throw contended();
  }

  /**
   * Deals with what an earlier write of this row still owes. False: it owed nothing, so the caller's own condition failed. That writer is
   * most likely just sending; only one that takes too long is helped out.
   */
  async #settle(key: Key, old: Item | undefined, turn: number): Promise<boolean> {
    if (old?.[HIDDEN.due] === undefined) return false;
    if (turn < PATIENT_TURNS && !this.#outbox.isOld(old)) await pause(PAUSE_MS * 2 ** turn);
    else await this.#outbox.settle(key, old);
    return true;
  }

  async #try(call: () => Promise<unknown>): Promise<Tried> {
    try {
      await call();
      return { held: true };
    } catch (error) {
      if (error instanceof Error && error.name === 'ValidationException') {
        throw new TypeError('DynamoDB refuses the write as one that no row can take', { cause: error });
      }
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { held: false, old: error.Item };
    }
  }

  async #item(key: Key): Promise<Item | undefined> {
    const answer = await this.#client.send(
      new GetItemCommand({ TableName: this.#tableName, Key: toKey(key), ConsistentRead: true }),
    );
    return answer.Item;
  }

  #guard(x: Placeholders, condition: Condition | undefined): Truth {
    return guard(x, condition, this.#seconds());
  }

  #seconds(): number {
    return this.#clock.now() / 1000;
  }

  #expired(item: Item): boolean {
    return item.expires?.N !== undefined && Number(item.expires.N) <= this.#seconds();
  }
}

const ANY: Condition = { all: [] };

function keyOf({ pk, sk }: Key): Key {
  return { pk, sk };
}

/** Told apart by it: a write the SDK repeated after a lost answer, and somebody else's. */
function writeId(): string {
  return randomBytes(9).toString('base64url');
}

function wrote(item: Item | undefined, id: string): boolean {
  return item?.[HIDDEN.write]?.S === id;
}

function notWritten(x: Placeholders, id: string): Truth {
  return not(atom(`${x.name(HIDDEN.write)} = ${x.value({ S: id })}`));
}

function noItem(x: Placeholders): Truth {
  return atom(`attribute_not_exists(${x.name('pk')})`);
}

/** Replacing or removing a row must not take jobs along that an earlier write still owes. */
function nothingOwed(x: Placeholders): Truth {
  return atom(`attribute_not_exists(${x.name(HIDDEN.due)})`);
}

function conditional(x: Placeholders, condition: Truth, ...others: string[]) {
  const text = textOf(condition);
  return {
    ...(text !== undefined && {
      ConditionExpression: text,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
    ...x.of(text, ...others),
  };
}

function updateExpression(x: Placeholders, change: Change, hidden: Item): string {
  const set = Object.entries(change.set ?? {}).map(
    ([name, value]) => `${x.name(ownName(name))} = ${x.value(toValue(value))}`,
  );
  for (const [name, value] of Object.entries(hidden)) set.push(`${x.name(name)} = ${x.value(value)}`);
  for (const [name, value] of Object.entries(change.append ?? {})) {
    const path = x.name(ownName(name));
    const none = x.value({ L: [] });
    set.push(`${path} = list_append(if_not_exists(${path}, ${none}), ${x.value(toValue(value))})`);
  }
  const add = Object.entries(change.add ?? {}).map(
    ([name, value]) => `${x.name(ownName(name))} ${x.value(toValue(value))}`,
  );
  const remove = (change.remove ?? []).map(name => x.name(ownName(name)));
  return [
    `SET ${set.join(', ')}`,
    add.length > 0 ? `ADD ${add.join(', ')}` : '',
    remove.length > 0 ? `REMOVE ${remove.join(', ')}` : '',
  ]
    .filter(section => section !== '')
    .join(' ');
}

function refuseDoubles(change: Change): void {
  const seen = new Set(['pk', 'sk']);
  const names = [change.set, change.add, change.append].flatMap(part => Object.keys(part ?? {}));
  for (const name of [...names, ...(change.remove ?? [])]) {
    if (seen.has(name)) throw new TypeError(`attribute ${name} cannot be changed, or is changed twice`);
    seen.add(name);
  }
}

/** The row that a change makes of nothing. */
function created(key: Key, change: Change): Row {
  const fresh: Record<string, Json> = { ...change.set, ...change.add };
  for (const [name, value] of Object.entries(change.append ?? {})) fresh[name] = [...value];
  return { ...fresh, ...keyOf(key) };
}

/** With full jitter: writers that met do not meet again. */
function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.random() * ms * 2));
}

function contended(): Error {
  return new Error('A row was changed by others too often in a row.');
}

/** Runs the steps with so many at a time. */
async function sideBySide<T>(inputs: readonly T[], atOnce: number, step: (input: T) => Promise<void>) {
  const queue = inputs.values();
  const walk = async () => {
    for (const input of queue) await step(input);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, walk));
}
