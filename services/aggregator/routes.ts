import {
  type BeforeApplicationShutdown,
  Controller,
  Get,
  Header,
  Inject,
  Param,
  Query as QueryOf,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  afterParameter,
  basisOf,
  choiceParameter,
  dateParameter,
  EXPLAINED_CHILDREN_MAX,
  explainedIn,
  Needs,
  ProblemError,
  type Query,
  reads,
  type SignedRequest,
  visibleTo,
  weighed,
} from '@planledger/host';
import { BASELINES, completion, CONFIDENCES, explain, gaps, headlineAsSeen, showsIn } from '@planledger/progress';
import type { FastifyReply } from 'fastify';
import { AggregatorDesk } from './desk.js';
import { LiveReaders } from './live.js';
import { plainPlan } from './plain-plan.js';

const AFTER_WAIT_MS = 2_000;
const CUTS = ['sector', 'programme', 'item', 'county'] as const;

const onQuery = ApiQuery({
  name: 'on',
  required: false,
  description: 'Business date; default today in the plan’s clock',
});
const weightsQuery = ApiQuery({
  name: 'weights',
  required: false,
  description: 'Id of a weight set, one of the answer’s `weightSets`; default the one in force',
});
const afterQuery = ApiQuery({ name: 'after', required: false, description: 'stream@version: wait up to 2 s for it' });

/** The plan as a whole, for the commission. */
@ApiTags('aggregator')
@Controller('api/plans/:plan')
export class AggregatorController implements BeforeApplicationShutdown {
  private readonly readers: LiveReaders;

  constructor(@Inject(AggregatorDesk) private readonly desk: AggregatorDesk) {
    this.readers = new LiveReaders(desk);
  }

  beforeApplicationShutdown(): void {
    this.readers.close();
  }

  @Get()
  @Needs('plan.read')
  @ApiOperation({ operationId: 'plan', summary: 'The plan itself, and what was decided of it 规划' })
  @reads('The plan as it stands in the ledger')
  async plan(@Param('plan') plan: string): Promise<object> {
    const { plan: state, on } = await this.desk.input(plan, undefined);
    return plainPlan(plan, state, on);
  }

  @Get('completion')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'completion', summary: 'Plan-wide completion: triple headline and a cut 完成情况' })
  @ApiQuery({ name: 'by', required: false, enum: CUTS })
  @weightsQuery
  @onQuery
  @afterQuery
  @reads(
    'Claimed beside verified, B0 beside current; every figure names its node for `explain`; departed projects by name to those who may see them',
  )
  async completion(
    @Req() request: SignedRequest,
    @Param('plan') plan: string,
    @QueryOf() query: Query,
  ): Promise<object> {
    const by = choiceParameter(query, 'by', CUTS, 'sector');
    await this.comeAfter(plan, query);
    const input = weighed(await this.desk.input(plan, dateParameter(query, 'on')), query);
    const { headline, ...rest } = completion(input, by);
    const shows = showsIn(input.standings, visibleTo(request, plan, 'project.read'));
    return { plan, ...rest, headline: headlineAsSeen(shows, headline) };
  }

  @Get('gaps')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'gaps', summary: 'What is missing: items without projects, targets out of reach 缺口' })
  @onQuery
  @reads('The gaps that follow from plan and standings; of projects as far as the reader may see them')
  async gaps(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const input = await this.desk.input(plan, dateParameter(query, 'on'));
    return { plan, on: input.on, gaps: gaps(input, visibleTo(request, plan, 'project.read')) };
  }

  @Get('explain')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'explain', summary: 'Why a figure is what it is, one level down 数据溯源' })
  @ApiQuery({
    name: 'node',
    required: true,
    description: 'e.g. plan, half/programmes, item/B2-1, measure/B2-1.schools',
  })
  @ApiQuery({ name: 'confidence', required: false, enum: CONFIDENCES })
  @ApiQuery({ name: 'baseline', required: false, enum: BASELINES })
  @weightsQuery
  @onQuery
  @ApiQuery({ name: 'cursor', required: false, description: 'Page of a long list of children' })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: EXPLAINED_CHILDREN_MAX },
  })
  @reads(
    'Formula, rule version, inputs, children, entries, what was left out and why; of projects that the reader may not see numbers alone',
  )
  async explain(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const { node, page } = explainedIn(query);
    const { confidence, baseline } = basisOf(query);
    const input = weighed(await this.desk.input(plan, dateParameter(query, 'on')), query);
    const visible = visibleTo(request, plan, 'project.read');
    const explanation = explain(input, node, confidence, { baseline, ...page, visible });
    if (!explanation) throw new ProblemError('NOT_FOUND');
    return { plan, ...explanation };
  }

  @Get('live')
  @Needs('plan.read')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'live', summary: 'The headline whenever it changes, as server-sent events 实时' })
  @ApiProduces('text/event-stream')
  @reads('Events `completion`, at least 100 ms apart')
  live(@Req() request: SignedRequest, @Param('plan') plan: string, @Res() reply: FastifyReply): Promise<void> {
    return this.readers.admit(plan, reply, visibleTo(request, plan, 'project.read'));
  }

  private async comeAfter(plan: string, query: Query): Promise<void> {
    const after = afterParameter(query);
    if (after) await this.desk.waitFor(plan, after.stream, after.version, AFTER_WAIT_MS);
  }
}
