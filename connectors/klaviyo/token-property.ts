/** The profile property that carries each contact's token (instant mode), written in bulk (klaviyo.md 2.2). */
import { PlatformError } from '../contract.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import { TOKEN_FIELD } from '../merge-tags.ts';
import { called, type KlaviyoApi } from './sdk.ts';

const PROFILES_PER_JOB = 10_000;
/** Below the platform's 5 MB, with room for what stands around the profiles. */
const JOB_BYTES = 4_800_000;
const ERRORS_PER_PAGE = 100;

interface ContactToken {
  readonly contact: string;
  readonly address: string;
  readonly token: string;
}

interface Profile {
  type: 'profile';
  id: string;
  attributes: { properties: { [name: string]: string } };
}

/**
 * Answers those already known to have failed: the platform works on a job later, and a profile that merged or went meanwhile simply has no
 * token, so that its link opens the page with the button.
 */
export async function writeTokens(
  api: KlaviyoApi,
  tokens: readonly ContactToken[],
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const profiles of jobsOf(tokens)) {
    const job = await called('writes', () =>
      api.profiles.bulkImportProfiles({
        data: { type: 'profile-bulk-import-job', attributes: { profiles: { data: profiles } } },
      }),
    );
    const id = textOf(fieldsOf(job.body.data).id);
    if (id !== null) failed.push(...(await failedSoFar(api, id, profiles)));
  }
  return failed;
}

function jobsOf(tokens: readonly ContactToken[]): Profile[][] {
  const jobs: Profile[][] = [];
  let bytes = JOB_BYTES;
  for (const { contact, token } of tokens) {
    // By id alone: with an address it could make a profile.
    const profile: Profile = {
      type: 'profile',
      id: contact,
      attributes: { properties: { [TOKEN_FIELD.klaviyo]: token } },
    };
    const size = Buffer.byteLength(JSON.stringify(profile)) + 1;
    let job = jobs.at(-1);
    if (job === undefined || job.length >= PROFILES_PER_JOB || bytes + size > JOB_BYTES) {
      job = [];
      jobs.push(job);
      bytes = 0;
    }
    job.push(profile);
    bytes += size;
  }
  return jobs;
}

/** The tokens are on their way whatever this look says, so its own failure is none of theirs. */
async function failedSoFar(api: KlaviyoApi, job: string, profiles: readonly Profile[]): Promise<string[]> {
  try {
    const state = await called('reads', () => api.profiles.getBulkImportProfilesJob(job));
    const { failed_count: count } = fieldsOf(fieldsOf(state.body.data).attributes);
    if (typeof count !== 'number' || count === 0) return [];
    const errors = await called('reads', () =>
      api.profiles.getErrorsForBulkImportProfilesJob(job, { pageSize: ERRORS_PER_PAGE }),
    );
    return listOf(errors.body.data).flatMap(error => {
      const { original_payload: payload, source } = fieldsOf(fieldsOf(error).attributes);
      const place = /\/profiles\/data\/(\d{1,5})(?:\/|$)/.exec(textOf(fieldsOf(source).pointer) ?? '')?.[1];
      const id = textOf(fieldsOf(payload).id) ?? profiles[Number(place)]?.id;
      return id === undefined ? [] : [id];
    });
  } catch (error) {
    if (error instanceof PlatformError) return [];
    throw error;
  }
}
