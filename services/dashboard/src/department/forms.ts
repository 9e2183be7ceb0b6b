import type { TemplateMilestone } from '@planledger/sectors';
import type { PlanMeasure } from '../shell/plan';
import type { PlannedWork, Report } from './answers';
import { CORRECTIONS, ELEMENTS, NATURES, PUBLICITIES, REBASELINES } from './commands';
import type { Field } from './fields';

type Say = (key: string, named?: Record<string, unknown>) => string;

/** The ids that the surface takes: codes of units, elements and sites. */
const CODE = '[A-Za-z0-9][A-Za-z0-9._\\-]*';
const YUAN_MAX = 1_000_000_000_000;
const COUNT_MAX = 4_000_000_000;

/** The fields of each form, in the words of this desk's catalogue. `today`: in the plan's own clock. */
export function formsOf(say: Say, today: string) {
  const t = (key: string, named?: Record<string, unknown>): string => say(`department.form.${key}`, named ?? {});
  const named = (of: string, codes: readonly string[]): Record<string, string> =>
    Object.fromEntries(codes.map((code) => [code, say(`${of}.${code}`)]));
  const choices = (of: string, codes: readonly string[]): Record<string, string> => named(`department.${of}`, codes);
  const day = (label = t('occurredOn'), initial = today): Field => ({
    ...{ name: 'occurredOn', label, type: 'date', required: true, initial },
  });
  const evidence: Field = { name: 'evidence', label: say('entry.evidence'), type: 'evidence', required: false };
  const reason = (required: boolean, minLength = 1): Field => ({
    ...{ name: 'reason', label: say('entry.reason'), type: 'area', required, minLength, maxLength: 500 },
  });
  const dated = (...fields: readonly Field[]): Field[] => [day(), ...fields, evidence];

  const planned = (
    milestones: readonly TemplateMilestone[],
    measures: readonly PlanMeasure[],
    now?: PlannedWork | null,
  ) => [
    ...milestones.flatMap(({ code, name, type, quantityUnit }, index): Field[] => {
      const before = now?.milestones.find(({ milestone }) => milestone === code);
      const row = { group: name, required: true, code } as const;
      const due = { name: `milestones.${index}.due`, label: t('due'), type: 'date' } as const;
      const designed = {
        ...{ name: `milestones.${index}.designed`, type: 'number' as const, min: 1, max: COUNT_MAX },
        label: t('designed', { unit: quantityUnit ?? '' }),
      };
      return [
        { ...row, ...due, ...(before && { initial: before.due }) },
        ...(type === 'quantity' ? [{ ...row, ...designed, ...(before && { initial: String(before.designed) }) }] : []),
      ];
    }),
    ...measures.flatMap(({ measure, name, unit, due }, index): Field[] => {
      const before = now?.outputs.find((output) => output.measure === measure);
      const row = { group: t('output', { name }), required: false, code: measure } as const;
      const quantity = { name: `outputs.${index}.quantity`, label: t('quantity', { unit }), type: 'number' } as const;
      return [
        {
          ...{ ...row, ...quantity, min: 1, max: COUNT_MAX, help: t('outputHelp') },
          ...(before && { initial: String(before.quantity) }),
        },
        { ...row, name: `outputs.${index}.due`, label: t('due'), type: 'date', initial: before?.due ?? due },
      ];
    }),
  ];

  return {
    dated,
    reason,
    register: (sector: string, county: string, sectors: Record<string, string>, templates: Record<string, string>) =>
      dated(
        ...([
          { name: 'name', label: t('projectName'), type: 'text', required: true, minLength: 2, maxLength: 120 },
          {
            ...{ name: 'sector', label: say('common.sector'), type: 'choice', required: true },
            ...{ choices: sectors, initial: sector },
          },
          {
            name: 'county',
            label: say('common.county'),
            type: 'text',
            required: true,
            initial: county,
            help: t('countyHelp'),
          },
          { name: 'template', label: t('template'), type: 'choice', required: true, choices: templates },
          { name: 'nature', label: t('nature'), type: 'choice', required: true, choices: choices('nature', NATURES) },
          {
            ...{ name: 'publicity', label: t('publicity'), type: 'choice', required: true, initial: 'public' },
            choices: choices('publicity', PUBLICITIES),
          },
          { name: 'estimateYuan', label: t('estimate'), type: 'number', required: false, min: 0, max: YUAN_MAX },
          {
            name: 'codes.0.value',
            label: t('nationalCode'),
            type: 'text',
            required: false,
            help: t('nationalCodeHelp'),
          },
          {
            ...{ name: 'site', label: t('site'), type: 'text', required: false, pattern: CODE, maxLength: 60 },
            help: t('siteHelp'),
          },
        ] satisfies Field[]),
      ),
    plan: (milestones: readonly TemplateMilestone[], measures: readonly PlanMeasure[]) => [
      day(),
      ...planned(milestones, measures),
      evidence,
    ],
    rebaseline: (
      milestones: readonly TemplateMilestone[],
      measures: readonly PlanMeasure[],
      now: PlannedWork | null,
    ): Field[] => [
      day(),
      { name: 'why', label: t('why'), type: 'choice', required: true, choices: choices('rebaseline', REBASELINES) },
      reason(true),
      ...planned(milestones, measures, now),
      evidence,
    ],
    progress: (milestones: readonly TemplateMilestone[], last: Report | null): Field[] => [
      day(),
      ...milestones
        .filter(({ type }) => type === 'quantity')
        .map(({ code, name, quantityUnit }, index): Field => {
          const done = last?.done[code];
          return {
            ...{ name: `quantities.${index}.done`, type: 'number', required: true, min: 0, max: COUNT_MAX, code },
            label: t('done', { name, unit: quantityUnit ?? '' }),
            ...(done !== undefined && { initial: String(done) }),
          };
        }),
      {
        ...{ name: 'completedYuan', label: t('completed'), type: 'number', required: false, min: 0, max: YUAN_MAX },
        ...(last && { initial: last.completedYuan }),
      },
    ],
    output: (identity: string, members: Record<string, string> | undefined, isMember: boolean): Field[] => [
      day(),
      {
        ...{ name: 'unit', label: t('unit'), type: 'text', required: true, pattern: CODE, maxLength: 60 },
        help: t('unitHelp', { identity }),
      },
      { name: 'unitName', label: t('unitName'), type: 'text', required: true, maxLength: 120 },
      { name: 'quantity', label: t('delivered'), type: 'number', required: true, min: 1, max: COUNT_MAX, initial: '1' },
      ...(isMember
        ? [
            {
              ...{ name: 'member', label: t('member'), required: true },
              ...(members ? { type: 'choice' as const, choices: members } : { type: 'text' as const }),
            },
          ]
        : []),
    ],
    since: { name: 'since', label: t('since'), type: 'date', required: true, initial: today } as Field,
    element: (): Field[] =>
      dated(
        {
          ...{ name: 'element', label: t('element'), type: 'text', required: true, pattern: CODE, maxLength: 60 },
          help: t('elementHelp'),
        },
        { name: 'kind', label: t('kind'), type: 'choice', required: true, choices: named('element', ELEMENTS) },
        {
          name: 'quantity',
          label: t('asked'),
          type: 'number',
          required: true,
          min: 1,
          max: YUAN_MAX,
          help: t('askedHelp'),
        },
        { name: 'needBy', label: t('needBy'), type: 'date', required: true },
        { name: 'source', label: t('source'), type: 'text', required: false, maxLength: 120 },
      ),
    use: (unit: string): Field[] =>
      dated({ name: 'quantity', label: t('used', { unit }), type: 'number', required: true, min: 1, max: YUAN_MAX }),
    rewrite: (on: string, ...payload: readonly Field[]): Field[] => [
      { name: 'why', label: t('why'), type: 'choice', required: true, choices: choices('correction', CORRECTIONS) },
      reason(true, 10),
      day(t('rewriteDay'), on),
      ...payload,
      evidence,
    ],
  };
}

export type Forms = ReturnType<typeof formsOf>;
