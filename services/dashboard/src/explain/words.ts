import { shallowRef, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { answerOf, surface } from '../api/surface';
import { usePlan } from '../shell/plan';
import { useAmounts } from '../figure/amounts';
import { registrationOf } from './registrations';
import type { Told, Words } from './story';

/** What a sector lets one enter, as GET …/sectors answers it. */
interface SectorDefinition {
  readonly sector: string;
  readonly templates: Readonly<
    Record<
      string,
      { readonly name: string; readonly milestones: readonly { readonly code: string; readonly name: string }[] }
    >
  >;
  readonly unitKinds: Readonly<
    Record<string, { readonly name: string; readonly facts: Readonly<Record<string, FactDefinition>> }>
  >;
}

interface FactDefinition {
  readonly label: string;
  readonly choices?: Readonly<Record<string, string>>;
}

const ELEMENT_UNITS: Readonly<Record<string, string>> = {
  ...{ ELEMENT_KIND_LAND: 'squareMetres', ELEMENT_KIND_STAFF: 'people', ELEMENT_KIND_APPROVAL: 'pieces' },
  ...{ ELEMENT_KIND_ENERGY: 'tonnes', ELEMENT_KIND_ENVIRONMENT: 'kilograms', ELEMENT_KIND_WATER: 'cubicMetres' },
};

const defined = shallowRef<ReadonlyMap<string, SectorDefinition>>(new Map());
let asked = '';

/** Names for everything that entries mention, out of the catalogue, the plan and what its sectors define. */
export function useWords(): Words & { money(yuan: string): string } {
  const { t, te } = useI18n();
  const context = usePlan();
  const { money } = useAmounts();
  const { id: plan } = context;
  watchEffect(() => {
    if (asked === plan) return;
    asked = plan;
    void answerOf<{ sectors: SectorDefinition[] }>(
      surface.GET('/api/plans/{plan}/sectors', { params: { path: { plan } } }),
    ).then(
      ({ sectors }) => (defined.value = new Map(sectors.map((each) => [each.sector, each]))),
      // Codes are shown until it is asked again.
      () => (asked = ''),
    );
  });
  const named = (part: string, code: string): string =>
    te(`ledger.${part}.${code}`) ? t(`ledger.${part}.${code}`) : code;
  const indicators = new Map(context.plan.value.indicators.map((each) => [each.indicator, each]));
  const measures = new Map(context.plan.value.measures.map((each) => [each.measure, each]));
  const withCode = (code: string, name: string): string => (code === name ? code : `${code} ${name}`);

  function streamName(stream: string): string {
    const [kind = '', ...rest] = stream.split('/');
    const id = rest.join('/');
    if (kind === 'project') return registrationOf(plan, stream)?.name ?? t('ledger.stream.project', { name: id });
    if (kind === 'indicator') return withCode(id, indicators.get(id)?.name ?? id);
    if (kind === 'case') return t('ledger.stream.case', { id });
    const [month = '', unit = ''] = rest;
    if (kind === 'period') return t('ledger.stream.period', { month, unit: context.unit(unit) });
    return kind === 'plan' ? t('ledger.stream.plan') : stream;
  }
  function milestone({ stream, sector }: Told, code: string): string {
    const registration = registrationOf(plan, stream);
    const templates = defined.value.get(sector || (registration?.sector ?? ''))?.templates ?? {};
    const template = registration?.template ?? '';
    const among = templates[template] ? [templates[template]] : Object.values(templates);
    const names = among.flatMap(({ milestones }) => milestones.filter((each) => each.code === code));
    return names.length === 0 ? code : [...new Set(names.map(({ name }) => name))].join('／');
  }
  return {
    money,
    unit: context.unit,
    stream: streamName,
    milestone,
    field: (name) => named('field', name),
    choice: (name) => named('value', name),
    code: (text) => named('code', text),
    truth: (value) => t(value ? 'ledger.yes' : 'ledger.no'),
    quantity(amount, measure) {
      const unit = measures.get(measure)?.unit;
      return unit === undefined ? amount : t('ledger.quantity', { amount, unit });
    },
    elementQuantity(amount, kind) {
      const unit = ELEMENT_UNITS[kind];
      if (unit !== undefined) return t('ledger.quantity', { amount, unit: t(`ledger.elementUnit.${unit}`) });
      return kind === 'funds' || kind === 'ELEMENT_KIND_FUNDS' ? money(amount) : amount;
    },
    every: (count) => t('ledger.every', { count }),
    sector: context.sector,
    county: context.county,
    item: (code) => withCode(code, context.item(code)),
    measure: context.measure,
    indicator: (code) => withCode(code, indicators.get(code)?.name ?? code),
    doubt: (id) => context.plan.value.doubts.find(({ doubt }) => doubt === id)?.title ?? id,
    roster: (id) => context.plan.value.rosters.find(({ roster }) => roster === id)?.name ?? id,
    template: (sector, code) => defined.value.get(sector)?.templates[code]?.name ?? code,
    unitKind: (sector, code) => defined.value.get(sector)?.unitKinds[code]?.name ?? code,
    fact(sector, measure, name, value) {
      const kinds = defined.value.get(sector)?.unitKinds ?? {};
      const own = kinds[measures.get(measure)?.unitKind ?? ''];
      const fact = [own, ...Object.values(kinds)].find((kind) => kind?.facts[name])?.facts[name];
      const { number, text, truth } = value;
      const shown = truth === undefined ? (text ?? `${number ?? ''}`) : t(truth ? 'ledger.yes' : 'ledger.no');
      return { label: fact?.label ?? name, text: fact?.choices?.[shown] ?? shown };
    },
    isEvent: (name) => te(`ledger.event.${name}`),
  };
}
