import { nextTick, shallowRef } from 'vue';
import type { Reading } from '../shell/reading';

/** An address of a figure, and how it was read where it was clicked. */
export interface Asked {
  readonly node: string;
  readonly reading: Reading;
  /** The sector whose view the number stands in; undefined for figures of the plan. */
  readonly sector?: string | undefined;
  /** What it was called where it was clicked. */
  readonly name?: string | undefined;
  /** Position of an entry: where the way down ends; `node` is the figure it was reached from. */
  readonly entry?: number | undefined;
}

/** The figure whose explanation is open, and the way down to it: one drawer for the whole page. */
export const opened = shallowRef<readonly Asked[]>([]);

/** What had the focus before: it gets it back. */
let before: HTMLElement | undefined;

export function openExplanation(asked: Asked): void {
  if (opened.value.length === 0 && document.activeElement instanceof HTMLElement) before = document.activeElement;
  opened.value = [asked];
}
export const goDown = (asked: Asked): void => void (opened.value = [...opened.value, asked]);
/** Back to a place of the way, from 0. */
export const goBackTo = (place: number): void => void (opened.value = opened.value.slice(0, place + 1));
export function closeExplanation(): void {
  if (opened.value.length === 0) return;
  opened.value = [];
  void nextTick(() => before?.focus());
}
