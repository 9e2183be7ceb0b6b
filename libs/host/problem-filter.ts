import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { IssuerUnavailable } from '@planledger/auth';
import { LedgerUnavailable } from '@planledger/ledger';
import { ViewsUnavailable } from '@planledger/views';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditUnavailable } from './entries-http.js';
import {
  languageOf,
  ProblemError,
  type Problem,
  RefusedError,
  refusalProblem,
  surfaceProblem,
  type SurfaceCode,
} from './problem.js';

/** An election of a new primary takes about so long. */
const RETRY_AFTER_SECONDS = 2;

/** Every error leaves as a problem document; what is none of ours is logged and says nothing of itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error, request);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, problem);
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    const language = languageOf(request.headers['accept-language']);
    if (error instanceof ProblemError) return surfaceProblem(error.code, language, error.details, error.more);
    if (error instanceof RefusedError) return refusalProblem(error.rejection, language);
    if (error instanceof LedgerUnavailable || error instanceof ViewsUnavailable) {
      this.logger.warn(error.message);
      return surfaceProblem('STORE_UNAVAILABLE', language, {}, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    if (error instanceof AuditUnavailable) {
      this.logger.warn(error.message);
      return surfaceProblem('SERVICE_UNAVAILABLE', language, {}, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    if (error instanceof IssuerUnavailable) {
      this.logger.warn(error.message);
      return surfaceProblem('SERVICE_UNAVAILABLE', language, {}, { retryAfterSeconds: error.retryAfterSeconds });
    }
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    const known = BY_STATUS[status];
    if (known) return surfaceProblem(known, language);
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return surfaceProblem('INTERNAL', language);
  }
}

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;

const BY_STATUS: Readonly<Record<number, SurfaceCode>> = {
  400: 'BODY_MALFORMED',
  401: 'NOT_SIGNED_IN',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA',
};

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  const { retryAfterSeconds, ...body } = problem;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(body);
}
