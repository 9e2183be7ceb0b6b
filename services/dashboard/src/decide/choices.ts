import { useI18n } from 'vue-i18n';
import { usePlan } from '../shell/plan';
import { choiceKeys, fieldKeys } from './words';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Words and choices for the fields of a command, out of the catalogue and the plan. */
export function useChoices() {
  const { t, te } = useI18n();
  const { plan, units } = usePlan();

  const bureaus = (): Choice[] => units().map(({ unit, name }) => ({ value: unit, label: name }));
  const items = () => plan.value.items.map(({ item, name }) => ({ value: item, label: name }));
  const measures = () => plan.value.measures.map(({ measure, name }) => ({ value: measure, label: name }));
  const indicators = () => plan.value.indicators.map(({ indicator, name }) => ({ value: indicator, label: name }));
  const rosters = () => plan.value.rosters.map(({ roster, name }) => ({ value: roster, label: name }));
  /** By the field that names one of them. */
  const known: Readonly<Record<string, () => readonly Choice[]>> = {
    sector: () => plan.value.sectors.map(({ sector: slug, name }) => ({ value: slug, label: name })),
    county: () => plan.value.counties.map(({ code, name }) => ({ value: code, label: name })),
    ...{ unit: bureaus, toUnit: bureaus, item: items, items, measure: measures, measures, withdrawn: measures },
    ...{ indicator: indicators, indicators, roster: rosters },
    doubt: () =>
      plan.value.doubts.filter(({ settled }) => !settled).map(({ doubt, title }) => ({ value: doubt, label: title })),
    reading: () =>
      plan.value.doubts.flatMap(({ title, readings }) =>
        readings.map(({ reading, text }) => ({ value: reading, label: `${title}：${text}` })),
      ),
  };

  const wordOf = (keys: readonly string[], code: string): string => {
    const key = keys.find((each) => te(each));
    return key === undefined ? code : t(key);
  };

  return {
    labelOf: (field: string): string => wordOf(fieldKeys(field), field),
    choicesOf: (field: string, values: readonly string[] | undefined): readonly Choice[] =>
      values
        ? values.map((value) => ({ value, label: wordOf(choiceKeys(field, value), value) }))
        : (known[field]?.() ?? []),
  };
}
