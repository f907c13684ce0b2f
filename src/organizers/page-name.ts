/** The name of a page in its address, as its organizer chose it: `spring-picnic`. Once taken it stays with its page. */
import { InputError, LimitError } from '../kernel/errors.ts';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LEAST = 3;
const MOST = 60;
const DAY_SECONDS = 86_400;

/** Capital letters become small; everything else must fit as it is, so that nobody gets an address he did not choose. */
export function pageName(typed: string): string {
  const name = typed.trim().toLowerCase();
  if (name.length < LEAST || name.length > MOST)
    throw refused(`The address has ${name.length} characters; it takes ${LEAST} to ${MOST}.`);
  if (!NAME.test(name)) {
    throw refused('The address takes small letters a to z, figures, and single hyphens between them.');
  }
  return name;
}

/** Called before a free name is taken: nobody collects the good ones. */
export async function countPageName(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  workspace: string,
): Promise<void> {
  const limit = ports.settings.limits.PAGE_NAMES_PER_DAY;
  const counted = await countAgainst(ports, [
    { key: `page-names:${workspace}`, seconds: DAY_SECONDS, limit },
  ]);
  if (counted.ok) return;
  throw new LimitError(
    'too_many_names',
    `At most ${limit} new page addresses can be chosen a day. Try again tomorrow.`,
    counted.retryAfterSeconds,
  );
}

function refused(sentence: string): InputError {
  return new InputError('bad_slug', sentence, { field: 'slug' });
}
