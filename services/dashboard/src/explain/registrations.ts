import { shallowReactive } from 'vue';
import { answerOf, surface } from '../api/surface';

/** What the first entry of a project's stream says of it. */
export interface Registration {
  readonly name: string;
  readonly template: string;
  readonly sector: string;
}

interface FirstEntries {
  readonly entries: readonly {
    readonly entry: {
      readonly projectRegistered?: Registration;
      readonly projectCarriedIn?: { readonly registration?: Registration };
    };
  }[];
}

/** By plan and stream; null while it is asked for. A registration never changes but by correction. */
const known = shallowReactive(new Map<string, Registration | null>());

/** The registration of a project's stream; undefined until it is there, then whatever shows it is drawn again. */
export function registrationOf(plan: string, stream: string): Registration | undefined {
  if (!stream.startsWith('project/')) return undefined;
  const key = `${plan} ${stream}`;
  const found = known.get(key);
  if (found === undefined) {
    // Not within the drawing that asks: it would be drawn again for nothing.
    queueMicrotask(() => void fetchOnce(key, plan, stream));
  }
  return found ?? undefined;
}

async function fetchOnce(key: string, plan: string, stream: string): Promise<void> {
  if (known.has(key)) return;
  known.set(key, null);
  try {
    const { entries } = await answerOf<FirstEntries>(
      surface.GET('/api/plans/{plan}/entries', { params: { path: { plan }, query: { stream, limit: 1 } } }),
    );
    const entry = entries[0]?.entry;
    const registration = entry?.projectRegistered ?? entry?.projectCarriedIn?.registration;
    if (registration) known.set(key, registration);
  } catch {
    // Its id is shown instead.
  }
}
