import { type MeasureDefined, Quantifier, type Standing } from '@planledger/contracts';
import { add, compare, type Fraction, fraction, multiply, subtract, toText, ZERO } from '@planledger/kernel';
import type { Gap } from './answer.js';
import { type Assessment, assess } from './assessment.js';
import { confidenceOf } from './cells.js';
import type { ItemMeasure } from './item.js';
import { isLinked, isOngoing, projectUnits } from './project.js';
import { type CompletionInput, readingOf } from './reading.js';
import { baselineLevel, isFirm, rosterOf, unitsEach } from './target.js';

/**
 * What is missing and follows from the plan and the standings alone (DOMAIN §4.8): in the plan's order, then by project.
 * Gaps of money, elements and reports join once those are recorded.
 */
export function gaps(input: CompletionInput): Gap[] {
  const assessment = assess(readingOf(input, 'b0'));
  const standings = [...input.standings.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
  const measures = [...assessment.items.values()].flatMap(({ verified }) => verified.figure.measures);
  return [
    ...withoutProject(assessment),
    ...measures.flatMap((each) => outOfReach(each, standings, assessment)),
    ...measures.flatMap(overdue),
    ...measures.flatMap(({ figure }) => openRoster(assessment, figure.measure)),
    ...measures.flatMap(({ figure }) => schemeWithoutStatus(figure.measure)),
    ...standings.flatMap((standing) => heldBack(standing, assessment)),
  ];
}

const withoutProject = ({ reading, survey }: Assessment): Gap[] =>
  [...reading.base.items.values()]
    .filter(({ item }) => !survey.projects.has(item))
    .map(({ item, name }) => ({
      ...{ kind: 'item-without-project', node: `item/${item}`, name, text: '没有关联的在库项目' },
    }));

/**
 * The linked projects cannot reach T even if all finish: of an ongoing one what it is designed for, or counts already if
 * that is more; of one that left what it delivered. Where the item has no project at all, that is the gap. A ratio is
 * observed and a yearly task comes anew each year: neither has a sum to reach.
 */
function outOfReach({ figure }: ItemMeasure, standings: readonly Standing[], { reading, survey }: Assessment): Gap[] {
  const { measure, target, satisfied } = figure;
  if (!isFirm(measure) || measure.scheme || satisfied || !target || !survey.projects.has(measure.item)) return [];
  const needed = unitsNeeded(measure, target);
  if (!needed) return [];
  let reach = ZERO;
  for (const standing of standings) {
    if (!isLinked(standing, measure.measure)) continue;
    const units = projectUnits(standing, 'claimed', reading.on).get(measure.measure);
    if (!units) continue;
    reach = add(reach, fraction(isOngoing(standing) ? Math.max(units.designed, units.counted) : units.counted));
  }
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

/** Units that must be delivered for T; undefined where there is no such sum. */
function unitsNeeded(measure: MeasureDefined, target: Fraction): Fraction | undefined {
  switch (measure.quantifier) {
    case Quantifier.AT_LEAST:
    case Quantifier.EXACT:
    case Quantifier.APPROX:
    case Quantifier.RANGE:
      return subtract(target, baselineLevel(measure));
    case Quantifier.EACH:
    case Quantifier.ALL:
    case Quantifier.CHECKLIST:
      return multiply(target, unitsEach(measure));
    case Quantifier.RATIO:
    case Quantifier.EVERY_YEAR:
    case Quantifier.UNSPECIFIED:
      return undefined;
  }
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

/** 谋划: no event records a status yet, so every scheme lacks one. */
const schemeWithoutStatus = ({ scheme, measure, name }: MeasureDefined): Gap[] =>
  scheme ? [{ kind: 'scheme-without-status', node: `measure/${measure}`, name, text: '谋划事项未报状态' }] : [];

/** Delivered and held back by a rule of the sector: 建成未投用, or another of its reasons. */
const heldBack = (standing: Standing, { reading }: Assessment): Gap[] =>
  standing.uncounted
    .filter(({ confidence }) => confidenceOf(confidence) === 'claimed')
    .map(({ measure, unit, quantity, reason, entries }) => {
      const built = isBuiltNotInUse(reason);
      const name = reading.base.measures.get(measure)?.name ?? measure;
      return {
        ...{ kind: built ? 'built-not-in-use' : 'uncounted', node: `measure/${measure}`, name },
        text: `${standing.name} ${unit}：${built ? '建成未投用' : '已交付，暂不计入'}（${reason}）`,
        ...{ quantity: String(quantity), entries },
      };
    });

/**
 * Reasons are the sectors' own codes, <SECTOR>_<REASON>, and no sector's rules are known here: one that means 建成未投用
 * ends as EDU_BUILT_NOT_OPENED, HEA_NOT_OPENED or ELD_NOT_IN_USE do. Any other is listed as held back.
 */
const isBuiltNotInUse = (reason: string): boolean => /_(BUILT_NOT_[A-Z_]+|NOT_OPENED|NOT_IN_USE)$/.test(reason);
