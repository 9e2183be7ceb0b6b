import type { UnitState } from '../project.js';
import { factsNow, numberOf, type SectorView } from '../sector.js';
import { CATEGORIES, type Category, type Rank, RANKS, type Title, TITLE_ASKED, TITLES } from './asked.js';
import { base, designation } from './rules.js';

/** A title or a place, as the register shows it; one that was lost stays in it with the day. */
interface RegisterRow {
  readonly kind: 'designation' | 'base';
  readonly measure: string;
  readonly member: string;
  readonly what: string;
  readonly rank: string;
  readonly name: string;
  readonly county: string;
  readonly document: string;
  readonly tenants: number;
  readonly returnees: number;
  readonly since: string;
  readonly lost: string;
  readonly waitingFor: string;
  readonly verified: boolean;
  readonly stream: string;
}

function namesOf(unit: UnitState): Pick<RegisterRow, 'what' | 'rank' | 'document'> {
  const facts = factsNow(unit);
  const document = String(facts['document'] ?? facts['provincialAcceptance'] ?? '');
  return unit.kind === 'designation'
    ? { what: TITLES[facts['title'] as Title], rank: RANKS[facts['rank'] as Rank], document }
    : { what: CATEGORIES[facts['category'] as Category], rank: '', document };
}

/** 基地、园区、称号: who holds which title by which document, which works of the plan stand, and what was lost. */
export const bases: SectorView<RegisterRow> = {
  title: '实训基地、园区和称号名册：级别、认定文号、入驻与返乡创业',
  parameters: { county: '县（区）代码；不填为全部' },
  rows(project) {
    const units = [...project.lostUnits, ...project.units.values()];
    return units.flatMap((unit): RegisterRow[] => {
      const { kind, measure, member, name } = unit;
      if (kind !== 'designation' && kind !== 'base') return [];
      const counting = (kind === 'base' ? base : designation).countsFrom(unit, project);
      const facts = factsNow(unit);
      return [
        {
          ...{ kind, measure, member, name, ...namesOf(unit), county: project.registration?.county ?? '' },
          ...{ tenants: numberOf(facts, 'tenants'), returnees: numberOf(facts, 'returnees'), stream: project.stream },
          ...('from' in counting
            ? { since: counting.from, waitingFor: '' }
            : { since: '', waitingFor: counting.waitingFor }),
          ...{ lost: unit.lost?.on ?? '', verified: unit.verified !== undefined },
        },
      ];
    });
  },
  answer(rows, plan, { county }) {
    const asked = rows.filter((row) => !county || row.county === county);
    const standing = asked.filter(({ lost }) => lost === '');
    const held = standing.filter(({ since }) => since !== '');
    const measures = [...plan.measures.values()];
    return {
      titles: measures
        .filter(({ unitKind }) => unitKind === 'designation')
        .map(({ measure, name, low }) => {
          const { title, rank } = TITLE_ASKED[measure] ?? {};
          const here = held.filter((row) => row.measure === measure);
          const verified = here.filter((row) => row.verified).length;
          return { measure, name, title, rank, target: Number(low), held: here.length, verified };
        }),
      works: measures
        .filter(({ unitKind }) => unitKind === 'base')
        .flatMap(({ measure, works }) => works.map(({ work, name }) => ({ measure, work, name })))
        .map((work) => {
          const by = standing.find((row) => row.measure === work.measure && row.member === work.work);
          return { ...work, state: !by ? 'missing' : by.since === '' ? 'waiting' : 'counted', by: by ?? null };
        }),
      startUps: {
        tenants: held.reduce((sum, { tenants }) => sum + tenants, 0),
        returnees: held.reduce((sum, { returnees }) => sum + returnees, 0),
      },
      register: [...standing].sort((a, b) => (a.name < b.name ? -1 : 1)),
      lost: asked.filter(({ lost }) => lost !== ''),
    };
  },
};
