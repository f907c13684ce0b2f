/** Our reader of the packed zone data, against the library whose data it is. */
import { describe, expect, test } from '@jest/globals';
import moment from 'moment-timezone';
import { zoneDataVersion } from '../../src/calendar/time.ts';
import { linkOfZone, nameOfZone, placeNames, zoneData } from '../../src/calendar/zone-data.ts';

const NAMES = moment.tz.names();
// The library's links have no public reader.
const { _links: links } = moment.tz as unknown as { readonly _links: Readonly<Record<string, string>> };

describe('the packed zone data', () => {
  test('is the version that the library carries', () => {
    expect(zoneDataVersion()).toBe('2026f');
    expect(moment.tz.dataVersion).toBe('2026f');
  });

  test('is unpacked as the library unpacks it, for every name', () => {
    expect(NAMES.length).toBeGreaterThan(590);
    const differing = NAMES.filter(name => {
      const { offsets, untils, abbrs, population } = moment.tz.zone(name) ?? {};
      // As text, since thousands of numbers are compared; both write infinity as null.
      const theirs = JSON.stringify({ offsets, untils, abbreviations: abbrs, population });
      return JSON.stringify(zoneData(name)) !== theirs;
    });
    expect(differing).toEqual([]);
  });

  test('knows the same names in any case, the same places and the same links', () => {
    expect(NAMES.map(name => nameOfZone(name.toUpperCase()))).toEqual(NAMES);
    const places = moment.tz.countries().flatMap(country => moment.tz.zonesForCountry(country));
    expect([...placeNames()].sort()).toEqual([...new Set(places)].sort());
    const told = new Map(NAMES.map(name => [name.toLowerCase().replaceAll('/', '_'), name]));
    for (const name of NAMES) {
      const link = links[name.toLowerCase().replaceAll('/', '_')];
      expect([name, linkOfZone(name)]).toEqual([name, told.get(link ?? '')]);
    }
  });

  test.each(['Europe/Atlantis', '', 'constructor', 'europe_berlin'])('knows no zone %j', name => {
    expect(nameOfZone(name)).toBeUndefined();
    expect(zoneData(name)).toBeUndefined();
  });
});
