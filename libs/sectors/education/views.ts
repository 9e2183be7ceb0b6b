import type { IsoDate } from '@planledger/kernel';
import type { ProjectState } from '../project.js';
import { type SectorView, standingUnits } from '../sector.js';
import { kindergarten, placesAdded, school } from './rules.js';

/** One school or kindergarten: what it adds, and from which autumn term. */
interface PlacesRow {
  county: string;
  stage: string;
  /** 1 September of the term; empty: not yet known. */
  term: IsoDate | '';
  places: number;
  verified: boolean;
  unit: string;
  stream: string;
}

function rowsOf(project: ProjectState): PlacesRow[] {
  const rows: PlacesRow[] = [];
  for (const unit of standingUnits(project, 'school', 'kindergarten')) {
    const counting = (unit.kind === 'school' ? school : kindergarten).countsFrom(unit, project);
    const term = 'from' in counting ? counting.from : '';
    rows.push({
      county: project.registration?.county ?? '',
      stage: unit.kind === 'school' ? String(unit.facts['stage']) : 'kindergarten',
      term,
      places: placesAdded(unit, term || unit.delivered.on),
      verified: unit.verified !== undefined,
      unit: unit.name,
      stream: project.stream,
    });
  }
  return rows;
}

/** 学位: how many places open for which autumn term, by county and stage; and what stands built without a term. */
export const schoolPlaces: SectorView<PlacesRow> = {
  title: '学位供给：按县（区）、学段、秋季学期',
  parameters: { term: '学年起始年份，如 2025；不填为全部', county: '县（区）代码；不填为全部' },
  rows: rowsOf,
  answer(rows, plan, { term, county }) {
    const cells = new Map<string, { county: string; stage: string; term: string; claimed: number; verified: number }>();
    const waiting: { county: string; unit: string; places: number; stream: string }[] = [];
    for (const row of rows) {
      if (county && row.county !== county) continue;
      if (row.term === '') {
        waiting.push({ county: row.county, unit: row.unit, places: row.places, stream: row.stream });
        continue;
      }
      if (term && !row.term.startsWith(term)) continue;
      const key = `${row.term}|${row.county}|${row.stage}`;
      const cell = cells.get(key) ?? { county: row.county, stage: row.stage, term: row.term, claimed: 0, verified: 0 };
      cell.claimed += row.places;
      if (row.verified) cell.verified += row.places;
      cells.set(key, cell);
    }
    const named = (code: string): string => plan.counties.get(code)?.name ?? code;
    return {
      places: [...cells.keys()].sort().flatMap((key) => {
        const cell = cells.get(key);
        return cell ? [{ ...cell, countyName: named(cell.county) }] : [];
      }),
      /** 建成未投用 or otherwise not yet counted. */
      waiting: waiting.sort((a, b) => (a.unit < b.unit ? -1 : 1)),
    };
  },
};
