/** Instant mode's tokens at the platform: who has one, and who gets one later. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { TOKEN_FIELD } from '../../../connectors/merge-tags.ts';
import { makeButtons } from '../../../src/connections/button/buttons.ts';
import { setInstant } from '../../../src/connections/press/instant.ts';
import { contactToken } from '../../../src/connections/press/instant-token.ts';
import { uniqueEmailId } from '../../../src/platform/local/vendors/mailchimp/state.ts';
import { everyMinute } from '../../../src/platform/schedule.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  signedIn,
} from '../../support/connected.ts';
import { mailEvent } from '../../support/pages.ts';

const DAY = 86_400_000;

let world: AccountsWorld;
let browser: Browser;
beforeEach(async () => {
  world = await accountsWorld();
  browser = await signedIn(world);
});
afterEach(async () => world.close());

async function instantAudience() {
  const connection = await connected(world, browser, 'mailchimp');
  const [list] = Object.values(world.mailchimp.vendor.account().lists);
  if (list === undefined) throw new Error('the account has no audience');
  const place = { workspace: browser.workspace, connection: connection.id, audience: list.id };
  await setInstant(world, place, true);
  await world.runJobs();
  const tokenOf = (address: string) =>
    Object.values(list.members).find(member => member.address === address)?.mergeFields[
      TOKEN_FIELD.mailchimp
    ] ?? null;
  const joins = (address: string) => {
    world.mailchimp.vendor.people().subscribe(list.id, { address });
    return contactToken(world, place, uniqueEmailId(address));
  };
  return { connection, place, tokenOf, joins };
}

test('who joins an audience in instant mode has a token by the next day', async () => {
  const { tokenOf, joins } = await instantAudience();
  const token = joins('late@example.com');
  await world.runJobs();
  expect(tokenOf('late@example.com')).toBeNull();
  world.clock.advance(DAY);
  await everyMinute(world);
  await world.runJobs();
  expect(tokenOf('late@example.com')).toBe(token);
});

test('a button made for the audience gives everybody a token at once, and the next one within the hour walks nobody again', async () => {
  const { connection, place, tokenOf, joins } = await instantAudience();
  const event = { ...(await mailEvent(world)), workspace: browser.workspace };
  const make = async () => {
    await makeButtons(world, {
      event,
      platform: 'mailchimp',
      connection,
      audience: place.audience,
      answers: ['yes', 'no'],
      language: null,
      variant: 'event',
    });
    await world.runJobs();
  };
  world.clock.advance(3_600_000);
  const token = joins('late@example.com');
  await make();
  expect(tokenOf('late@example.com')).toBe(token);
  const reads = () => world.mailchimp.vendor.calls.filter(({ path }) => path.endsWith('/members')).length;
  const before = reads();
  await make();
  expect(reads()).toBe(before);
});
