/** The sandbox's screens: path to page. Undefined: none of them. */
import type { PageAnswer } from '../../../../pages/page.ts';
import { isReading, pathOf } from '../../../../pages/page.ts';
import type { Local } from '../local.ts';
import { consentPage, decideConsent } from './consent.ts';
import type { Room } from './room.ts';

type Screen = (room: Room) => PageAnswer | Promise<PageAnswer>;

const READS: Readonly<Record<string, Screen>> = {
  consent: consentPage,
};
const ACTS: Readonly<Record<string, Screen>> = {
  consent: decideConsent,
};
const PATH = /^\/local\/sandbox\/(mailchimp|klaviyo)\/([a-z]+)$/;

export async function answerSandbox(local: Local): Promise<PageAnswer | undefined> {
  const { sandbox, request } = local;
  const [, platform, name = ''] = PATH.exec(pathOf(request)) ?? [];
  if (sandbox === undefined || (platform !== 'mailchimp' && platform !== 'klaviyo')) return undefined;
  const screens = isReading(request) ? READS : ACTS;
  return Object.hasOwn(screens, name) ? screens[name]?.({ ...local, sandbox, platform }) : undefined;
}
