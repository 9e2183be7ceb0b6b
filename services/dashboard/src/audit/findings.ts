/** "3021、3022 3023" as positions; what is no number is left out. */
export const positionsIn = (text: string): number[] =>
  [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits)).filter((position) => position > 0);
