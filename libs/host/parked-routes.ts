import { Body, Controller, HttpCode, Inject, Param, Post, type Type } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Sector } from '@planledger/sectors/kit';
import type { ParkedKey } from '@planledger/views';
import { Needs } from './authorise.js';
import { reads } from './openapi.js';
import { ProblemError } from './problem.js';
import type { SectorDesk } from './sector-desk.js';

const STREAM = String.raw`^(project|indicator)/[A-Za-z0-9._-]{1,80}$`;

/**
 * An operator has a parked stream of the sector folded anew, after what made it fail was mended. Of one that is not
 * parked here the standing is published again: the aggregator has parked it where the standing came torn. It writes nothing into the ledger,
 * and doing it twice is doing it once, so that it takes no Idempotency-Key.
 */
export function parkedController(sector: Sector, desk: symbol): Type {
  @ApiTags('operation')
  @Controller(`api/plans/:plan/parked/${sector.slug}`)
  class SectorParkedController {
    constructor(@Inject(desk) readonly desk: SectorDesk) {}

    @Post('retry')
    @Needs('parked.manage')
    @HttpCode(200)
    @ApiOperation({
      operationId: `${sector.slug}-retryParked`,
      summary: `Folds a parked stream of ${sector.slug} anew from its whole history 重试${sector.name}搁置的流`,
    })
    @ApiBody({
      schema: {
        type: 'object',
        required: ['stream'],
        properties: { stream: { type: 'string', pattern: STREAM } },
        additionalProperties: false,
      },
    })
    @reads(
      '`healed`: it flows again, and its standing was published anew; else `parked` says where it stopped, and why',
    )
    async retry(@Param('plan') plan: string, @Body() body: unknown): Promise<object> {
      const stream = streamIn(body);
      const key = `${plan}/${stream}`;
      const { follower } = this.desk;
      const pointer = async (): Promise<ParkedKey | undefined> =>
        (await follower.parked(plan)).find((parked) => parked.key === key);
      const known = (await pointer()) !== undefined || (await follower.waitFor(plan, stream, 1, 0));
      if (!known) throw new ProblemError('NOT_FOUND');
      const healed = await follower.retryParked(key);
      const still = healed ? undefined : await pointer();
      return { plan, stream, healed, parked: still ? { version: still.version, reason: still.reason } : null };
    }
  }
  return SectorParkedController;
}

function streamIn(body: unknown): string {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const wrong = fields.filter(([field]) => field !== 'stream').map(([field]) => ({ field, problem: 'is unknown' }));
  const stream: unknown = fields.find(([field]) => field === 'stream')?.[1];
  if (typeof stream !== 'string' || !new RegExp(STREAM).test(stream))
    wrong.push({ field: 'stream', problem: 'must be the stream of a project or an indicator, e.g. project/…' });
  else if (wrong.length === 0) return stream;
  throw new ProblemError('BODY_MALFORMED', {}, { errors: wrong });
}
