/** Applies an update to a row. What DynamoDB refuses (key attributes, two changes of one attribute, adding to text) is refused here. */
import type { Change, Json, Key, Row } from '../../kernel/ports.ts';

export function applyChange(key: Key, row: Row | undefined, change: Change): Row {
  refuseDoubles(change);
  const next: { [attribute: string]: Json | undefined } = { ...row, ...change.set };
  for (const name of change.remove ?? []) delete next[name];
  for (const [name, amount] of Object.entries(change.add ?? {})) next[name] = sum(name, row?.[name], amount);
  for (const [name, more] of Object.entries(change.append ?? {}))
    next[name] = joined(name, row?.[name], more);
  return { ...next, pk: key.pk, sk: key.sk };
}

function refuseDoubles(change: Change): void {
  const seen = new Set(['pk', 'sk']);
  const names = [change.set, change.add, change.append].flatMap(part => Object.keys(part ?? {}));
  for (const name of [...names, ...(change.remove ?? [])]) {
    if (seen.has(name)) throw new TypeError(`attribute ${name} cannot be changed, or is changed twice`);
    seen.add(name);
  }
}

function sum(name: string, value: Json | undefined, amount: number): number {
  if (value !== undefined && typeof value !== 'number') throw new TypeError(`attribute ${name} is no number`);
  return (value ?? 0) + amount;
}

function joined(name: string, value: Json | undefined, more: readonly Json[]): readonly Json[] {
  if (value !== undefined && !Array.isArray(value)) throw new TypeError(`attribute ${name} is no list`);
  return [...((value as readonly Json[] | undefined) ?? []), ...more];
}
