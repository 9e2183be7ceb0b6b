import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { everyParked, Needs, PLATFORM, type Platform, reads, streamOf } from '@planledger/host';

/** What waits for an operator; each sector retries its own (libs/host/parked-routes.ts). */
@ApiTags('operation')
@Controller('api/plans/:plan')
export class ParkedController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Get('parked')
  @Needs('parked.manage')
  @ApiOperation({ operationId: 'parked', summary: 'Streams that could not be folded, and where they stopped 搁置的流' })
  @reads('Of each its view, stream, first version that failed, and why; later entries of it wait')
  async parked(@Param('plan') plan: string): Promise<object> {
    const pointers = await everyParked(this.platform, plan);
    const parked = pointers.map(({ view, key, version, reason }) => ({
      view,
      stream: streamOf(key),
      version,
      reason,
    }));
    return { plan, parked };
  }
}
