/** 要素 by kind, in the order of the wire's ElementKind from 1 on: its name for people, and the unit it is counted in. */
export const ELEMENTS = {
  funds: { name: '资金', unit: '元' },
  land: { name: '土地', unit: '平方米' },
  staff: { name: '人才编制', unit: '人' },
  approval: { name: '审批', unit: '件' },
  energy: { name: '能耗', unit: '吨标准煤' },
  environment: { name: '环境容量', unit: '千克' },
  water: { name: '水', unit: '立方米' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly unit: string }>>;

/** A kind as standings and bodies call it. */
export type ElementName = keyof typeof ELEMENTS;
export const ELEMENT_KINDS = Object.keys(ELEMENTS) as readonly ElementName[];
