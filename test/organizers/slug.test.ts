import { describe, expect, test } from '@jest/globals';
import { cut, isOrganizerSlug, kebab, nthSlug, slugFor } from '../../src/organizers/slug.ts';

describe('the local part of an organizer’s address', () => {
  test.each([
    ['jane@example.com', 'jane'],
    ['jane.doe@example.com', 'jane-doe'],
    ['jane+work@example.com', 'jane'],
    ['JANE_DOE@example.com', 'jane-doe'],
    ['o’neil@example.com', 'o-neil'],
  ])('%s becomes %s', (address, slug) => {
    expect(slugFor(address)).toBe(slug);
  });

  test('a mailbox that every house has takes the house’s name along', () => {
    expect(slugFor('info@acme.example')).toBe('info-acme');
    expect(slugFor('events@acme.example')).toBe('events-acme');
  });

  test('a short one takes the house’s name along', () => {
    expect(slugFor('jo@acme.example')).toBe('jo-acme');
  });

  test.each([
    'create',
    'list',
    'postmaster',
    'abuse',
    'mailer-daemon',
    'noreply',
    'hostmaster',
    'security',
    'www',
  ])('nobody becomes %s@', word => {
    expect(isOrganizerSlug(word)).toBe(false);
    expect(slugFor(`${word}@acme.example`)).toBe(`${word}-acme`);
  });

  test('letters lose their accents, everything else becomes a dash', () => {
    expect(kebab('Fête d’été – Straße №7')).toBe('fete-d-ete-strasse-no7');
  });

  test('it is never longer than 40 characters', () => {
    const slug = slugFor(`${'a'.repeat(60)}@example.com`);
    expect(slug).toBe('a'.repeat(40));
    expect(nthSlug(slug, 12)).toBe(`${'a'.repeat(37)}-12`);
  });

  test('it is cut between words where one ends near', () => {
    expect(cut('a-long-walk-through-the-old-town-and-along-the-river', 40)).toBe(
      'a-long-walk-through-the-old-town-and',
    );
  });

  test('an address with no letter of ours still gets one', () => {
    expect(isOrganizerSlug(slugFor('_@x.example'))).toBe(true);
  });
});
