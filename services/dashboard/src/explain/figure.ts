import type { Child, Explanation } from '@planledger/progress';
import { decimalOf, isFraction, percentOf } from '../figure/amount';

/** In what unit the number at an address is: that of the measure or indicator it counts; undefined for shares and others. */
export function unitAt(
  node: string,
  units: {
    readonly measure: (id: string) => string | undefined;
    readonly indicator: (code: string) => string | undefined;
  },
): string | undefined {
  const counted =
    /^(?:evaluation\/)?(?:done|target|high|late|after-period|counted|off-plan)\/(?:county\/[^/]+\/)?measure\/([^/]+)$/.exec(
      node,
    );
  const unit = /^contribution\/([^/]+)\//.exec(node);
  const measure = counted?.[1] ?? unit?.[1];
  if (measure !== undefined) return units.measure(measure);
  const indicator = /^(?:expected\/|target\/|distance\/|apart\/)?indicator\/([^/]+)$/.exec(node)?.[1];
  const observed = /^(?:observation|implied)\/([^/]+)\/[^/]+$/.exec(node)?.[1];
  const code = indicator ?? observed;
  return code === undefined ? undefined : units.indicator(code);
}

/** Big, and beneath it exactly where the two differ. */
export interface Shown {
  readonly text: string;
  readonly exact?: string;
}

/** Of a number without a percentage: as a decimal in its unit. */
export function numberShown(exact: string, unit: string | undefined): Shown {
  const decimal = decimalOf(exact);
  const text = unit === undefined ? decimal : unit === '%' ? `${decimal}%` : `${decimal} ${unit}`;
  return isFraction(exact) ? { text, exact } : { text };
}

/** The value of an explanation where it is a number; undefined where it is a colour, a verdict or nothing. */
export function valueShown(
  { value, node }: Pick<Explanation, 'value' | 'node'>,
  unit: string | undefined,
): Shown | undefined {
  if (value.percent != null) return { text: `${value.percent}%`, ...(value.exact !== null && { exact: value.exact }) };
  if (value.exact === null) return undefined;
  return /^(pace|attainment)\//.test(node)
    ? { text: decimalOf(value.exact, 4), exact: value.exact }
    : numberShown(value.exact, unit);
}

/** Of a part of a figure, the same. */
export function childShown({ percent, value }: Child, unit: string | undefined): Shown | undefined {
  if (percent != null) return { text: `${percent}%`, ...(value !== null && isFraction(value) && { exact: value }) };
  return value === null ? undefined : numberShown(value, unit);
}

/** Weights are exact fractions; a person reads percentages. */
export const weightShown = (weight: string): string => (isFraction(weight) ? percentOf(weight) : weight);
