import { useRoute, useRouter } from 'vue-router';

/** What a screen's lists are narrowed by: kept in the address, beside how its figures are read. */
export function useQueryText<Name extends string>(): {
  text(name: Name): string | undefined;
  set(parts: Partial<Record<Name, string | undefined>>): Promise<unknown>;
} {
  const route = useRoute();
  const router = useRouter();
  return {
    text(name) {
      const value = route.query[name];
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
    set(parts) {
      const query = { ...route.query };
      for (const [name, value] of Object.entries<string | undefined>(parts as Record<string, string | undefined>)) {
        if (value === undefined || value === '') delete query[name];
        else query[name] = value;
      }
      return router.replace({ query });
    },
  };
}
