/** The name of the screen in the browser's title, as soon as it is known. */
import { watchEffect } from 'vue';
import { words } from '../words.ts';

export function useTitle(title: () => string | null): void {
  watchEffect(() => {
    const name = title();
    if (name !== null) document.title = words.titleOf(name);
  });
}
