import { type Facts, type Sector, SECTORS } from '@planledger/sectors';
import { does, isRefused, type Town } from './town.js';

/** A department's project: who speaks for it, who checks it, and its id once registered. */
export interface Built {
  readonly town: Town;
  readonly sector: string;
  readonly template: string;
  readonly clerk: string;
  readonly verifier: string;
  readonly id: string;
  readonly at: string;
}

export interface Plan {
  readonly sector: string;
  readonly item: string;
  readonly measure: string;
  readonly template?: string;
  readonly county?: '410212' | '410221' | '410200';
  readonly nature?: string;
  readonly designed?: number;
}

const DESIGNED = 1_000;

const milestonesOf = (sector: string, template: string): Sector['templates'][string]['milestones'] =>
  SECTORS.get(sector)?.templates[template]?.milestones ?? [];

/** Registers a project on 1 March 2024. */
export async function registers(town: Town, plan: Plan): Promise<Built> {
  const { sector, template = 'building', county = '410212', nature = 'new' } = plan;
  const city = county === '410200';
  const clerk = `clerk-${sector}-${city ? 'city' : county}`;
  const { body } = await town.send(clerk, 'projects', {
    ...{ occurredOn: '2024-03-01', name: `情景项目${plan.measure}`, sector, county, nature, template },
    publicity: 'public',
  });
  const stream: unknown = body.entries?.[0]?.stream;
  if (typeof stream !== 'string') throw new Error(JSON.stringify(body));
  const id = stream.slice('project/'.length);
  // A bureau's own projects are verified by the commission (DOMAIN §8).
  const verifier = city ? 'commission' : `verifier-${sector}`;
  return { town, sector, template, clerk, verifier, id, at: stream.replace('project/', 'projects/') };
}

/** Registers, links and plans (B0): what every life of a project begins with. */
export async function begins(town: Town, plan: Plan): Promise<Built> {
  const built = await registers(town, plan);
  const { clerk, at, sector, template } = built;
  await does(town, clerk, `${at}/plan-items`, { occurredOn: '2024-03-02', item: plan.item });
  await does(town, clerk, `${at}/milestone-plan`, {
    occurredOn: '2024-03-05',
    milestones: milestonesOf(sector, template).map(({ code, type }) => ({
      milestone: code,
      due: '2025-08-31',
      ...(type === 'quantity' ? { designed: DESIGNED } : {}),
    })),
    outputs: [{ measure: plan.measure, quantity: plan.designed ?? 1, due: '2025-09-01' }],
  });
  return built;
}

/** Claims milestones, each with its day; answers their positions by code. */
export async function claims(
  { town, clerk, at }: Built,
  days: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const positions: Record<string, number> = {};
  for (const [code, occurredOn] of Object.entries(days)) {
    positions[code] = await does(town, clerk, `${at}/milestones/${code}/claim`, { occurredOn });
  }
  return positions;
}

export interface Unit {
  readonly unit: string;
  readonly measure: string;
  readonly kind: string;
  readonly on: string;
  readonly quantity?: number;
  readonly member?: string;
  readonly facts?: Facts;
}

export const bodyOf = ({ unit, measure, kind, quantity = 1, member, facts = {} }: Omit<Unit, 'on'>) => ({
  ...{ unit, unitName: `单元${unit}`, measure, kind, quantity, facts },
  ...(member === undefined ? {} : { member }),
});

export const delivers = ({ town, clerk, at }: Built, unit: Unit): Promise<number> =>
  does(town, clerk, `${at}/outputs`, { occurredOn: unit.on, ...bodyOf(unit) });

export const mayNotDeliver = ({ town, clerk, at }: Built, unit: Unit, code: string): Promise<void> =>
  isRefused(town, clerk, `${at}/outputs`, { occurredOn: unit.on, ...bodyOf(unit) }, code);

export const verifies = ({ town, verifier, at }: Built, { unit, measure, on }: Unit): Promise<number> =>
  does(town, verifier, `${at}/outputs/${unit}/verify`, { occurredOn: on, measure });

/** A primary school of 36 classes, as the education bureau wants it reported. */
export const school = (unit: string, on: string): Unit => ({
  ...{ unit, on, measure: 'B2-1.schools', kind: 'school' },
  facts: { stage: 'primary', works: 'new', classes: 36, places: 1_620, netNewPlaces: 1_620 },
});
export const SCHOOLS = { sector: 'education', item: 'B2-1', measure: 'B2-1.schools' } as const;

/** Teachers' flats, counted by the flat from their acceptance. */
export const flats = (unit: string, on: string, quantity: number): Unit => ({
  ...{ unit, on, quantity, measure: 'B2-1.dormitories', kind: 'dormitory', facts: { flats: quantity } },
});
export const DORMITORIES = {
  ...{ sector: 'education', item: 'B2-1', measure: 'B2-1.dormitories', template: 'renovation', designed: 100 },
} as const;

/** A unit of a measure whose sector has no rule for it: counts on the day it is delivered. */
export const other = (measure: string, unit: string, on: string, member?: string): Unit => ({
  ...{ measure, unit, on, kind: 'other', facts: {} },
  ...(member === undefined ? {} : { member }),
});
