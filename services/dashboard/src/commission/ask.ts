import type { Completion, ElementSums, GapRow } from '@planledger/progress';
import type { Evaluation } from '@planledger/progress/evaluation';
import type { IndicatorsAnswer } from '@planledger/progress/indicators';
import type { LampsAnswer, ProjectRow } from '@planledger/progress/watch';
import { answerOf, surface } from '../api/surface';
import type { Reading } from '../shell/reading';

/** A reader's questions of one plan; of an earlier record (`at`) they are the replay's. Undefined parts are left out. */
const given = <T extends object>(parts: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== '')) as never;

export function askCompletion(plan: string, { on, at, weights }: Reading, by: Completion['by']): Promise<Completion> {
  const path = { plan };
  return at === undefined
    ? answerOf(surface.GET('/api/plans/{plan}/completion', { params: { path, query: given({ by, on, weights }) } }))
    : answerOf(
        surface.GET('/api/plans/{plan}/replay/completion', { params: { path, query: given({ by, on, weights, at }) } }),
      );
}

/** What narrows a list of projects. */
export interface Narrowed {
  readonly sector?: string | undefined;
  readonly county?: string | undefined;
  readonly item?: string | undefined;
  readonly name?: string | undefined;
  readonly colour?: ProjectColour | undefined;
  readonly stage?: ProjectRow['stage'] | undefined;
  readonly cursor?: number | undefined;
  readonly limit: number;
}
export type ProjectColour = 'red' | 'yellow' | 'green' | 'blue';

export function askLamps(plan: string, reading: Reading, narrowed: Narrowed): Promise<LampsAnswer> {
  const { on, at, confidence, baseline } = reading;
  const path = { plan };
  const query = given({ on, confidence, baseline, ...narrowed });
  return at === undefined
    ? answerOf(surface.GET('/api/plans/{plan}/lamps', { params: { path, query } }))
    : answerOf(surface.GET('/api/plans/{plan}/replay/lamps', { params: { path, query: { ...query, at } } }));
}

export function askIndicators(plan: string, { on, at }: Reading): Promise<IndicatorsAnswer> {
  const path = { plan };
  return at === undefined
    ? answerOf(surface.GET('/api/plans/{plan}/indicators', { params: { path, query: given({ on }) } }))
    : answerOf(surface.GET('/api/plans/{plan}/replay/indicators', { params: { path, query: given({ on, at }) } }));
}

export async function askGaps(plan: string, { on, at }: Reading): Promise<readonly GapRow[]> {
  const path = { plan };
  const { gaps } = await answerOf<{ gaps: GapRow[] }>(
    at === undefined
      ? surface.GET('/api/plans/{plan}/gaps', { params: { path, query: given({ on }) } })
      : surface.GET('/api/plans/{plan}/replay/gaps', { params: { path, query: given({ on, at }) } }),
  );
  return gaps;
}

export async function askElements(plan: string, { on, at }: Reading): Promise<readonly ElementSums[]> {
  const path = { plan };
  const { kinds } = await answerOf<{ kinds: ElementSums[] }>(
    at === undefined
      ? surface.GET('/api/plans/{plan}/elements', { params: { path, query: given({ on }) } })
      : surface.GET('/api/plans/{plan}/replay/elements', { params: { path, query: given({ on, at }) } }),
  );
  return kinds;
}

export function askEvaluation(plan: string, reading: Reading, kind: Evaluation['kind']): Promise<Evaluation> {
  const { on, at, confidence, baseline } = reading;
  const query = { kind, ...given({ on, at, confidence, baseline }) };
  return answerOf(surface.GET('/api/plans/{plan}/evaluation', { params: { path: { plan }, query } }));
}

export interface ProjectsAnswer {
  readonly on: string;
  readonly total: number;
  readonly node: string;
  readonly projects: readonly ProjectRow[];
  readonly next: number | null;
}

export function askProjects(plan: string, reading: Reading, narrowed: Narrowed): Promise<ProjectsAnswer> {
  const { on, confidence, baseline } = reading;
  const query = given({ on, confidence, baseline, ...narrowed });
  return answerOf(surface.GET('/api/plans/{plan}/projects', { params: { path: { plan }, query } }));
}
