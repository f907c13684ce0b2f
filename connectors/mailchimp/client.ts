/** The calls of one Mailchimp account. */
import type { Contact, PlatformClient } from '../contract.ts';
import { PlatformError } from '../contract.ts';
import { unreadable } from '../failure.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import { audienceId } from './audience.ts';
import { audiencePage, contactPage } from './audiences.ts';
import { contactOf, MEMBER_FIELDS, memberHash } from './members.ts';
import { reportSteps } from './report.ts';
import type { MailchimpApi } from './sdk.ts';
import { templateHtml } from './template.ts';
import { writeTokens } from './token-field.ts';
import { watch } from './watch.ts';

export function mailchimpClient(api: MailchimpApi): PlatformClient {
  return {
    audiences: cursor => audiencePage(api, cursor),
    contacts: (audience, cursor) => contactPage(api, audience, cursor),
    contactByReference: (audience, reference) => byReference(api, audience, reference),
    contactByAddress: (audience, address) => byAddress(api, audience, address),
    reportSteps: report => reportSteps(api, report),
    saveButton: button => saveButton(api, button),
    writeTokens: (audience, tokens) => writeTokens(api, audience, tokens),
    watch: hook => watch(api, hook),
    unwatch: async ({ audience, id }) => {
      await absentIsNull(() => api.lists.deleteListWebhook(audienceId(audience).list, id));
    },
  };
}

/** Only inside the audience: the same reference stands for the same address in every audience of Mailchimp. */
async function byReference(
  api: MailchimpApi,
  audience: string | null,
  reference: string,
): Promise<Contact | null> {
  if (audience === null || !/^[A-Za-z0-9]{4,64}$/.test(reference)) return null;
  const { list } = audienceId(audience);
  const page = await absentIsNull(() =>
    api.lists.getListMembersInfo(list, {
      uniqueEmailId: reference,
      count: 1,
      fields: MEMBER_FIELDS.map(field => `members.${field}`),
    }),
  );
  const contact = contactOf(listOf(fieldsOf(page).members)[0]);
  // A filter that was overlooked would hand us somebody else.
  return contact?.reference === reference ? contact : null;
}

async function byAddress(
  api: MailchimpApi,
  audience: string | null,
  address: string,
): Promise<Contact | null> {
  if (audience === null) return null;
  const { list } = audienceId(audience);
  return contactOf(
    await absentIsNull(() => api.lists.getListMember(list, memberHash(address), { fields: MEMBER_FIELDS })),
  );
}

async function saveButton(
  api: MailchimpApi,
  button: { readonly name: string; readonly html: string; readonly standing: string | null },
): Promise<{ readonly id: string; readonly place: 'saved_template' }> {
  const body = { name: button.name, html: templateHtml(button.name, button.html) };
  const { standing } = button;
  const changed =
    standing === null ? null : await absentIsNull(() => api.templates.updateTemplate(standing, body));
  const id = textOf(fieldsOf(changed ?? (await api.templates.create(body))).id);
  if (id === null) throw unreadable('mailchimp', 'writes');
  return { id, place: 'saved_template' };
}

async function absentIsNull(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'absent') return null;
    throw error;
  }
}
