import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of element-commands.ts; refusals.ts joins them. */
export const ELEMENT_REFUSALS = {
  ELEMENT_EXISTS: {
    kind: 'conflict',
    zh: '要素{element}已于{on}申请：数量有误请更正该申请，另有需求请换一个要素编号申请。',
    en: 'Element {element} was asked for on {on}: correct that request, or ask for more under another id.',
  },
  ELEMENT_UNKNOWN: {
    kind: 'conflict',
    zh: '项目没有申请过要素{element}：请核对编号，或先提出申请。',
    en: 'The project never asked for element {element}: check its id, or ask for it first.',
  },
  ELEMENT_OFF_PLAN: {
    kind: 'conflict',
    zh: '项目属规划外，不得占用规划要素：请先挂接规划任务，或由市发改委发文认定后再落实。',
    en: 'The project is off-plan and draws no plan elements: link it to an item, or have it admitted by document.',
  },
  ELEMENT_OVER_ALLOCATED: {
    kind: 'invalid',
    zh: '要素{element}申请{requested}{unit}，已落实{held}{unit}，再落实{quantity}{unit}超出申请：请核对数量。',
    en: 'Of element {element} {requested} are asked for and {held} allocated: {quantity} more are too many.',
  },
  ELEMENT_NOT_ALLOCATED: {
    kind: 'conflict',
    zh: '要素{element}尚未落实：请在落实文件下达并登记后再填报使用或退回。',
    en: 'Nothing of element {element} is allocated yet: it can be used or given back only afterwards.',
  },
  ELEMENT_OVERUSED: {
    kind: 'invalid',
    zh: '要素{element}还有{unused}{unit}可用，本次使用{quantity}{unit}超出：请核对数量，或先办理追加落实。',
    en: 'Of element {element} {unused} are left to use, not {quantity}: check the quantity, or have more allocated.',
  },
  ELEMENT_OVER_RELEASED: {
    kind: 'invalid',
    zh: '要素{element}未使用的只有{unused}{unit}，不能退回{quantity}{unit}：已使用的不能退回。',
    en: 'Of element {element} {unused} are unused: {quantity} cannot be given back.',
  },
} as const satisfies RejectionCatalogue;
