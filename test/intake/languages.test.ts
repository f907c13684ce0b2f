/** Mails to organizers and their confirmation page, in the language of their workspace. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setBrand } from '../../src/organizers/brand.ts';
import { askSignIn } from '../../src/organizers/sign-in.ts';
import { openOrganizer } from '../../src/organizers/store.ts';
import { arrive, linkIn, opened, sent } from '../support/arrive.ts';
import { type Invitation, invitation, ORGANIZER } from '../support/calendar-mail.ts';
import { leftovers, readOf } from '../support/leftovers.ts';
import { visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const SAID: Invitation = { summary: 'Kermis', subject: 'Kermis', lines: ['LOCATION:Stadspark'] };
/** iCloud sends for its users from an address of its own: weak evidence for the person in EMAIL. */
const RELAYED = {
  from: 'noreply@insideicloud.icloud.com',
  organizer: `ORGANIZER;CN=Jane Roe;EMAIL=${ORGANIZER}:mailto:2_GEZDGNBVGY3TQOI@imip.me.com`,
};

// That each text is there in each language, test/texts holds.
describe.each(['fr', 'ar'] as const)('in %s', language => {
  beforeEach(async () => {
    const organizer = await openOrganizer(world, { address: ORGANIZER, name: 'Jane Roe', tier: 1 });
    await setBrand(world, organizer.workspace, { name: null, color: '#0b6353', language });
  });

  async function mails(): Promise<readonly (readonly [string, readonly string[]])[]> {
    return Promise.all(
      world.outbox().map(async mail => {
        const { subject, text } = await opened(world, mail);
        return [mail.about.kind, leftovers(language, `${subject}\n${text}`)] as const;
      }),
    );
  }

  test('live, refused, asked for a zone: no mail has an English word left', async () => {
    await arrive(world, invitation(SAID));
    await arrive(world, invitation({ ...SAID, uid: 'two@example.com', end: ':20260301T000000Z' }));
    await arrive(
      world,
      invitation({ ...SAID, uid: 'three@example.com', start: ':20260310T160000', end: ':20260310T170000' }),
    );
    const found = await mails();
    expect(found.length).toBeGreaterThan(3);
    expect(found.filter(([, left]) => left.length > 0)).toEqual([]);
  });

  test('a change that waits for its organizer’s word is shown in it, or as his browser prefers', async () => {
    await arrive(world, invitation(SAID));
    await arrive(
      world,
      invitation({ ...SAID, ...RELAYED, sequence: 1, dtstamp: '20260301T083000Z', summary: 'Zomerfeest' }),
    );
    expect((await mails()).filter(([, left]) => left.length > 0)).toEqual([]);
    const path = linkIn((await opened(world, sent(world, 'confirm')[0])).text, '/c/');
    const page = await visit(world, path);
    expect(page.body).toContain(`<html lang="${language}"`);
    expect(leftovers(language, readOf(page.body))).toEqual([]);
    const english = await visit(world, path, { headers: { 'accept-language': 'en' } });
    expect(english.body).toContain('title changed from &quot;Kermis&quot; to &quot;Zomerfeest&quot;');
  });

  test('the sign-in mail speaks as the page did', async () => {
    await askSignIn(world, { email: ORGANIZER, next: null, browser: null, network: null, language });
    await world.runJobs();
    expect(await mails()).toEqual([['signin', []]]);
  });
});
