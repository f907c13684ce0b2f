/** The least that this connector's calls need: the union of what Klaviyo's description asks for each. Unused ones fail its app review. */

export const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  get_accounts: ['accounts:read'],
  get_lists: ['lists:read'],
  get_segments: ['segments:read'],
  get_profiles_for_list: ['lists:read', 'profiles:read'],
  get_profiles_for_segment: ['profiles:read', 'segments:read'],
  get_profile: ['profiles:read'],
  get_profiles: ['profiles:read'],
  create_event: ['events:write'],
  bulk_import_profiles: ['lists:write', 'profiles:write'],
  get_bulk_import_profiles_job: ['lists:read', 'profiles:read'],
  get_errors_for_bulk_import_profiles_job: ['profiles:read'],
  create_universal_content: ['templates:write'],
  update_universal_content: ['templates:write'],
  get_webhook_topics: ['webhooks:read'],
  get_webhooks: ['webhooks:read'],
  create_webhook: ['webhooks:write'],
  delete_webhook: ['webhooks:write'],
};

/** No call of ours reads events, but a webhook about one is only sent to an app that may. */
const FOR_WEBHOOKS = ['events:read'];

export const SCOPES: readonly string[] = [
  ...new Set([...Object.values(OPERATIONS).flat(), ...FOR_WEBHOOKS]),
].sort();
