/** One call at a time with what a screen shows of it: its answer, that it is under way, and what went wrong. */
import { type Ref, ref, type ShallowRef, shallowRef } from 'vue';
import { Problem } from '../api/client.ts';
import { words } from '../words.ts';

export interface Call<A extends readonly unknown[], T> {
  readonly data: ShallowRef<T | null>;
  readonly problem: ShallowRef<Problem | null>;
  readonly busy: Ref<boolean>;
  /** Undefined where it failed; the problem then says why. */
  run(...args: A): Promise<T | undefined>;
}

export function useCall<A extends readonly unknown[], T>(perform: (...args: A) => Promise<T>): Call<A, T> {
  const data = shallowRef<T | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  let newest = 0;
  const run = async (...args: A): Promise<T | undefined> => {
    newest += 1;
    const mine = newest;
    busy.value = true;
    problem.value = null;
    try {
      const answer = await perform(...args);
      // An older call that comes late must not cover a newer one.
      if (mine === newest) data.value = answer;
      return answer;
    } catch (error) {
      if (mine === newest) problem.value = asProblem(error);
      return undefined;
    } finally {
      if (mine === newest) busy.value = false;
    }
  };
  return { data, problem, busy, run };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ status: 0, code: 'unexpected', sentence: words.problem.unexpected });
}
