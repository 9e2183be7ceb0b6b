import { reactive, ref, type Ref, shallowRef, type ShallowRef, watch } from 'vue';
import { Problem } from './problem';
import type { Receipt } from './surface';

/** An idempotency key: the same command sent again is one command (DESIGN §7). */
const newKey = (): string => crypto.randomUUID();

export interface Draft<Body extends object> {
  readonly body: Body;
  readonly receipt: ShallowRef<Receipt | undefined>;
  readonly problem: ShallowRef<Problem | undefined>;
  readonly isSending: Ref<boolean>;
  send(): Promise<Receipt | undefined>;
  /** Begins anew, with another key. */
  clear(): void;
}

/** Whether something typed under `name` waits in this browser to be sent. */
export const hasDraft = (name: string): boolean => localStorage.getItem(`planledger.draft.${name}`) !== null;

/**
 * What somebody is typing, and its sending. Kept in this browser under `name` until it was taken, so that neither a lost
 * connection nor a closed tab loses it; its key is kept with it, so that pressing twice, or sending again what may have
 * arrived, writes one entry. Another text is another command: a body that was refused and then changed gets a new key.
 */
export function useDraft<Body extends object>(
  name: string,
  empty: () => Body,
  sent: (body: Body, key: string) => Promise<Receipt>,
): Draft<Body> {
  const place = `planledger.draft.${name}`;
  const kept = read<{ body: Body; key: string }>(place);
  const body = reactive(kept?.body ?? empty()) as Body;
  let key = kept?.key ?? newKey();
  const receipt = shallowRef<Receipt>();
  const problem = shallowRef<Problem>();
  const isSending = ref(false);

  const keep = (): void => localStorage.setItem(place, JSON.stringify({ body, key }));
  watch(
    body,
    () => {
      // An emptied form is no draft: it would keep the day it was emptied on.
      if (JSON.stringify(body) === JSON.stringify(empty())) localStorage.removeItem(place);
      else keep();
    },
    { deep: true },
  );

  async function send(): Promise<Receipt | undefined> {
    if (isSending.value) return undefined;
    isSending.value = true;
    problem.value = undefined;
    keep();
    try {
      receipt.value = await sent(body, key);
      localStorage.removeItem(place);
      key = newKey();
      return receipt.value;
    } catch (error) {
      const failed = error instanceof Problem ? error : new Problem('UNEXPECTED', 0, String(error));
      problem.value = failed;
      // Refused: nothing was written under this key, and the corrected text is another command. Unknown: the same again.
      if (failed.status >= 400 && failed.status < 500) key = newKey();
      keep();
      return undefined;
    } finally {
      isSending.value = false;
    }
  }

  function clear(): void {
    for (const field of Object.keys(body)) delete (body as Record<string, unknown>)[field];
    Object.assign(body, empty());
    key = newKey();
    receipt.value = undefined;
    problem.value = undefined;
    localStorage.removeItem(place);
  }
  return { body, receipt, problem, isSending, send, clear };
}

function read<T>(place: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
