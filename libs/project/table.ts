import type { Permission } from '@planledger/auth';
import { type EventInit, type EventType, Maturity } from '@planledger/contracts';
import { lastDayOf, type Rejection } from '@planledger/kernel';
import { observationKey } from '@planledger/sectors/kit';
import * as bodies from './bodies.js';
import { CASE_COMMANDS } from './case-commands.js';
import { type CommandRow, reject, row } from './command.js';
import { MILESTONE_COMMANDS } from './milestone-commands.js';
import type { StreamState } from './model.js';
import { BASELINE_COMMANDS } from './baseline-commands.js';
import { ELEMENT_COMMANDS } from './element-commands.js';
import { OUTPUT_COMMANDS } from './output-commands.js';
import { PERIOD_COMMANDS } from './period-commands.js';
import { PLAN_COMMANDS } from './plan-commands.js';
import { PROJECT_COMMANDS } from './project-commands.js';
import { RENEWAL_COMMANDS } from './renewal-commands.js';
import { REQUEST_COMMANDS } from './request-commands.js';

const MATURITY: Readonly<Record<(typeof bodies.MATURITIES)[number], Maturity>> = {
  flash: Maturity.FLASH,
  preliminary: Maturity.PRELIMINARY,
  final: Maturity.FINAL,
};

/**
 * The one table of commands. The HTTP surface, the NDJSON route, OpenAPI, corrections and the test of who may do what
 * are all made from it.
 */
export const COMMANDS: readonly CommandRow[] = [
  ...PROJECT_COMMANDS,
  ...MILESTONE_COMMANDS,
  ...OUTPUT_COMMANDS,
  ...RENEWAL_COMMANDS,
  ...BASELINE_COMMANDS,
  ...ELEMENT_COMMANDS,
  ...PLAN_COMMANDS,
  ...PERIOD_COMMANDS,
  ...CASE_COMMANDS,
  ...REQUEST_COMMANDS,
  row({
    name: 'observeIndicator',
    path: 'indicators/{code}/observations',
    on: 'indicator',
    summary: 'Observe an indicator, or a measure that is a share; again: revise it 指标报送',
    permission: 'indicator.observe',
    body: bodies.ObservationBody,
    makes: 'indicatorObserved',
    afterClosing: 'allowed',
    event: (body, { state }) => observation(body, state),
    example: { period: '2023', value: '96.8', maturity: 'final', source: '市统计局' },
  }),
];

/** The first value of a period and county is observed, a later one revises it. */
function observation(body: bodies.ObservationBody, state: StreamState): EventInit | Rejection | undefined {
  const { period, county = '', numerator = '', denominator = '', value = '', source } = body;
  const maturity = MATURITY[body.maturity];
  const before = state.indicator?.observations.get(observationKey(period, county));
  const fields = { numerator, denominator, value, maturity, source };
  if (!before) return { case: 'indicatorObserved', value: { period, county, ...fields } };
  const same = (Object.keys(fields) as (keyof typeof fields)[]).every((field) => before[field] === fields[field]);
  if (same) return undefined;
  if (maturity < before.maturity) {
    const [was, is] = [bodies.MATURITIES[before.maturity - 1] ?? '', body.maturity];
    return reject('MATURITY_WENT_BACK', { period, before: was, after: is });
  }
  return { case: 'indicatorRevised', value: { observation: before.positions[0] ?? 0, ...fields } };
}

/** Business date of an observation: the last day of its period. */
export const observedOn = (period: string): string => lastDayOf(period) ?? '';

export const commandNamed = (name: string): CommandRow | undefined => COMMANDS.find((row) => row.name === name);
export const commandMaking = (type: EventType): CommandRow | undefined =>
  COMMANDS.find(({ makes, makesOneOf = {} }) => makes === type || Object.hasOwn(makesOneOf, type));
/** The permission under which a row makes an event of that type. */
export const permissionTo = ({ permission, makesOneOf = {} }: CommandRow, type: EventType): Permission =>
  makesOneOf[type] ?? permission;
