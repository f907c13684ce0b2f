/** Looking again and again for a moment, where the runtime gave the request a way to wait; elsewhere one look. */
import type { PageRequest } from './page.ts';

const LOOK_EVERY_MS = 50;

export async function waitFor<T>(
  { pause }: Pick<PageRequest, 'pause'>,
  longestMs: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const found = await look();
    if (found !== undefined || pause === undefined || waited >= longestMs) return found;
    await pause(LOOK_EVERY_MS);
  }
}
