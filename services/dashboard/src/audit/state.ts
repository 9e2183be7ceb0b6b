import { computed, type ComputedRef, type Ref } from 'vue';
import { type Question, useQuestion } from '../api/question';
import { answerOf, surface } from '../api/surface';
import type { Reading } from '../shell/reading';

/** What the replay reads of `completion`, `indicators` and `lamps`, which have the same shape at any moment. */
interface Headline {
  readonly node: string;
  readonly name: string;
  readonly items: number;
  readonly quantified: number;
  readonly verdicts: Quad<Readonly<Record<string, number>>>;
  readonly verdictNodes: Readonly<Record<string, string>>;
  readonly figures: Quad<{ readonly node: string; readonly percent?: string | null; readonly whyText?: string }>;
}
type Quad<T> = Readonly<Record<'b0' | 'current', { readonly claimed: T; readonly verified: T }>>;
interface Completion {
  readonly on: string;
  readonly headline: {
    readonly programmes: Headline;
    readonly body: Headline;
    readonly indicators: {
      readonly total: number;
      readonly satisfied: number;
      readonly binding: { readonly total: number; readonly satisfied: number };
      readonly addresses: Readonly<Record<'all' | 'binding', { readonly satisfied: string }>>;
    };
  };
}
interface Indicators {
  readonly grades: Readonly<Record<string, number>>;
  readonly addresses: { readonly grades: Readonly<Record<string, string>> };
}
interface Lamps {
  readonly counts: Readonly<Record<string, number>>;
  readonly addresses: Readonly<Record<string, string>>;
}

/** The plan as it was known at one moment. */
export interface State {
  readonly completion: Completion;
  readonly indicators: Indicators;
  readonly lamps: Lamps;
}

/** One figure of a state: its text and address. */
export interface Figure {
  readonly text: string;
  readonly node: string;
}

export const VERDICTS = ['done', 'on-track', 'lagging', 'not-started', 'unquantified'] as const;
export const GRADES = ['early', 'faster', 'on-pace', 'behind', 'far-behind', 'backwards', 'ungraded'] as const;
export const COLOURS = ['red', 'yellow', 'green', 'blue', 'grey', 'none'] as const;

/** The share of a half of the headline by the page's reading. */
export const shareOf =
  (half: 'programmes' | 'body') =>
  ({ completion }: State, { baseline, confidence }: Reading): Figure => {
    const { node, percent, whyText } = completion.headline[half].figures[baseline][confidence];
    return { node, text: percent == null ? (whyText ?? '—') : `${percent}%` };
  };

export const verdictOf =
  (half: 'programmes' | 'body', verdict: string) =>
  ({ completion }: State, { baseline, confidence }: Reading): Figure | undefined => {
    const { verdicts, verdictNodes } = completion.headline[half];
    return counted(verdicts[baseline][confidence][verdict], verdictNodes[verdict]);
  };

export const satisfiedOf =
  (which: 'all' | 'binding') =>
  ({ completion }: State): Figure => {
    const { indicators } = completion.headline;
    const { satisfied, total } = which === 'all' ? indicators : indicators.binding;
    return { node: indicators.addresses[which].satisfied, text: `${satisfied} / ${total}` };
  };

export const gradeOf =
  (grade: string) =>
  ({ indicators }: State): Figure | undefined =>
    counted(indicators.grades[grade], indicators.addresses.grades[grade]);

export const lampOf =
  (colour: string) =>
  ({ lamps }: State): Figure | undefined =>
    counted(lamps.counts[colour], lamps.addresses[colour]);

const counted = (count: number | undefined, node: string | undefined): Figure | undefined =>
  count === undefined || node === undefined ? undefined : { node, text: `${count}` };

/** What was known at a position, 0 for nothing yet; undefined asks for all that is known today, by the live answers. */
export function useState(plan: string, at: Ref<number | undefined>, reading: ComputedRef<Reading>): Question<State> {
  const path = { plan };
  const basis = computed(() => {
    const { on, confidence, baseline } = reading.value;
    return { day: on === undefined ? {} : { on }, read: { confidence, baseline } };
  });
  const params = (more: object = {}) => ({ params: { path, query: { ...basis.value.day, ...more } } });
  return useQuestion(async () => {
    const position = at.value;
    const few = { ...basis.value.read, limit: 1 };
    const past = { at: position };
    const [completion, indicators, lamps] =
      position === undefined
        ? await Promise.all([
            answerOf<Completion>(surface.GET('/api/plans/{plan}/completion', params())),
            answerOf<Indicators>(surface.GET('/api/plans/{plan}/indicators', params())),
            answerOf<Lamps>(surface.GET('/api/plans/{plan}/lamps', params(few))),
          ])
        : await Promise.all([
            answerOf<Completion>(surface.GET('/api/plans/{plan}/replay/completion', params(past))),
            answerOf<Indicators>(surface.GET('/api/plans/{plan}/replay/indicators', params(past))),
            answerOf<Lamps>(surface.GET('/api/plans/{plan}/replay/lamps', params({ ...past, ...few }))),
          ]);
    return { completion, indicators, lamps };
  });
}
