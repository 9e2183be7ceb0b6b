import type { Explanation } from '@planledger/progress';
import { answerOf, surface } from '../api/surface';
import type { Reading } from '../shell/reading';

/** What is read of GET /api/plans/{plan}/projects/{id}. */
interface By {
  readonly on: string;
  readonly by: { readonly subject: string; readonly unit: string };
  readonly entries: readonly number[];
}
/** Quantities done by milestone, and money, as last reported. */
interface Progress extends By {
  readonly done: Readonly<Record<string, number>>;
  readonly completedYuan: string;
}
interface Baseline extends By {
  readonly milestones: readonly { readonly milestone: string; readonly due: string; readonly designed: number }[];
  readonly years: readonly { readonly year: number; readonly yuan: string }[];
  readonly estimateYuan: string;
}
export interface Unit {
  readonly unit: string;
  readonly name: string;
  readonly measure: string;
  readonly kind: string;
  readonly quantity: number;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly delivered: By;
  readonly verified: By | null;
  readonly lost: (By & { readonly lostOn?: string }) | null;
  readonly statements: readonly (By & { readonly facts: Unit['facts']; readonly verified: By | null })[];
}
export interface Request extends By {
  readonly kind: string;
  readonly reason: string;
  readonly milestone?: string;
  readonly answer?: By & { readonly approved: boolean; readonly reason: string; readonly document: string };
}
export interface ProjectAnswer {
  readonly stream: string;
  readonly version: number;
  readonly registration: By & {
    readonly name: string;
    readonly sector: string;
    readonly county: string;
    readonly unit: string;
    readonly template: string;
    readonly estimateYuan: string;
  };
  readonly codes: readonly (By & { readonly kind: string; readonly value: string })[];
  readonly carriedIn: (By & { readonly fromPlan: string; readonly position: number }) | null;
  readonly items: readonly (By & { readonly item: string })[];
  readonly milestones: readonly {
    readonly milestone: string;
    readonly claimed: By | null;
    readonly verified: By | null;
    readonly rejected: By | null;
  }[];
  readonly exempt: readonly { readonly milestone: string }[];
  /** Null before B0. */
  readonly baselines: { readonly b0: Baseline; readonly current: Baseline } | null;
  readonly units: readonly Unit[];
  readonly progress: {
    readonly claimed: Progress | null;
    readonly verified: Progress | null;
  };
  readonly offPlan: By | null;
  readonly admitted: (By & { readonly document: string }) | null;
  readonly requests: readonly Request[];
  readonly answered: readonly Request[];
  readonly elements: readonly {
    readonly element: string;
    readonly kind: string;
    readonly unit: string;
    readonly needBy: string;
    readonly requested: string;
    readonly allocated: string;
    readonly used: string;
    readonly released: string;
  }[];
  readonly lifecycle: { readonly status: string; readonly since: string | null; readonly document: string };
}

export const askProject = (plan: string, id: string, at: number | undefined): Promise<ProjectAnswer> =>
  at === undefined
    ? answerOf(surface.GET('/api/plans/{plan}/projects/{id}', { params: { path: { plan, id } } }))
    : answerOf(
        surface.GET('/api/plans/{plan}/replay/projects/{id}', { params: { path: { plan, id }, query: { at } } }),
      );

/** A figure that the project's own answer does not hold, as explain gives it. */
export function askFigure(
  plan: string,
  { baseline, on, at }: Reading,
  node: string,
  confidence: Reading['confidence'],
): Promise<Explanation> {
  const query = { node, confidence, baseline, ...(on ? { on } : {}) };
  const path = { plan };
  return at === undefined
    ? answerOf(surface.GET('/api/plans/{plan}/explain', { params: { path, query } }))
    : answerOf(surface.GET('/api/plans/{plan}/replay/explain', { params: { path, query: { ...query, at } } }));
}

/** A sector's own words, as GET …/sectors gives them. */
export interface SectorWords {
  readonly sector: string;
  readonly templates: Readonly<
    Record<
      string,
      { readonly name: string; readonly milestones: readonly { code: string; name: string; weight: number }[] }
    >
  >;
  readonly unitKinds: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly facts: Readonly<
          Record<string, { readonly label: string; readonly choices?: Readonly<Record<string, string>> }>
        >;
      }
    >
  >;
}

export async function askSectors(plan: string): Promise<readonly SectorWords[]> {
  const found = await answerOf<{ sectors: SectorWords[] }>(
    surface.GET('/api/plans/{plan}/sectors', { params: { path: { plan } } }),
  );
  return found.sectors;
}

/** A milestone's four days; '' where there is none. */
export interface Bar {
  readonly code: string;
  readonly name: string;
  readonly weight: number | undefined;
  readonly isExempt: boolean;
  readonly b0: string;
  readonly current: string;
  readonly claimed: string;
  readonly verified: string;
}

/** One bar a milestone of the template or the plan, in the template's order; days of units of a bundle are not among them. */
export function barsOf(project: ProjectAnswer, words: SectorWords | undefined): readonly Bar[] {
  const template = words?.templates[project.registration.template]?.milestones ?? [];
  const dueOf = (baseline: Baseline | undefined, code: string): string =>
    baseline?.milestones.find(({ milestone }) => milestone === code)?.due ?? '';
  const codes = new Set([
    ...template.map(({ code }) => code),
    ...(project.baselines?.current.milestones ?? []).map(({ milestone }) => milestone),
    ...project.milestones.map(({ milestone }) => milestone),
  ]);
  return [...codes].flatMap((code) => {
    const done = project.milestones.find(({ milestone }) => milestone === code);
    const known = template.find((each) => each.code === code);
    const bar: Bar = {
      ...{ code, name: known?.name ?? code, weight: known?.weight },
      isExempt: project.exempt.some(({ milestone }) => milestone === code),
      ...{ b0: dueOf(project.baselines?.b0, code), current: dueOf(project.baselines?.current, code) },
      // What is measured in quantities is never claimed by hand: the day of the last report stands for it.
      claimed: done?.claimed?.on ?? reportedOn(project.progress.claimed, code),
      verified: done?.verified?.on ?? reportedOn(project.progress.verified, code),
    };
    return bar.b0 || bar.current || bar.claimed || bar.isExempt ? [bar] : [];
  });
}

const reportedOn = (progress: Progress | null, code: string): string =>
  progress?.done[code] === undefined ? '' : progress.on;

const DAY_MS = 86_400_000;
const dayOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** Where days stand between the first and the last of all bars, in percent of the width. */
export function axisOf(
  bars: readonly Bar[],
  from: string,
  on: string,
): {
  readonly at: (day: string) => number;
  readonly years: readonly { readonly year: number; readonly at: number }[];
} {
  const days = [from, on, ...bars.flatMap(({ b0, current, claimed, verified }) => [b0, current, claimed, verified])]
    .filter((day) => day !== '')
    .map(dayOf);
  const [first, last] = [Math.min(...days) - 20, Math.max(...days) + 20];
  const at = (day: string): number => ((dayOf(day) - first) / (last - first)) * 100;
  const [begin, end] = [first, last].map((day) => new Date(day * DAY_MS).getUTCFullYear());
  const years = Array.from({ length: (end ?? 0) - (begin ?? 0) }, (_, index) => (begin ?? 0) + 1 + index);
  return { at, years: years.map((year) => ({ year, at: at(`${year}-01-01`) })) };
}
