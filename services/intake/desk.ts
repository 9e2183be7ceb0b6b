import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Command as CqrsCommand, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Channel } from '@planledger/contracts';
import {
  openWriteSide,
  PLATFORM,
  type Platform,
  ProblemError,
  RefusedError,
  type SignedRequest,
  principalOf,
  UnknownOutcome,
  type WriteSide,
} from '@planledger/host';
import { reject } from '@planledger/kernel';
import type { Asker, Command } from '@planledger/project';
import { hash } from 'node:crypto';

const RETRY_AFTER_SECONDS = 1;

/** What the appender answers; see Answer in libs/ledger. */
export type Answer = Awaited<ReturnType<WriteSide['appender']['submit']>>;

/** One command on its way to the appender of its plan. */
export class Submit extends CqrsCommand<Answer> {
  constructor(
    readonly plan: string,
    readonly commandId: string,
    readonly bodyDigest: string,
    readonly command: Command,
    readonly ifVersion: number | undefined,
  ) {
    super();
  }
}

/** The write sides of all plans this process serves. */
@Injectable()
export class IntakeDesk implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly writeSides = new Map<string, WriteSide>();

  constructor(
    @Inject(PLATFORM) readonly platform: Platform,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const plan of this.platform.plans) this.writeSides.set(plan, await openWriteSide(this.platform, plan));
  }

  /** After every module's onModuleInit: all followers follow by now, none misses the first entry. */
  onApplicationBootstrap(): void {
    for (const side of this.writeSides.values()) side.startRelay();
  }

  async onApplicationShutdown(): Promise<void> {
    for (const side of this.writeSides.values()) await side.stop();
  }

  of(plan: string): WriteSide {
    const side = this.writeSides.get(plan);
    if (!side) throw new ProblemError('NOT_FOUND');
    return side;
  }

  /** Hands a checked command to the plan's appender. Throws OUTCOME_UNKNOWN where the store failed in the middle. */
  async submit(
    plan: string,
    commandId: string,
    digestOf: unknown,
    command: Command,
    ifVersion?: number,
  ): Promise<Answer> {
    try {
      return await this.bus.execute(new Submit(plan, commandId, digest(digestOf), command, ifVersion));
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error;
      throw new ProblemError('OUTCOME_UNKNOWN', {}, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  }

  /** The stream that holds the entry of this position; throws the refusal where there is none. */
  async streamAt(plan: string, position = ''): Promise<string> {
    const at = /^\d{1,10}$/.test(position) ? Number(position) : 0;
    const [stored] = at > 0 ? await this.platform.ledger.read(plan, { from: at, to: at, limit: 1 }) : [];
    if (!stored) throw new RefusedError(reject('ENTRY_UNKNOWN', { entry: position.slice(0, 20) }));
    return stored.stream;
  }

  /** The asker behind a request, as the entries will name him. */
  askerOf(request: SignedRequest): Asker {
    const { plan = '' } = request.params as { plan?: string };
    return {
      principal: principalOf(request),
      channel: CHANNELS.get(String(request.headers['x-channel'])) ?? Channel.API,
      // The plan's own clock: on a simulated one, nothing is reported after it was recorded.
      reportedAt: new Date(this.platform.clock(plan)).toISOString(),
    };
  }
}

const CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ['web', Channel.WEB],
  ['excel', Channel.EXCEL],
  ['api', Channel.API],
]);

@CommandHandler(Submit)
export class SubmitHandler implements ICommandHandler<Submit> {
  constructor(@Inject(IntakeDesk) private readonly desk: IntakeDesk) {}

  execute({ plan, commandId, bodyDigest, command, ifVersion }: Submit): Promise<Answer> {
    const submission = { commandId, bodyDigest, command };
    return this.desk.of(plan).appender.submit(ifVersion === undefined ? submission : { ...submission, ifVersion });
  }
}

/** Hex SHA-256 over JSON with sorted keys: the same content gives the same digest however it was written. */
function digest(value: unknown): string {
  return hash('sha256', canonical(value), 'hex');
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[key];
    if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(field)}`;
  }
  return `{${text}}`;
}
