import { toText } from '@planledger/kernel';
import { thresholdOn } from '@planledger/plan';
import { assess } from './assessment.js';
import type { Explanation } from './explanation.js';
import { definedAt, explanation, input, type Question } from './explaining.js';
import { assessIndicator, GRADE_NAMES } from './grade.js';
import { type Colour, COLOUR_NAMES, LAMP_NAMES, type Lamp, type LampQuestion } from './lamp.js';
import { gradeColour, itemColour, projectLamps } from './lamps.js';
import type { LampNode } from './node.js';

/** Why a lamp has its colour: the rule, its thresholds and what it saw; undefined where there is no such lamp. */
export function explainLamp(question: Question, node: LampNode): Explanation | undefined {
  switch (node.of) {
    case 'item':
      return explainItemLamp(question, node.item);
    case 'indicator':
      return explainIndicatorLamp(question, node.indicator);
    case 'project':
      return explainProjectLamp(question, node.lamp, node.stream);
  }
}

const coloured = (
  question: Question,
  node: string,
  name: string,
  colour: Colour | null,
  answer: { readonly text: string; readonly inputs: Explanation['inputs']; readonly entries: readonly number[] },
): Explanation => ({
  ...explanation(question, node, name, { value: null, whyNull: 'colour', rule: 'none', ...answer }),
  colour: colour ?? 'none',
});

function explainProjectLamp(question: Question, wanted: Lamp['lamp'], stream: string): Explanation | undefined {
  const { reading, confidence } = question;
  const { plan, on, baseline } = reading;
  const standing = reading.standings.get(stream);
  const asked: LampQuestion = { plan, on, confidence, baseline };
  const lit = standing && projectLamps(asked, standing);
  const lamp = wanted === 'overall' ? lit?.overall : lit?.lamps.find((each) => each.lamp === wanted);
  if (!standing || !lamp) return undefined;
  const name = `${standing.name} ${LAMP_NAMES[wanted]}灯`;
  const inputs = Object.entries(lamp.inputs).map(([symbol, value]) => input(symbol, symbol, value));
  const marked = lamp.grey ? `${COLOUR_NAMES[lamp.colour]}（灰：最近一期未报送）` : COLOUR_NAMES[lamp.colour];
  return coloured(question, `lamp/${wanted}/${stream}`, name, lamp.colour, {
    ...{ text: `${marked}：${lamp.text}`, inputs, entries: lamp.entries },
  });
}

function explainItemLamp(question: Question, code: string): Explanation | undefined {
  const { reading, confidence } = question;
  const assessed = assess(reading).items.get(code)?.[confidence];
  if (!assessed) return undefined;
  const { figure, timing } = assessed;
  const { plan, on } = reading;
  const inputs = [
    input('state', '状态', timing?.state ?? ''),
    ...(timing?.spi ? [input('spi', 'SPI_t', timing.spi)] : []),
    input('green', '绿灯下限', thresholdOn(plan, 'lamp/item-green', on)),
    input('yellow', '黄灯下限', thresholdOn(plan, 'lamp/item-yellow', on)),
  ];
  const text = '完成：提前蓝、按期绿、延期黄；逾期未完成红；在办按 SPI_t：不低于绿灯下限绿、不低于黄灯下限黄、其余红';
  return coloured(question, `lamp/item/${code}`, figure.item.name, itemColour(plan, on, timing), {
    ...{ text, inputs, entries: definedAt(reading, code) },
  });
}

function explainIndicatorLamp(question: Question, code: string): Explanation | undefined {
  const { reading } = question;
  const indicator = reading.base.indicators.get(code);
  if (!indicator) return undefined;
  const { grade, pace, figure } = assessIndicator(reading, indicator);
  const text = '提前实现蓝；快于预期、基本符合预期绿；滞后黄；严重滞后、倒退红；无法评估不亮灯';
  return coloured(question, `lamp/indicator/${code}`, indicator.name, gradeColour(grade), {
    text,
    inputs: [
      input('grade', '评级', grade),
      input('gradeName', '评级', GRADE_NAMES[grade]),
      input('pace', 'R', pace ? toText(pace) : ''),
    ],
    entries: figure.used.flatMap(({ row }) => row.entries),
  });
}
