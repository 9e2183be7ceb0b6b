import { shallowRef } from 'vue';
import type { Reading } from '../shell/reading';

/** An address of a figure, and how it was read where it was clicked. */
export interface Asked {
  readonly node: string;
  readonly reading: Reading;
  /** The sector whose view the number stands in; undefined for figures of the plan. */
  readonly sector?: string | undefined;
}

/** The figure whose explanation is open, and the way down to it: one drawer for the whole page. */
export const opened = shallowRef<readonly Asked[]>([]);

export const openExplanation = (asked: Asked): void => void (opened.value = [asked]);
export const goDown = (asked: Asked): void => void (opened.value = [...opened.value, asked]);
export const goUp = (): void => void (opened.value = opened.value.slice(0, -1));
export const closeExplanation = (): void => void (opened.value = []);
