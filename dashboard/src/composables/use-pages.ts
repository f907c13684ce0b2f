/** A long list, one page at a time, forwards and back by cursor: the document stays small however long the list is. */
import { type ComputedRef, computed, ref } from 'vue';
import type { PageOf } from '../api/shapes.ts';
import { type Call, useCall } from './use-call.ts';

export interface Pages<T> extends Pick<Call<[], unknown>, 'problem' | 'busy'> {
  readonly items: ComputedRef<readonly T[]>;
  readonly number: ComputedRef<number>;
  readonly hasNext: ComputedRef<boolean>;
  readonly loaded: ComputedRef<boolean>;
  first(): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
  again(): Promise<void>;
}

export function usePages<T>(load: (cursor: string | null) => Promise<PageOf<T>>): Pages<T> {
  const page = useCall(load);
  /** The cursor of each page up to the one that is shown. */
  const cursors = ref<(string | null)[]>([null]);
  const show = async (wanted: (string | null)[]): Promise<void> => {
    if ((await page.run(wanted.at(-1) ?? null)) !== undefined) cursors.value = wanted;
  };
  return {
    problem: page.problem,
    busy: page.busy,
    items: computed(() => page.data.value?.items ?? []),
    number: computed(() => cursors.value.length),
    hasNext: computed(() => page.data.value?.next != null),
    loaded: computed(() => page.data.value !== null),
    first: () => show([null]),
    next: () => show([...cursors.value, page.data.value?.next ?? null]),
    previous: () => show(cursors.value.slice(0, -1)),
    again: () => show(cursors.value),
  };
}
