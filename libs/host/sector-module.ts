import {
  Controller,
  type DynamicModule,
  Get,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
  Param,
  Query as QueryOf,
  Req,
  type Type,
} from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@planledger/auth';
import { reject, toPercent, toText } from '@planledger/kernel';
import { viewNode } from '@planledger/progress';
import { type ProjectState, projectProgress, type Sector } from '@planledger/sectors/kit';
import { isOpenTo, Needs, principalOf, refuseUnless, type SignedRequest, visibleTo } from './authorise.js';
import { reads } from './openapi.js';
import { parkedController } from './parked-routes.js';
import { PLAN_STATES, PLATFORM, type Platform } from './platform.js';
import type { PlanStates } from './plan-states.js';
import { ProblemError, RefusedError } from './problem.js';
import {
  afterParameter,
  EXPLAINED_CHILDREN_MAX,
  explainedIn,
  integerParameter,
  type Query,
  textParameter,
} from './query.js';
import { createSectorDesk, type SectorDesk } from './sector-desk.js';
import { answerOf, showsAmong, viewExplanation, viewQuestion } from './view-figures.js';
import { VIEW_ROWS_MAX, viewPageIn } from './view-pages.js';

const PAGE_PROJECTS_MAX = 200;
/** How long a read waits for the write it was told to come after. */
const AFTER_WAIT_MS = 2_000;

/**
 * A sector's service: its follower, the list and detail of its projects, and its own questions, each a route of its own
 * under sectors/<sector>/. All that differs between sectors is in the Sector given.
 */
export function sectorModule(sector: Sector): DynamicModule {
  const DESK = Symbol(sector.slug);

  class Lifecycle implements OnModuleInit, OnApplicationShutdown {
    constructor(@Inject(DESK) private readonly desk: SectorDesk) {}
    onModuleInit = (): Promise<void> => this.desk.start();
    onApplicationShutdown = (): Promise<void> => this.desk.stop();
  }

  @Module({})
  class SectorModule {}

  return {
    module: SectorModule,
    controllers: [sectorController(sector, DESK), parkedController(sector, DESK)],
    providers: [
      { provide: DESK, inject: [PLATFORM], useFactory: (platform: Platform) => createSectorDesk(platform, sector) },
      Lifecycle,
    ],
  };
}

type Routed = SignedRequest & { params: Record<string, string> };

function sectorController(sector: Sector, desk: symbol): Type {
  @ApiTags(sector.slug)
  @Controller(`api/plans/:plan/sectors/${sector.slug}`)
  class SectorController {
    constructor(
      @Inject(desk) readonly desk: SectorDesk,
      @Inject(PLAN_STATES) readonly plans: PlanStates,
    ) {}

    @Get('projects')
    @Needs('project.read')
    @ApiOperation({ operationId: `${sector.slug}-projects`, summary: `Projects of ${sector.slug} ${sector.name}项目` })
    @ApiQuery({ name: 'cursor', required: false })
    @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: PAGE_PROJECTS_MAX } })
    @ApiQuery({ name: 'after', required: false, description: 'stream@version to wait for' })
    @reads('One page; `next` is the cursor of the following one, or null')
    async projects(@Req() request: Routed, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
      this.plans.get(plan);
      const limit = integerParameter(query, 'limit', { min: 1, max: PAGE_PROJECTS_MAX }) ?? 50;
      await this.comeAfter(plan, query);
      const principal = principalOf(request);
      const shown: object[] = [];
      let cursor = textParameter(query, 'cursor');
      // What one may not see does not count against the page, and does not show as a gap.
      while (shown.length < limit) {
        const page = await this.desk.projects(plan, cursor, limit);
        for (const project of page) {
          if (shown.length === limit) break;
          cursor = idOf(project);
          if (visible(principal, plan, project)) shown.push(summary(sector, project));
        }
        if (page.length < limit) return { plan, projects: shown, next: shown.length < limit ? null : (cursor ?? null) };
      }
      return { plan, projects: shown, next: cursor ?? null };
    }

    @Get('projects/:id')
    @Needs('project.read')
    @ApiOperation({
      operationId: `${sector.slug}-project`,
      summary: `One project of ${sector.slug} ${sector.name}项目详情`,
    })
    @ApiQuery({ name: 'after', required: false, description: 'stream@version to wait for' })
    @reads('Progress by milestone, units and since when they count')
    async project(
      @Req() request: Routed,
      @Param() params: Record<string, string>,
      @QueryOf() query: Query,
    ): Promise<object> {
      const { plan = '', id = '' } = params;
      this.plans.get(plan);
      await this.comeAfter(plan, query);
      const project = await this.desk.project(plan, id);
      if (!project?.registration) throw new RefusedError(reject('PROJECT_UNKNOWN', { project: id }));
      const { county, unit } = project.registration;
      refuseUnless(principalOf(request), 'project.read', { plan, sector: sector.slug, county, unit });
      return detail(sector, project);
    }

    @Get('explain')
    @Needs('plan.read')
    @ApiOperation({
      operationId: `${sector.slug}-explain`,
      summary: `Why a number of a view of ${sector.slug} is what it is, one level down ${sector.name}数据溯源`,
    })
    @ApiQuery({
      name: 'node',
      required: true,
      description: 'The `node` of a record of a view, a slash, the number’s name',
    })
    @ApiQuery({ name: 'cursor', required: false, description: 'Page of a long list of children' })
    @ApiQuery({
      name: 'limit',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: EXPLAINED_CHILDREN_MAX },
    })
    @ApiQuery({ name: 'after', required: false, description: 'stream@version to wait for' })
    @reads('Formula, inputs, what each project adds, entries; of projects that the reader may not see numbers alone')
    async explain(@Req() request: Routed, @Param('plan') plan: string, @QueryOf() query: Query): Promise<object> {
      const state = this.plans.get(plan);
      const { node, page } = explainedIn(query, `view/${sector.slug}/…`);
      await this.comeAfter(plan, query);
      const docs = await this.desk.docs(plan);
      const shows = showsAmong(docs, visibleTo(request, plan, 'project.read'));
      const explanation = viewExplanation(sector, docs, state, node, page, shows);
      if (!explanation) throw new ProblemError('NOT_FOUND');
      return { plan, ...explanation };
    }

    async comeAfter(plan: string, query: Query): Promise<void> {
      const after = afterParameter(query);
      if (after) await this.desk.follower.waitFor(plan, after.stream, after.version, AFTER_WAIT_MS);
    }
  }
  for (const name of Object.keys(sector.views)) viewRoute(SectorController, sector, name);
  return SectorController;
}

/** One of the sector's own questions as a route. */
function viewRoute(
  controller: Type<{ desk: SectorDesk; plans: PlanStates; comeAfter(plan: string, query: Query): Promise<void> }>,
  sector: Sector,
  name: string,
): void {
  const view = sector.views[name];
  if (!view) return;
  const handler = async function (
    this: InstanceType<typeof controller>,
    plan: string,
    query: Query,
    request: Routed,
  ): Promise<unknown> {
    const state = this.plans.get(plan);
    const page = viewPageIn(query);
    await this.comeAfter(plan, query);
    const asked: Record<string, string> = {};
    for (const parameter of Object.keys(view.parameters)) {
      const value = textParameter(query, parameter);
      if (value !== undefined) asked[parameter] = value;
    }
    const docs = await this.desk.docs(plan);
    const shows = showsAmong(docs, visibleTo(request, plan, 'project.read'));
    const question = viewQuestion(sector, name, docs, state, asked, shows);
    return question && answerOf(question, { sector: sector.slug, view: name, parameters: asked }, page);
  };
  const prototype = controller.prototype as object;
  Object.defineProperty(prototype, name, { value: handler, writable: true, configurable: true });
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  const decorators = [
    Get(name),
    Needs('plan.read'),
    ApiOperation({ operationId: `${sector.slug}-${name}`, summary: `${name} of ${sector.slug} ${view.title}` }),
    ...Object.entries(view.parameters).map(([parameter, description]) =>
      ApiQuery({ name: parameter, required: false, description }),
    ),
    ApiQuery({
      name: 'limit',
      required: false,
      description: 'Most rows of each list',
      schema: { type: 'integer', minimum: 1, maximum: VIEW_ROWS_MAX },
      example: 100,
    }),
    ApiQuery({
      name: 'cursor',
      required: false,
      description: 'A cursor in `next` of the page before: the answer then holds the following rows of that list alone',
    }),
    ApiQuery({ name: 'after', required: false, description: 'stream@version to wait for' }),
    reads(
      `${view.title}; of projects that the reader may not see numbers alone. \`next\` holds, by the name of each list that has more rows, the cursor of the following ones`,
      { node: viewNode({ sector: sector.slug, view: name, parameters: {}, path: [] }), next: {} },
    ),
  ];
  for (const decorate of decorators) decorate(prototype, name, descriptor);
  Param('plan')(prototype, name, 0);
  QueryOf()(prototype, name, 1);
  Req()(prototype, name, 2);
}

const idOf = ({ stream }: ProjectState): string => stream.slice('project/'.length);

const visible = (principal: Principal, plan: string, { registration }: ProjectState): boolean =>
  registration !== undefined && isOpenTo(principal, 'project.read', { plan, ...placeOf(registration) });

const placeOf = ({ sector, county, unit }: NonNullable<ProjectState['registration']>) => ({ sector, county, unit });

function share(sector: Sector, project: ProjectState, confidence: 'claimed' | 'verified', baseline: 'b0' | 'current') {
  const progress = projectProgress(sector, project, confidence, baseline);
  return progress ? { exact: toText(progress), percent: toPercent(progress) } : { exact: null, percent: null };
}

function summary(sector: Sector, project: ProjectState): object {
  const { registration, lifecycle } = project;
  const progressIn = (baseline: 'b0' | 'current') => ({
    claimed: share(sector, project, 'claimed', baseline),
    verified: share(sector, project, 'verified', baseline),
  });
  return {
    id: idOf(project),
    name: registration?.name,
    county: registration?.county,
    unit: registration?.unit,
    items: [...project.items.keys()],
    status: lifecycle.status,
    version: project.version,
    progress: progressIn('b0'),
    progressNow: progressIn('current'),
  };
}

function detail(sector: Sector, project: ProjectState): object {
  const units = [...project.units.values()].map((unit) => {
    const counting = sector.unitKinds[unit.kind]?.countsFrom(unit, project);
    const waiting = counting && 'waitingFor' in counting ? counting.waitingFor : null;
    return {
      unit: unit.unit,
      name: unit.name,
      measure: unit.measure,
      quantity: unit.quantity,
      facts: unit.facts,
      verified: unit.verified !== undefined,
      lostOn: unit.lost?.on ?? null,
      countsFrom: counting && 'from' in counting ? counting.from : null,
      waitingFor: waiting,
      waitingBecause: waiting ? (sector.refusals[waiting]?.zh ?? waiting) : null,
    };
  });
  const template = sector.templates[project.registration?.template ?? '']?.milestones ?? [];
  const due = new Map(project.baseline?.milestones.map((milestone) => [milestone.milestone, milestone.due]));
  const milestones = template.map(({ code, name, weight, type }) => {
    const state = project.milestones.get(code);
    const claimed = state?.claimed?.on ?? null;
    const verified = state?.verified?.on ?? null;
    return { code, name, weight, type, due: due.get(code) ?? null, claimed, verified };
  });
  return { ...summary(sector, project), milestones, units };
}
