/** 元 as people read it: 万元 with at most two decimals, exactly; '' where there is nothing. */
export function wanOf(yuan: string | null | undefined): string {
  if (!yuan || !/^-?\d+$/.test(yuan)) return yuan ?? '';
  const value = BigInt(yuan);
  const [sign, size] = value < 0n ? ['-', -value] : ['', value];
  const cents = ((size % 10_000n) + 50n) / 100n;
  const whole = size / 10_000n + cents / 100n;
  const rest = `${cents % 100n}`.padStart(2, '0').replace(/0+$/, '');
  return `${sign}${whole.toString().replace(/\B(?=(\d{3})+$)/g, ',')}${rest ? `.${rest}` : ''}`;
}
