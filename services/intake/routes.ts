import { Body, Controller, Get, Inject, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { decodeEntry } from '@planledger/contracts';
import {
  type Language,
  languageOf,
  Needs,
  plainProject,
  principalOf,
  type Problem,
  ProblemError,
  reads,
  refusalProblem,
  refuseUnless,
  RefusedError,
  schemaRef,
  sendProblem,
  type SignedRequest,
  surfaceProblem,
  writes,
} from '@planledger/host';
import { reject } from '@planledger/kernel';
import {
  type Command,
  type CommandRow,
  COMMANDS,
  CorrectBody,
  paramsFor,
  RetractBody,
  validateBody,
} from '@planledger/project';
import { foldProject } from '@planledger/sectors/kit';
import type { FastifyReply } from 'fastify';
import { type Answer, IntakeDesk } from './desk.js';

const COMMAND_ID = /^[A-Za-z0-9._-]{8,80}$/;

/** The command id of a request; every write carries one. */
export function commandIdOf(request: SignedRequest): string {
  const id = request.headers['idempotency-key'];
  if (typeof id !== 'string' || !COMMAND_ID.test(id)) throw new ProblemError('IDEMPOTENCY_KEY_MISSING');
  return id;
}

/** Write routes take JSON alone: no form, no text, and no stream that is meant for the NDJSON route. */
function refuseOtherMedia({ headers }: SignedRequest): void {
  const given = headers['content-type'];
  if (given !== undefined && !/^application\/json\s*(;|$)/i.test(given)) throw new ProblemError('UNSUPPORTED_MEDIA');
}

function ifVersionOf(request: SignedRequest): number | undefined {
  const match = request.headers['if-match'];
  if (match === undefined) return undefined;
  const version = /^"(\d{1,9})"$/.exec(match)?.[1];
  if (version === undefined) throw new ProblemError('QUERY_MALFORMED', { name: 'If-Match', expected: '"<version>"' });
  return Number(version);
}

/** What an answer other than a receipt is to the outside; undefined for the answers that are none. */
export function problemOf(answer: Answer, commandId: string, language: Language): Problem | undefined {
  switch (answer.kind) {
    case 'accepted':
    case 'nothing-to-do':
      return undefined;
    case 'rejected':
      return refusalProblem(answer.rejection, language);
    case 'stale':
      return surfaceProblem('STALE_VERSION', language, { version: answer.version });
    case 'id-reused':
      return surfaceProblem('ID_REUSED', language, { commandId });
    case 'overloaded':
      return surfaceProblem('OVERLOADED', language, {}, { retryAfterSeconds: answer.retryAfterSeconds });
  }
}

/** The receipt of an answer and its status: 201 when it was written now, 200 when known or nothing was to do. */
export const receiptOf = (answer: Answer, commandId: string): { status: number; receipt: object } =>
  answer.kind === 'accepted'
    ? { status: answer.replayed ? 200 : 201, receipt: answer.receipt }
    : { status: 200, receipt: { commandId, entries: [] } };

function sendAnswer(request: SignedRequest, reply: FastifyReply, commandId: string, answer: Answer): void {
  const problem = problemOf(answer, commandId, languageOf(request.headers['accept-language']));
  if (problem) return sendProblem(reply, problem);
  const { status, receipt } = receiptOf(answer, commandId);
  const version = answer.kind === 'accepted' ? answer.receipt.entries.at(-1)?.version : undefined;
  if (version !== undefined) void reply.header('etag', `"${version}"`);
  void reply.status(status).send(receipt);
}

type Routed = SignedRequest & { params: Record<string, string> };

/**
 * A command of the table from a request; throws the 400 problem for a bad shape. Of an answer to a request it looks up the
 * stream, and throws the refusal where nothing stands at the position.
 */
export async function rowCommand(
  desk: IntakeDesk,
  row: CommandRow,
  plan: string,
  commandId: string,
  params: Record<string, string>,
  raw: unknown,
  request: SignedRequest,
): Promise<Command> {
  const body = validateBody(row.body, raw);
  if (Array.isArray(body)) throw new ProblemError('BODY_MALFORMED', {}, { errors: body });
  const by = desk.askerOf(request);
  const command = { kind: 'row', row, params: paramsFor(row, plan, commandId, params), body, by } as const;
  return row.on === 'request' ? { ...command, stream: await desk.streamAt(plan, params['position']) } : command;
}

/** The controller of all write routes, one method a row of the table of commands. */
export function commandController(): Type {
  @ApiTags('intake')
  @Controller('api/plans/:plan')
  class CommandController {
    constructor(@Inject(IntakeDesk) readonly desk: IntakeDesk) {}
  }
  const { prototype } = CommandController;
  for (const row of COMMANDS) {
    const handler = async function (
      this: CommandController,
      request: Routed,
      raw: unknown,
      reply: FastifyReply,
    ): Promise<void> {
      refuseOtherMedia(request);
      const { plan = '', ...params } = request.params;
      const commandId = commandIdOf(request);
      const command = await rowCommand(this.desk, row, plan, commandId, params, raw, request);
      const answer = await this.desk.submit(
        plan,
        commandId,
        { name: row.name, params, raw },
        command,
        ifVersionOf(request),
      );
      sendAnswer(request, reply, commandId, answer);
    };
    Object.defineProperty(prototype, row.name, { value: handler, writable: true, configurable: true });
    route(prototype, row.name, [
      Post(row.path.replaceAll(/\{(\w+)\}/g, ':$1')),
      Needs(row.permission),
      ApiOperation({ operationId: row.name, summary: row.summary }),
      ApiBody({ schema: schemaRef(row.body), examples: { demo: { value: row.example } } }),
      ...commandHeaders,
      writes,
    ]);
  }
  return CommandController;
}

const commandHeaders = [
  ApiHeader({ name: 'Idempotency-Key', required: true, schema: { type: 'string', pattern: COMMAND_ID.source } }),
  ApiHeader({ name: 'If-Match', required: false, description: '"<version>" of the stream that was seen' }),
];

/** Decorates a method made at run time as a handler of (request, body, reply). */
function route(prototype: object, name: string, decorators: readonly MethodDecorator[]): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  for (const decorate of decorators) decorate(prototype, name, descriptor);
  Req()(prototype, name, 0);
  Body()(prototype, name, 1);
  Res()(prototype, name, 2);
}

@ApiTags('intake')
@Controller('api/plans/:plan')
export class CorrectionController {
  constructor(@Inject(IntakeDesk) private readonly desk: IntakeDesk) {}

  @Post('entries/:position/correct')
  @Needs('entry.correct')
  @ApiOperation({
    operationId: 'correctEntry',
    summary: 'Correct an entry by a whole new payload, with the reason 更正',
  })
  @ApiParam({ name: 'position', schema: { type: 'integer', minimum: 1 } })
  @ApiBody({ schema: schemaRef(CorrectBody), examples: { demo: { value: correctionExample() } } })
  @commandAnswers
  async correct(@Req() request: Routed, @Body() raw: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.rewrite('correct', request, raw, reply);
  }

  @Post('entries/:position/retract')
  @Needs('entry.correct')
  @ApiOperation({ operationId: 'retractEntry', summary: 'Retract an entry, with the reason 撤回' })
  @ApiParam({ name: 'position', schema: { type: 'integer', minimum: 1 } })
  @ApiBody({ schema: schemaRef(RetractBody), examples: { demo: { value: retractionExample() } } })
  @commandAnswers
  async retract(@Req() request: Routed, @Body() raw: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.rewrite('retract', request, raw, reply);
  }

  @Get('projects/:id')
  @Needs('project.read')
  @ApiOperation({ operationId: 'project', summary: 'One project as the ledger has it now 项目详情' })
  @reads('The project; ETag is its version')
  async project(@Req() request: Routed, @Res() reply: FastifyReply): Promise<void> {
    const { plan = '', id = '' } = request.params;
    const stream = `project/${id}`;
    const stored = await this.desk.platform.ledger.readStream(plan, stream);
    const project = foldProject(
      stream,
      stored.map(({ bytes }) => decodeEntry(bytes)),
    );
    if (!project.registration) throw new RefusedError(reject('PROJECT_UNKNOWN', { project: id }));
    const { sector, county, unit } = project.registration;
    refuseUnless(principalOf(request), 'project.read', { plan, sector, county, unit });
    void reply.header('etag', `"${project.version}"`).send(plainProject(plan, project));
  }

  private async rewrite(
    kind: 'correct' | 'retract',
    request: Routed,
    raw: unknown,
    reply: FastifyReply,
  ): Promise<void> {
    refuseOtherMedia(request);
    const { plan = '', position = '' } = request.params;
    const commandId = commandIdOf(request);
    const shape: new () => RetractBody = kind === 'correct' ? CorrectBody : RetractBody;
    const body = validateBody(shape, raw);
    if (Array.isArray(body)) throw new ProblemError('BODY_MALFORMED', {}, { errors: body });
    const [stream, entry] = [await this.desk.streamAt(plan, position), Number(position)];
    const command: Command = { kind, stream, entry, body, by: this.desk.askerOf(request) };
    const answer = await this.desk.submit(plan, commandId, { kind, entry, raw }, command, ifVersionOf(request));
    sendAnswer(request, reply, commandId, answer);
  }
}

/** The headers that any write takes, and what it may answer. */
function commandAnswers(target: object, name: string | symbol, descriptor: PropertyDescriptor): void {
  for (const decorate of [...commandHeaders, writes]) decorate(target, name, descriptor);
}

function correctionExample(): object {
  return {
    occurredOn: '2024-07-03',
    why: 'typing-error',
    reason: '开工日期录入错误，应为七月三日。',
    payload: {},
  };
}

function retractionExample(): object {
  return { occurredOn: '2024-07-04', why: 'reported-twice', reason: '与上一条重复填报，予以撤回。' };
}
