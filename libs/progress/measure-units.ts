import { type MeasureDefined, ProjectStatus, Quantifier, type Standing } from '@planledger/contracts';
import { fraction, toText } from '@planledger/kernel';
import { confidenceOf } from './cells.js';
import type { Child, LeftOut } from './explanation.js';
import { quantityChild, type Question } from './explaining.js';
import { contributionNode } from './node.js';
import { partsOf } from './parts.js';
import { isLinked, isOngoing, projectUnits } from './project.js';
import { totalOn } from './series.js';
import { ownTarget, rosterOf, targetsOf } from './target.js';

/** The counted units of a measure on a day: one leaf a unit, by stream and unit. */
export function contributionsOf({ reading, confidence }: Question, measure: MeasureDefined): Child[] {
  const leaves: Child[] = [];
  for (const standing of reading.standings.values()) {
    if (!isLinked(standing, measure.measure)) continue;
    const units = new Map<string, number>();
    for (const { measure: of, unit, quantity, confidence: wire, from, until } of standing.contributions) {
      if (of !== measure.measure || confidenceOf(wire) !== confidence) continue;
      if (from <= reading.on && (until === '' || reading.on < until))
        units.set(unit, (units.get(unit) ?? 0) + quantity);
    }
    for (const [unit, quantity] of units) {
      const node = contributionNode(measure.measure, standing.stream, unit);
      leaves.push(quantityChild(node, `${standing.name} ${unit}`.trim(), fraction(quantity)));
    }
  }
  return leaves;
}

/** What is not counted of a measure, and why; by stream and unit. */
export function leftOutOf(question: Question, measure: MeasureDefined): LeftOut[] {
  const { reading } = question;
  const left: LeftOut[] = [];
  const streams = [...reading.standings.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
  for (const standing of streams) {
    left.push(...leftOutUnits(question, measure, standing), ...uncounted(question, measure, standing));
    left.push(...departed(question, measure, standing));
  }
  return [...left, ...unmetParts(question, measure)];
}

function leftOutUnits({ reading, confidence }: Question, measure: MeasureDefined, standing: Standing): LeftOut[] {
  const members = new Set(
    rosterOf(reading.base, measure)?.map(({ member }) => member) ?? measure.works.map(({ work }) => work),
  );
  const named = measure.quantifier === Quantifier.CHECKLIST || measure.roster !== '';
  return standing.contributions.flatMap((contribution): LeftOut[] => {
    if (contribution.measure !== measure.measure || confidenceOf(contribution.confidence) !== confidence) return [];
    const { unit, member, from, until, quantity, entries } = contribution;
    const base = {
      ...{ what: `${standing.name} ${unit}`.trim(), node: contributionNode(measure.measure, standing.stream, unit) },
      ...{ quantity: String(quantity), entries },
    };
    if (!isLinked(standing, measure.measure))
      return [{ ...base, why: 'off-plan', text: '规划外：项目未与该任务建立关联' }];
    if (from > reading.on) return [{ ...base, why: 'later', text: `自 ${from} 起计入` }];
    if (until !== '' && until <= reading.on) return [{ ...base, why: 'lost', text: `已于 ${until} 核减` }];
    if (named && !members.has(member)) return [{ ...base, why: 'outside-roster', text: '不在名册或清单之内' }];
    return [];
  });
}

/** Delivered and held back by a rule of the sector, which names its reason. */
const uncounted = ({ confidence }: Question, { measure }: MeasureDefined, standing: Standing): LeftOut[] =>
  standing.uncounted
    .filter((each) => each.measure === measure && confidenceOf(each.confidence) === confidence)
    .map(({ unit, quantity, reason, entries }) => ({
      ...{ what: `${standing.name} ${unit}`.trim(), why: 'uncounted', reason, text: `已交付，暂不计入（${reason}）` },
      ...{ node: standing.stream, quantity: String(quantity), entries },
    }));

/** The unfinished units of a cancelled or moved-out project: gone from the numerator, never from the target. */
function departed({ reading, confidence }: Question, { measure }: MeasureDefined, standing: Standing): LeftOut[] {
  const units = isOngoing(standing) ? undefined : projectUnits(standing, confidence, reading.on).get(measure);
  const unfinished = units ? units.designed - units.counted : 0;
  if (unfinished <= 0 || !isLinked(standing, measure)) return [];
  return [
    {
      what: standing.name,
      why: standing.status === ProjectStatus.CANCELLED ? 'cancelled' : 'moved-out',
      text: `项目已${standing.status === ProjectStatus.CANCELLED ? '取消' : '调出'}，未完成 ${unfinished}；目标不变`,
      ...{ node: standing.stream, quantity: String(unfinished), entries: [standing.position] },
    },
  ];
}

/** Members, works and years that are not there yet. */
function unmetParts({ reading, confidence }: Question, measure: MeasureDefined): LeftOut[] {
  switch (measure.quantifier) {
    case Quantifier.EACH:
    case Quantifier.ALL:
    case Quantifier.CHECKLIST:
    case Quantifier.EVERY_YEAR:
      break;
    default:
      return [];
  }
  const parts = partsOf(
    reading,
    measure,
    confidence,
    targetsOf(reading.plan, measure.measure, ownTarget(measure))[0] ?? null,
  );
  if (typeof parts === 'string') return [];
  return parts.flatMap(({ name, series, need }): LeftOut[] => {
    const counted = totalOn(series, reading.on);
    return counted >= need
      ? []
      : [{ what: name, why: 'unmet', text: `未达标：${counted} / ${need}`, quantity: toText(fraction(counted)) }];
  });
}
