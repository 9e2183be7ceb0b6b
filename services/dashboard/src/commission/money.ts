import { decimalOf } from '../figure/amount';

/** 元 as people read it: 万元 with at most two decimals; '' where there is nothing. */
export const wanOf = (yuan: string | null | undefined): string =>
  /^-?\d+$/.test(yuan ?? '') ? decimalOf(`${yuan}/10000`) : (yuan ?? '');
