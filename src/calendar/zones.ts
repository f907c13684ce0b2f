/**
 * What a TZID means: an IANA name (quoted, in an Olson path, old), a Windows id (CLDR), a name people read, or the file's own
 * VTIMEZONE, which wins where it disagrees (RFC 5545 3.2.19). A TZID that none of these explains stays unresolved: no guessing.
 */

import { startOfYear, yearOf } from './civil.ts';
import { all, type Component, first } from './component.ts';
import { unescapeText } from './text.ts';
import { canonicalZone, formatInstant, isZone, timelineOf, zoneNames } from './time.ts';
import { instantIn, type Timeline } from './timeline.ts';
import { displayNames, windowsZones } from './windows-zones.ts';
import { matchZone } from './zone-match.ts';
import { type Budget, readZoneBlock, type ZoneBlock } from './zone-rules.ts';

export interface ResolvedTime {
  readonly utc: string | null;
  readonly zone: string | null;
  readonly from: 'vtimezone' | 'iana' | 'unresolved';
}

export interface FileZones {
  /** A wall clock (milliseconds as if UTC) with a TZID of this file. */
  resolve(tzid: string, local: number): ResolvedTime;
  /** Wall clock of an instant under a TZID; null where the TZID is unresolved. */
  timeline(tzid: string, year: number): Timeline | null;
  /** X-WR-TIMEZONE. */
  readonly defaultZone: string | null;
  /** TZIDs that were used and fit no IANA zone, with the file's own block as text. */
  customZones(): Readonly<Record<string, string>>;
}

const windows = new Map(Object.entries(windowsZones));
const displayed = new Map(Object.entries(displayNames));

export interface NamedZone {
  /** Today's IANA name. */
  readonly zone: string;
  /** As the table has it (CLDR keeps old names). */
  readonly listed: string;
  /** `label`: a text for people, that some programs also give to other clocks. */
  readonly by: 'name' | 'path' | 'windows' | 'label';
}

/** The zone that a TZID names, without looking at any VTIMEZONE. */
export function zoneNamed(tzid: string): NamedZone | null {
  const name = tzid.replace(/^["'\s]+|["'\s]+$/g, '');
  if (name === '' || name.length > 200) return null;
  return byName(name, 'name') ?? byWindowsId(name) ?? byPath(name) ?? byLabel(name);
}

function named(listed: string, by: NamedZone['by']): NamedZone | null {
  const zone = canonicalZone(listed);
  return zone === null ? null : { zone, listed, by };
}

function byName(name: string, by: NamedZone['by']): NamedZone | null {
  const spelled = name.replaceAll(' ', '_');
  return isZone(spelled) ? named(spelled, by) : null;
}

function byWindowsId(name: string): NamedZone | null {
  const lower = name.toLowerCase();
  // Domino writes the id without its last words: `Romance`, `Eastern`.
  const listed = windows.get(lower) ?? windows.get(`${lower} standard time`);
  return listed === undefined ? null : named(listed, 'windows');
}

/** `/freeassociation.sourceforge.net/Tzfile/Europe/Vienna`, `/America/Argentina/Salta`. */
function byPath(name: string): NamedZone | null {
  if (!name.includes('/')) return null;
  const segments = name.split('/').filter(segment => segment !== '');
  for (let length = Math.min(3, segments.length); length >= 2; length -= 1) {
    const found = byName(segments.slice(-length).join('/'), 'path');
    if (found !== null) return found;
  }
  return name.startsWith('/') ? byName(segments.at(-1) ?? '', 'path') : null;
}

/** `(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb`; `UTC+05:00`. */
function byLabel(name: string): NamedZone | null {
  const plain = name
    .replace(/^\((?:UTC|GMT)[^)]{0,10}\)\s*/i, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll(' and canada', ' & canada')
    .replace(/\s*[,;:]\s*/g, ', ')
    .trim();
  const listed = displayed.get(plain) ?? displayed.get(plain.replace(/(?<=\S)\/(?=\S)/g, ', '));
  if (listed !== undefined) return named(listed, 'label');
  const fixed = /^utc([+-])(\d{1,2})(?::?00)?$/.exec(name.toLowerCase());
  if (fixed === null) return null;
  // The signs of the Etc zones count the other way.
  return byName(`Etc/GMT${fixed[1] === '+' ? '-' : '+'}${Number(fixed[2])}`, 'label');
}

let cities: Map<string, string> | undefined;

/** Zones of the cities that a label lists: `Kuala Lumpur, Singapore`. */
function citiesIn(label: string): string[] {
  cities ??= new Map(zoneNames().map(name => [(name.split('/').at(-1) ?? '').toLowerCase(), name]));
  const known = cities;
  return label
    .split(/[,;/()]/)
    .slice(0, 20)
    .flatMap(part => known.get(part.trim().replaceAll(' ', '_')) ?? []);
}

export function zonesOf(
  calendar: Component,
  budget: Budget,
  blockText: (block: Component) => string,
): FileZones {
  const components = new Map<string, Component>();
  const blocks = new Map<string, ZoneBlock | null>();
  for (const component of calendar.children.filter(child => child.name === 'VTIMEZONE')) {
    for (const property of all(component, 'TZID')) {
      const key = folded(unescapeText(property.value));
      if (!components.has(key)) components.set(key, component);
    }
  }
  const blockOf = (key: string): ZoneBlock | null => {
    const known = blocks.get(key);
    if (known !== undefined) return known;
    const component = components.get(key);
    const block = component === undefined ? null : readZoneBlock(component, budget);
    blocks.set(key, block);
    return block;
  };
  const defaultZone = zoneNamed(first(calendar, 'X-WR-TIMEZONE')?.value ?? '')?.zone ?? null;
  const matched = new Map<string, string | null>();
  const names = new Map<string, NamedZone | null>();
  const nameOf = (tzid: string): NamedZone | null => {
    const known = names.get(tzid);
    if (known !== undefined) return known;
    const name = zoneNamed(tzid);
    names.set(tzid, name);
    return name;
  };
  const custom = new Map<string, string>();

  const matchOnce = (key: string, timeline: Timeline, year: number): string | null => {
    const known = matched.get(key);
    if (known !== undefined) return known;
    const component = components.get(key);
    const told = component === undefined ? null : first(component, 'X-LIC-LOCATION');
    const hints = [zoneNamed(told?.value ?? '')?.zone, zoneNamed(key)?.zone, ...citiesIn(key), defaultZone];
    const zone = matchZone(timeline, startOfYear(year - 1), startOfYear(year + 2), hints);
    matched.set(key, zone);
    return zone;
  };

  return {
    defaultZone,
    customZones: () => Object.fromEntries(custom),
    timeline(tzid, year) {
      const own = blockOf(folded(tzid))?.around(year - 1, year + 1) ?? null;
      const name = own === null ? nameOf(tzid) : null;
      return own ?? (name === null ? null : timelineOf(name.zone));
    },
    resolve(tzid, local) {
      const key = folded(tzid);
      const year = yearOf(local);
      const name = nameOf(tzid);
      const byData = name === null ? null : instantIn(timelineOf(name.zone), local);
      const block = blockOf(key);
      const own = block?.around(year - 1, year + 1) ?? null;
      // A block that begins after the event tells nothing sure about it; the data does, if the name is one.
      const early = own !== null && instantIn(own, local) < (block?.since ?? 0) && name !== null;
      if (own === null || early) {
        if (name === null || byData === null) return { utc: null, zone: null, from: 'unresolved' };
        return { utc: formatInstant(byData), zone: name.zone, from: 'iana' };
      }
      const instant = instantIn(own, local);
      const utc = formatInstant(instant);
      if (name !== null && instant === byData) return { utc, zone: name.zone, from: 'vtimezone' };
      const zone = name === null || name.by === 'label' ? matchOnce(key, own, year) : null;
      const agrees = zone !== null && instantIn(timelineOf(zone), local) === instant;
      if (agrees) return { utc, zone, from: 'vtimezone' };
      const component = components.get(key);
      if (component !== undefined) custom.set(tzid, blockText(component));
      return { utc, zone: null, from: 'vtimezone' };
    },
  };
}

function folded(tzid: string): string {
  return tzid.replace(/^["'\s]+|["'\s]+$/g, '').toLowerCase();
}
