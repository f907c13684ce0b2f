import { describe, expect, test } from '@jest/globals';
import { readMessage } from '../../embed/src/messages.ts';

describe('messages of the frame', () => {
  test('the three that there are', () => {
    expect(readMessage({ sis: 'size', height: 420 })).toEqual({ sis: 'size', height: 420 });
    expect(readMessage({ sis: 'said', outcome: 'asked', events: 2 })).toEqual({
      sis: 'said',
      outcome: 'asked',
      events: 2,
    });
    expect(readMessage({ sis: 'escape', more: 'dropped' })).toEqual({ sis: 'escape' });
  });

  test.each([
    undefined,
    null,
    'size',
    420,
    [],
    {},
    { sis: 'size' },
    { sis: 'size', height: '420' },
    { sis: 'size', height: -1 },
    { sis: 'size', height: 1.5 },
    { sis: 'size', height: 1e9 },
    { sis: 'size', height: Number.NaN },
    { sis: 'said', outcome: 'yes', events: 1 },
    { sis: 'said', outcome: 'asked', events: '<b>' },
    { sis: 'said', events: 1 },
    { sis: 'open', url: 'https://evil.example' },
    { type: 'size', height: 420 },
  ])('%j is nobody’s', data => {
    expect(readMessage(data)).toBeUndefined();
  });
});
