import type { CompletionInput } from '@planledger/progress';

/** Cells as text, whatever the order in which the maps were filled and lists cut; running totals are a memory of who asked. */
export const plainCells = ({ cells }: CompletionInput): string =>
  JSON.stringify(cells, (key, value: unknown) => {
    if (key === 'totals') return undefined;
    if (key === 'chunks') return (value as string[][]).flat();
    if (typeof value === 'bigint') return value.toString();
    return value instanceof Map ? [...(value as Map<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1)) : value;
  });
