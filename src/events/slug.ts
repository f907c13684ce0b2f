/** An event's public name: its title in kebab case and ten random characters (50 bits), fixed for life. */
import { randomText } from '../kernel/ids.ts';
import type { Random } from '../kernel/ports.ts';
import { cut, kebab } from '../organizers/slug.ts';

const TITLE_CHARS = 40;
const RANDOM_CHARS = 10;

export function newEventSlug(random: Random, title: string | null): string {
  // Before any pattern runs: a long title must not reach one.
  const words = cut(kebab((title ?? '').slice(0, 200)), TITLE_CHARS);
  return `${words === '' ? 'event' : words}-${randomText(random, RANDOM_CHARS)}`;
}
