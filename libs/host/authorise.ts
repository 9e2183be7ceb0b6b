import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { may, type Permission, type Principal, reachOf, type Target } from '@planledger/auth';
import type { FastifyRequest } from 'fastify';
import { PLATFORM, type Platform } from './platform.js';
import { ProblemError, RefusedError } from './problem.js';

export const PERMISSION = 'planledger:permission';

/** Every route carries one of the three, or is refused to everybody. The document says which (`x-permission`). */
export const Needs = (permission: Permission): MethodDecorator =>
  applyDecorators(SetMetadata(PERMISSION, permission), ApiExtension('x-permission', permission));
export const Open = (): MethodDecorator => SetMetadata(PERMISSION, 'open');
/** Whoever has signed in, as what ever: of a route that says of a person no more than he brought with him. */
export const SignedIn = (): MethodDecorator => SetMetadata(PERMISSION, 'signed-in');

export type SignedRequest = FastifyRequest & { principal?: Principal };

/**
 * Signs in by bearer token and refuses who could never use the route: no rule, no such role, another plan (404). What
 * needs the object itself (its sector, county, unit, claimant) is decided where the object is known, by the same table.
 */
@Injectable()
export class Authorise implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(PLATFORM) private readonly platform: Platform,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = this.reflector.get<Permission | 'open' | 'signed-in' | undefined>(
      PERMISSION,
      context.getHandler(),
    );
    if (permission === 'open') return true;
    const request = context.switchToHttp().getRequest<SignedRequest>();
    if (permission === undefined) throw new ProblemError('FORBIDDEN');
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const principal = bearer ? await this.platform.checkToken(bearer) : undefined;
    if (!principal) throw new ProblemError('NOT_SIGNED_IN');
    request.principal = principal;
    if (permission === 'signed-in') return true;
    const plan = (request.params as { plan?: string }).plan;
    // A plan that is not his and a plan that is not there answer alike, before anything is said of his role.
    const his = plan === undefined || principal.plans === '*' || principal.plans.includes(plan);
    if (!his || (plan !== undefined && !this.platform.plans.includes(plan))) throw new ProblemError('NOT_FOUND');
    if (!reachOf(principal, permission)) refuseUnless(principal, permission, { plan: plan ?? '' });
    return true;
  }
}

/** What the policy lets the person see of a list: what it would refuse does not show. */
export const isOpenTo = (principal: Principal, permission: Permission, target: Target): boolean =>
  may(principal, permission, target) === undefined;

/** The same of a list of projects, or of their standings. */
export function visibleTo(
  request: SignedRequest,
  plan: string,
  permission: Permission,
): (project: { readonly sector: string; readonly county: string; readonly unit: string }) => boolean {
  const principal = principalOf(request);
  // What is in no sector, county or unit is open to him who reaches all of the plan.
  if (isOpenTo(principal, permission, { plan })) return SEES_ALL;
  return ({ sector, county, unit }) => isOpenTo(principal, permission, { plan, sector, county, unit });
}

/** Of a reader from whom no project of the plan is hidden: nobody needs to ask it of each. */
export const SEES_ALL = (): boolean => true;

/** Throws the policy's refusal, if there is one. */
export function refuseUnless(principal: Principal, permission: Permission, target: Target): void {
  const denial = may(principal, permission, target);
  if (denial) throw new RefusedError({ rejected: denial.code, details: denial.details });
}

/** The signed-in person of a request that passed the guard. */
export function principalOf(request: SignedRequest): Principal {
  if (!request.principal) throw new ProblemError('NOT_SIGNED_IN');
  return request.principal;
}
