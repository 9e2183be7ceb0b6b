import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Permission, POLICY } from '@planledger/auth';
import {
  Needs,
  Open,
  PLATFORM,
  type Platform,
  principalOf,
  reads,
  SignedIn,
  type SignedRequest,
} from '@planledger/host';
import { SECTORS } from '@planledger/sectors';

/** What a person's screen must know before it shows anything: how to sign in, who one is, what can be entered. */
@ApiTags('session')
@Controller('api')
export class SessionController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Get('sign-in')
  @Open()
  @ApiOperation({ operationId: 'signIn', summary: 'Where people sign in 登录方式', security: [] })
  @ApiResponse({
    status: 200,
    description: '{"demo": true}: as one of GET /api/demo/people; else issuer and client of the identity provider',
  })
  signIn(): object {
    const { signIn } = this.platform;
    return signIn ? { demo: false, ...signIn } : { demo: true };
  }

  @Get('me')
  @SignedIn()
  @ApiOperation({ operationId: 'me', summary: 'Who one is signed in as, and what one may do 本人权限' })
  @reads(
    'Role, unit, sectors, counties; the plans one reaches; by permission how far it goes (docs: libs/auth/policy.ts)',
  )
  me(@Req() request: SignedRequest): object {
    const { role, unit, sectors, counties, plans, subject } = principalOf(request);
    const permissions = (Object.keys(POLICY) as Permission[]).flatMap((permission) => {
      const scope = POLICY[permission][role];
      return scope ? [[permission, scope] as const] : [];
    });
    return {
      ...{ subject, role, unit, sectors, counties },
      plans: this.platform.plans.filter((plan) => plans === '*' || plans.includes(plan)),
      permissions: Object.fromEntries(permissions),
    };
  }

  @Get('plans/:plan/sectors')
  @Needs('plan.read')
  @ApiOperation({
    operationId: 'sectors',
    summary: 'What each sector lets one enter: templates, unit kinds and their facts, views 领域填报定义',
  })
  @reads(
    'By sector: templates with milestones and weights, unit kinds with the facts they ask for, titles of its views',
  )
  sectors(): object {
    return {
      sectors: [...SECTORS.values()].map(({ slug, name, rules, templates, unitKinds, views }) => ({
        ...{ sector: slug, name, rules, templates },
        unitKinds: Object.fromEntries(
          Object.entries(unitKinds).map(([kind, { name: called, facts }]) => [kind, { name: called, facts }]),
        ),
        views: Object.fromEntries(
          Object.entries(views).map(([view, { title, parameters }]) => [view, { title, parameters }]),
        ),
      })),
    };
  }
}
