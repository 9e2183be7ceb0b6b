import { answerOf, type Receipt, surface } from '../api/surface';
import { commonOf, type Field, numberOf, textOf, type Values } from './fields';

type Sent = Promise<Receipt>;
/** Which project, with which key: what every command on a project is addressed by. */
const at = <Path extends object>(path: Path, key: string) => ({ params: { path, header: { 'Idempotency-Key': key } } });

export const NATURES = ['new', 'rebuild', 'extend', 'relocate', 'renovate', 'purchase', 'digital', 'service'] as const;
export const ELEMENTS = ['funds', 'land', 'staff', 'approval', 'energy', 'environment', 'water'] as const;
export const CORRECTIONS = [
  ...(['typing-error', 'misread-rule', 'reported-twice'] as const),
  ...(['untrue-evidence', 'statistical-finding'] as const),
];
export const REBASELINES = ['policy', 'land', 'funds', 'estimate', 'force-majeure', 'scope', 'superior'] as const;
export const PUBLICITIES = ['public', 'internal', 'classified'] as const;

export function register(plan: string, values: Values, key: string): Sent {
  const estimateYuan = numberOf(values, 'estimateYuan');
  const [site, code] = [textOf(values, 'site'), textOf(values, 'codes.0.value')];
  const body = {
    ...commonOf(values),
    name: textOf(values, 'name'),
    sector: textOf(values, 'sector'),
    county: textOf(values, 'county'),
    nature: textOf(values, 'nature') as (typeof NATURES)[number],
    template: textOf(values, 'template'),
    publicity: textOf(values, 'publicity') as (typeof PUBLICITIES)[number],
    ...(estimateYuan !== undefined && { estimateYuan }),
    ...(site && { site }),
    ...(code && { codes: [{ kind: 'national' as const, value: code }] }),
  };
  return answerOf(surface.POST('/api/plans/{plan}/projects', { ...at({ plan }, key), body }));
}

/** Commands of one project; `values` are those of the form of the same name in forms.ts. */
export function projectCommands(plan: string, id: string) {
  const path = { plan, id };
  return {
    link: (values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/plan-items', {
          ...at(path, key),
          body: { ...commonOf(values), item: textOf(values, 'item') },
        }),
      ),
    plan: (fields: readonly Field[], values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/milestone-plan', {
          ...at(path, key),
          body: { ...commonOf(values), ...plannedIn(fields, values) },
        }),
      ),
    rebaseline: (fields: readonly Field[], values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/rebaseline', {
          ...at(path, key),
          body: {
            ...commonOf(values),
            ...plannedIn(fields, values),
            why: textOf(values, 'why') as (typeof REBASELINES)[number],
          },
        }),
      ),
    claim: (code: string, unit: string, values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/milestones/{code}/claim', {
          ...at({ ...path, code }, key),
          body: { ...commonOf(values), ...(unit && { unit }) },
        }),
      ),
    exempt: (code: string, values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/milestones/{code}/exempt', {
          ...at({ ...path, code }, key),
          body: { ...commonOf(values), reason: textOf(values, 'reason') },
        }),
      ),
    report: (fields: readonly Field[], values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/progress', {
          ...at(path, key),
          body: { ...commonOf(values), ...progressIn(fields, values) },
        }),
      ),
    deliver: (output: Delivered, values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/outputs', {
          ...at(path, key),
          body: { ...commonOf(values), ...output },
        }),
      ),
    state: (unit: string, stated: Pick<Delivered, 'measure' | 'facts'>, values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/outputs/{unit}/facts', {
          ...at({ ...path, unit }, key),
          body: { ...commonOf(values), ...stated, since: textOf(values, 'since') },
        }),
      ),
    suspend: (values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/suspend', {
          ...at(path, key),
          body: { ...commonOf(values), reason: textOf(values, 'reason') },
        }),
      ),
    resume: (values: Values, key: string): Sent =>
      answerOf(surface.POST('/api/plans/{plan}/projects/{id}/resume', { ...at(path, key), body: commonOf(values) })),
    ask: (values: Values, key: string): Sent => {
      const source = textOf(values, 'source');
      const body = {
        ...commonOf(values),
        element: textOf(values, 'element'),
        kind: textOf(values, 'kind') as (typeof ELEMENTS)[number],
        quantity: numberOf(values, 'quantity') ?? 0,
        needBy: textOf(values, 'needBy'),
        ...(source && { source }),
      };
      return answerOf(surface.POST('/api/plans/{plan}/projects/{id}/elements', { ...at(path, key), body }));
    },
    use: (element: string, values: Values, key: string): Sent =>
      answerOf(
        surface.POST('/api/plans/{plan}/projects/{id}/elements/{element}/use', {
          ...at({ ...path, element }, key),
          body: { ...commonOf(values), quantity: numberOf(values, 'quantity') ?? 0 },
        }),
      ),
  };
}

/** A verifier's word on a milestone, a progress report or a unit: with a reason it is a no. */
export function answerCommands(plan: string, id: string) {
  const path = { plan, id };
  return {
    milestone: (isYes: boolean, code: string, unit: string, values: Values, key: string): Sent => {
      const sent = { ...at({ ...path, code }, key), body: { ...reasonedOf(values), ...(unit && { unit }) } };
      return isYes
        ? answerOf(surface.POST('/api/plans/{plan}/projects/{id}/milestones/{code}/verify', sent))
        : answerOf(surface.POST('/api/plans/{plan}/projects/{id}/milestones/{code}/reject', sent));
    },
    progress: (isYes: boolean, entry: number, values: Values, key: string): Sent => {
      const sent = { ...at({ ...path, position: String(entry) }, key), body: reasonedOf(values) };
      return isYes
        ? answerOf(surface.POST('/api/plans/{plan}/projects/{id}/progress/{position}/verify', sent))
        : answerOf(surface.POST('/api/plans/{plan}/projects/{id}/progress/{position}/reject', sent));
    },
    output: (
      isYes: boolean,
      { unit, ...about }: { unit: string; measure: string; statement?: number },
      values: Values,
      key: string,
    ): Sent => {
      const sent = { ...at({ ...path, unit }, key), body: { ...reasonedOf(values), ...about } };
      return isYes
        ? answerOf(surface.POST('/api/plans/{plan}/projects/{id}/outputs/{unit}/verify', sent))
        : answerOf(surface.POST('/api/plans/{plan}/projects/{id}/outputs/{unit}/reject', sent));
    },
  };
}

const reasonedOf = (values: Values) => ({ ...commonOf(values), reason: textOf(values, 'reason') });

export function correct(plan: string, entry: number, payload: object, values: Values, key: string): Sent {
  const why = textOf(values, 'why') as (typeof CORRECTIONS)[number];
  // The document says "an object"; whose fields are those of the entry's own command.
  const body = { ...reasonedOf(values), why, payload: payload as Record<string, never> };
  const path = { plan, position: entry };
  return answerOf(surface.POST('/api/plans/{plan}/entries/{position}/correct', { ...at(path, key), body }));
}

export function retract(plan: string, entry: number, values: Values, key: string): Sent {
  const why = textOf(values, 'why') as (typeof CORRECTIONS)[number];
  const path = { plan, position: entry };
  const body = { ...reasonedOf(values), why };
  return answerOf(surface.POST('/api/plans/{plan}/entries/{position}/retract', { ...at(path, key), body }));
}

/** The month of a unit and sector; `act`: what is done with its report. */
export function onPeriod(
  plan: string,
  act: 'submit' | 'nil' | 'approve' | 'return',
  { month, unit, sector }: { readonly month: string; readonly unit: string; readonly sector: string },
  values: Values,
  key: string,
): Sent {
  const to = at({ plan, period: month }, key);
  if (act === 'submit' || act === 'nil') {
    const body = { ...commonOf(values), unit, sector, nil: act === 'nil' };
    return answerOf(surface.POST('/api/plans/{plan}/periods/{period}/submit', { ...to, body }));
  }
  return act === 'approve'
    ? answerOf(
        surface.POST('/api/plans/{plan}/periods/{period}/approve', {
          ...to,
          body: { ...commonOf(values), unit, sector },
        }),
      )
    : answerOf(
        surface.POST('/api/plans/{plan}/periods/{period}/return', {
          ...to,
          body: { ...reasonedOf(values), unit, sector },
        }),
      );
}

export interface Delivered {
  readonly unit: string;
  readonly unitName: string;
  readonly measure: string;
  readonly kind: string;
  readonly quantity: number;
  readonly member?: string;
  readonly facts: Record<string, number | string | boolean>;
}

/** How many `<list>.<n>` rows a form has. */
const rowsOf = (fields: readonly Field[], list: string): number =>
  new Set(fields.flatMap(({ name }) => (name.startsWith(`${list}.`) ? [name.split('.')[1]] : []))).size;

/** Milestones and outputs of a plan's form; outputs without a quantity are not part of it. */
function plannedIn(fields: readonly Field[], values: Values) {
  const codes = (list: string): string[] =>
    Array.from({ length: rowsOf(fields, list) }, (_, index) => {
      const found = fields.find(({ name }) => name.startsWith(`${list}.${index}.`));
      return found?.code ?? '';
    });
  return {
    milestones: codes('milestones').map((milestone, index) => {
      const designed = numberOf(values, `milestones.${index}.designed`);
      return {
        milestone,
        due: textOf(values, `milestones.${index}.due`),
        ...(designed !== undefined && { designed }),
      };
    }),
    outputs: codes('outputs').flatMap((measure, index) => {
      const quantity = numberOf(values, `outputs.${index}.quantity`);
      return quantity === undefined ? [] : [{ measure, quantity, due: textOf(values, `outputs.${index}.due`) }];
    }),
  };
}

/** Quantities and money of a progress report, all of them sums so far. */
export function progressIn(fields: readonly Field[], values: Values) {
  const completedYuan = numberOf(values, 'completedYuan');
  const quantities = fields.flatMap(({ name, code }) =>
    name.startsWith('quantities.') && code ? [{ milestone: code, done: numberOf(values, name) ?? 0 }] : [],
  );
  return { quantities, ...(completedYuan !== undefined && { completedYuan }) };
}
