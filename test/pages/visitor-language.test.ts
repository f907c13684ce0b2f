import { describe, expect, test } from '@jest/globals';
import { chosenLanguage, preferredLanguage, visitorLanguage } from '../../src/pages/visitor-language.ts';

describe('the language that a visitor prefers', () => {
  test.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['en-US,en;q=0.9,de;q=0.8', 'en'],
    ['sv,da;q=0.9,nl;q=0.7,en;q=0.5', 'nl'],
    ['en;q=0.5, ja', 'ja'],
    ['fr;q=0.3, it;q=0.31', 'it'],
    ['AR-EG , en;q=0.1', 'ar'],
    ['zh-Hant-TW, es-419;q=0.9', 'es'],
    // Of two that are wished alike, the one named first.
    ['es, fr', 'es'],
    ['de;q=0, fr;q=0.2', 'fr'],
    ['de-CH;q=0, de;q=0.4', 'de'],
    ['de;q=1.000', 'de'],
  ])('%s: %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  test.each([
    undefined,
    '',
    '*',
    'sv, *;q=0.5, de;q=0.1',
    'de;q=0',
    'german',
    'deutsch-land',
    'de;q=2',
    'de;q=0.1234',
    'de;level=1',
    '<script>',
    'de\u0000',
    ';;,,;q=1',
  ])('%s: none of ours', header => {
    expect(preferredLanguage(header)).toBeNull();
  });

  test('a header of a megabyte is read no further than its beginning', () => {
    expect(preferredLanguage(`${'xx,'.repeat(400_000)}de`)).toBeNull();
    expect(preferredLanguage(`de,${'xx,'.repeat(400_000)}`)).toBe('de');
  });
});

describe('the language of a page', () => {
  const headers = { 'accept-language': 'fr' };

  test('is the one in the link, whatever the browser prefers', () => {
    expect(visitorLanguage({ path: '/e/walk?theme=dark&lang=ja', headers })).toBe('ja');
    expect(visitorLanguage({ path: '/e/walk?lang=DE', headers })).toBe('de');
  });

  test('is the browser’s where the link names none of ours', () => {
    expect(visitorLanguage({ path: '/e/walk', headers })).toBe('fr');
    expect(visitorLanguage({ path: '/e/walk?lang=sv', headers })).toBe('fr');
    expect(visitorLanguage({ path: '/e/walk?lang=<script>', headers })).toBe('fr');
    expect(visitorLanguage({ path: '/e/walk?slang=de', headers })).toBe('fr');
    expect(chosenLanguage({ path: '/e/walk?lang=sv' })).toBeNull();
  });

  test('is left to the workspace where nobody wishes for anything', () => {
    expect(visitorLanguage({ path: '/e/walk', headers: {} })).toBeNull();
  });
});
