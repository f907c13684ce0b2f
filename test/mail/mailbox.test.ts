import { describe, expect, test } from '@jest/globals';
import { doorOf } from '../../src/mail/mailbox.ts';

describe('doors', () => {
  test.each([
    ['create@sis.example.com', { door: 'create', tag: null }],
    ['CREATE@SIS.Example.COM', { door: 'create', tag: null }],
    ['<create@sis.example.com>', { door: 'create', tag: null }],
    ['create+blue@sis.example.com', { door: 'create', tag: 'blue' }],
    ['create+a+b@sis.example.com', { door: 'create', tag: 'a+b' }],
    ['create%2Bblue@sis.example.com', { door: 'create', tag: 'blue' }],
    ['create%2bblue@sis.example.com', { door: 'create', tag: 'blue' }],
    ['create+2Bblue@sis.example.com', { door: 'create', tag: 'blue' }],
    ['create+@sis.example.com', { door: 'create', tag: null }],
    ['list@sis.example.com', { door: 'list', tag: null }],
    ['list+evt@sis.example.com', { door: 'list', tag: 'evt' }],
    ['jane-roe@sis.example.com', { door: 'organizer', slug: 'jane-roe', tag: null }],
    ['Jane-Roe+X1@sis.example.com', { door: 'organizer', slug: 'jane-roe', tag: 'x1' }],
    ['jane-roe%2Bx1@sis.example.com', { door: 'organizer', slug: 'jane-roe', tag: 'x1' }],
  ])('%s leads somewhere', (address, door) => {
    expect(doorOf(address, 'sis.example.com')).toEqual(door);
  });

  test.each([
    'create@example.com',
    'create@mail.sis.example.com',
    'create@sis.example.com.attacker.example',
    'postmaster@sis.example.com',
    'abuse@sis.example.com',
    'mailer-daemon@sis.example.com',
    'noreply+x@sis.example.com',
    'security@sis.example.com',
    'ab@sis.example.com',
    '-ab@sis.example.com',
    'jane.roe@sis.example.com',
    `${'x'.repeat(41)}@sis.example.com`,
    '"create"@sis.example.com',
    'create',
    '',
    'create@sis.example.com, other@sis.example.com',
  ])('%s leads nowhere', address => {
    expect(doorOf(address, 'sis.example.com')).toBeNull();
  });
});
