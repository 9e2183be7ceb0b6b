import { computed, type ComputedRef } from 'vue';
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router';

/**
 * How figures are read (DOMAIN §4): kept in the address, so that a link shows to others what it showed to one. What is
 * the default (verified · B0 · weights in force · today) is left out of it.
 */
export interface Reading {
  readonly confidence: 'claimed' | 'verified';
  readonly baseline: 'b0' | 'current';
  /** Id of a weight set; undefined for the one in force. */
  readonly weights: string | undefined;
  /** YYYY-MM-DD, the day in the world; undefined for the plan's today. */
  readonly on: string | undefined;
  /** Position in the ledger, what was known; undefined for all that is known. Only roles that may replay. */
  readonly at: number | undefined;
}

export interface ReadingContext {
  readonly reading: ComputedRef<Reading>;
  readonly isDefault: ComputedRef<boolean>;
  change(part: Partial<Reading>): Promise<void>;
  /** The part of the address that another screen takes over. */
  readonly query: ComputedRef<LocationQueryRaw>;
}

const PARTS = ['confidence', 'baseline', 'weights', 'on', 'at'] as const;

export function useReading(): ReadingContext {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string): string | undefined => {
    const value = route.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const reading = computed((): Reading => {
    const at = Number(text('at'));
    return {
      confidence: text('confidence') === 'claimed' ? 'claimed' : 'verified',
      baseline: text('baseline') === 'current' ? 'current' : 'b0',
      weights: text('weights'),
      on: text('on'),
      at: Number.isInteger(at) && at > 0 ? at : undefined,
    };
  });
  const query = computed(() => Object.fromEntries(PARTS.flatMap((part) => (text(part) ? [[part, text(part)]] : []))));
  return {
    reading,
    query,
    isDefault: computed(() => Object.keys(query.value).length === 0),
    async change(part) {
      const next: LocationQueryRaw = { ...route.query };
      for (const [name, value] of Object.entries({ ...reading.value, ...part })) {
        if (value === undefined || value === 'verified' || value === 'b0') delete next[name];
        else next[name] = String(value);
      }
      await router.replace({ query: next });
    },
  };
}
