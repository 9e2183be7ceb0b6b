/** A finding as GET …/cases says it. */
export interface Finding {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly about: string;
  readonly toUnit: string;
  readonly due: string;
  readonly status: 'open' | 'escalated' | 'rectified' | 'closed';
  readonly raisedOn: string;
  readonly since: string;
  readonly overdue: boolean;
  readonly reason: string;
}

/** "3021、3022 3023" as positions; what is no number is left out. */
export const positionsIn = (text: string): number[] =>
  [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits)).filter((position) => position > 0);
