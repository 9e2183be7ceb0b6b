import type { LampPlace } from '@planledger/progress/watch';

export type LampCounts = LampPlace['counts'];
export type LampCount = keyof LampCounts;

/** Counts of all places that `holds` says of, summed. */
export function summed(places: readonly LampPlace[], holds: (place: LampPlace) => boolean): LampCounts {
  const sum = { blue: 0, green: 0, yellow: 0, red: 0, grey: 0, none: 0 };
  for (const place of places.filter(holds)) {
    for (const count of Object.keys(sum) as LampCount[]) sum[count] += place.counts[count];
  }
  return sum;
}

/** How hot a cell of the matrix is: by the share of its projects that are red, and of those that are yellow. */
export function heatOf(counts: LampCounts): 'none' | 'calm' | 'warm' | 'hot' | 'burning' {
  const all = counts.red + counts.yellow + counts.green + counts.blue;
  if (all === 0) return 'none';
  if (counts.red * 2 > all) return 'burning';
  if (counts.red > 0) return 'hot';
  return counts.yellow > 0 ? 'warm' : 'calm';
}
