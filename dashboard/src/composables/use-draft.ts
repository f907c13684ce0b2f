/** What a form shows beside what is saved: whether they differ, and a question before that is lost. */
import { type ComputedRef, computed, onMounted, onUnmounted, type Ref, ref } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

export interface Draft<T extends object> {
  readonly value: Ref<T | null>;
  readonly changed: ComputedRef<boolean>;
  /** What is saved now; the form starts from it. */
  reset(saved: T): void;
  discard(): void;
  /** The way that waits for an answer, while the question stands. */
  readonly leaving: Ref<((go: boolean) => void) | null>;
}

export function useDraft<T extends object>(): Draft<T> {
  const value = ref<T | null>(null) as Ref<T | null>;
  const saved = ref<string | null>(null);
  const leaving = ref<((go: boolean) => void) | null>(null);
  const changed = computed(() => saved.value !== null && JSON.stringify(value.value) !== saved.value);

  function reset(now: T): void {
    saved.value = JSON.stringify(now);
    discard();
  }

  function discard(): void {
    if (saved.value !== null) value.value = JSON.parse(saved.value) as T;
  }

  function hold(event: BeforeUnloadEvent): void {
    if (changed.value) event.preventDefault();
  }

  onMounted(() => addEventListener('beforeunload', hold));
  onUnmounted(() => removeEventListener('beforeunload', hold));
  onBeforeRouteLeave(() => {
    if (!changed.value) return true;
    return new Promise<boolean>(resolve => {
      leaving.value = go => {
        leaving.value = null;
        resolve(go);
      };
    });
  });
  return { value, changed, reset, discard, leaving };
}
