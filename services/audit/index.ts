import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PLATFORM, type Platform } from '@planledger/host';
import { JudgeController } from './judge-routes.js';
import { Replays } from './replays.js';
import { ReportController } from './report-routes.js';
import { AuditController } from './routes.js';

/** Until then the processor belongs to those who catch up with the ledger. */
const SNAPSHOTS_AFTER_MS = 30_000;

@Module({
  controllers: [AuditController, JudgeController, ReportController],
  providers: [{ provide: Replays, inject: [PLATFORM], useFactory: (platform: Platform) => new Replays(platform) }],
})
export class AuditModule implements OnModuleInit, OnApplicationShutdown {
  private soon: NodeJS.Timeout | undefined;

  constructor(@Inject(Replays) private readonly replays: Replays) {}

  onModuleInit(): void {
    this.soon = setTimeout(() => void this.replays.extend(), SNAPSHOTS_AFTER_MS).unref();
  }

  onApplicationShutdown(): Promise<void> {
    clearTimeout(this.soon);
    return this.replays.close();
  }
}
