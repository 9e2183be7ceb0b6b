import { type Fraction, fraction, type IsoDate } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { BaselineName, Confidence } from './reading.js';

/** Blue means satisfied before its due date, nothing else (DOMAIN §6). */
export type Colour = 'blue' | 'green' | 'yellow' | 'red';
export const COLOUR_NAMES: Readonly<Record<Colour, string>> = { blue: '蓝', green: '绿', yellow: '黄', red: '红' };

/** 开工, 进度, 报送, 要素, 支付, 入库. */
export type LampName = 'start' | 'progress' | 'reporting' | 'elements' | 'payment' | 'stock-entry';
export const LAMPS = ['start', 'progress', 'reporting', 'elements', 'payment', 'stock-entry', 'overall'] as const;
export const LAMP_NAMES: Readonly<Record<LampName | 'overall', string>> = {
  start: '开工',
  progress: '进度',
  reporting: '报送',
  elements: '要素',
  payment: '支付',
  'stock-entry': '入库',
  overall: '总灯',
};

/** One lamp, with everything its colour follows from: `inputs` alone give it again (recomputeLamp). */
export interface Lamp {
  readonly lamp: LampName | 'overall';
  readonly colour: Colour;
  /** 灰: the last report is missing, so the colour is the one before. */
  readonly grey: boolean;
  /** Why, for people. */
  readonly text: string;
  /** Exact numbers, days and texts by symbol. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly entries: readonly number[];
}

export interface ProjectLamps {
  readonly overall: Lamp;
  /** Those that apply. */
  readonly lamps: readonly Lamp[];
}

export interface LampQuestion {
  readonly plan: PlanState;
  readonly on: IsoDate;
  readonly confidence: Confidence;
  readonly baseline: BaselineName;
}

/** A number of a lamp's inputs, as it was written there. */
export const textFraction = (text = '0'): Fraction => {
  const [n = '0', d = '1'] = text.split('/');
  return fraction(BigInt(n), BigInt(d));
};
