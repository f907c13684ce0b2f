/** The question of a button, filled for one reader after another, says what it would say if it were made for him alone. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { html } from '../../src/pages/html.ts';
import { filledPage, pageForm } from '../../src/pages/page-form.ts';
import { mailEvent, visit } from '../support/pages.ts';
import { type Account, buttonLink, CHROME, connectAccount, knowContact, nonceIn } from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const page = (body: string) => ({ status: 200, headers: { x: 'y' }, body });

describe('a form of a page', () => {
  test('is filled with each reader’s values, escaped, at every place', () => {
    const form = pageForm('secret', ['name', 'href'], ({ name, href }) =>
      page(html`<a href="${href}">${name}, ${name}</a> secretly`.toString()),
    );
    const { body, ...rest } = filledPage(form, { name: '<Änn>', href: '/a?b=1&c=2' });
    expect(rest).toEqual({ status: 200, headers: { x: 'y' } });
    expect(String(body)).toBe('<a href="/a?b=1&amp;c=2">&lt;Änn&gt;, &lt;Änn&gt;</a> secretly');
    expect(String(filledPage(form, { name: 'secret-href.', href: '$&' }).body)).toBe(
      '<a href="$&amp;">secret-href., secret-href.</a> secretly',
    );
  });
});

describe('the question of a button', () => {
  let world: TestWorld;
  let account: Account;
  let token: string;
  beforeEach(async () => {
    world = await localWorld();
    const event = await mailEvent(world, { lines: ['SUMMARY:Picnic'] });
    account = await connectAccount(world, event.workspace);
    token = await buttonLink(world, event, account, { answer: 'yes' });
    for (const name of ['ann', 'bob'])
      await knowContact(world, account, { reference: name, address: `${name}@example.com` });
  });
  afterEach(async () => world.close());

  const shown = async (query: string, language = 'en') => {
    const { body } = await visit(world, `${token}?${query}`, {
      headers: { ...CHROME, 'accept-language': language },
    });
    return { body, nonce: nonceIn({ body }) };
  };

  test('is each reader’s own: address, nonce, links', async () => {
    const [ann, bob, again] = [await shown('c=ann'), await shown('c=bob'), await shown('c=ann')];
    expect(ann.body).toContain('a•••@example.com');
    expect(bob.body).toContain('b•••@example.com');
    expect(bob.body).not.toContain('a•••@example.com');
    expect(bob.body).not.toContain('c=ann');
    expect(bob.body).not.toContain(ann.nonce);
    expect(new Set([ann.nonce, bob.nonce, again.nonce]).size).toBe(3);
    const plain = ({ body, nonce }: typeof ann) =>
      body.replaceAll(nonce, '').replaceAll(nonce.slice(0, 26), '');
    expect(plain(again)).toBe(plain(ann));
    expect(bob.body).toContain(`action="${token}?c=bob"`);
    expect(bob.body).toContain(`href="${token}?c=bob&amp;lang=de"`);
  });

  test('is made anew for another language, another answer and a changed event', async () => {
    const english = await shown('c=ann');
    const german = await shown('c=ann', 'de');
    expect(english.body).toContain('<html lang="en"');
    expect(german.body).toContain('<html lang="de"');
    expect((await shown('c=ann')).body).toContain('<html lang="en"');
    expect((await shown('c=ann&lang=de')).body).toContain(`action="${token}?c=ann&amp;lang=de"`);
    world.clock.advance(1_000);
    await mailEvent(world, { lines: ['SUMMARY:Garden party'], sequence: 1 });
    const changed = await shown('c=ann');
    expect(changed.body).toContain('Garden party');
    expect(changed.body).not.toContain('Picnic');
  });
});
