import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  drained,
  languageOf,
  Needs,
  type Problem,
  ProblemError,
  type SignedRequest,
  surfaceProblem,
  writes,
} from '@planledger/host';
import { type CommandRow, commandNamed } from '@planledger/project';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { type Answer, IntakeDesk } from './desk.js';
import { linesOf } from './lines.js';
import { problemOf, receiptOf, rowCommand } from './routes.js';

/** A line may be as long as the body of a single write. */
const LINE_BYTES_MAX = 262_144;
const LINES_MAX = 100_000;
/** Commands of one request that wait for the appender at a time. */
const IN_FLIGHT_MAX = 64;

interface Line {
  command: string;
  commandId: string;
  params?: Record<string, string>;
  body: unknown;
}

/** Many commands at once, for imports and machines: a line a command, an answer a line, in the order of the lines. */
@ApiTags('intake')
@Controller('api/plans/:plan')
export class NdjsonController {
  constructor(@Inject(IntakeDesk) private readonly desk: IntakeDesk) {}

  @Post('commands')
  @Needs('plan.read')
  @ApiOperation({
    operationId: 'commands',
    summary: 'Many commands as NDJSON, an answer a line 批量填报',
    description:
      'Each line is {"command": name of a write route, "commandId", "params": {"id" …}, "body": {…}}. Each is decided and written on its own, under the rights its own route asks for; the answer line is {"commandId", "status", "receipt" | "problem"}.',
  })
  @ApiConsumes('application/x-ndjson')
  @ApiBody({ schema: { type: 'string' } })
  @writes
  async commands(
    @Req() request: SignedRequest & { params: { plan: string } },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(request.headers['content-type'] ?? '').startsWith('application/x-ndjson')) {
      throw new ProblemError('UNSUPPORTED_MEDIA');
    }
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    const answers: Promise<object>[] = [];
    const writeFirst = async (): Promise<void> => {
      const first = answers.shift();
      if (first) raw.write(`${JSON.stringify(await first)}\n`);
      await drained(raw);
    };
    let lines = 0;
    try {
      for await (const line of linesOf(request.body as Readable, LINE_BYTES_MAX)) {
        if (line?.trim() === '') continue;
        lines += 1;
        if (lines > LINES_MAX || raw.destroyed) break;
        // Handed to the appender in the order of the lines, though one may have to be looked up first.
        answers.push((await this.prepared(request, line))());
        if (answers.length >= IN_FLIGHT_MAX) await writeFirst();
      }
    } catch {
      // The sender is gone: the lines that came whole stand, the piece of one does not.
      raw.destroy();
    }
    while (answers.length > 0) await writeFirst();
    raw.end();
  }

  /** The line as a command on its way to the appender, or what is wrong with it; never throws. */
  private async prepared(
    request: SignedRequest & { params: { plan: string } },
    text: string | undefined,
  ): Promise<() => Promise<object>> {
    const language = languageOf(request.headers['accept-language']);
    const problem = (code: Parameters<typeof surfaceProblem>[0], more: Partial<Problem> = {}): Problem =>
      surfaceProblem(code, language, {}, more);
    let commandId: string | null = null;
    const answer = (status: number, rest: object): object => ({ commandId, status, ...rest });
    const failed = (error: unknown): object => {
      if (!(error instanceof ProblemError)) return answer(503, { problem: problem('OUTCOME_UNKNOWN') });
      const found = surfaceProblem(error.code, language, error.details, error.more);
      return answer(found.status, { problem: found });
    };
    const now = (given: object) => () => Promise.resolve(given);
    try {
      const line = text === undefined ? undefined : parseLine(text);
      if (!line) return now(answer(400, { problem: problem('BODY_MALFORMED') }));
      const { commandId: id, params = {}, body } = line;
      commandId = id;
      const row = commandNamed(line.command);
      if (!row) return now(answer(404, { problem: problem('NOT_FOUND') }));
      const errors = paramViolations(row, params);
      if (errors.length > 0) return now(answer(400, { problem: problem('BODY_MALFORMED', { errors }) }));
      const { plan } = request.params;
      const command = await rowCommand(this.desk, row, plan, id, params, body, request);
      const digestOf = { name: row.name, params, raw: body };
      return () =>
        this.desk
          .submit(plan, id, digestOf, command)
          .then((given) => lineAnswer(id, given, language))
          .catch(failed);
    } catch (error) {
      return now(failed(error));
    }
  }
}

/** A line of the right outer shape; undefined for any other. */
function parseLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Partial<Line> | null;
    const { command, commandId, params = {} } = line ?? {};
    const named =
      typeof command === 'string' && typeof commandId === 'string' && /^[A-Za-z0-9._-]{8,80}$/.test(commandId);
    const texts =
      typeof params === 'object' && Object.values(params).every((value) => /^[\w.-]{1,80}$/.test(String(value)));
    return named && texts ? { command, commandId, params: stringsOf(params), body: line?.body } : undefined;
  } catch {
    return undefined;
  }
}

/** A line names exactly the parameters of its route: more would say which stream is written, past the route's checks. */
function paramViolations({ path }: CommandRow, params: Record<string, string>) {
  const asked = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const missing = asked.filter((name) => !Object.hasOwn(params, name));
  const extra = Object.keys(params).filter((name) => !asked.includes(name));
  return [
    ...missing.map((name) => ({ field: `params.${name}`, problem: 'must be given' })),
    ...extra.map((name) => ({ field: `params.${name}`, problem: 'is no parameter of this command' })),
  ];
}

const stringsOf = (params: object): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));

function lineAnswer(commandId: string, answer: Answer, language: ReturnType<typeof languageOf>): object {
  const problem = problemOf(answer, commandId, language);
  return problem ? { commandId, status: problem.status, problem } : { commandId, ...receiptOf(answer, commandId) };
}
