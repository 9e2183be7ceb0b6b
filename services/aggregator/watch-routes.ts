import { applyDecorators, Controller, Get, Inject, Param, Query as QueryOf, Req } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  basisOf,
  choiceParameter,
  dateParameter,
  integerParameter,
  Needs,
  nodeParameter,
  projectListOf,
  projectListQuery,
  ProblemError,
  type Query,
  reads,
  type SignedRequest,
  visibleTo,
  whoseIn,
  whoseQuery,
} from '@planledger/host';
import {
  BASELINES,
  type CompletionInput,
  CONFIDENCES,
  dues,
  elementSums,
  indicators,
  lampHistory,
  lamps,
  PROJECT_SORTS,
  projectList,
} from '@planledger/progress';
import { AggregatorDesk } from './desk.js';

const WITHIN_MAX = 366;

const on = ApiQuery({ name: 'on', required: false, description: 'Business date; default today in the plan’s clock' });
const basis = applyDecorators(
  ApiQuery({ name: 'confidence', required: false, enum: CONFIDENCES }),
  ApiQuery({ name: 'baseline', required: false, enum: BASELINES }),
);

/** What is to be watched, over all sectors: indicators, lamps, what falls due, and the list of projects. */
@ApiTags('aggregator')
@Controller('api/plans/:plan')
export class WatchController {
  constructor(@Inject(AggregatorDesk) private readonly desk: AggregatorDesk) {}

  @Get('indicators')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'indicators', summary: 'The indicators: value, path, attainment, pace, grade 指标监测' })
  @on
  @reads('Binding ones first; every figure names its node for `explain`')
  async indicators(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    return { plan, ...indicators(await this.input(plan, query)) };
  }

  @Get('lamps')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'lamps', summary: 'Lamps of items, indicators and projects 亮灯' })
  @on
  @basis
  @projectListQuery
  @reads('Projects a page at a time, as far as the reader may see them; `next` is the cursor of the following one')
  async lamps(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    return {
      plan,
      ...lamps(await this.input(plan, query), projectListOf(query), visibleTo(request, plan, 'project.read')),
    };
  }

  @Get('lamps/history')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'lampHistory', summary: 'A lamp’s colour month by month, as it reads now 亮灯历史' })
  @ApiQuery({ name: 'node', required: true, description: 'e.g. lamp/item/B2-1, lamp/indicator/I02' })
  @on
  @basis
  @reads('Runs of one colour, by month ends from the plan’s start; the last one is what `lamps` shows')
  async lampHistory(
    @Req() request: SignedRequest,
    @Param('plan') plan: string,
    @QueryOf() query: Query,
  ): Promise<object> {
    const node = nodeParameter(query, 'lamp/item/B2-1');
    const visible = visibleTo(request, plan, 'project.read');
    const history = lampHistory(await this.input(plan, query), node, basisOf(query), visible);
    if (!history) throw new ProblemError('NOT_FOUND');
    return { plan, ...history };
  }

  @Get('projects')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'projects', summary: 'Projects of all sectors: filtered, sorted, paged 项目库' })
  @on
  @basis
  @projectListQuery
  @ApiQuery({ name: 'sort', required: false, enum: PROJECT_SORTS })
  @reads('One page, as far as the reader may see them; `next` is the cursor of the following one')
  async projects(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const sort = choiceParameter(query, 'sort', PROJECT_SORTS, 'stream');
    const input = await this.input(plan, query);
    return {
      plan,
      on: input.on,
      ...projectList(input, { ...projectListOf(query), sort }, visibleTo(request, plan, 'project.read')),
    };
  }

  @Get('due')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'due', summary: 'What falls due, and what is overdue 待办' })
  @on
  @ApiQuery({ name: 'within', required: false, schema: { type: 'integer', minimum: 0, maximum: WITHIN_MAX } })
  @ApiQuery({ name: 'baseline', required: false, enum: BASELINES })
  @whoseQuery
  @reads('Milestones, elements, reports, measures and cases by their day; overdue ones have negative days')
  async due(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const input = await this.input(plan, query);
    const within = integerParameter(query, 'within', { min: 0, max: WITHIN_MAX }) ?? 30;
    const baseline = choiceParameter(query, 'baseline', BASELINES, 'current');
    const options = { baseline, within, ...whoseIn(query) };
    const visible = visibleTo(request, plan, 'project.read');
    return { plan, on: input.on, baseline, due: dues(input, options, visible) };
  }

  @Get('elements')
  @Needs('plan.read')
  @ApiOperation({ operationId: 'elements', summary: 'Demand, allocation and use of elements by kind 要素保障' })
  @on
  @whoseQuery
  @reads('Of projects that the reader may see and that are not off-plan; what projects lack is in `gaps`')
  async elements(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const input = await this.input(plan, query);
    const filter = whoseIn(query);
    return { plan, on: input.on, kinds: elementSums(input, filter, visibleTo(request, plan, 'project.read')) };
  }

  private input(plan: string, query: Query): Promise<CompletionInput> {
    return this.desk.input(plan, dateParameter(query, 'on'));
  }
}
