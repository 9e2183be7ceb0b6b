import { Controller, Get, Inject, Param, Query as QueryOf, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { decodeEntry, type EventType, rewritesOf } from '@planledger/contracts';
import {
  basisOf,
  choiceParameter,
  dateParameter,
  EXPLAINED_CHILDREN_MAX,
  explainedIn,
  integerParameter,
  Needs,
  PLATFORM,
  type Platform,
  plainProject,
  principalOf,
  ProblemError,
  type Query,
  reads,
  refold,
  RefusedError,
  refuseUnless,
  showsAmong,
  type SignedRequest,
  textParameter,
  viewExplanation,
  visibleTo,
  weighed,
} from '@planledger/host';
import { reject } from '@planledger/kernel';
import { BASELINES, completion, CONFIDENCES, explain, gaps, parseViewNode } from '@planledger/progress';
import { SECTORS } from '@planledger/sectors';
import type { FastifyReply } from 'fastify';
import { plainEntry, streamEntries } from './entries.js';
import { type Moment, momentOf, replayedInput } from './replay.js';
import { Replays } from './replays.js';
import { replayedDocs } from './view-replay.js';

const PAGE_ENTRIES_MAX = 500;
const CUTS = ['sector', 'programme', 'item', 'county'] as const;

const weightsQuery = ApiQuery({
  name: 'weights',
  required: false,
  description: 'Id of a weight set, one of the answer’s `weightSets`; default the one in force on that day',
});
const at = ApiQuery({
  name: 'at',
  required: false,
  description: 'What was known: a position or an instant; default the head',
});
const on = ApiQuery({ name: 'on', required: false, description: 'Business date; default the Shanghai date of `at`' });

/** The history for auditors: the entries themselves, and any past state by the same folds as the live one. */
@ApiTags('audit')
@Controller('api/plans/:plan')
export class AuditController {
  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    @Inject(Replays) private readonly replays: Replays,
  ) {}

  @Get('entries')
  @Needs('entries.read')
  @ApiOperation({ operationId: 'entries', summary: 'The ledger, filtered; NDJSON by Accept 台账记录' })
  @ApiProduces('application/json', 'application/x-ndjson')
  @ApiQuery({ name: 'from', required: false, schema: { type: 'integer', minimum: 1 } })
  @ApiQuery({ name: 'to', required: false, schema: { type: 'integer', minimum: 1 } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: PAGE_ENTRIES_MAX } })
  @ApiQuery({ name: 'stream', required: false })
  @ApiQuery({ name: 'type', required: false, description: 'e.g. milestoneClaimed' })
  @ApiQuery({ name: 'actor', required: false })
  @ApiQuery({ name: 'sector', required: false })
  @ApiQuery({ name: 'county', required: false })
  @ApiQuery({ name: 'period', required: false })
  @ApiQuery({ name: 'backfilled', required: false, enum: ['true', 'false'] })
  @reads('One page with `next`, or every match as NDJSON; each with its stored bytes in base64')
  async entries(
    @Req() request: SignedRequest,
    @Param('plan') plan: string,
    @QueryOf() query: Query,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = filterOf(query);
    const from = integerParameter(query, 'from', { min: 1, max: 4_294_967_295 }) ?? 1;
    const head = (await this.platform.ledger.head(plan)).position;
    const to = Math.min(head, integerParameter(query, 'to', { min: 1, max: 4_294_967_295 }) ?? head);
    if ((request.headers.accept ?? '').includes('application/x-ndjson')) {
      await streamEntries(this.platform, plan, { from, to, filter }, reply);
      return;
    }
    const limit = integerParameter(query, 'limit', { min: 1, max: PAGE_ENTRIES_MAX }) ?? 100;
    const page = from > to ? [] : await this.platform.ledger.read(plan, { from, to, limit, filter });
    const last = page.at(-1)?.position ?? to;
    const next = page.length === limit && last < to ? last + 1 : null;
    void reply.send({ plan, head, entries: page.map(plainEntry), next });
  }

  @Get('entries/:position')
  @Needs('entries.read')
  @ApiOperation({ operationId: 'entry', summary: 'One entry with its stored bytes and leaf hash 单条记录' })
  @reads('The entry, what it corrects, and the corrections of it that took effect')
  async entry(@Param() params: { plan: string; position: string }): Promise<object> {
    const position = /^\d{1,10}$/.test(params.position) ? Number(params.position) : 0;
    const page =
      position > 0 ? await this.platform.ledger.read(params.plan, { from: position, to: position, limit: 1 }) : [];
    const [stored] = page;
    if (!stored) throw new RefusedError(reject('ENTRY_UNKNOWN', { entry: params.position.slice(0, 20) }));
    const stream = await this.platform.ledger.readStream(params.plan, stored.stream);
    const rewrites = rewritesOf(stream.map(({ bytes }) => decodeEntry(bytes)));
    // Linked both ways: from the original to what corrected it, and back.
    const corrects = rewrites.find(({ positions }) => positions.includes(position))?.entry ?? null;
    const correctedBy = rewrites.flatMap(({ entry, positions }) => (entry === position ? positions : []));
    return { plan: params.plan, ...plainEntry(stored), corrects, correctedBy };
  }

  @Get('replay/projects/:id')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'replayProject', summary: 'A project as it was known at a moment 项目回放' })
  @at
  @reads('The project, and the entries that made it')
  async replayProject(
    @Req() request: SignedRequest,
    @Param() params: { plan: string; id: string },
    @QueryOf() query: Query,
  ): Promise<object> {
    const { plan, id } = params;
    const { position } = await momentOf(this.platform, plan, textParameter(query, 'at'), undefined);
    const stored = await this.platform.ledger.readStream(plan, `project/${id}`);
    const entries = stored.filter((entry) => entry.position <= position).map(({ bytes }) => decodeEntry(bytes));
    const doc = refold(`${plan}/project/${id}`, entries);
    if (doc.kind !== 'project' || !doc.state.registration) {
      throw new RefusedError(reject('PROJECT_UNKNOWN', { project: id.slice(0, 80) }));
    }
    const { sector, county, unit } = doc.state.registration;
    refuseUnless(principalOf(request), 'replay.read', { plan, sector, county, unit });
    const made = stored.filter((entry) => entry.position <= position).map(plainEntry);
    return { at: position, ...plainProject(plan, doc.state), entries: made };
  }

  @Get('replay/completion')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'replayCompletion', summary: 'Completion as it was known at a moment 完成情况回放' })
  @ApiQuery({ name: 'by', required: false, enum: CUTS })
  @weightsQuery
  @at
  @on
  @reads('As `completion`, from the ledger alone')
  async replayCompletion(@Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
    const by = choiceParameter(query, 'by', CUTS, 'sector');
    const moment = await this.moment(plan, query);
    const answer = await this.replays.answer(plan, moment, (input) => completion(weighed(input, query), by));
    return { plan, at: moment.position, ...answer };
  }

  @Get('replay/gaps')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'replayGaps', summary: 'Gaps as they were known at a moment 缺口回放' })
  @at
  @on
  @reads('As `gaps`, from the ledger alone')
  async replayGaps(
    @Req() request: SignedRequest,
    @Param('plan') plan: string,
    @QueryOf() query: Query,
  ): Promise<object> {
    const moment = await this.moment(plan, query);
    const input = await replayedInput(this.platform, plan, moment);
    const visible = visibleTo(request, plan, 'replay.read');
    return { plan, at: moment.position, on: moment.on, gaps: gaps(input, visible) };
  }

  @Get('replay/explain')
  @Needs('replay.read')
  @ApiOperation({ operationId: 'replayExplain', summary: 'Why a past figure was what it was 历史数据溯源' })
  @ApiQuery({ name: 'node', required: true })
  @ApiQuery({ name: 'confidence', required: false, enum: CONFIDENCES })
  @ApiQuery({ name: 'baseline', required: false, enum: BASELINES })
  @weightsQuery
  @ApiQuery({ name: 'cursor', required: false, description: 'Page of a long list of children' })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: EXPLAINED_CHILDREN_MAX },
  })
  @at
  @on
  @reads('As `explain`, and of a view’s number as its sector’s `explain`, from the ledger alone')
  async replayExplain(
    @Req() request: SignedRequest,
    @Param('plan') plan: string,
    @QueryOf() query: Query,
  ): Promise<object> {
    const { node, page } = explainedIn(query);
    const { confidence, baseline } = basisOf(query);
    const visible = visibleTo(request, plan, 'replay.read');
    const moment = await this.moment(plan, query);
    const view = parseViewNode(node);
    const sector = SECTORS.get(view?.sector ?? '');
    if (view && sector) {
      const state = await this.replays.answer(plan, moment, (input) => input.plan);
      const docs = await replayedDocs(this.platform, plan, view.sector, moment.position);
      const found = viewExplanation(sector, docs, state, node, page, showsAmong(docs, visible));
      if (!found) throw new ProblemError('NOT_FOUND');
      return { plan, at: moment.position, ...found };
    }
    const explanation = await this.replays.answer(plan, moment, (input) =>
      explain(weighed(input, query), node, confidence, { baseline, ...page, visible }),
    );
    if (!explanation) throw new ProblemError('NOT_FOUND');
    return { plan, at: moment.position, ...explanation };
  }

  private moment(plan: string, query: Query): Promise<Moment> {
    return momentOf(this.platform, plan, textParameter(query, 'at'), dateParameter(query, 'on'));
  }
}

function filterOf(query: Query) {
  const backfilled = choiceParameter(query, 'backfilled', ['true', 'false', ''] as const, '');
  const texts = ['stream', 'type', 'actor', 'sector', 'county', 'period'] as const;
  const given = texts.flatMap((name) => {
    const value = textParameter(query, name);
    return value === undefined ? [] : [[name, value]];
  });
  const filter: Partial<Record<(typeof texts)[number], string>> & { type?: EventType } = Object.fromEntries(given);
  return backfilled === '' ? filter : { ...filter, backfilled: backfilled === 'true' };
}
