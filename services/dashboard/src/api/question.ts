import { onScopeDispose, ref, type Ref, shallowRef, type ShallowRef, watch } from 'vue';
import { Problem } from './problem';

export interface Question<T> {
  readonly answer: ShallowRef<T | undefined>;
  readonly problem: ShallowRef<Problem | undefined>;
  readonly isAsking: Ref<boolean>;
  /** Asks again; the old answer stays on the screen until the new one is there. */
  again(): Promise<void>;
}

/**
 * An answer of the surface, asked anew whenever what `asked` reads changes. Of two that are under way the later question
 * wins, whichever is answered first.
 */
export function useQuestion<T>(asked: () => Promise<T>): Question<T> {
  const answer = shallowRef<T>();
  const problem = shallowRef<Problem>();
  const isAsking = ref(false);
  let latest = 0;
  async function take(question: Promise<T>): Promise<void> {
    const mine = ++latest;
    isAsking.value = true;
    try {
      const found = await question;
      if (mine !== latest) return;
      answer.value = found;
      problem.value = undefined;
    } catch (error) {
      if (mine !== latest) return;
      problem.value = error instanceof Problem ? error : new Problem('UNEXPECTED', 0, String(error));
    }
    isAsking.value = false;
  }
  // The question itself is what is watched: whatever it reads before its first wait.
  const stop = watch(asked, (question) => void take(question), { immediate: true });
  onScopeDispose(stop);
  return { answer, problem, isAsking, again: () => take(asked()) };
}
