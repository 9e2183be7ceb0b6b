import { Body, Controller, Get, Header, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { once } from 'node:events';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Needs, Open } from './authorise.js';
import { reads } from './openapi.js';
import { everyParked, PLATFORM, type Platform } from './platform.js';
import { ProblemError } from './problem.js';

/** Prometheus gives up after 10 s, and the other figures must come through while a database is down. */
const STORE_MS_MAX = 2_000;

/** Resolves when all are done, have failed, or have taken too long. */
async function inTime(questions: readonly Promise<unknown>[]): Promise<void> {
  const tooLong = AbortSignal.timeout(STORE_MS_MAX);
  await Promise.race([Promise.allSettled(questions), once(tooLong, 'abort')]);
}

@ApiTags('operation')
@Controller()
export class HealthController {
  private readyOnce = false;
  /** By plan, where the ledger ended when this was first asked. */
  private readonly firstHeads = new Map<string, number>();
  private readonly registry = new Registry();

  constructor(@Inject(PLATFORM) private readonly platform: Platform) {
    collectDefaultMetrics({ register: this.registry });
    const { desks, relays, plans } = platform;
    new Gauge({
      name: 'planledger_follower_lag_entries',
      help: 'Records published and not yet handled, by follower',
      labelNames: ['follower'],
      registers: [this.registry],
      collect() {
        for (const [follower, desk] of desks) this.set({ follower }, desk.lag());
      },
    });
    new Gauge({
      name: 'planledger_follower_lag_seconds',
      help: 'How long the oldest of them has been on the feed, by follower; too short after a start; +Inf where not known',
      labelNames: ['follower'],
      registers: [this.registry],
      collect() {
        for (const [follower, desk] of desks) this.set({ follower }, desk.lagSeconds());
      },
    });
    new Gauge({
      name: 'planledger_parked_keys',
      help: 'Streams that wait for an operator, by plan and view; absent where none was seen, or the views cannot be asked',
      labelNames: ['plan', 'view'],
      registers: [this.registry],
      async collect() {
        this.reset();
        await inTime(
          plans.map(async (plan) => {
            for (const { view } of await everyParked(platform, plan)) this.inc({ plan, view });
          }),
        );
      },
    });
    new Gauge({
      name: 'planledger_relay_position',
      help: 'Position up to which the relay has published, by plan',
      labelNames: ['plan'],
      registers: [this.registry],
      collect() {
        for (const [plan, relay] of relays) this.set({ plan }, relay.position());
      },
    });
    new Gauge({
      name: 'planledger_ledger_head',
      help: 'Position of the last entry, by plan; told by who relays, absent while the ledger cannot be asked',
      labelNames: ['plan'],
      registers: [this.registry],
      async collect() {
        this.reset();
        await inTime(
          [...relays.keys()].map(async (plan) => this.set({ plan }, (await platform.ledger.head(plan)).position)),
        );
      },
    });
  }

  @Get('health/live')
  @Open()
  @ApiOperation({ operationId: 'live-health', summary: 'The process runs', security: [] })
  @ApiResponse({ status: 200, description: 'It does' })
  alive(): object {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Open()
  @ApiOperation({
    operationId: 'ready',
    summary: 'Own store and identity provider reached, and caught up, once since the start',
    security: [],
  })
  @ApiResponse({ status: 200, description: 'Ready' })
  @ApiResponse({ status: 503, description: 'Not yet; followers and their lag' })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const { ledger, relays, desks } = this.platform;
    // Who does not relay has no ledger to ask.
    const relayed = await Promise.all(
      [...relays].map(async ([plan, relay]) => {
        const { position } = await ledger.head(plan);
        // One that stands by knows where the other was a moment ago: while people write, that is never the head of now.
        const asked = this.firstHeads.get(plan) ?? position;
        this.firstHeads.set(plan, asked);
        return relay.position() >= asked;
      }),
    );
    // Looked at after the relays: what one had still to publish when it was asked was no lag of anybody.
    const lag = Object.fromEntries([...desks].map(([name, desk]) => [name, desk.lag()]));
    const caughtUp = !relayed.includes(false) && Object.values(lag).every((records) => records === 0);
    const keys = this.readyOnce || (await this.platform.keysAtHand());
    this.readyOnce ||= caughtUp && keys;
    // Lag after the first catching up removes no reader, for figures say how far they go; nor does an issuer that is away:
    // its keys are good for some minutes, and after them a 503 of ours says more than one of who stands in front.
    const status = this.readyOnce ? 'ready' : keys ? 'catching up' : 'no keys of the identity provider';
    void reply.status(this.readyOnce ? 200 : 503).send({ status, lag });
  }

  @Get('metrics')
  @Needs('metrics.read')
  @Header('content-type', 'text/plain; version=0.0.4')
  @ApiOperation({ operationId: 'metrics', summary: 'Prometheus metrics' })
  @reads('Process metrics, relay positions, lag by follower')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}

/** Sign-in of the embedded profile: built-in people, from this machine only. Absent where OIDC is configured. */
@ApiTags('demo')
@Controller('api/demo')
export class DemoController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Get('people')
  @Open()
  @ApiOperation({ operationId: 'demoPeople', summary: 'People one can sign in as 演示人员', security: [] })
  @ApiResponse({ status: 200, description: 'Id, role, unit, sectors and counties of each' })
  people(): object {
    const people = this.platform.demo?.people ?? [];
    return {
      people: people.map(({ id, name, role, unit, sectors, counties }) => ({
        id,
        name,
        role,
        unit,
        sectors,
        counties,
      })),
    };
  }

  @Post('token')
  @Open()
  @HttpCode(200)
  @ApiOperation({ operationId: 'demoToken', summary: 'A token of one of them 演示登录', security: [] })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['person'],
      properties: { person: { type: 'string' } },
      additionalProperties: false,
    },
    examples: { demo: { value: { person: 'auditor' } } },
  })
  @ApiResponse({ status: 200, description: '{"token"}: send it as Authorization: Bearer' })
  @ApiResponse({ status: 400, description: 'No such person' })
  async token(@Body() body: unknown): Promise<object> {
    const { demo } = this.platform;
    const person = typeof body === 'object' && body !== null && 'person' in body ? body.person : undefined;
    const known = demo?.people.find(({ id }) => id === person);
    if (!demo || !known) {
      throw new ProblemError(
        'BODY_MALFORMED',
        {},
        { errors: [{ field: 'person', problem: 'must be the id of one of GET /api/demo/people' }] },
      );
    }
    return { token: await demo.issue(known.id) };
  }
}
