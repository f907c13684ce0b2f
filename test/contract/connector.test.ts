/** Both connectors against their fakes: one battery. */

import { connectorFor } from '../../connectors/registry.ts';
import type { MailchimpVendor } from '../../src/platform/local/vendors/open.ts';
import { startVendor } from '../support/vendors.ts';
import { connectorBattery, type Place } from './connector.battery.ts';

const ANSWERS = ['yes', 'maybe', 'no'];

connectorBattery('Mailchimp', async (): Promise<Place> => {
  const started = await startVendor('mailchimp', { limits: false });
  const { vendor } = started;
  const account = vendor.account();
  const list = newsletter(vendor);
  const member = (address: string) => Object.values(list.members).find(one => one.address === address);
  return {
    connector: connectorFor('mailchimp', started.app, { timeoutMs: 60_000 }),
    started,
    account: account.id,
    home: list.id,
    answers: (address, event) =>
      ANSWERS.filter(answer => {
        const tag = list.segments.find(({ name }) => name === `RSVP ${event}: ${answer}`);
        return tag !== undefined && member(address)?.tags[String(tag.id)] !== undefined;
      }),
    recorded: (address, event, state) =>
      (member(address)?.events ?? []).filter(
        ({ name, properties }) => name === `rsvp_${state}` && properties.event === event,
      ).length,
    token: address => member(address)?.mergeFields.RSVPTOK ?? null,
    contacts: () => Object.keys(list.members).length,
    unsubscribe: address => vendor.people().unsubscribe(list.id, address),
    buttons: () => account.templates.map(({ html }) => html),
    forgetButtons: () => {
      account.templates = [];
    },
  };
});

connectorBattery('Klaviyo', async (): Promise<Place> => {
  const started = await startVendor('klaviyo', { limits: false });
  const { vendor } = started;
  const account = vendor.account();
  const home = Object.values(account.lists).find(({ name }) => name === 'Newsletter')?.id ?? '';
  const profile = (address: string) => Object.values(account.profiles).find(one => one.email === address);
  return {
    connector: connectorFor('klaviyo', started.app, { timeoutMs: 60_000 }),
    started,
    account: account.id,
    home,
    answers: (address, event) =>
      ANSWERS.filter(answer => {
        const list = profile(address)?.properties[`rsvp_${answer}`];
        return Array.isArray(list) && list.includes(event);
      }),
    recorded: (address, event, state) =>
      account.events.filter(
        ({ profile: whose, metric, properties }) =>
          whose === profile(address)?.id &&
          account.metrics[metric]?.name === 'RSVP' &&
          properties.event === event &&
          properties.answer === state,
      ).length,
    token: address => {
      const token = profile(address)?.properties.rsvp_token;
      return typeof token === 'string' ? token : null;
    },
    contacts: () => Object.keys(account.profiles).length,
    unsubscribe: address => vendor.people().unsubscribe(address),
    buttons: () => account.universal.map(({ html }) => html),
    forgetButtons: () => {
      account.universal = [];
    },
  };
});

function newsletter(vendor: MailchimpVendor): MailchimpVendor['state']['accounts'][string]['lists'][string] {
  const list = Object.values(vendor.account().lists).find(({ name }) => name === 'Newsletter');
  if (list === undefined) throw new Error('the seed has no newsletter');
  return list;
}
