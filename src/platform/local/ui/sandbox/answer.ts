/** The sandbox's screens: path to page. Undefined: none of them. */
import type { PageAnswer } from '../../../../pages/page.ts';
import { isReading, pathOf } from '../../../../pages/page.ts';
import type { Local } from '../local.ts';
import { campaignPage, clickPage, letterPage, mailPage, sendCampaign } from './campaign.ts';
import { consentPage, decideConsent } from './consent.ts';
import { actAsContact, contactPage, contactsPage } from './contacts.ts';
import { faultsPage, switchFaults } from './faults.ts';
import { homePage } from './home.ts';
import type { Room } from './room.ts';

type Screen = (room: Room) => PageAnswer | Promise<PageAnswer>;

const READS: Readonly<Record<string, Screen>> = {
  consent: consentPage,
  contacts: contactsPage,
  contact: room => contactPage(room),
  campaign: room => campaignPage(room),
  mail: mailPage,
  letter: letterPage,
  click: clickPage,
  faults: faultsPage,
};
const ACTS: Readonly<Record<string, Screen>> = {
  consent: decideConsent,
  contact: actAsContact,
  campaign: sendCampaign,
  faults: switchFaults,
};
const PATH = /^\/local\/sandbox\/(mailchimp|klaviyo)\/([a-z]+)$/;

export async function answerSandbox(local: Local): Promise<PageAnswer | undefined> {
  const { sandbox, request } = local;
  if (sandbox !== undefined && isReading(request) && /^\/local\/sandbox\/?$/.test(pathOf(request))) {
    return homePage(sandbox);
  }
  const [, platform, name = ''] = PATH.exec(pathOf(request)) ?? [];
  if (sandbox === undefined || (platform !== 'mailchimp' && platform !== 'klaviyo')) return undefined;
  const screens = isReading(request) ? READS : ACTS;
  return Object.hasOwn(screens, name) ? screens[name]?.({ ...local, sandbox, platform }) : undefined;
}
