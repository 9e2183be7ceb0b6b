import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PLATFORM, type Platform } from '@planledger/host';
import { JudgeController } from './judge-routes.js';
import { Replays } from './replays.js';
import { ReportController } from './report-routes.js';
import { AuditController } from './routes.js';

@Module({
  controllers: [AuditController, JudgeController, ReportController],
  providers: [{ provide: Replays, inject: [PLATFORM], useFactory: (platform: Platform) => new Replays(platform) }],
})
export class AuditModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(Replays) private readonly replays: Replays) {}

  onModuleInit(): void {
    void this.replays.extend();
  }

  onApplicationShutdown(): Promise<void> {
    return this.replays.close();
  }
}
