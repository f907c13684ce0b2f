import { describe, expect, test } from '@jest/globals';
import { readOptions } from '../../embed/src/options.ts';
import { WORDS } from '../../embed/src/words.ts';
import { LANGUAGES, texts } from '../../src/texts/catalogue.ts';

function read(attributes: { readonly [name: string]: string }, own = false) {
  return readOptions(Object.entries(attributes), own);
}

describe('options of the widget', () => {
  test('an event alone is shown inline, in the visitor’s own scheme', () => {
    expect(read({ 'data-sis-event': 'picnic-abcdefghij', class: 'x' })).toEqual({
      options: {
        page: 'e/picnic-abcdefghij',
        mode: 'inline',
        theme: 'auto',
        side: 'right',
        label: 'Get the invite',
        lang: 'auto',
        language: 'en',
      },
      warnings: [],
    });
  });

  test('its own element takes the names without prefix, and passes over what is not for us', () => {
    const { options, warnings } = read(
      {
        upcoming: 'ada',
        mode: 'floating',
        side: 'left',
        theme: 'dark',
        label: 'Our dates',
        id: 'x',
        class: 'y',
      },
      true,
    );
    expect(options).toEqual({
      page: 'o/ada',
      mode: 'floating',
      theme: 'dark',
      side: 'left',
      label: 'Our dates',
      lang: 'auto',
      language: 'en',
    });
    expect(warnings).toEqual([]);
  });

  test('an unknown option is named, with those that there are', () => {
    const { options, warnings } = read({ 'data-sis-event': 'a', 'data-sis-colour': 'red' });
    expect(options?.page).toBe('e/a');
    expect(warnings).toEqual([
      'data-sis-colour is no option. There are: event, upcoming, mode, theme, side, label, lang.',
    ]);
  });

  test('a value that does not fit is named, and the default takes its place', () => {
    const { options, warnings } = read({
      'data-sis-event': 'a',
      'data-sis-mode': 'popup',
      'data-sis-label': '',
    });
    expect(options).toMatchObject({ mode: 'inline', label: 'Get the invite' });
    expect(warnings).toEqual([
      'data-sis-mode="popup" must be one of: inline, dialog, floating. inline is used.',
      'data-sis-label="" must have 1 to 80 characters.',
    ]);
  });

  test.each(['../../local', 'a/b', 'a?x=1', 'a#b', '//evil.example', 'javascript:alert(1)', ''])(
    '%j is no slug, so nothing is shown',
    slug => {
      const { options, warnings } = read({ 'data-sis-event': slug });
      expect(options).toBeUndefined();
      expect(warnings).toEqual([
        `data-sis-event="${slug}" is no slug: take the last part of the page’s link.`,
        'it has no event to show: set event or upcoming to the last part of the page’s link.',
      ]);
    },
  );

  test('names of an object’s own parts are no options', () => {
    expect(read({ 'data-sis-event': 'a', 'data-sis-constructor': 'x' }).warnings).toHaveLength(1);
  });

  test('a language is handed on; without one the words are in the first that the visitor and we speak', () => {
    const named = read({ 'data-sis-upcoming': 'ada', 'data-sis-lang': 'ar' }).options;
    expect(named).toMatchObject({ lang: 'ar', language: 'ar', label: 'الأحداث القادمة' });
    const event = [['data-sis-event', 'a']] as const;
    expect(readOptions(event, false, ['sv', 'nl-BE', 'de']).options).toMatchObject({
      lang: 'auto',
      language: 'nl',
      label: 'Vraag de uitnodiging aan',
    });
    expect(readOptions(event, false, ['fil', 'arn']).options?.language).toBe('en');
  });

  test('an unknown language is named, and the visitor’s takes its place', () => {
    const { options, warnings } = read({ 'data-sis-event': 'a', 'data-sis-lang': 'tlh' });
    expect(options?.lang).toBe('auto');
    expect(warnings).toEqual([
      'data-sis-lang="tlh" must be one of: auto, en, de, fr, es, pt, it, nl, ja, ar. auto is used.',
    ]);
  });

  test('the widget’s own words are those of the catalogue', () => {
    const catalogue = LANGUAGES.map(language => {
      const { get, upcoming, close } = texts(language).pages.widget;
      return [language, [get, upcoming, close]];
    });
    expect(Object.entries(WORDS)).toEqual(catalogue);
  });
});
