import 'reflect-metadata';
import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Authorise } from './authorise.js';
import { DemoController, HealthController } from './health.js';
import { openApiDocument } from './openapi.js';
import { servePages } from './pages.js';
import { PLAN_STATES, PLATFORM, type Platform } from './platform.js';
import { createPlanStates, type PlanStates } from './plan-states.js';
import { ProblemFilter } from './problem-filter.js';

const BODY_BYTES_MAX = 262_144;
const REQUEST_MS_MAX = 30_000;

@Global()
@Module({})
class PlatformModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    @Inject(PLAN_STATES) private readonly states: PlanStates,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.states.follow(this.platform.feed, this.platform.ownGroup('plans'));
    // Ready means that the plans are known too: until then every question about them is answered with 404.
    this.platform.desks.set('plans', {
      lag: () => this.states.lag(),
      lagSeconds: () => this.states.lagSeconds(),
      through: (plan) => this.states.position(plan),
      parkedHere: (plan) => this.states.parked(plan),
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.states.stop();
  }

  static with(platform: Platform): DynamicModule {
    return {
      module: PlatformModule,
      controllers: platform.demo ? [HealthController, DemoController] : [HealthController],
      providers: [
        { provide: PLATFORM, useValue: platform },
        { provide: PLAN_STATES, useFactory: createPlanStates },
        { provide: APP_GUARD, useClass: Authorise },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [PLATFORM, PLAN_STATES],
    };
  }
}

/** How long a stopping process goes on answering; then connections are cut, and commands may be sent again. */
const DRAIN_MS_MAX = 15_000;

/** A Nest module: a class, or one made by a function. */
export type ServiceModule = NonNullable<DynamicModule['imports']>[number];

/**
 * Makes the HTTP application of one process out of services' modules, on the given platform. Followers follow before
 * relays start; the caller listens. `docs`: the page at /docs; /openapi.json is always there. `pages`: the folder of the
 * built dashboard, served at `/`.
 */
export async function createApp(
  platform: Platform,
  services: readonly ServiceModule[],
  { docs = true, pages }: { docs?: boolean; pages?: string | undefined } = {},
): Promise<NestFastifyApplication> {
  @Module({ imports: [PlatformModule.with(platform), ...services] })
  class AppModule {}

  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    // A stopping process answers what it was asked; a browser that keeps its connection open does not keep it up.
    forceCloseConnections: 'idle',
    // Until it has stopped it answers whoever still has a connection: as usual, and that this is the last one on it.
    return503OnClosing: false,
    requestTimeout: REQUEST_MS_MAX,
    // Longest id in any path, with room.
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, { logger: ['error', 'warn'] });
  // NDJSON is read line by line by its handler, so it is no body to be gathered and parsed.
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser('application/x-ndjson', (_request, payload, done) => done(null, payload));
  app.enableShutdownHooks();
  fastify.addHook('preClose', (done) => {
    setTimeout(() => fastify.server.closeAllConnections(), DRAIN_MS_MAX).unref();
    done();
  });
  // Made for whoever asks first: a third of a start's work, and most processes are never asked.
  let document: OpenAPIObject | undefined;
  const described = (): OpenAPIObject => (document ??= openApiDocument(app));
  fastify.get('/openapi.json', (_request, reply) => reply.send(described()));
  if (pages) await servePages(fastify, pages, platform.signIn?.issuer);
  if (docs) SwaggerModule.setup('docs', app, described, { raw: false });
  await app.init();
  return app;
}
