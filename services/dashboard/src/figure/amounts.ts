import { useI18n } from 'vue-i18n';
import { decimalOf, moneyOf } from './amount';

/** Amounts with their unit, as people read them: of 元 in 元, 万元 or 亿元, of anything else as it is. */
export function useAmounts() {
  const { t } = useI18n();
  const money = (yuan: string): string => {
    const { scale, amount } = moneyOf(yuan);
    return t(`ledger.money.${scale}`, { amount });
  };
  const amount = (exact: string, unit: string): string =>
    unit === t('common.yuan') ? money(exact) : t('ledger.quantity', { amount: decimalOf(exact), unit });
  return { money, amount };
}
