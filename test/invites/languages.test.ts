/** Mails to people in their own language, and in the workspace's where nobody chose. */
import { describe, expect, test } from '@jest/globals';
import { askDigest, confirmDigest, openDigest } from '../../src/invites/digest.ts';
import { inviteFollowers } from '../../src/invites/follow.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { setBrand } from '../../src/organizers/brand.ts';
import { LANGUAGES, type Language } from '../../src/texts/languages.ts';
import { leftovers } from '../support/leftovers.ts';
import { type Party, party } from './party.ts';

const SAM = 'sam@example.org';

async function asks(
  { world, event }: Party,
  email: string,
  language: Language | null,
  more: { readonly again?: boolean } = {},
) {
  const outcome = await requestInvite(world, {
    event: await event(),
    email,
    door: 'page',
    language,
    ...more,
  });
  await world.runJobs();
  return outcome;
}

async function speak({ world, organizer }: Party, language: Language) {
  await setBrand(world, organizer.workspace, { name: null, color: '#0b6353', language });
}

/** The root of the mail's HTML. */
function rootIn(raw: string): string {
  const whole = raw.replace(/=\r\n/g, '').replaceAll('=3D', '=');
  const parts = [whole, ...whole.split(/\r\n\r\n/).map(part => Buffer.from(part, 'base64').toString('utf8'))];
  return /<html lang="[a-z]+" dir="[a-z]+"/.exec(parts.join('\n'))?.[0] ?? '';
}

describe('the invite of somebody who chose a language', () => {
  test.each(LANGUAGES.filter(language => language !== 'en'))(
    '%s: invitation, change and cancel have no English word left',
    async language => {
      const host = await party({ event: { summary: 'Kermis', location: 'Stadspark' } });
      const { world, say, settle, lastTo } = host;
      await asks(host, SAM, language);
      const invitation = await lastTo(SAM);
      await say({
        summary: 'Kermis',
        location: 'Haven',
        sequence: 1,
        start: '20260407T190000',
        end: '20260407T203000',
      });
      await settle();
      const update = await lastTo(SAM);
      await say({ summary: 'Kermis', method: 'CANCEL', sequence: 2 });
      await settle();
      const cancel = await lastTo(SAM);
      for (const { mail, raw } of [invitation, update, cancel]) {
        expect(leftovers(language, `${mail.subject}\n${mail.text}`)).toEqual([]);
        expect(rootIn(raw)).toBe(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`);
      }
      expect(update.mail.text).not.toBe(invitation.mail.text);
      await world.close();
    },
  );

  test('a change is said in it, as facts and not as the words of whoever was first', async () => {
    const host = await party();
    const { say, settle, lastTo, world } = host;
    await asks(host, SAM, 'de');
    await asks(host, 'kim@example.org', 'en');
    await say({ sequence: 1, start: '20260408T170000', end: '20260408T190000', location: 'Hafen' });
    await settle();
    const german = (await lastTo(SAM)).mail.text;
    expect(german).toContain('Di., 7. Apr. 17:00');
    expect(german).toContain('Mi., 8. Apr. 17:00');
    expect(german).toContain('2 Stunden');
    expect((await lastTo('kim@example.org')).mail.text).toContain(
      'moved from Tue 7 Apr 17:00 to Wed 8 Apr 17:00 (Europe/Berlin)',
    );
    await world.close();
  });

  test('the calendar object speaks it too, where it says something of ours', async () => {
    const host = await party({ event: { summary: 'Kermis' } });
    await asks(host, SAM, 'nl');
    const description = (await host.lastTo(SAM)).property('DESCRIPTION') ?? '';
    expect(leftovers('nl', description)).toEqual([]);
    await host.world.close();
  });

  test('asking again in another language changes it, since that sends a mail; a repeat that sends none does not', async () => {
    const host = await party();
    await asks(host, SAM, 'de');
    expect((await asks(host, SAM, 'fr')).outcome).toBe('already');
    expect((await host.person(SAM)).invite.language).toBe('de');
    await asks(host, SAM, 'fr', { again: true });
    expect((await host.person(SAM)).invite.language).toBe('fr');
    expect(rootIn((await host.lastTo(SAM)).raw)).toBe('<html lang="fr" dir="ltr"');
    await host.world.close();
  });
});

describe('the invite of somebody who chose none', () => {
  test('speaks the workspace’s language, as it is when the mail is made', async () => {
    const host = await party();
    const { world, invite, say, settle, lastTo } = host;
    await invite(SAM, 'vip');
    expect(rootIn((await lastTo(SAM)).raw)).toBe('<html lang="en" dir="ltr"');
    await speak(host, 'ar');
    await invite('kim@example.org', 'vip');
    const kim = await lastTo('kim@example.org');
    expect(rootIn(kim.raw)).toBe('<html lang="ar" dir="rtl"');
    expect(leftovers('ar', `${kim.mail.subject}\n${kim.mail.text}`)).toEqual([]);
    await say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await settle();
    expect(rootIn((await lastTo(SAM)).raw)).toBe('<html lang="ar" dir="rtl"');
    await world.close();
  });

  test('what was fixed for one attempt stays for the next, whatever the workspace speaks by then', async () => {
    const host = await party();
    const { world, invite, person, mailsTo } = host;
    world.answerNext({ kind: 'unknown', reason: 'timeout' });
    await speak(host, 'it');
    await invite(SAM, 'vip');
    await speak(host, 'ja');
    world.clock.advance(2 * 86_400_000);
    await world.runJobs();
    const { sends } = await person(SAM);
    expect(sends.map(({ attempt, language }) => [attempt, language])).toEqual([[2, 'it']]);
    const [first, second] = mailsTo(SAM);
    expect(Buffer.from(second?.raw ?? []).equals(Buffer.from(first?.raw ?? []))).toBe(true);
    await world.close();
  });
});

describe('mails that ask whether an address is somebody’s own', () => {
  test('speak the language of the door', async () => {
    const host = await party({ tier: 0, event: { summary: 'Kermis' } });
    for (const language of LANGUAGES.filter(each => each !== 'en')) {
      const email = `${language}@example.org`;
      await asks(host, email, language);
      const { mail, raw } = await host.lastTo(email);
      expect([language, leftovers(language, `${mail.subject}\n${mail.text}`)]).toEqual([language, []]);
      expect(rootIn(raw)).toContain(`lang="${language}"`);
    }
    await host.world.close();
  });

  test('so does the one for many events, and whoever follows gets later invites in it', async () => {
    const host = await party();
    const { world, organizer, event } = host;
    const { id: owner, workspace } = organizer;
    const address = 'zoe@example.org';
    await askDigest(world, {
      ...{ owner, workspace, slug: 'jane', name: 'Jane Roe', email: address, address },
      ...{ from: 'jane@sis.localhost', events: [await event()], follow: true, language: 'ja' },
    });
    await world.runJobs();
    const { mail } = await host.lastTo(address);
    expect(leftovers('ja', `${mail.subject}\n${mail.text}`)).toEqual([]);
    const link = /\/o\/confirm\/(\S+)/.exec(mail.text ?? '')?.[1] ?? '';
    const opened = await openDigest(world, link);
    if (!opened.ok) throw new Error(opened.reason);
    await confirmDigest(world, opened.digest);
    const { id } = await event();
    await inviteFollowers(world, { event: id, owner });
    await world.runJobs();
    expect(rootIn((await host.lastTo(address)).raw)).toBe('<html lang="ja" dir="ltr"');
    expect((await host.person(address)).invite.language).toBe('ja');
    await world.close();
  });
});
