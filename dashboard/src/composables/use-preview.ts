/** The real page for what a form holds now: asked for a moment after the last change, and never two at a time for long. */
import { onUnmounted, type ShallowRef, shallowRef, watch } from 'vue';
import { type Problem, post } from '../api/client.ts';
import type { Drawn } from '../api/shapes.ts';
import { useCall } from './use-call.ts';

export interface Preview {
  /** The last page that fitted. */
  readonly drawn: ShallowRef<Drawn | null>;
  readonly problem: ShallowRef<Problem | null>;
  readonly busy: Readonly<{ value: boolean }>;
  again(): void;
}

const WAIT_MS = 250;

/** `wanted`: path and body, or null while there is nothing to show. */
export function usePreview(wanted: () => { readonly path: string; readonly body: unknown } | null): Preview {
  const drawn = shallowRef<Drawn | null>(null);
  const call = useCall((path: string, body: unknown) => post<Drawn>(path, body));
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    const now = wanted();
    if (now === null) return;
    const answer = await call.run(now.path, now.body);
    if (answer !== undefined && call.data.value === answer) drawn.value = answer;
  }

  watch(
    () => JSON.stringify(wanted()),
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), drawn.value === null ? 0 : WAIT_MS);
    },
    { immediate: true },
  );
  onUnmounted(() => clearTimeout(timer));
  return { drawn, problem: call.problem, busy: call.busy, again: () => void ask() };
}
