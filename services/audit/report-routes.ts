import { Controller, Get, Inject, Param, Query as QueryOf } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Rewrite } from '@planledger/contracts';
import {
  integerParameter,
  Needs,
  PLAN_STATES,
  PLATFORM,
  type Platform,
  type PlanStates,
  ProblemError,
  type Query,
  reads,
} from '@planledger/host';
import type { PlanState } from '@planledger/plan';
import { entryAt, holds, knewBefore, rewriteFrom, rewritesIn, tookEffect, touchedBy } from './reports.js';

type Report = PlanState['reports'][number];

/** Reports that left the house, and the corrections made since to figures that they used (DOMAIN §3). */
@ApiTags('audit')
@Controller('api/plans/:plan')
export class ReportController {
  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    @Inject(PLAN_STATES) private readonly states: PlanStates,
  ) {}

  @Get('reports')
  @Needs('plan.read')
  @ApiOperation({
    operationId: 'reports',
    summary: 'Published reports, and the later corrections that touch them 已发报告',
  })
  @ApiQuery({
    name: 'touched-by',
    required: false,
    description: 'Position of a correction or retraction that took effect: the reports that used the figure before it',
    schema: { type: 'integer', minimum: 1 },
  })
  @reads('Each report with the corrections that touch it')
  async reports(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const by = integerParameter(query, 'touched-by', { min: 1, max: 4_294_967_295 });
    const state = this.states.get(plan);
    const rewrites = by === undefined ? await rewritesIn(this.platform, plan) : [await this.rewriteAt(plan, by)];
    const touching = new Map<Report, Rewrite[]>(state.reports.map((report) => [report, []]));
    for (const rewrite of rewrites) {
      for (const report of await this.touched(plan, state, rewrite)) touching.get(report)?.push(rewrite);
    }
    const shown = [...touching].filter(([, rewritten]) => by === undefined || rewritten.length > 0);
    return { plan, touchedBy: by ?? null, reports: shown.map(([report, rewritten]) => plainReport(report, rewritten)) };
  }

  /** The reports that used what a rewrite touches; the rewritten entry is read only where a report names its figures. */
  private async touched(plan: string, state: PlanState, rewrite: Rewrite): Promise<Report[]> {
    const knew = state.reports.filter(({ at }) => knewBefore(at, rewrite));
    if (knew.every(({ nodes }) => nodes.length === 0)) return knew;
    const touched = await touchedBy(this.platform, plan, state, rewrite);
    return knew.filter(({ nodes }) => nodes.length === 0 || !touched || nodes.some((node) => holds(node, touched)));
  }

  private async rewriteAt(plan: string, position: number): Promise<Rewrite> {
    const entry = await entryAt(this.platform, plan, position);
    const rewrite = entry && (await rewriteFrom(this.platform, plan, entry));
    if (rewrite) return rewrite;
    throw new ProblemError('QUERY_MALFORMED', {
      name: 'touched-by',
      expected: 'entryCorrected | entryRetracted | correctionApproved',
    });
  }
}

const plainReport = (
  { report, title, digest, at, ruleVersion, nodes, position }: Report,
  rewrites: Rewrite[],
): object => ({
  ...{ report, title, digest, at, ruleVersion, nodes, entry: position },
  touchedBy: rewrites.map((rewrite) => ({ correction: tookEffect(rewrite), entry: rewrite.entry })),
});
