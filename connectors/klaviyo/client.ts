/** The calls of one Klaviyo account. */
import type { PlatformClient } from '../contract.ts';
import { audiencePage, contactPage } from './audiences.ts';
import { saveButton } from './buttons.ts';
import { byAddress, byReference } from './contacts.ts';
import { reportSteps } from './report.ts';
import type { KlaviyoApi } from './sdk.ts';
import { writeTokens } from './token-property.ts';
import { unwatch, watch } from './watch.ts';

/** A profile belongs to the account, not to an audience: the look-ups don't ask for one. */
export function klaviyoClient(api: KlaviyoApi): PlatformClient {
  return {
    audiences: cursor => audiencePage(api, cursor),
    contacts: (audience, cursor) => contactPage(api, audience, cursor),
    contactByReference: (_audience, reference) => byReference(api, reference),
    contactByAddress: (_audience, address) => byAddress(api, address),
    reportSteps: report => reportSteps(api, report),
    saveButton: button => saveButton(api, button),
    writeTokens: (_audience, tokens) => writeTokens(api, tokens),
    watch: hook => watch(api, hook),
    unwatch: ({ id }) => unwatch(api, id),
  };
}
