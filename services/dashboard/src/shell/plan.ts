import { useI18n } from 'vue-i18n';
import { inject, type InjectionKey, provide, shallowRef, type ShallowRef } from 'vue';
import { answerOf, surface } from '../api/surface';

/** The plan as GET /api/plans/{plan} answers it: names, words and doubts of everything that figures are of. */
export interface Plan {
  readonly plan: string;
  readonly head: {
    readonly title: string;
    readonly status: string;
    readonly basis: string;
    readonly issuer: string;
    readonly periodStart: string;
    readonly periodEnd: string;
    readonly demo: boolean;
  };
  readonly position: number;
  readonly sectors: readonly { readonly sector: string; readonly name: string; readonly leadUnit: string }[];
  readonly counties: readonly { readonly code: string; readonly name: string }[];
  readonly items: readonly PlanItem[];
  readonly measures: readonly PlanMeasure[];
  readonly indicators: readonly PlanIndicator[];
  readonly doubts: readonly PlanDoubt[];
  readonly rosters: readonly {
    readonly roster: string;
    readonly name: string;
    readonly open: boolean;
    readonly members: readonly { readonly member: string; readonly name: string; readonly county: string }[];
  }[];
}

export interface PlanItem {
  readonly item: string;
  readonly name: string;
  readonly sector: string;
  /** 0 for a task of the running text. */
  readonly programme: number;
  readonly programmeName: string;
  readonly chapter: number;
  readonly nature: string;
  readonly quote: string;
}

export interface PlanMeasure {
  readonly measure: string;
  readonly item: string;
  readonly name: string;
  readonly unit: string;
  readonly quantifier: string;
  readonly low: string;
  readonly high: string;
  readonly commitment: string;
  readonly basis: string;
  readonly due: string;
  readonly countsAt: string;
  /** By what two units are one. */
  readonly identity: string;
  readonly unitKind: string;
  readonly roster: string;
  readonly quote: string;
}

export interface PlanIndicator {
  readonly indicator: string;
  readonly name: string;
  readonly unit: string;
  readonly baseline: string;
  readonly cumulative: boolean;
  readonly rule: string;
  readonly quote: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly path: readonly { readonly period: string; readonly value: string }[];
}

export interface PlanDoubt {
  readonly doubt: string;
  readonly title: string;
  readonly about: readonly string[];
  readonly quotes: readonly string[];
  readonly readings: readonly { readonly reading: string; readonly text: string; readonly target: string }[];
  readonly settledBy: string;
  readonly settled: unknown;
}

export interface PlanContext {
  readonly id: string;
  readonly plan: ShallowRef<Plan>;
  /** Names; what is not known is shown as its code. */
  sector(slug: string): string;
  county(code: string): string;
  item(code: string): string;
  measure(id: string): string;
  /** "410212-education" as 祥符区 · 现代教育, "city-commission" as 市本级 · 发展改革委, "audit" as 审计局. */
  unit(id: string): string;
  /** The bureaus of the city and of each county, by sector. */
  units(): readonly { readonly unit: string; readonly name: string }[];
}

const KEY: InjectionKey<PlanContext> = Symbol('plan');

export const fetchPlan = (plan: string): Promise<Plan> =>
  answerOf<Plan>(surface.GET('/api/plans/{plan}', { params: { path: { plan } } }));

export function providePlan(found: Plan): PlanContext {
  const { t, te } = useI18n();
  const plan = shallowRef(found);
  const sectors = new Map(found.sectors.map(({ sector, name }) => [sector, name]));
  const counties = new Map(found.counties.map(({ code, name }) => [code, name]));
  const items = new Map(found.items.map(({ item, name }) => [item, name]));
  const measures = new Map(found.measures.map(({ measure, name }) => [measure, name]));
  const office = (id: string): string => (te(`ledger.unit.${id}`) ? t(`ledger.unit.${id}`) : id);
  const context: PlanContext = {
    id: found.plan,
    plan,
    sector: (slug) => sectors.get(slug) ?? slug,
    county: (code) => counties.get(code) ?? code,
    item: (code) => items.get(code) ?? code,
    measure: (id) => measures.get(id) ?? id,
    unit(id) {
      const [, place = '', slug = ''] = /^(\d{6}|city)-(.+)$/.exec(id) ?? [];
      if (place === '') return office(id);
      const where = context.county(place === 'city' ? (found.counties[0]?.code ?? '') : place);
      return `${where} · ${sectors.get(slug) ?? office(slug)}`;
    },
    units() {
      const [city, ...others] = found.counties;
      return found.sectors.flatMap(({ sector, name: of }) => [
        { unit: `city-${sector}`, name: `${city?.name ?? ''} · ${of}` },
        ...others.map(({ code, name }) => ({ unit: `${code}-${sector}`, name: `${name} · ${of}` })),
      ]);
    },
  };
  provide(KEY, context);
  return context;
}

/** The plan of the screen it is called in. */
export function usePlan(): PlanContext {
  const context = inject(KEY);
  if (!context) throw new Error('usePlan outside of a plan’s screens');
  return context;
}
