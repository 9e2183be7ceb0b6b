import type { Standing } from '@planledger/contracts';
import { compare, divide, fraction, multiply, toDecimal, toText } from '@planledger/kernel';
import { thresholdOn } from '@planledger/plan';
import { elementsOn } from './element.js';
import { monthsAfter } from './gaps-works.js';
import { type Colour, type Lamp, type LampQuestion, textFraction } from './lamp.js';

/**
 * 支付灯: of the works that are completed so much MUST be paid; below it is red (reference: 支付灯 below requirement red).
 * It applies once both facts are there: funds that were asked for, and completed investment. Completed is the last report
 * of the calendar year, as everywhere money is shown; paid is what was used of the funds.
 */
export function paymentLamp({ plan, on, confidence }: LampQuestion, standing: Standing): Lamp | undefined {
  const { money } = standing;
  const funds = elementsOn(standing, on).filter(({ kind }) => kind === 'funds');
  const completed = money.findLast(({ year }) => year <= Number(on.slice(0, 4)))?.[confidence] ?? 0n;
  if (funds.length === 0 || completed <= 0n) return undefined;
  const paid = funds.reduce((total, { used }) => total + used, 0n);
  const required = thresholdOn(plan, 'lamp/payment-percent', on);
  const share = multiply(divide(fraction(paid), fraction(completed)), fraction(100));
  const inputs = { paid: String(paid), completed: String(completed), required: toText(required) };
  return {
    ...{ lamp: 'payment', colour: paymentColour(inputs), grey: false, inputs },
    text: `已支付 ${paid} 元，为已完成投资 ${completed} 元的 ${toDecimal(share, 1)}%；要求不低于 ${toDecimal(required, 1)}%`,
    entries: funds.flatMap(({ entries }) => entries),
  };
}

export function paymentColour({ paid, completed, required }: Record<string, string>): Colour {
  const asked = multiply(textFraction(completed), textFraction(required));
  return compare(multiply(textFraction(paid), fraction(100)), asked) >= 0 ? 'green' : 'red';
}

/**
 * 入库灯: a project that is large enough enters the statistics library once its works have started; so many months after
 * the start and not in it is yellow, then red (reference: 入库灯). A project that builds nothing, one below the size and
 * one begun before the system was (补录) have none.
 */
export function stockEntryLamp({ plan, on, baseline }: LampQuestion, standing: Standing): Lamp | undefined {
  const { startedOn, milestones, statisticsFrom, statisticsEntries } = standing;
  const start = milestones.find(({ type, exempt }) => type === 'start' && !exempt);
  const estimate = baseline === 'current' ? standing.estimate : standing.estimateB0;
  const least = thresholdOn(plan, 'lamp/stock-entry-yuan', on);
  if (!start || startedOn === '' || startedOn > on || startedOn < (plan.plan?.goLive ?? '')) return undefined;
  if (compare(fraction(estimate), least) < 0) return undefined;
  const later = (name: 'lamp/stock-entry-yellow-months' | 'lamp/stock-entry-red-months'): string =>
    monthsAfter(startedOn, Number(thresholdOn(plan, name, on).n));
  const entered = statisticsFrom !== '' && statisticsFrom <= on ? statisticsFrom : '';
  const [yellowFrom, redFrom] = [later('lamp/stock-entry-yellow-months'), later('lamp/stock-entry-red-months')];
  const inputs = { on, startedOn, entered, yellowFrom, redFrom };
  return {
    ...{ lamp: 'stock-entry', colour: stockEntryColour(inputs), grey: false, inputs },
    text: entered ? `${startedOn} 开工，${entered} 入统计库` : `${startedOn} 开工，尚未入统计库`,
    entries: [...start.entries, ...(entered ? statisticsEntries : [])],
  };
}

export const stockEntryColour = ({
  on = '',
  entered,
  yellowFrom = '',
  redFrom = '',
}: Record<string, string>): Colour => (entered || on < yellowFrom ? 'green' : on >= redFrom ? 'red' : 'yellow');
