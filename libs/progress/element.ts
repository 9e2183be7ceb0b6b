import type { ElementStanding } from '@planledger/contracts';

/** 要素 by kind, as the wire and the standings call it (reference: ElementGuarantee). */
const ELEMENT_NAMES: Readonly<Record<string, string>> = {
  ...{ funds: '资金', land: '土地', staff: '人才编制', approval: '审批' },
  ...{ energy: '能耗', environment: '环境容量', water: '水' },
};

/**
 * An element as clerks read of it: what kind it is, and its own name within the project where that says more. A kind that
 * this program does not know keeps its code.
 */
export function elementName({ kind, element }: Pick<ElementStanding, 'kind' | 'element'>): string {
  const name = ELEMENT_NAMES[kind] ?? kind;
  return element === kind || element === name ? name : `${name} ${element}`;
}
