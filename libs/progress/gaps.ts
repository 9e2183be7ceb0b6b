import type { MeasureDefined } from '@planledger/contracts';
import { compare, fraction, subtract, toText } from '@planledger/kernel';
import type { Gap } from './answer-rows.js';
import { type Assessment, assess } from './assessment.js';
import { countedOn } from './cells.js';
import { confidenceOf } from './contribution.js';
import { gapsOfIndicators } from './gaps-implied.js';
import { gapsOfWorks } from './gaps-works.js';
import type { ItemMeasure } from './item.js';
import { keysFrom } from './ordered.js';
import { type CompletionInput, readingOf } from './reading.js';
import { schemeStatus } from './scheme.js';
import { totalOn } from './series.js';
import { isFirm, rosterOf, unitsNeeded } from './target.js';

/**
 * What is missing and follows from the plan and the standings alone (DOMAIN §4.8), in the plan's order; what is held back
 * by measure and project, indicators that the units do not bear out, and mismatches of works, money and land by project.
 */
export function gaps(input: CompletionInput): Gap[] {
  const assessment = assess(readingOf(input, 'b0'));
  const measures = [...assessment.items.values()].flatMap(({ verified }) => verified.figure.measures);
  return [
    ...withoutProject(assessment),
    ...measures.flatMap((each) => outOfReach(each, assessment)),
    ...measures.flatMap(overdue),
    ...measures.flatMap(({ figure }) => openRoster(assessment, figure.measure)),
    ...measures.flatMap(({ figure }) => schemeWithoutStatus(assessment, figure.measure)),
    ...heldBack(assessment),
    ...gapsOfIndicators(assessment.reading),
    ...gapsOfWorks(input),
  ];
}

const withoutProject = ({ reading, projects }: Assessment): Gap[] =>
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
function outOfReach({ figure }: ItemMeasure, { reading, projects }: Assessment): Gap[] {
  const { measure, target, satisfied } = figure;
  if (!isFirm(measure) || measure.scheme || satisfied || !target || !projects.has(measure.item)) return [];
  const needed = unitsNeeded(measure, target);
  if (!needed) return [];
  const { cells, on } = reading;
  const designed = totalOn(cells.works.get(measure.measure)?.b0.claimed.units, on);
  const reach = fraction(countedOn(cells, measure.measure, 'claimed', on) + designed);
  if (compare(reach, needed) >= 0) return [];
  const missing = toText(subtract(needed, reach));
  const { name, unit } = measure;
  return [
    {
      ...{ kind: 'out-of-reach', node: `measure/${measure.measure}`, name, quantity: missing },
      text: `关联项目全部完成也只有 ${toText(reach)} ${unit}，需要 ${toText(needed)} ${unit}，缺 ${missing} ${unit}`,
    },
  ];
}

function overdue({ figure }: ItemMeasure): Gap[] {
  const { measure, overdueDays, done, target } = figure;
  if (!figure.overdue || !isFirm(measure)) return [];
  const text = `${measure.due} 到期，逾期 ${overdueDays} 天：核验 ${toText(done)}，目标 ${target ? toText(target) : ''}`;
  return [{ kind: 'overdue', node: `measure/${measure.measure}`, name: measure.name, text }];
}

function openRoster({ reading }: Assessment, measure: MeasureDefined): Gap[] {
  if (measure.roster === '' || rosterOf(reading.base, measure)) return [];
  const roster = reading.base.rosters.get(measure.roster)?.name ?? measure.roster;
  const text = `名册“${roster}”未定，待发展改革委认定后方可计算`;
  return [{ kind: 'open-roster', node: `measure/${measure.measure}`, name: measure.name, text }];
}

/** 谋划 of which no linked project has drafted anything yet. */
const schemeWithoutStatus = ({ reading }: Assessment, { scheme, measure, name }: MeasureDefined): Gap[] =>
  scheme && schemeStatus(reading.cells, measure, 'claimed', reading.on) === '未启动'
    ? [{ kind: 'scheme-without-status', node: `measure/${measure}`, name, text: '谋划事项未报状态' }]
    : [];

/** Delivered and held back by a rule of the sector: 建成未投用, or another of its reasons. */
const heldBack = ({ reading: { base, cells, standings } }: Assessment): Gap[] =>
  [...cells.heldBack]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([measure, { streams }]) =>
      [...keysFrom(streams)].flatMap((stream) => {
        const standing = standings.get(stream);
        const rows = standing?.uncounted.filter(
          (row) => row.measure === measure && confidenceOf(row.confidence) === 'claimed',
        );
        return (rows ?? []).map(({ unit, quantity, reason, entries }): Gap => {
          const built = isBuiltNotInUse(reason);
          const name = base.measures.get(measure)?.name ?? measure;
          return {
            ...{ kind: built ? 'built-not-in-use' : 'uncounted', node: `measure/${measure}`, name },
            text: `${standing?.name} ${unit}：${built ? '建成未投用' : '已交付，暂不计入'}（${reason}）`,
            ...{ quantity: String(quantity), entries },
          };
        });
      }),
    );

/**
 * Reasons are the sectors' own codes, <SECTOR>_<REASON>, and no sector's rules are known here: one that means 建成未投用
 * ends as EDU_BUILT_NOT_OPENED, HEA_NOT_OPENED or ELD_NOT_IN_USE do. Any other is listed as held back.
 */
const isBuiltNotInUse = (reason: string): boolean => /_(BUILT_NOT_[A-Z_]+|NOT_OPENED|NOT_IN_USE)$/.test(reason);
