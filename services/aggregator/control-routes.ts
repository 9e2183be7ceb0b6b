import { Controller, Get, Inject, Param, Query as QueryOf, Req } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApprovalLevel } from '@planledger/contracts';
import {
  afterParameter,
  choiceParameter,
  integerParameter,
  Needs,
  PLAN_STATES,
  PLATFORM,
  type Platform,
  type PlanStates,
  type Query,
  reads,
  type SignedRequest,
  textParameter,
  todayOf,
  visibleTo,
  whoseIn,
  whoseQuery,
} from '@planledger/host';
import {
  type Act,
  awaitedLevel,
  type CaseState,
  type PeriodState,
  type PlanState,
  punctuality,
} from '@planledger/plan';
import { pendingRequests, REQUEST_KINDS } from '@planledger/progress';
import { AggregatorDesk } from './desk.js';

const AFTER_WAIT_MS = 2_000;
const PAGE_MAX = 500;
const PAGE_DEFAULT = 100;
/** Cursors are in the order of text. */
const POSITION_DIGITS = 10;
const PERIOD_STATUSES = ['open', 'submitted', 'returned', 'approved', 'closed', ''] as const;
const CASE_STATUSES = ['open', 'escalated', 'rectified', 'closed', ''] as const;
const CASE_KINDS = ['supervision', 'finding', ''] as const;

const LEVELS: Readonly<Record<ApprovalLevel, 'unit' | 'county' | 'bureau' | null>> = {
  [ApprovalLevel.UNSPECIFIED]: null,
  [ApprovalLevel.UNIT]: 'unit',
  [ApprovalLevel.COUNTY]: 'county',
  [ApprovalLevel.BUREAU]: 'bureau',
};

const limit = ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: PAGE_MAX } });
const cursor = ApiQuery({ name: 'cursor', required: false, description: '`next` of the page before' });
const after = ApiQuery({ name: 'after', required: false, description: 'stream@version: wait up to 2 s for it' });

/**
 * The month's round and what is supervised, for everybody who reads the plan: late and missing are seen by all. And what
 * waits for a decision, as far as the reader sees what it is about.
 */
@ApiTags('aggregator')
@Controller('api/plans/:plan')
export class ControlController {
  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    @Inject(PLAN_STATES) private readonly states: PlanStates,
    @Inject(AggregatorDesk) private readonly desk: AggregatorDesk,
  ) {}

  @Get('periods')
  @Needs('plan.read')
  @ApiOperation({
    operationId: 'periods',
    summary: 'Who has reported which month, who is late, whose word is awaited 报送情况',
  })
  @ApiQuery({ name: 'month', required: false, description: 'YYYY-MM' })
  @ApiQuery({ name: 'unit', required: false })
  @ApiQuery({ name: 'sector', required: false })
  @ApiQuery({ name: 'status', required: false, enum: PERIOD_STATUSES.filter(Boolean) })
  @limit
  @cursor
  @after
  @reads('By month, unit and sector; a page with `next`')
  async periods(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const [month, unit, sector] = ['month', 'unit', 'sector'].map((name) => textParameter(query, name));
    const status = choiceParameter(query, 'status', PERIOD_STATUSES, '');
    const state = await this.seen(plan, query);
    const found = [...state.periods].flatMap(([name, units]) =>
      month === undefined || name === month ? [...units.values()] : [],
    );
    const asked = found.filter(
      (period) =>
        (unit === undefined || period.unit === unit) &&
        (sector === undefined || period.sector === sector) &&
        (status === '' || period.status === status),
    );
    asked.sort((a, b) => (a.stream < b.stream ? -1 : 1));
    const on = todayOf((id) => this.platform.clock(id), plan);
    const page = pageOf(asked, ({ stream }) => stream, query);
    return { plan, on, periods: page.rows.map((period) => plainPeriod(period, state, on)), next: page.next };
  }

  @Get('cases')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'cases', summary: 'Supervision and findings, and where they stand 督办与审计发现' })
  @ApiQuery({ name: 'kind', required: false, enum: CASE_KINDS.filter(Boolean) })
  @ApiQuery({ name: 'status', required: false, enum: CASE_STATUSES.filter(Boolean) })
  @ApiQuery({ name: 'unit', required: false, description: 'Unit that must act' })
  @limit
  @cursor
  @after
  @reads('In the order of their ids; a page with `next`')
  async cases(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const unit = textParameter(query, 'unit');
    const kind = choiceParameter(query, 'kind', CASE_KINDS, '');
    const status = choiceParameter(query, 'status', CASE_STATUSES, '');
    const { cases } = await this.seen(plan, query);
    const asked = [...cases.values()].filter(
      (one) =>
        (unit === undefined || one.toUnit === unit) &&
        (kind === '' || one.kind === kind) &&
        (status === '' || one.status === status),
    );
    asked.sort((a, b) => (a.id < b.id ? -1 : 1));
    const on = todayOf((id) => this.platform.clock(id), plan);
    const page = pageOf(asked, ({ id }) => id, query);
    return { plan, on, cases: page.rows.map((one) => plainCase(one, on)), next: page.next };
  }

  @Get('requests')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'requests', summary: 'What waits for the decision of a second person 待批申请' })
  @ApiQuery({ name: 'kind', required: false, enum: REQUEST_KINDS })
  @whoseQuery
  @limit
  @cursor
  @after
  @reads('Re-baselinings, exemptions and corrections after closing, in the order they were asked; a page with `next`')
  async requests(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const kind = choiceParameter(query, 'kind', [...REQUEST_KINDS, ''], '');
    const after = afterParameter(query);
    if (after) await this.desk.waitFor(plan, after.stream, after.version, AFTER_WAIT_MS);
    const input = await this.desk.input(plan, undefined);
    const filter = { ...whoseIn(query), ...(kind === '' ? {} : { kind }) };
    const asked = pendingRequests(input, filter, visibleTo(request, plan, 'project.read'));
    const page = pageOf(asked, ({ position }) => String(position).padStart(POSITION_DIGITS, '0'), query);
    return { plan, on: input.on, requests: page.rows, next: page.next };
  }

  /** The plan, once it holds the write that the reader wants to see, or the wait is over. */
  private async seen(plan: string, query: Query): Promise<PlanState> {
    const after = afterParameter(query);
    if (after) await this.states.waitFor(plan, after.stream, after.version, AFTER_WAIT_MS);
    return this.states.get(plan);
  }
}

/** The rows behind the cursor, which is the key of the last one shown; `all` is in the order of its keys. */
function pageOf<Row>(all: readonly Row[], keyOf: (row: Row) => string, query: Query) {
  const max = integerParameter(query, 'limit', { min: 1, max: PAGE_MAX }) ?? PAGE_DEFAULT;
  const behind = textParameter(query, 'cursor') ?? '';
  const rest = all.filter((row) => keyOf(row) > behind);
  const rows = rest.slice(0, max);
  const last = rows.at(-1);
  return { rows, next: last && rest.length > rows.length ? keyOf(last) : null };
}

const plainAct = ({ subject, unit, on, recordedAt, reason, position }: Act): object => ({
  ...{ subject, unit, on, recordedAt, reason, entry: position },
});

function plainPeriod(period: PeriodState, { counties }: PlanState, on: string): object {
  const { stream, version, month, unit, sector, county, due, status, nil, closed, entries } = period;
  const awaited = awaitedLevel(period, counties);
  return {
    ...{ stream, version, month, unit, sector, county, due, status, nil },
    punctuality: punctuality(period, on),
    awaits: awaited === undefined ? null : LEVELS[awaited],
    reports: period.reports.map(plainAct),
    returns: period.returns.map(plainAct),
    approvals: period.approvals.map((act) => ({ level: LEVELS[act.level], ...plainAct(act) })),
    closed: closed ? plainAct(closed) : null,
    entries,
  };
}

function plainCase({ lamp, about, level, ...rest }: CaseState, on: string): object {
  const { id, version, kind, title, toUnit, due, status, raisedBy, raisedOn, reason, since, evidence, entries } = rest;
  return {
    ...{ id, version, kind, title, toUnit, due, status, raisedBy, raisedOn, reason, since },
    about: about === '' ? null : about,
    level: level === '' ? null : level,
    lamp: lamp ? { lamp: lamp.lamp, colour: lamp.colour, until: lamp.until === '' ? null : lamp.until } : null,
    overdue: status !== 'closed' && due < on,
    ...{ evidence, entries },
  };
}
