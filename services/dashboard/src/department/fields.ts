import type { FactSpec } from '@planledger/sectors';
import type { Problem } from '../api/problem';

/** A document kept elsewhere: the ledger holds its digest, so that it can be recognised. */
export type Evidence = { digest: string; name: string; kept: string };

/** What a form holds: numbers and truths as they are typed, so that nothing half typed is lost. */
export type Values = Record<string, string | Evidence[]>;

export interface Field {
  /** Where it stands in the command's body, e.g. `facts.flats`, `milestones.0.due`: refusals name it so. */
  readonly name: string;
  readonly label: string;
  readonly type: FactSpec['type'] | 'area' | 'evidence';
  readonly required: boolean;
  readonly initial?: string;
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Of text, as HTML takes it. */
  readonly pattern?: string;
  /** What a choice is of; of text, what is suggested. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly help?: string;
  /** Of a field of a list's row: the code of what the row is about. */
  readonly code?: string;
  /** Fields of one group that follow each other stand together under its name. */
  readonly group?: string;
}

export const emptyValues = (fields: readonly Field[]): Values =>
  Object.fromEntries(fields.map(({ name, type, initial }) => [name, type === 'evidence' ? [] : (initial ?? '')]));

export const textOf = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** Undefined where nothing is typed. */
export const numberOf = (values: Values, name: string): number | undefined =>
  textOf(values, name) === '' ? undefined : Number(textOf(values, name));

/** What every command says beside its own: the day, the evidence, the reason. */
export function commonOf(values: Values): { occurredOn: string; evidence?: Evidence[]; reason?: string } {
  const evidence = values['evidence'];
  const reason = textOf(values, 'reason');
  return {
    occurredOn: textOf(values, 'occurredOn'),
    ...(Array.isArray(evidence) && evidence.length > 0 && { evidence }),
    ...(reason && { reason }),
  };
}

/** Fields under `facts.` of a sector's own form; `optional`: of facts stated later, any of them. */
export const factFields = (
  facts: Readonly<Record<string, FactSpec>>,
  stated: Readonly<Record<string, unknown>> = {},
  optional = false,
): Field[] =>
  Object.entries(facts).map(([fact, { label, type, required, min, max, choices }]) => ({
    ...{ name: `facts.${fact}`, label, type, required: required && !optional },
    ...(stated[fact] !== undefined && { initial: String(stated[fact]) }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(choices && { choices }),
  }));

/** Facts as the body takes them; those left empty are not stated. */
export function factsOf(
  values: Values,
  facts: Readonly<Record<string, FactSpec>>,
): Record<string, number | string | boolean> {
  const stated = Object.entries(facts).flatMap(([fact, { type }]) => {
    const text = textOf(values, `facts.${fact}`);
    if (text === '') return [];
    return [[fact, type === 'number' ? Number(text) : type === 'truth' ? text === 'true' : text] as const];
  });
  return Object.fromEntries(stated);
}

/** Refusals that are about one field, whatever their sentence. */
const FIELD_OF: Readonly<Record<string, string>> = {
  FUTURE_DATE: 'occurredOn',
  NO_SUCH_DAY: 'occurredOn',
  BEFORE_PERIOD: 'occurredOn',
  MILESTONE_BEFORE_START: 'occurredOn',
  BACKFILL_NEEDS_EVIDENCE: 'evidence',
  CLASSIFIED_PROJECT: 'publicity',
  COUNTY_UNKNOWN: 'county',
  TEMPLATE_UNKNOWN: 'template',
  SITE_SECTOR_TAKEN: 'site',
  NATIONAL_CODE_MALFORMED: 'codes.0.value',
  NATIONAL_CODE_NOT_ASKED: 'codes.0.value',
  CODE_TAKEN: 'codes.0.value',
  ITEM_UNKNOWN: 'item',
  ITEM_OF_OTHER_SECTOR: 'item',
  MONEY_WENT_BACK: 'completedYuan',
  UNIT_ALREADY_DELIVERED: 'unit',
  UNIT_ELSEWHERE: 'unit',
  MEMBER_MISSING: 'member',
  WORK_UNKNOWN: 'member',
  NIL_NEEDS_REASON: 'reason',
  ELEMENT_EXISTS: 'element',
  ELEMENT_OVERUSED: 'quantity',
  ELEMENT_NOT_ALLOCATED: 'quantity',
  ELEMENT_OVER_RELEASED: 'quantity',
};
const ABOUT_QUANTITY = /_ONE_(AT_A_TIME|UNIT|COMMUNITY|SITE_ONE_UNIT)$/;

const snake = (name: string): string => name.replace(/[A-Z]/g, '_$&').toUpperCase();

/**
 * Which field a refusal is about, as far as that can be told: by its code, by a fact that its code or its sentence names;
 * of several the longest name, so that 净增学位 is not taken for 学位.
 */
export function fieldOfRefusal(code: string, sentence: string, fields: readonly Field[]): string | undefined {
  const has = (name: string): boolean => fields.some((field) => field.name === name);
  const known = ABOUT_QUANTITY.test(code) ? 'quantity' : FIELD_OF[code];
  if (known !== undefined) return has(known) ? known : undefined;
  const facts = fields.filter(({ name }) => name.startsWith('facts.'));
  const named = (test: (field: Field) => string): string | undefined =>
    facts
      .filter((field) => test(field) !== '')
      .sort((a, b) => test(b).length - test(a).length)
      .at(0)?.name;
  return (
    named(({ name }) => (`${code}_`.includes(`_${snake(name.slice(6))}_`) ? name : '')) ??
    named(({ label }) => (sentence.includes(label.replace(/（.*）$/, '')) ? label : ''))
  );
}

/** Where each sentence of a problem belongs; what belongs to no field of the form is left for its top. */
export function placed(
  problem: Problem,
  fields: readonly Field[],
  translated: (problem: string) => string,
): { readonly byField: ReadonlyMap<string, string>; readonly isOnTop: boolean } {
  const byField = new Map<string, string>();
  let isOnTop = problem.errors.length === 0;
  const say = (place: string | undefined, sentence: string): void => {
    if (place === undefined) isOnTop = true;
    else if (!byField.has(place)) byField.set(place, sentence);
  };
  for (const { field, problem: said } of problem.errors) {
    const found = fields.filter(({ name }) => field === name || field.startsWith(`${name}.`)).at(0);
    say(found?.name, translated(said));
  }
  if (problem.code === 'FACTS_REFUSED') {
    isOnTop = false;
    const said = problem.message.replace(/^[^：]*：/, '').replace(/。$/, '');
    for (const part of said.split('；')) {
      const [, fact = '', sentence = part] = /^(\w+)：(.*)$/.exec(part) ?? [];
      say(fields.find(({ name }) => name === `facts.${fact}`)?.name, sentence);
    }
  } else if (problem.errors.length === 0) {
    const place = fieldOfRefusal(problem.code, problem.message, fields);
    if (place !== undefined) {
      isOnTop = false;
      say(place, problem.message);
    }
  }
  return { byField, isOnTop };
}
