import { type MeasureDefined, Quantifier, type Standing } from '@planledger/contracts';
import { compare, type Fraction, fraction, toText } from '@planledger/kernel';
import type { GapRow } from './answer-rows.js';
import { type Assessment, assess } from './assessment.js';
import { countedOn } from './cells.js';
import { confidenceOf } from './contribution.js';
import { definedAt, input as seen } from './explaining.js';
import {
  daysNumber,
  differenceNumber,
  type FoundGap,
  type GapNumber,
  recordedNumber,
  rowOf,
  sumNumber,
} from './gap-grounds.js';
import { gapsOfIndicators } from './gaps-implied.js';
import { gapsOfWorks } from './gaps-works.js';
import { projectsByItem } from './item-projects.js';
import { type MeasureFigure, measureFigure } from './measure.js';
import { keysFrom } from './ordered.js';
import { type CompletionInput, type Reading, readingOf } from './reading.js';
import { schemeStatus } from './scheme.js';
import { isSeen, showsIn } from './seen.js';
import { totalOn } from './series.js';
import { baselineLevel, isFirm, rosterOf, unitsEach, unitsNeeded } from './target.js';

/**
 * What is missing and follows from the plan and the standings alone (DOMAIN §4.8), in the plan's order; what is held back
 * by measure and project, indicators that the units do not bear out, and mismatches of works, money and land by project.
 * Those of a project that the reader may not see are not among them.
 */
export function gaps(input: CompletionInput, visible: (standing: Standing) => boolean = () => true): GapRow[] {
  const { reading, projects, items } = assess(readingOf(input, 'b0'));
  const ground = { reading, projects };
  const shows = showsIn(input.standings, visible);
  const figures = [...items.values()].flatMap(({ verified }) => verified.figure.measures.map(({ figure }) => figure));
  return [
    ...withoutProject(ground),
    ...OF_MEASURE.flatMap((found) => figures.flatMap((figure) => found(figure, ground))),
    ...[...reading.cells.heldBack.keys()].sort().flatMap((measure) => heldBack(reading, measure)),
    ...gapsOfIndicators(reading),
    ...gapsOfWorks(input),
  ]
    .map(rowOf)
    .filter(({ address }) => isSeen(shows, address));
}

/** Of a reading by B0: the gaps at one item, or at one measure. Of projects only those are read that hold some of it back. */
export function gapsAt(reading: Reading, at: { readonly item: string } | { readonly measure: string }): FoundGap[] {
  const ground = { reading, projects: projectsByItem(reading.cells, reading.on) };
  if ('item' in at) return withoutProject(ground).filter(({ node }) => node === `item/${at.item}`);
  const measure = reading.base.measures.get(at.measure);
  const figure = measure && measureFigure(reading, measure, 'verified');
  return [...(figure ? OF_MEASURE.flatMap((found) => found(figure, ground)) : []), ...heldBack(reading, at.measure)];
}

/** What gaps are looked for in; figures are verified ones. */
type Ground = Pick<Assessment, 'reading' | 'projects'>;
const OF_MEASURE: readonly ((figure: MeasureFigure, ground: Ground) => FoundGap[])[] = [
  ...[outOfReach, overdue, openRoster, schemeWithoutStatus],
];

const withoutProject = ({ reading, projects }: Ground): FoundGap[] =>
  [...reading.base.items.values()]
    .filter(({ item }) => !projects.has(item))
    .map(({ item, name }) => ({
      ...{ kind: 'item-without-project', node: `item/${item}`, name, text: '没有关联的在库项目' },
    }));

/**
 * The linked projects cannot reach T even if all finish: what they delivered, and of those that go on what they are
 * designed for and have not. Where the item has no project at all, that is the gap. A ratio is observed and a yearly task
 * comes anew each year: neither has a sum to reach.
 */
function outOfReach(figure: MeasureFigure, { reading, projects }: Ground): FoundGap[] {
  const { measure, target, satisfied } = figure;
  if (!isFirm(measure) || measure.scheme || satisfied || !target || !projects.has(measure.item)) return [];
  const needed = unitsNeeded(measure, target);
  if (!needed) return [];
  const { cells, on } = reading;
  const designed = totalOn(cells.works.get(measure.measure)?.b0.claimed.units, on);
  const { name, unit } = measure;
  const counted = recordedNumber(
    { key: 'counted', name: '已交付', value: fraction(countedOn(cells, measure.measure, 'claimed', on)), unit },
    'x：填报口径的计入合计，逐个产出见该产出量的说明',
  );
  const ahead = recordedNumber(
    { key: 'designed', name: '在建设计', value: fraction(designed), unit },
    'x：仍在推进的关联项目按 B0 设计而尚未交付的合计',
  );
  const reach = sumNumber({ key: 'reach', name: '全部完成可达', unit }, '已交付 + 在建设计', [counted, ahead]);
  if (compare(reach.value, needed) >= 0) return [];
  const need = neededNumber(measure, target, needed);
  const missing = differenceNumber({ key: 'missing', name: '缺', unit }, '缺 = 需要 − 全部完成可达', need, reach);
  const [all, wanted, lacking] = [reach, need, missing].map(({ value }) => toText(value));
  return [
    {
      ...{ kind: 'out-of-reach', node: `measure/${measure.measure}`, name, quantity: lacking ?? '' },
      text: `关联项目全部完成也只有 ${all} ${unit}，需要 ${wanted} ${unit}，缺 ${lacking} ${unit}`,
      grounds: { confidence: 'claimed', inputs: [], numbers: [missing, need, reach, counted, ahead] },
    },
  ];
}

const PER_PART: readonly Quantifier[] = [Quantifier.EACH, Quantifier.ALL, Quantifier.CHECKLIST];

/** Units that T asks for: T − b, or so many for each of T members or works. */
function neededNumber(measure: MeasureDefined, target: Fraction, value: Fraction): GapNumber {
  const { unit, quantifier } = measure;
  const said = { key: 'needed', name: '需要', value, unit, of: [] };
  return PER_PART.includes(quantifier)
    ? {
        ...{ ...said, rule: 'product', text: '需要 = 成员数或工程数 × 每个应有' },
        inputs: [seen('a', '成员或工程', target), seen('b', '每个应有', unitsEach(measure), unit)],
      }
    : {
        ...{ ...said, rule: 'difference', text: '需要 = T − b；无基期时 b = 0' },
        inputs: [seen('a', '目标', target, unit), seen('b', '基期水平', baselineLevel(measure), unit)],
      };
}

function overdue(figure: MeasureFigure, { reading }: Ground): FoundGap[] {
  const { measure, overdueDays, done, target } = figure;
  if (!figure.overdue || !isFirm(measure)) return [];
  const { due, unit, name } = measure;
  const text = `${due} 到期，逾期 ${overdueDays} 天：核验 ${toText(done)}，目标 ${target ? toText(target) : ''}`;
  const entries = definedAt(reading, measure.measure);
  const numbers = [
    daysNumber({ key: 'days', name: '逾期' }, '逾期 = 到期日至今日的天数', [due, reading.on], entries),
    recordedNumber({ key: 'done', name: '核验', value: done, unit }, 'x：核验口径的计入合计，见该产出量的说明'),
    ...(target
      ? [
          recordedNumber(
            { key: 'target', name: '目标', value: target, unit },
            'x：B0 的目标，有疑点时按第一种读法',
            entries,
          ),
        ]
      : []),
  ];
  const node = `measure/${measure.measure}`;
  return [{ kind: 'overdue', node, name, text, grounds: { confidence: 'verified', inputs: [], numbers } }];
}

function openRoster({ measure }: MeasureFigure, { reading }: Ground): FoundGap[] {
  if (measure.roster === '' || rosterOf(reading.base, measure)) return [];
  const roster = reading.base.rosters.get(measure.roster)?.name ?? measure.roster;
  const text = `名册“${roster}”未定，待发展改革委认定后方可计算`;
  return [{ kind: 'open-roster', node: `measure/${measure.measure}`, name: measure.name, text }];
}

/** 谋划 of which no linked project has drafted anything yet. */
function schemeWithoutStatus({ measure: { scheme, measure, name } }: MeasureFigure, { reading }: Ground): FoundGap[] {
  return scheme && schemeStatus(reading.cells, measure, 'claimed', reading.on) === '未启动'
    ? [{ kind: 'scheme-without-status', node: `measure/${measure}`, name, text: '谋划事项未报状态' }]
    : [];
}

/** Delivered and held back by a rule of the sector: 建成未投用, or another of its reasons. */
function heldBack({ base, cells, standings }: Reading, measure: string): FoundGap[] {
  const { name = measure, unit: ofMeasure = '' } = base.measures.get(measure) ?? {};
  const held = cells.heldBack.get(measure);
  return [...(held ? keysFrom(held.streams) : [])].flatMap((stream) => {
    const standing = standings.get(stream);
    const rows = standing?.uncounted.filter(
      (row) => row.measure === measure && confidenceOf(row.confidence) === 'claimed',
    );
    return (rows ?? []).map(({ unit, quantity, reason, entries }): FoundGap => {
      const built = isBuiltNotInUse(reason);
      const said = { key: 'quantity', name: '未计入', value: fraction(quantity), unit: ofMeasure };
      return {
        ...{ kind: built ? 'built-not-in-use' : 'uncounted', node: `measure/${measure}`, name },
        text: `${standing?.name} ${unit}：${built ? '建成未投用' : '已交付，暂不计入'}（${reason}）`,
        ...{ quantity: String(quantity), entries, subject: `measure/${measure}/${stream}/${unit}` },
        grounds: {
          ...{ confidence: 'claimed', inputs: [seen('reason', '行业规则', reason), seen('unit', '产出', unit)] },
          numbers: [recordedNumber(said, 'x：交付时所报的数量', entries)],
        },
      };
    });
  });
}

/**
 * Reasons are the sectors' own codes, <SECTOR>_<REASON>, and no sector's rules are known here: one that means 建成未投用
 * ends as EDU_BUILT_NOT_OPENED, HEA_NOT_OPENED or ELD_NOT_IN_USE do. Any other is listed as held back.
 */
const isBuiltNotInUse = (reason: string): boolean => /_(BUILT_NOT_[A-Z_]+|NOT_OPENED|NOT_IN_USE)$/.test(reason);
