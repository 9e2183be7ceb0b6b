/** Numbers of the ledger for people: exact fractions in text, and money in 元 as an integer in text. */

export interface MoneyShown {
  readonly scale: 'yuan' | 'wan' | 'yi';
  readonly amount: string;
}

/** 元 below a 万, 万元 below an 亿, 亿元 above; as many digits as it takes to be exact, no more than four. */
export function moneyOf(yuan: string): MoneyShown {
  const [scale, unit] =
    magnitude(yuan) >= 100_000_000n
      ? (['yi', 100_000_000n] as const)
      : magnitude(yuan) >= 10_000n
        ? (['wan', 10_000n] as const)
        : (['yuan', 1n] as const);
  return { scale, amount: decimalOf(`${yuan}/${unit}`, 4) };
}

/** "1480/29" as "51.03", half away from zero, without idle zeros; what is no fraction stays as it is. */
export function decimalOf(exact: string, digits = 2): string {
  const [, sign = '', over = '', under = '1'] = /^(-?)(\d+)(?:\/(\d+))?$/.exec(exact) ?? [];
  if (over === '' || BigInt(under) === 0n) return exact;
  const power = 10n ** BigInt(digits);
  const scaled = (BigInt(over) * power * 2n + BigInt(under)) / (BigInt(under) * 2n);
  const whole = grouped((scaled / power).toString());
  const rest = (scaled % power).toString().padStart(digits, '0').replace(/0+$/, '');
  return `${scaled === 0n ? '' : sign}${whole}${rest === '' ? '' : `.${rest}`}`;
}

/** A share as a percentage of one digit; what is not whole is never shown as 100 (DOMAIN §4.4). */
export function percentOf(exact: string): string {
  const [over = '', under = '1'] = exact.split('/');
  if (!/^\d+$/.test(over) || !/^\d+$/.test(under)) return exact;
  const thousandths = (BigInt(over) * 2_000n + BigInt(under)) / (BigInt(under) * 2n);
  const shown = thousandths >= 1_000n && BigInt(over) < BigInt(under) ? 999n : thousandths;
  return `${shown / 10n}.${shown % 10n}%`;
}

/** A value of an indicator: its name tells any unit but the percent sign. */
export const withUnit = (shown: string, unit: string): string => (unit === '%' ? `${shown}%` : shown);

export const isFraction = (text: string): boolean => /^-?\d+\/\d+$/.test(text);

const magnitude = (yuan: string): bigint => (/^-?\d+$/.test(yuan) ? BigInt(yuan.replace('-', '')) : 0n);

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
