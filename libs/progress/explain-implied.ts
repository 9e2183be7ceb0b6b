import type { IndicatorDefined } from '@planledger/contracts';
import { fraction, ONE } from '@planledger/kernel';
import { confidenceOf } from './contribution.js';
import type { Explanation, LeftOut } from './explanation.js';
import { definedAt, doubtNotes, explanation, input, quantityChild, type Question } from './explaining.js';
import { type Implied, impliedOn, type ImpliedPart, impliedStreams, impliedUnitsOf, type Side } from './implied.js';
import { indicatorFigure } from './indicator.js';
import { type ImpliedNode, impliedNode, observationNode } from './node.js';
import { keysFrom } from './ordered.js';
import { LeftOutList, type Line, pageOf, placeOf } from './page.js';

const SIDES: Readonly<Record<Side, string>> = { numerator: '分子', denominator: '分母' };

/** What the ledger's units imply (DOMAIN §5), down to each unit; undefined where nobody asks, and of a day to come. */
export function explainImplied(question: Question, node: ImpliedNode): Explanation | undefined {
  const { reading, confidence } = question;
  const indicator = reading.base.indicators.get(node.indicator);
  if (!indicator || node.day > reading.on) return undefined;
  const implied = impliedOn(reading, indicator, confidence, node.day);
  if (!implied) return undefined;
  if (!node.side) return explainValue(question, indicator, implied);
  const part = implied[node.side];
  if (!part) return undefined;
  if (!node.of) return explainPart(question, indicator, implied, node.side, part);
  return explainUnit(question, indicator, node.day, node.side, part, node.of);
}

function explainValue(question: Question, indicator: IndicatorDefined, implied: Implied): Explanation {
  const { reading } = question;
  const { indicator: code, name, unit } = indicator;
  const { day, value, numerator, denominator, factor, silent } = implied;
  const { x, latest } = indicatorFigure(reading, indicator);
  const bases = [...new Set([numerator?.observed, denominator?.observed])].flatMap((each) => each ?? []);
  const sides = [['numerator', numerator] as const, ['denominator', denominator] as const];
  return explanation(question, impliedNode(code, day), `${name}（台账推算）`, {
    ...{ value, whyNull: 'not-implied', share: false, rule: 'observed-share' },
    text: silent ?? '推算 = n ÷ d × k：期初数加台账净增；核定值才是指标，推算只作对照',
    inputs: [
      ...(numerator ? [input('n', '推算分子', numerator.total)] : []),
      ...(numerator ? [input('d', '推算分母', denominator?.total ?? ONE), input('k', '单位换算', factor)] : []),
      ...[
        input('day', '截至', day),
        input('x', `核定值${latest ? `（${latest.period}）` : ''}`, x ?? '数据未出', unit),
      ],
    ],
    children: [
      ...sides.flatMap(([side, part]) =>
        part ? [quantityChild(impliedNode(code, day, side), `推算${SIDES[side]}`, part.total)] : [],
      ),
      ...bases.map((each) => quantityChild(observationNode(code, each.period), `起算：${each.period} 核定值`, each.x)),
    ],
    entries: definedAt(reading, code),
    doubts: doubtNotes(reading, code),
  });
}

function explainPart(
  question: Question,
  indicator: IndicatorDefined,
  { day }: Implied,
  side: Side,
  part: ImpliedPart,
): Explanation {
  const { reading, confidence, after } = question;
  const { base, net, total, observed, since, units } = part;
  const address = impliedNode(indicator.indicator, day, side);
  const lines = new Map<string, Line[]>();
  let count = 0;
  for (const stream of impliedStreams(reading, units)) {
    const standing = reading.standings.get(stream);
    if (!standing) continue;
    const changed = impliedUnitsOf(standing, units, confidence, day, since).filter(({ now, before }) => now !== before);
    const made = changed.map(({ unit, now, before }) => {
      const name = `${standing.name} ${unit}`.trim();
      return { unit, child: quantityChild(`${address}/${stream}/${unit}`, name, fraction(now - before)) };
    });
    if (made.length > 0) lines.set(stream, made);
    count += made.length;
  }
  const from = placeOf(after)?.stream ?? '';
  const streams = [...lines.keys()].filter((stream) => stream >= from);
  const { shown, page } = pageOf(question, streams, count, ({ stream }) => lines.get(stream) ?? []);
  const left = leftOut(question, part, day);
  return explanation(question, address, `${indicator.name} 推算${SIDES[side]}`, {
    ...{ value: total, share: false, rule: 'opening', children: shown, page },
    text: `b + s：${observed ? `${observed.period} 核定观测的${SIDES[side]}，加其后台账净增` : '规划基期数，加台账净增'}；同一单元只计一次，核减的退出`,
    inputs: [
      ...[input('b', '起算数', base), input('s', '台账净增', net), input('day', '截至', day)],
      input('since', '起算日', since === '' ? '规划期初' : since),
      ...units.map(({ measure, fact }) => input(measure, '所据产出', fact === '' ? '计入量' : fact)),
    ],
    entries: observed?.row.entries ?? definedAt(reading, indicator.indicator, ...units.map(({ measure }) => measure)),
    ...{ leftOut: left.shown, leftOutTotal: left.total },
  });
}

/** Delivered and not in the sum: held back by the sector, lost, or off-plan. */
function leftOut({ reading, confidence }: Question, { units }: ImpliedPart, day: string): LeftOutList {
  const left = new LeftOutList();
  for (const { measure } of units) {
    const held = reading.cells.heldBack.get(measure)?.streams;
    for (const stream of held ? keysFrom(held) : []) {
      const rows = reading.standings.get(stream)?.uncounted ?? [];
      left.add(
        ...rows
          .filter((row) => row.measure === measure && confidenceOf(row.confidence) === confidence)
          .map(({ unit, reason, entries }): LeftOut => ({
            ...{ what: unit, why: 'uncounted', reason, text: `已交付，暂不计入（${reason}）`, node: stream, entries },
          })),
      );
    }
    for (const [side, why] of [['counted', 'lost'] as const, ['offPlan', 'off-plan'] as const]) {
      const cells = reading.cells[side].get(measure);
      const streams = side === 'counted' ? cells?.losing : cells?.streams;
      for (const stream of streams ? keysFrom(streams) : []) {
        const rows = reading.standings.get(stream)?.contributions ?? [];
        left.add(
          ...rows
            .filter((row) => row.measure === measure && confidenceOf(row.confidence) === confidence)
            .filter(({ until }) => why === 'off-plan' || (until !== '' && until <= day))
            .map(({ unit, until, entries }): LeftOut => ({
              ...{ what: unit, why, text: why === 'lost' ? `已于 ${until} 核减` : '规划外', node: stream, entries },
            })),
        );
      }
    }
  }
  return left;
}

/** What one unit adds: the end of the chain. */
function explainUnit(
  question: Question,
  { indicator: code, name }: IndicatorDefined,
  day: string,
  side: Side,
  { units, since }: ImpliedPart,
  of: { readonly stream: string; readonly unit: string },
): Explanation | undefined {
  const standing = question.reading.standings.get(of.stream);
  const found =
    standing && impliedUnitsOf(standing, units, question.confidence, day, since).find(({ unit }) => unit === of.unit);
  if (!standing || !found) return undefined;
  const { now, before, entries } = found;
  return explanation(
    question,
    `${impliedNode(code, day, side)}/${of.stream}/${of.unit}`,
    `${standing.name} ${of.unit}`,
    {
      ...{ value: fraction(now - before), share: false, rule: 'difference', entries },
      text: `a − b：该单元对“${name}”推算${SIDES[side]}的净增`,
      inputs: [input('a', `截至 ${day}`, fraction(now)), input('b', '起算时已计', fraction(before))],
    },
  );
}
