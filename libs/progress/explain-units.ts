import { type Contribution, type MeasureDefined, Quantifier, type Standing } from '@planledger/contracts';
import { fraction, type IsoDate, toText } from '@planledger/kernel';
import { cellOf } from './cells.js';
import type { Sides } from './cells-units.js';
import { confidenceOf, countsOn } from './contribution.js';
import type { Child, LeftOut, Page } from './explanation.js';
import { quantityChild, type Question } from './explaining.js';
import { contributionNode } from './node.js';
import { keysFrom, type Ordered } from './ordered.js';
import { type Line, LeftOutList, pageOf, streamsFrom } from './page.js';
import { partsOf } from './parts.js';
import { type Ending, endingOf, isOngoing, unitsOf } from './project.js';
import type { Confidence } from './reading.js';
import { totalOn } from './series.js';
import { ownTarget, rosterOf, targetsOf } from './target.js';

/** The units of a measure on a day, of the whole city or of one county: one leaf a unit, a page of them. */
export function contributionsPage(
  question: Question,
  measure: string,
  { county, side = 'counted' }: { readonly county?: string; readonly side?: keyof Sides } = {},
): { readonly shown: readonly Child[]; readonly page: Page } {
  const { reading, confidence } = question;
  const { cells, on } = reading;
  const units = cells[side].get(measure);
  const cell = units?.[confidence];
  const [streams, part] =
    county === undefined ? [units?.streams, cell] : [units?.byCounty.get(county), cell?.counties.get(county)];
  const total = totalOn(part?.leaves, on);
  return pageOf(question, streamsFrom(question, streams), total, (standing) =>
    leavesOf(standing, measure, confidence, on, county),
  );
}

function leavesOf(
  standing: Standing,
  measure: string,
  confidence: Confidence,
  on: IsoDate,
  county: string | undefined,
): Line[] {
  const units = new Map<string, { counted: number; counts: boolean; whole: boolean }>();
  for (const row of standing.contributions) {
    if (row.measure !== measure || confidenceOf(row.confidence) !== confidence) continue;
    const unit = units.get(row.unit) ?? { counted: 0, counts: false, whole: true };
    // A county has the part that stands there, as in the cells.
    if (county !== undefined && row.county !== county) unit.whole = false;
    else if (countsOn(row, on)) [unit.counted, unit.counts] = [unit.counted + row.quantity, true];
    units.set(row.unit, unit);
  }
  return [...units].flatMap(([unit, { counted, counts, whole }]) => {
    if (!counts) return [];
    const node = contributionNode(measure, standing.stream, unit, whole ? undefined : county);
    return [{ unit, child: quantityChild(node, `${standing.name} ${unit}`.trim(), fraction(counted)) }];
  });
}

/** What is not counted of a measure, and why: by reason, then by stream. */
export function leftOutOf(question: Question, measure: MeasureDefined): LeftOutList {
  const left = new LeftOutList();
  departed(question, measure.measure, left);
  uncounted(question, measure.measure, left);
  lost(question, measure.measure, left);
  offPlan(question, measure.measure, left);
  outsideRoster(question, measure, left);
  later(question, measure.measure, left);
  left.add(...unmetParts(question, measure));
  return left;
}

const ENDED: Readonly<Record<Ending, string>> = {
  cancelled: '取消',
  'moved-out': '调出',
  split: '拆分',
  merged: '合并',
};

/** 项目已取消（文号，日期） */
export function endedText(standing: Standing): string {
  const ending = endingOf(standing) ?? 'cancelled';
  const said = [standing.document, standing.statusSince].filter((each) => each !== '').join('，');
  return `项目已${ENDED[ending]}${said === '' ? '' : `（${said}）`}`;
}

/** The first that fit into the list, stream by stream; how many there are in all is known from the sums. */
function list(
  { reading }: Question,
  left: LeftOutList,
  streams: Ordered | undefined,
  total: number,
  linesOf: (standing: Standing) => readonly LeftOut[],
): void {
  const before = left.total;
  for (const stream of streams && total > 0 ? keysFrom(streams) : []) {
    if (left.isFull) break;
    const standing = reading.standings.get(stream);
    if (standing) left.add(...linesOf(standing));
  }
  left.total = before + total;
}

/** The unfinished units of a project that ended: gone from the numerator, never from the target. */
function departed(question: Question, measure: string, left: LeftOutList): void {
  const { reading, confidence } = question;
  const works = reading.cells.works.get(measure);
  const total = totalOn(works?.b0[confidence].unfinished, reading.on);
  list(question, left, works?.departed, total, (standing) => {
    const ending = endingOf(standing);
    if (!ending || isOngoing(standing, reading.on)) return [];
    const { designed, counted } = unitsOf(standing, measure, confidence, reading.on);
    if (designed <= counted) return [];
    const text = `${endedText(standing)}，未完成 ${designed - counted}；目标不变`;
    const quantity = String(designed - counted);
    return [{ what: standing.name, why: ending, text, node: standing.stream, quantity, entries: [standing.position] }];
  });
}

/** Delivered and held back by a rule of the sector, which names its reason. */
function uncounted(question: Question, measure: string, left: LeftOutList): void {
  const held = question.reading.cells.heldBack.get(measure);
  list(question, left, held?.streams, held?.[question.confidence] ?? 0, (standing) =>
    standing.uncounted
      .filter((row) => row.measure === measure && confidenceOf(row.confidence) === question.confidence)
      .map(({ unit, quantity, reason, entries }) => ({
        ...{ what: `${standing.name} ${unit}`.trim(), why: 'uncounted', reason, node: standing.stream },
        ...{ text: `已交付，暂不计入（${reason}）`, quantity: String(quantity), entries },
      })),
  );
}

type Why = Pick<LeftOut, 'why' | 'text'>;

/** The contributions of a project that `why` says are left out. */
function rows(
  { confidence }: Question,
  measure: string,
  standing: Standing,
  why: (row: Contribution) => Why | undefined,
): LeftOut[] {
  return standing.contributions.flatMap((row): LeftOut[] => {
    if (row.measure !== measure || confidenceOf(row.confidence) !== confidence) return [];
    const because = why(row);
    if (!because) return [];
    const { unit, quantity, entries } = row;
    return [
      {
        ...{ what: `${standing.name} ${unit}`.trim(), ...because, quantity: String(quantity), entries },
        node: contributionNode(measure, standing.stream, unit),
      },
    ];
  });
}

function lost(question: Question, measure: string, left: LeftOutList): void {
  const { cells, on } = question.reading;
  const total = totalOn(cellOf(cells, measure, question.confidence)?.lost, on);
  list(question, left, cells.counted.get(measure)?.losing, total, (standing) =>
    rows(question, measure, standing, ({ from, until }) =>
      from <= on && until !== '' && until <= on ? { why: 'lost', text: `已于 ${until} 核减` } : undefined,
    ),
  );
}

function offPlan(question: Question, measure: string, left: LeftOutList): void {
  const cells = question.reading.cells.offPlan.get(measure);
  list(question, left, cells?.streams, cells?.[question.confidence].begun.sum ?? 0, (standing) => {
    const text = `规划外：${whyOffPlan(standing)}`;
    return rows(question, measure, standing, () => ({ why: 'off-plan', text }));
  });
}

export const whyOffPlan = ({ offPlan: flagged }: Standing): string =>
  flagged ? '项目已标记为规划外' : '项目未与该任务建立关联';

/** Listed beside, never counted. Of measures with members or works only: their units are few. */
function outsideRoster(question: Question, measure: MeasureDefined, left: LeftOutList): void {
  const { base, cells, standings, on } = question.reading;
  if (measure.quantifier !== Quantifier.CHECKLIST && measure.roster === '') return;
  const members = new Set(
    rosterOf(base, measure)?.map(({ member }) => member) ?? measure.works.map(({ work }) => work),
  );
  const streams = cells.counted.get(measure.measure)?.streams;
  for (const stream of streams ? keysFrom(streams) : []) {
    const standing = standings.get(stream);
    if (!standing) continue;
    left.add(
      ...rows(question, measure.measure, standing, (row) =>
        countsOn(row, on) && !members.has(row.member)
          ? { why: 'outside-roster', text: '不在名册或清单之内' }
          : undefined,
      ),
    );
  }
}

/** Units that count from a later day on: of a day long ago nearly all, so they are counted by their series. */
function later(question: Question, measure: string, left: LeftOutList): void {
  const { cells, standings, on } = question.reading;
  const begun = cellOf(cells, measure, question.confidence)?.begun;
  const byDay = cells.counted.get(measure)?.byDay;
  const before = left.total;
  for (const key of byDay ? keysFrom(byDay, `${on}~`) : []) {
    if (left.isFull) break;
    const [day, standing] = [key.slice(0, 10), standings.get(key.slice(11))];
    const why: Why = { why: 'later', text: `自 ${day} 起计入` };
    if (standing) left.add(...rows(question, measure, standing, ({ from }) => (from === day ? why : undefined)));
  }
  left.total = before + (begun?.sum ?? 0) - totalOn(begun, on);
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
  const [target = null] = targetsOf(reading.plan, measure.measure, ownTarget(measure), reading.baseline);
  const parts = partsOf(reading, measure, cellOf(reading.cells, measure.measure, confidence), target);
  if (typeof parts === 'string') return [];
  return parts.flatMap(({ name, series, need }): LeftOut[] => {
    const counted = totalOn(series, reading.on);
    return counted >= need
      ? []
      : [{ what: name, why: 'unmet', text: `未达标：${counted} / ${need}`, quantity: toText(fraction(counted)) }];
  });
}
