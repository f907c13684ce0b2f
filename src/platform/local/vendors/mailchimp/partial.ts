/** `fields` and `exclude_fields`, `count` and `offset`, as every list of Mailchimp takes them. */
import { isFields, json, type VendorAnswer, type VendorRequest } from '../exchange.ts';

const COUNT = 10;
const COUNT_MAX = 1000;

export function answered(request: VendorRequest, body: unknown): VendorAnswer {
  const fields = pathsIn(request.query.get('fields'));
  const excluded = pathsIn(request.query.get('exclude_fields'));
  const kept = fields.length === 0 ? body : picked(body, fields);
  return json(200, excluded.length === 0 ? kept : without(kept, excluded));
}

export function paged<T>(request: VendorRequest, items: readonly T[]): readonly T[] {
  const count = Math.min(COUNT_MAX, numberIn(request, 'count', COUNT));
  const offset = numberIn(request, 'offset', 0);
  return items.slice(offset, offset + count);
}

function numberIn(request: VendorRequest, name: string, fallback: number): number {
  const value = Number(request.query.get(name) ?? fallback);
  return Number.isInteger(value) && value >= 0 ? value : fallback;
}

type Path = readonly string[];

function pathsIn(text: string | null): readonly Path[] {
  return (text ?? '')
    .split(',')
    .filter(path => path !== '')
    .map(path => path.split('.'));
}

function picked(value: unknown, paths: readonly Path[]): unknown {
  if (Array.isArray(value)) return value.map(item => picked(item, paths));
  if (!isFields(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    const under = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
    if (under.length === 0) continue;
    result[name] = under.some(path => path.length === 0) ? child : picked(child, under);
  }
  return result;
}

function without(value: unknown, paths: readonly Path[]): unknown {
  if (Array.isArray(value)) return value.map(item => without(item, paths));
  if (!isFields(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    const under = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
    if (under.some(path => path.length === 0)) continue;
    result[name] = under.length === 0 ? child : without(child, under);
  }
  return result;
}
