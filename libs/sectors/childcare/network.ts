import type { PlanState } from '@planledger/plan';
import { factsNow, type SectorView, type UnitKind } from '../sector.js';
import { LEVEL_OF_TIER, LEVELS, maternityInstitution, maternityLevel, type Tier, TIERS } from './maternity.js';

/** An institution, or a level that it was granted. */
interface NetworkRow {
  readonly kind: 'maternity-institution' | 'maternity-level';
  readonly measure: string;
  readonly member: string;
  readonly county: string;
  readonly name: string;
  readonly tier: Tier;
  readonly level: string;
  readonly from: string;
  readonly waitingFor: string;
  readonly verified: boolean;
  readonly stream: string;
}

const NETWORK: Readonly<Record<NetworkRow['kind'], UnitKind>> = {
  'maternity-institution': maternityInstitution,
  'maternity-level': maternityLevel,
};
const isOfNetwork = (kind: string): kind is NetworkRow['kind'] => Object.hasOwn(NETWORK, kind);

/** Members of the rosters, and works, by which the plan counts institutions and levels. */
function membersAsked(plan: PlanState) {
  return [...plan.measures.values()].flatMap(({ measure, unitKind, roster, works }) => {
    if (!isOfNetwork(unitKind)) return [];
    const members =
      plan.rosters.get(roster)?.members ?? works.map(({ work, name }) => ({ member: work, name, county: '' }));
    return members.map(({ member, name, county }) => ({ measure, kind: unitKind, member, name, county }));
  });
}

/** 妇幼保健机构: per member of the plan's rosters whether the institution and its level are there, waiting or missing. */
export const maternityNetwork: SectorView<NetworkRow> = {
  title: '妇幼保健机构：设置、标准化与等级，按县（区）',
  parameters: { county: '县（区）代码；不填为全部，含市级机构' },
  rows: (project) =>
    [...project.units.values()].flatMap((unit): NetworkRow[] => {
      const { kind, measure, member, name } = unit;
      if (!isOfNetwork(kind) || unit.lost) return [];
      const [facts, counting] = [factsNow(unit), NETWORK[kind].countsFrom(unit, project)];
      return [
        {
          ...{ kind, measure, member, name, county: project.registration?.county ?? '', stream: project.stream },
          ...{ tier: facts['tier'] as Tier, level: String(facts['level'] ?? '') },
          from: 'from' in counting ? counting.from : '',
          waitingFor: 'waitingFor' in counting ? counting.waitingFor : '',
          verified: unit.verified !== undefined,
        },
      ];
    }),
  answer(rows, plan, { county }) {
    const asked = rows.filter((row) => !county || row.county === county);
    const members = membersAsked(plan).filter((member) => !county || member.county === county);
    return {
      levelsAsked: Object.entries(LEVEL_OF_TIER).map(([tier, level]) => {
        return { tier, tierName: TIERS[tier as Tier], level, levelName: LEVELS[level] };
      }),
      members: members.map((member) => {
        const here = asked.filter((row) => row.measure === member.measure && row.member === member.member);
        const standing = here.find(({ from }) => from !== '') ?? here[0];
        const state = !standing ? 'missing' : standing.from === '' ? 'waiting' : 'counted';
        return { ...member, state, by: standing ?? null };
      }),
      institutions: asked,
    };
  },
};
