import { Controller, Get, Inject, Param, Query as QueryOf, Req } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  basisOf,
  choiceParameter,
  dateParameter,
  Needs,
  nodeParameter,
  PLATFORM,
  type Platform,
  projectListOf,
  projectListQuery,
  ProblemError,
  type Query,
  reads,
  RefusedError,
  type SignedRequest,
  textParameter,
  visibleTo,
  whoseIn,
  whoseQuery,
} from '@planledger/host';
import { reject } from '@planledger/kernel';
import {
  BASELINES,
  type CompletionInput,
  CONFIDENCES,
  elementSums,
  evaluation,
  indicators,
  lampHistory,
  lamps,
} from '@planledger/progress';
import { planChanges, stepOf } from './diff.js';
import { type Moment, momentOf, replayedInput } from './replay.js';
import { Replays } from './replays.js';

/** Most entries that a difference lists one by one; `entries` lists any number. */
const STEPS_MAX = 1_000;
const at = ApiQuery({
  name: 'at',
  required: false,
  description: 'What was known: a position or an instant; default the head',
});
const on = ApiQuery({ name: 'on', required: false, description: 'Business date; default the Shanghai date of `at`' });
const confidence = ApiQuery({ name: 'confidence', required: false, enum: CONFIDENCES });
const baseline = ApiQuery({ name: 'baseline', required: false, enum: BASELINES });

/** Judgements of any moment, by the functions of the live path: indicators, lamps, the evaluation, and what changed. */
@ApiTags('audit')
@Controller('api/plans/:plan')
export class JudgeController {
  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    @Inject(Replays) private readonly replays: Replays,
  ) {}

  @Get('replay/indicators')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'replayIndicators', summary: 'Indicators as they were known at a moment 指标回放' })
  @at
  @on
  @reads('As `indicators`, from the ledger alone')
  async indicators(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    return { plan, ...(await this.replayed(plan, query, indicators)) };
  }

  @Get('replay/lamps')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'replayLamps', summary: 'Lamps as they were known at a moment 亮灯回放' })
  @at
  @on
  @confidence
  @baseline
  @projectListQuery
  @reads('As `lamps`, from the ledger alone')
  async lamps(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const options = projectListOf(query);
    const visible = visibleTo(request, plan, 'replay.read');
    return { plan, ...(await this.replayed(plan, query, (input) => lamps(input, options, visible))) };
  }

  @Get('replay/lamps/history')
  @Needs('replay.read')
  @ApiOperation({
    operationId: 'replayLampHistory',
    summary: 'A lamp’s months as they were known at a moment 亮灯历史回放',
  })
  @ApiQuery({ name: 'node', required: true })
  @at
  @on
  @confidence
  @baseline
  @reads('As `lampHistory`, from the ledger alone')
  async lampHistory(
    @Req() request: SignedRequest,
    @Param('plan') plan: string,
    @QueryOf() query: Query,
  ): Promise<object> {
    const [node, basis] = [nodeParameter(query, 'lamp/item/B2-1'), basisOf(query)];
    const visible = visibleTo(request, plan, 'replay.read');
    const history = await this.replayed(plan, query, (input) => {
      const found = lampHistory(input, node, basis, visible);
      if (!found) throw new ProblemError('NOT_FOUND');
      return found;
    });
    return { plan, ...history };
  }

  @Get('replay/elements')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'replayElements', summary: 'Elements as they were known at a moment 要素回放' })
  @at
  @on
  @whoseQuery
  @reads('As `elements`, from the ledger alone')
  async elements(@Req() request: SignedRequest, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const filter = whoseIn(query);
    const visible = visibleTo(request, plan, 'replay.read');
    const summed = (input: CompletionInput) => ({ on: input.on, kinds: elementSums(input, filter, visible) });
    return { plan, ...(await this.replayed(plan, query, summed)) };
  }

  @Get('evaluation')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'evaluation', summary: 'Mid-term or final evaluation with its annexes 评估' })
  @ApiQuery({ name: 'kind', required: true, enum: ['mid', 'final'] })
  @at
  @on
  @confidence
  @baseline
  @reads('Counts of indicators and items by verdict, and three annexes')
  async evaluation(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const kind = choiceParameter(query, 'kind', ['mid', 'final', ''] as const, '');
    if (kind === '') throw new ProblemError('QUERY_MALFORMED', { name: 'kind', expected: 'mid | final' });
    const basis = basisOf(query);
    return { plan, ...(await this.replayed(plan, query, (input) => evaluation(input, kind, basis))) };
  }

  @Get('diff')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'diff', summary: 'What changed between two moments, and by which entries 差异' })
  @ApiQuery({ name: 'from', required: true, description: 'A position or an instant' })
  @ApiQuery({ name: 'to', required: false, description: 'A position or an instant; default the head' })
  @ApiQuery({ name: 'project', required: false, description: 'Of one project alone' })
  @reads(
    'Figures that moved, each with the moments at which `replay/explain` of its node gives them; the entries between',
  )
  async diff(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const earlier = textParameter(query, 'from');
    if (!earlier)
      throw new ProblemError('QUERY_MALFORMED', { name: 'from', expected: '1 | 2024-06-30T23:59:59+08:00' });
    const from = await momentOf(this.platform, plan, earlier, undefined);
    const to = await momentOf(this.platform, plan, textParameter(query, 'to'), undefined);
    if (to.position < from.position)
      throw new ProblemError('QUERY_MALFORMED', { name: 'to', expected: `>= ${from.position}` });
    const project = textParameter(query, 'project', 80);
    const steps = await this.steps(plan, from, to, project);
    const shared = { plan, from, to, ...steps };
    if (project !== undefined) return { ...shared, changes: [] };
    const seenAt = async (moment: Moment) => ({ moment, input: await replayedInput(this.platform, plan, moment) });
    return { ...shared, changes: planChanges(await seenAt(from), await seenAt(to)) };
  }

  /** The entries after `from` up to `to`, the oldest first. */
  private async steps(plan: string, from: Moment, to: Moment, project: string | undefined) {
    const range = { from: from.position + 1, to: to.position };
    if (project !== undefined) {
      const stored = await this.platform.ledger.readStream(plan, `project/${project}`);
      if (stored.length === 0) throw new RefusedError(reject('PROJECT_UNKNOWN', { project }));
      const between = stored.filter(({ position }) => position >= range.from && position <= range.to);
      return { entries: between.length, steps: between.slice(0, STEPS_MAX).map(stepOf) };
    }
    const page = range.from > range.to ? [] : await this.platform.ledger.read(plan, { ...range, limit: STEPS_MAX });
    return { entries: to.position - from.position, steps: page.map(stepOf) };
  }

  private async replayed<Answer extends object>(
    plan: string,
    query: Query,
    question: (input: CompletionInput) => Answer,
  ): Promise<{ readonly at: number } & Answer> {
    const moment = await momentOf(this.platform, plan, textParameter(query, 'at'), dateParameter(query, 'on'));
    return { at: moment.position, ...(await this.replays.answer(plan, moment, question)) };
  }
}
