/**
 * How long what waits in one partition has been on the feed, as this process saw it. Each look says how many records there
 * are, and the oldest that waits came no later than the first look that saw beyond the group's place.
 *
 * After a start it underestimates: what was there at the first look is taken to have come then, and anything is up to one
 * look older than it says. Where something waits for more looks than are kept, the times of two neighbours become one, the
 * earlier, so that it overestimates by that much at most.
 */
export interface Ages {
  /** The group's next record and the next to be published are numbered so, at this time in milliseconds. */
  look(next: number, end: number, at: number): void;
  /** Milliseconds that the oldest has been waiting at this time; 0 where nothing waits. */
  oldestMs(next: number, at: number): number;
}

/** Looks kept; with one a second, the first ten minutes of a lag are told to the second. */
export const LOOKS_MAX = 600;

export function createAges(looksMax = LOOKS_MAX): Ages {
  /** By time; every end is greater than the one before. */
  let looks: { readonly at: number; readonly end: number }[] = [];

  function forget(next: number): void {
    const waiting = looks.findIndex(({ end }) => end > next);
    if (waiting !== 0) looks = waiting < 0 ? [] : looks.slice(waiting);
  }

  return {
    look(next, end, at) {
      // A topic that was made anew counts from 0 again.
      if (end < (looks.at(-1)?.end ?? 0)) looks = [];
      forget(next);
      if (end <= (looks.at(-1)?.end ?? next)) return;
      looks.push({ at, end });
      if (looks.length <= looksMax) return;
      looks = looks.flatMap((look, index) =>
        index % 2 === 0 ? [{ at: look.at, end: looks[index + 1]?.end ?? look.end }] : [],
      );
    },
    oldestMs(next, at) {
      forget(next);
      return Math.max(0, at - (looks[0]?.at ?? at));
    },
  };
}
