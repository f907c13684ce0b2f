/**
 * The port's conditions as DynamoDB expressions. A row past its expiry is still in DynamoDB for up to days, so each condition is
 * worked out twice: as an expression for a live row, and as a constant for an absent one.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Condition, Json } from '../../kernel/ports.ts';
import { type Item, isList, ownName, toValue } from './marshal.ts';

/** Gathers the placeholders of one request. */
export class Placeholders {
  readonly #names: Record<string, string> = {};
  readonly #values: Item = {};
  readonly #known = new Map<string, string>();

  name(attribute: string): string {
    const known = this.#known.get(attribute);
    if (known !== undefined) return known;
    const placeholder = `#n${this.#known.size}`;
    this.#known.set(attribute, placeholder);
    this.#names[placeholder] = attribute;
    return placeholder;
  }

  value(value: AttributeValue): string {
    const placeholder = `:v${Object.keys(this.#values).length}`;
    this.#values[placeholder] = value;
    return placeholder;
  }

  /** What a request with these expressions must carry: DynamoDB refuses placeholders that no expression uses. */
  of(...expressions: readonly (string | undefined)[]): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Item;
  } {
    const used = new Set(expressions.join(' ').match(/[#:][nv]\d+/g));
    const names = Object.entries(this.#names).filter(([placeholder]) => used.has(placeholder));
    const values = Object.entries(this.#values).filter(([placeholder]) => used.has(placeholder));
    return {
      ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
      ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
    };
  }
}

/** An expression, or what it comes to whatever the row holds. */
export type Truth = boolean | Expression;

interface Expression {
  readonly kind: 'atom' | 'and' | 'or';
  readonly text: string;
}

export function atom(text: string): Truth {
  return { kind: 'atom', text };
}

/** Undefined where there is nothing to ask DynamoDB. */
export function textOf(truth: Truth): string | undefined {
  return typeof truth === 'boolean' ? undefined : truth.text;
}

export function allOf(parts: readonly Truth[]): Truth {
  return joined(parts, 'and');
}

export function anyOf(parts: readonly Truth[]): Truth {
  return joined(parts, 'or');
}

export function not(truth: Truth): Truth {
  if (typeof truth === 'boolean') return !truth;
  return atom(truth.kind === 'atom' ? `NOT ${truth.text}` : `NOT (${truth.text})`);
}

/** Only the brackets that are needed: DynamoDB refuses doubled ones. NOT binds tighter than AND, AND tighter than OR. */
function joined(parts: readonly Truth[], kind: 'and' | 'or'): Truth {
  const absorbing = kind === 'or';
  if (parts.includes(absorbing)) return absorbing;
  const open = parts.filter(part => typeof part !== 'boolean');
  if (open.length === 0) return !absorbing;
  if (open.length === 1) return open[0] ?? !absorbing;
  const texts = open.map(part => (kind === 'and' && part.kind === 'or' ? `(${part.text})` : part.text));
  return { kind, text: texts.join(kind === 'and' ? ' AND ' : ' OR ') };
}

/** True for a row that is there and not past its expiry. A row without a numeric `expires` stays. */
export function live(x: Placeholders, nowSeconds: number): Truth {
  return allOf([exists(x), notExpired(x, nowSeconds)]);
}

export function notExpired(x: Placeholders, nowSeconds: number): Truth {
  return not(atom(`${x.name('expires')} <= ${x.value({ N: String(nowSeconds) })}`));
}

function exists(x: Placeholders): Truth {
  return atom(`attribute_exists(${x.name('pk')})`);
}

/** The whole guard of a write: true where the condition holds for the row as the port sees it. */
export function guard(x: Placeholders, condition: Condition | undefined, nowSeconds: number): Truth {
  if (condition === undefined) return true;
  const onLive = whenLive(x, condition);
  if (whenAbsent(condition)) return onLive === true ? true : anyOf([not(live(x, nowSeconds)), onLive]);
  return allOf([onLive === false ? false : live(x, nowSeconds), onLive]);
}

/** The condition on a live row. */
export function whenLive(x: Placeholders, condition: Condition): Truth {
  if ('row' in condition) return condition.row === 'present';
  if ('all' in condition) return allOf(condition.all.map(part => whenLive(x, part)));
  if ('any' in condition) return anyOf(condition.any.map(part => whenLive(x, part)));
  const path = x.name(ownName(condition.attribute));
  if ('is' in condition) return equals(x, path, condition.is);
  if ('isNot' in condition) return not(equals(x, path, condition.isNot));
  if ('below' in condition) return atom(`${path} < ${x.value(toValue(condition.below))}`);
  if ('atMost' in condition) return atom(`${path} <= ${x.value(toValue(condition.atMost))}`);
  return atom(`${condition.missing ? 'attribute_not_exists' : 'attribute_exists'}(${path})`);
}

/** The condition on no row at all. */
export function whenAbsent(condition: Condition): boolean {
  if ('row' in condition) return condition.row === 'absent';
  if ('all' in condition) return condition.all.every(whenAbsent);
  if ('any' in condition) return condition.any.some(whenAbsent);
  if ('missing' in condition) return condition.missing;
  return 'isNot' in condition;
}

/** Lists and objects member by member: DynamoDB would compare them whole, its stand-in in our tests would not. */
function equals(x: Placeholders, path: string, value: Json): Truth {
  if (value === null || typeof value !== 'object') return atom(`${path} = ${x.value(toValue(value))}`);
  const members: [string, Json][] = isList(value)
    ? value.map((member, index) => [`${path}[${index}]`, member])
    : Object.entries(value).map(([name, member]) => [`${path}.${x.name(name)}`, member]);
  return allOf([
    atom(`attribute_type(${path}, ${x.value({ S: isList(value) ? 'L' : 'M' })})`),
    atom(`size(${path}) = ${x.value({ N: String(members.length) })}`),
    ...members.map(([inner, member]) => equals(x, inner, member)),
  ]);
}
