import { add, decimal, fraction, toText } from '@planledger/kernel';
import { measuresCounting } from '../plan-measures.js';
import type { ProjectState } from '../project.js';
import { factsNow, numberOf, type SectorView, standingUnits } from '../sector.js';
import { pitch, PITCH_OWNERS, PITCH_SIZES, type PITCH_WORKS, pitchSizes } from './fitness.js';

interface PitchRow {
  county: string;
  /** Measures that it was delivered for: a new pitch is one of the 120 and one of the 510. */
  measures: string[];
  owner: keyof typeof PITCH_OWNERS;
  works: keyof typeof PITCH_WORKS;
  sizes: Record<keyof typeof PITCH_SIZES, number>;
  open: boolean;
}

const pitchRows = (project: ProjectState): PitchRow[] =>
  standingUnits(project, 'pitch').map((unit) => {
    const facts = factsNow(unit);
    const deliveries = [...project.units.values()].filter((one) => one.unit === unit.unit && !one.lost);
    const [five, seven, eleven] = pitchSizes.map((size) => numberOf(facts, size));
    return {
      county: project.registration?.county ?? '',
      measures: deliveries.map(({ measure }) => measure),
      owner: facts['owner'] as PitchRow['owner'],
      works: facts['works'] as PitchRow['works'],
      sizes: { five: five ?? 0, seven: seven ?? 0, eleven: eleven ?? 0 },
      open: 'from' in pitch.countsFrom(unit, project),
    };
  });

const pitchesIn = (rows: readonly PitchRow[]): number =>
  rows.reduce((sum, { sizes }) => sum + sizes.five + sizes.seven + sizes.eleven, 0);

/** 足球场地: whose they are and how large; the plan's 99, 120 and 510 agree only once it is settled which are meant. */
export const footballPitches: SectorView<PitchRow> = {
  title: '足球场地：社会与学校、新建与入统，按规格',
  parameters: { county: '县（区）代码；不填为全部（目标只有全市口径）' },
  rows: pitchRows,
  answer(rows, plan, { county }) {
    const open = rows.filter((row) => row.open && (!county || row.county === county));
    const targets = measuresCounting(plan, 'culture-sport', 'pitch');
    return {
      targets: targets.map(({ measure, name, low, baseline }) => {
        const delivered = pitchesIn(rows.filter((row) => row.open && row.measures.includes(measure)));
        const level = toText(add(decimal(baseline || '0'), fraction(delivered)));
        return { measure, name, target: low, baseline: baseline || null, delivered, level };
      }),
      owners: Object.entries(PITCH_OWNERS).map(([owner, name]) => {
        const here = open.filter((row) => row.owner === owner);
        const by = (works: PitchRow['works']) => pitchesIn(here.filter((row) => row.works === works));
        return { owner, name, pitches: pitchesIn(here), new: by('new'), listed: by('listed') };
      }),
      sizes: Object.entries(PITCH_SIZES).map(([size, name]) => ({
        ...{ size, name },
        pitches: open.reduce((sum, { sizes }) => sum + sizes[size as keyof typeof PITCH_SIZES], 0),
      })),
      waiting: pitchesIn(rows.filter((row) => !row.open && (!county || row.county === county))),
    };
  },
};
