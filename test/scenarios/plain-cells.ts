import type { CompletionInput, Ordered, Series } from '@planledger/progress';
import { isMap } from 'node:util/types';

/** Cells as text, whatever the order in which the maps were filled and lists cut, and whether a snapshot still holds them. */
export const plainCells = ({ cells }: CompletionInput): string =>
  JSON.stringify(cells, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return value;
    if (isMap(value)) return [...(value as Map<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1));
    if ('chunks' in value) return (value as Ordered).chunks.flat();
    if (!('amounts' in value)) return value;
    const { days, amounts, sum } = value as Series;
    return [days, amounts.map(String), String(sum)];
  });
