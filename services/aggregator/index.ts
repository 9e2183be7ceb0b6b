import { Module, type OnApplicationShutdown, type OnModuleInit, Inject } from '@nestjs/common';
import { PLAN_STATES, PLATFORM, type PlanStates, type Platform, STANDINGS_TOPIC } from '@planledger/host';
import { ControlController } from './control-routes.js';
import { AggregatorDesk } from './desk.js';
import { ParkedController } from './parked-routes.js';
import { AggregatorController } from './routes.js';
import { WatchController } from './watch-routes.js';

@Module({
  controllers: [AggregatorController, ControlController, ParkedController, WatchController],
  providers: [
    {
      provide: AggregatorDesk,
      inject: [PLATFORM, PLAN_STATES],
      useFactory: (platform: Platform, states: PlanStates) => new AggregatorDesk(platform, states, STANDINGS_TOPIC),
    },
  ],
})
export class AggregatorModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(AggregatorDesk) private readonly desk: AggregatorDesk) {}

  onModuleInit(): Promise<void> {
    return this.desk.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.desk.stop();
  }
}
