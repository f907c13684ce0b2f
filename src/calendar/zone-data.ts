/**
 * The packed tz data of moment-timezone, read without its code: that indexes every zone when it is loaded, and a function that has just
 * started needs one. Unpacked when asked for; a test holds every zone against the library itself.
 */
import packed from 'moment-timezone/data/packed/latest.json' with { type: 'json' };

export interface ZoneData {
  /** `offsets[i]` (minutes to the west, fractions of local mean time included) holds until the instant `untils[i]`. */
  readonly offsets: readonly number[];
  readonly untils: readonly number[];
  /** What clocks are called: `CEST`, `+03`. */
  readonly abbreviations: readonly string[];
  readonly population: number;
}

interface Index {
  /** By key. */
  readonly names: ReadonlyMap<string, string>;
  readonly zones: ReadonlyMap<string, string>;
  /** Both ways, the last one told counts. */
  readonly links: ReadonlyMap<string, string>;
}

const FIELD = { abbreviations: 1, offsets: 2, indices: 3, untils: 4, population: 5 } as const;
const MINUTE = 60_000;
const unpacked = new Map<string, ZoneData>();
let index: Index | undefined;
let places: ReadonlySet<string> | undefined;

export const dataVersion: string = packed.version;

/** The spelling of the data for a name in any case. */
export function nameOfZone(name: string): string | undefined {
  return indexed().names.get(keyOf(name));
}

/** The name that the data links with this one: an old name's zone. */
export function linkOfZone(name: string): string | undefined {
  const { names, links } = indexed();
  return names.get(links.get(keyOf(name)) ?? '');
}

/** Zones that stand for places today, as against old names of them (`US/Pacific`, `Europe/Kiev`). */
export function placeNames(): ReadonlySet<string> {
  places ??= new Set(packed.countries.flatMap(country => (country.split('|')[1] ?? '').split(' ')));
  return places;
}

export function zoneData(name: string): ZoneData | undefined {
  const key = keyOf(name);
  const known = unpacked.get(key);
  if (known !== undefined) return known;
  const { zones, links } = indexed();
  const text = zones.get(key) ?? zones.get(links.get(key) ?? '');
  if (text === undefined) return undefined;
  const data = unpack(text);
  unpacked.set(key, data);
  return data;
}

function keyOf(name: string): string {
  return name.toLowerCase();
}

function indexed(): Index {
  if (index !== undefined) return index;
  const names = new Map<string, string>();
  const zones = new Map<string, string>();
  const links = new Map<string, string>();
  const named = (name: string): string => {
    const key = keyOf(name);
    names.set(key, name);
    return key;
  };
  for (const zone of packed.zones) zones.set(named(zone.slice(0, zone.indexOf('|'))), zone);
  for (const link of packed.links) {
    const [one = '', other = ''] = link.split('|').map(named);
    links.set(one, other);
    links.set(other, one);
  }
  index = { names, zones, links };
  return index;
}

function unpack(text: string): ZoneData {
  const fields = text.split('|');
  const field = (name: keyof typeof FIELD): string => fields[FIELD[name]] ?? '';
  const names = field('abbreviations').split(' ');
  const offsets = field('offsets').split(' ').map(fromBase60);
  const indices = [...field('indices')].map(fromBase60);
  // Each is told in minutes since the one before.
  let until = 0;
  const untils = field('untils')
    .split(' ')
    .slice(0, indices.length - 1)
    .map(minutes => {
      until = Math.round(until + fromBase60(minutes) * MINUTE);
      return until;
    });
  return {
    offsets: indices.map(at => offsets[at] ?? 0),
    untils: [...untils, Infinity],
    abbreviations: indices.map(at => names[at] ?? ''),
    population: Math.trunc(Number(field('population'))) || 0,
  };
}

/** Digits `0-9a-zA-X`, with a fraction and a sign. */
function fromBase60(text: string): number {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  let value = 0;
  for (const digit of whole) value = value * 60 + digitOf(digit);
  let share = 1;
  for (const digit of fraction) {
    share /= 60;
    value += digitOf(digit) * share;
  }
  return text.startsWith('-') ? -value : value;
}

function digitOf(digit: string): number {
  const code = digit.charCodeAt(0);
  if (code > 96) return code - 87;
  return code > 64 ? code - 29 : code - 48;
}
